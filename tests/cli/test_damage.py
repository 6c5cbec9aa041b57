"""Databases and bundles that are damaged, foreign, newer, locked or on a full disk: an exit code and words, never a crash."""
from program import BUNDLE, CLI, NOW, Case, conversation, lines, main, run
import contextlib
import resource
import shutil
import sqlite3
import subprocess


class Damage(Case):
    def feed(self, count=3):
        return self.write("in.jsonl", lines(*[conversation(i) for i in range(count)]))

    def test_a_newer_database_is_refused_and_left_alone(self):
        self.mine("s.db", self.feed())
        with contextlib.closing(sqlite3.connect(self.dir / "s.db")) as con:
            con.execute("PRAGMA user_version = 99000000")
        before = (self.dir / "s.db").read_bytes()
        self.assertIn(b"version", self.mine("s.db", self.feed(), code=3).stderr)
        run("query", "--db", self.dir / "s.db", "SELECT 1", code=3)
        self.assertEqual(before, (self.dir / "s.db").read_bytes())

    def test_what_is_no_store(self):
        text = self.write("text.db", b"hola " * 1000)
        with contextlib.closing(sqlite3.connect(self.dir / "other.db")) as con:
            con.execute("CREATE TABLE t(a)")
        for path in (text, self.dir / "other.db", self.dir, self.dir / "none.db", self.dir / "none" / "s.db"):
            for verb in (["query", "--db", path, "SELECT 1"], ["segment", "--db", path, "list"], ["customer", "--db", path, "a" * 32],
                         ["report", "--db", path, "--out", self.dir / "r.html"]):
                done = run(*verb)
                self.assertEqual(done.returncode, 3, (verb, done.stderr))
                self.assertTrue(done.stderr)
        self.assertFalse((self.dir / "none.db").exists())
        self.assertFalse((self.dir / "r.html").exists())
        run("mine", "--db", text, "--vault", self.dir / "v.db", self.feed(), code=3)
        self.assertEqual(text.read_bytes(), b"hola " * 1000)
        run("mine", "--db", self.dir / "s.db", "--vault", text, self.feed(), code=3)

    def test_a_second_writer_is_told_so(self):
        self.mine("s.db", self.feed())
        with contextlib.closing(sqlite3.connect(self.dir / "s.db", isolation_level=None)) as con:
            con.execute("BEGIN IMMEDIATE")
            done = self.mine("s.db", self.write("more.jsonl", lines(conversation(9))), code=3)
            con.execute("ROLLBACK")
        self.assertTrue(done.stderr)
        self.mine("s.db", self.dir / "more.jsonl")
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_profile"), [(4,)])

    def test_a_full_disk(self):
        feed = self.feed(1500)

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        done = subprocess.run([CLI, "mine", "--db", self.dir / "s.db", "--vault", self.dir / "s.db.vault", "--key-file", self.key, "--now", NOW, feed],
                              capture_output=True, timeout=240, preexec_fn=limit)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(done.stderr)
        self.mine("s.db", feed)  # with room again, it goes on
        self.assertEqual(self.rows("s.db", "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_profile"), [(1500,)])

        def tiny():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        done = subprocess.run([CLI, "report", "--db", self.dir / "s.db", "--out", self.dir / "r.html"], capture_output=True, timeout=240, preexec_fn=tiny)
        self.assertEqual(done.returncode, 3)
        self.assertFalse((self.dir / "r.html").exists())
        self.assertFalse((self.dir / "r.html.part").exists())

    def test_a_bundle_with_a_wrong_checksum(self):
        bundle = self.dir / "bundle"
        shutil.copytree(BUNDLE, bundle)
        victim = bundle / "report" / "strings.tsv"
        data = bytearray(victim.read_bytes())
        data[-2] ^= 1
        victim.write_bytes(data)
        done = run("analyze", "--models", bundle, feed=lines({"id": "1", "text": "x"}), code=3)
        self.assertIn(b"strings.tsv", done.stderr)
        self.assertEqual(done.stdout, b"")
        victim.unlink()
        run("analyze", "--models", bundle, feed=b"", code=3)
        (bundle / "manifest.json").write_text("{")
        run("analyze", "--models", bundle, feed=b"", code=3)


if __name__ == "__main__":
    main()
