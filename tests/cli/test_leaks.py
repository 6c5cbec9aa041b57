"""No literal personal value of the sample conversations reaches a store, its WAL, a report, a table, stdout or stderr."""
from program import SOURCE, NOW, Case, conversation, lines, main, run
import contextlib
import re
import sqlite3

DATA = SOURCE / "examples" / "data"


def personal_values():
    """One a line, # for comments; those under four letters or digits prove nothing in a byte search."""
    path = DATA / "personal_values.txt"
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [v for v in (r.strip() for r in rows if r.strip() and not r.startswith("#")) if len(re.sub(r"\W", "", v)) >= 4]


def found(values, data):
    """Case is ignored; a run of digits alone must not be part of a longer one or of a hash."""
    text = data.decode("utf-8", "ignore").casefold()
    out = []
    for value in values:
        v = value.casefold()
        if v not in text:
            continue
        if not re.fullmatch(r"[\d ]+", v) or re.search(rf"(?<![0-9a-f]){re.escape(v)}(?![0-9a-f])", text):
            out.append(value)
    return out


class Leaks(Case):
    def test_the_search_finds_what_is_there(self):
        self.assertEqual(found(["Begoña Ruiz", "612345678", "1234"], "x BEGOÑA RUIZ 612345678, a1234f".encode()), ["Begoña Ruiz", "612345678"])

    def feeds(self):
        """The sample files, each with the options that its form needs."""
        out = [([], DATA / "conversations.jsonl"), (["--column-map", DATA / "columns.json"], DATA / "branch_chats.csv")]
        out += [(["--customer", p.stem, "--agent", "Gestor"], p) for p in sorted((DATA / "whatsapp").glob("*.txt"))]
        out += [(["--customer", p.stem, "--agent", "banco.example"], p) for p in sorted((DATA / "mail").iterdir())]
        return out

    def test_sample_conversations(self):
        values, feeds = personal_values(), self.feeds()
        self.assertGreater(len(values), 100)
        present = found(values, b"\n".join(p.read_bytes() for _, p in feeds) + (DATA / "conversations.jsonl").read_bytes())
        self.assertGreater(len(present), len(values) * 0.8, "the list does not belong to the conversations")
        seen = b""
        for i, (more, path) in enumerate(feeds):
            done = self.mine("s.db", path, more=["--now", "2026-06-30T12:00:00Z", "--json", *more], code=None, now=None)
            self.assertEqual(done.returncode, 0, (path, done.stderr))
            seen += done.stdout + done.stderr
            if i == 0:  # a reader of an old state keeps the WAL of the next file from being folded in: its bytes are searched too
                keeper = sqlite3.connect(self.dir / "s.db", isolation_level=None)
                keeper.execute("BEGIN")
                keeper.execute("SELECT count(*) FROM customer_event").fetchall()
            if i == 1:
                self.assertGreater((self.dir / "s.db-wal").stat().st_size, 0)
                seen += self.bytes_of("s.db")
                keeper.close()
        seen += self.bytes_of("s.db")
        refs = [r for (r,) in self.rows("s.db", "SELECT customer_ref FROM customer_profile")]
        self.assertEqual(len(refs), 40)
        for ref in refs:
            seen += run("customer", "--db", self.dir / "s.db", "--now", NOW, ref, code=0).stdout
        done = run("report", "--db", self.dir / "s.db", "--now", NOW, "--out", "-", code=0)
        seen += done.stdout + done.stderr
        with contextlib.closing(sqlite3.connect(self.dir / "s.db")) as con:
            for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall():
                for row in con.execute(f'SELECT * FROM "{name}"'):
                    seen += " ".join(map(str, row)).encode() + b"\n"
        self.assertEqual(found(values, seen), [])

    def test_errors_and_doctor_quote_nothing(self):
        secret = "Begoña Ruiz 612345678"
        feed = self.write("in.jsonl", lines({**conversation(1, secret), "messages": [{"id": "1", "from": secret, "text": secret}]},
                                            '{"id":"' + secret, {"id": secret, "customer": 3, "messages": secret}))
        said = self.mine("s.db", feed, code=None).stderr
        said += run("analyze", feed=lines('{"text":"' + secret, {"id": 1, "text": secret}, {"id": "1", "text": [secret]})).stderr
        said += run("doctor", "--db", self.dir / "s.db").stdout
        self.assertEqual(found(["Begoña", "Ruiz", "612345678"], said), [])


if __name__ == "__main__":
    main()
