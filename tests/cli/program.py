"""The built program and what the tests of the command line need around it."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("TERTULIA_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
CLI = os.environ.get("TERTULIA_CLI", str(SOURCE / "build" / "tertulia"))
BUNDLE = pathlib.Path(os.environ.get("TERTULIA_BUNDLE", pathlib.Path(CLI).parent / "bundle"))
NOW = "2026-03-10T00:00:00Z"

BUILDING = "Ya hemos comprado la parcela y el arquitecto tiene el proyecto, buscamos hipoteca para construir la casa"
IDLE = "¡Vaya partidazo anoche!"


def run(*args, feed=None, code=None, env=None, **more):
    """Runs the program; `code` is the exit code it must have."""
    environment = {k: v for k, v in os.environ.items() if k != "TERTULIA_MODELS"}
    done = subprocess.run([CLI, *map(str, args)], input=feed, capture_output=True, timeout=240, env={**environment, **(env or {})}, **more)
    if code is not None and done.returncode != code:
        raise AssertionError(f"{args[:2]} ended with {done.returncode}, not {code}: {done.stderr[-400:]!r}")
    return done


def lines(*objects):
    """JSON lines as bytes; a str or bytes stands as it is."""
    out = b""
    for o in objects:
        out += o if isinstance(o, bytes) else o.encode() if isinstance(o, str) else json.dumps(o, ensure_ascii=False).encode()
        out += b"\n"
    return out


def answers(done):
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def conversation(number, text=BUILDING, customer=None, at="2026-03-02T10:15:00Z"):
    return {"id": f"c{number}", "customer": customer or f"host-{number}", "channel": "chat", "messages": [
        {"id": "1", "at": at, "from": "customer", "text": text + ". Soy Begoña Ruiz, 612 345 678"},
        {"id": "2", "at": at, "from": "agent", "text": "Gracias, Begoña"}]}


class Case(unittest.TestCase):
    """A test with a directory, a key and short ways to mine and to read."""

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-cli-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.key = self.dir / "key"
        self.key.write_text("7" * 64)
        self.key.chmod(0o600)

    def write(self, name, data):
        path = self.dir / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def mine(self, db, *files, code=0, more=(), now=NOW, **how):
        return run("mine", "--db", self.dir / db, "--vault", self.dir / (db + ".vault"), "--key-file", self.key,
                   *(["--now", now] if now else []), *more, *files, code=code, **how)

    def rows(self, db, sql):
        with contextlib.closing(sqlite3.connect(self.dir / db)) as con:
            return list(con.execute(sql))

    def dump(self, db):
        """The whole database but its list of runs."""
        with contextlib.closing(sqlite3.connect(self.dir / db)) as con:
            return [r for r in con.iterdump() if 'INSERT INTO "run"' not in r]

    def bytes_of(self, db):
        return b"".join(p.read_bytes() for p in sorted(self.dir.glob(db + "*")) if ".vault" not in p.name)


main = unittest.main
