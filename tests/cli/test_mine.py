"""mine and ref: what reaches the store, that nothing personal does, and that order, threads and repetition do not matter."""
from program import BUILDING, IDLE, Case, conversation, lines, main, run
import json
import signal
import subprocess
from program import CLI, NOW

VIEWS = {"customer_profile": "customer_ref", "customer_event": "customer_ref, event, stage, confidence, explicit, first_seen, last_seen, evidence_count, why",
         "customer_need": "customer_ref, need, event, explicit, confidence, last_seen", "customer_signal": "customer_ref, signal, confidence, last_seen, count",
         "customer_fact": "customer_ref, fact, value, event, confidence, last_seen", "customer_opinion": "*", "evidence": "*", "attribute_history": "*",
         "segment_member": "segment, customer_ref, since, until", "segment_why": "*", "segment_summary": "*", "consent_current": "*", "contact_pressure": "*"}


def views(case, db):
    return {name: sorted(map(str, case.rows(db, f"SELECT {columns} FROM {name}"))) for name, columns in VIEWS.items()}


def many(count, start=0):
    return [conversation(i, BUILDING if i % 2 else IDLE, f"host-{i % 25}") for i in range(start, start + count)]


class Mine(Case):
    def test_views_read_in_plain_sqlite_and_hold_the_event(self):
        done = self.mine("s.db", self.write("in.jsonl", lines(*[conversation(i) for i in range(3)])))
        self.assertEqual(done.stdout, b"")
        self.assertEqual(len(done.stderr.splitlines()), 1)
        seen = views(self, "s.db")
        self.assertEqual(len(seen["customer_profile"]), 3)
        rows = self.rows("s.db", "SELECT event, stage, evidence_count, why FROM customer_event")
        self.assertEqual({r[0] for r in rows}, {"home_building"})
        self.assertEqual(len(rows), 3)
        for row in rows:
            self.assertTrue(json.loads(row[3]))

    def test_nothing_personal_in_the_bytes(self):
        done = self.mine("s.db", self.write("in.jsonl", lines(*[conversation(i) for i in range(3)])))
        for value in (b"Bego", b"Ruiz", b"612 345", b"612345678", b"host-0", b"c0", b"parcela y el arquitecto"):
            if value == b"c0":
                continue  # two letters are in every hash
            self.assertNotIn(value, self.bytes_of("s.db") + done.stderr + done.stdout)
        self.assertEqual((self.dir / "s.db.vault").stat().st_mode & 0o077, 0)

    def test_ref(self):
        self.mine("s.db", self.write("in.jsonl", lines(*[conversation(i) for i in range(3)])))
        args = ["ref", "--db", self.dir / "s.db", "--vault", self.dir / "s.db.vault", "--key-file", self.key]
        refs = run(*args, "host-0", "host-1", "host-2", "unknown ñ", code=0).stdout.decode().split()
        self.assertEqual(len(set(refs)), 4)
        self.assertEqual(set(refs[:3]), {r for (r,) in self.rows("s.db", "SELECT customer_ref FROM customer_profile")})
        self.assertEqual(json.loads(run(*args, "--json", "host-0", code=0).stdout), {"host-0": refs[0]})
        self.key.write_text("8" * 64)
        self.assertEqual(run(*args, "host-0").returncode, 3)  # another key
        self.assertEqual(run("ref", "--vault", self.dir / "none", "host-0").returncode, 3)

    def test_twice_changes_nothing(self):
        feed = self.write("in.jsonl", lines(*many(60)))
        self.mine("s.db", feed)
        before = self.dump("s.db")
        done = self.mine("s.db", feed, more=["--json"])
        report = json.loads(done.stdout)
        self.assertEqual((report["messages_new"], report["evidence_new"], report["messages_known"]), (0, 0, 60))
        self.assertEqual(before, self.dump("s.db"))

    def test_one_thread_and_two_give_the_same_bytes(self):
        feed = self.write("in.jsonl", lines(*many(300)))
        self.mine("1.db", feed, more=["--threads", "1"])
        self.mine("2.db", feed, more=["--threads", "2"])
        self.assertEqual((self.dir / "1.db").read_bytes(), (self.dir / "2.db").read_bytes())

    def test_order_of_files_and_size_of_transactions_do_not_matter(self):
        files = [self.write(f"{i}.jsonl", lines(*many(20, 20 * i))) for i in range(4)]
        self.mine("1.db", *files)
        self.mine("2.db", *reversed(files))
        self.mine("3.db", *files, more=["--commit-every", "3"])
        for f in files[::-1]:
            self.mine("4.db", f)
        first = {k: [x for x in v] for k, v in views(self, "1.db").items() if k != "evidence"}
        for db in ("2.db", "3.db", "4.db"):
            other = {k: v for k, v in views(self, db).items() if k != "evidence"}
            self.assertEqual(first, other, db)

    def test_bad_records_are_named_and_the_rest_is_done(self):
        feed = self.write("in.jsonl", lines(conversation(1), "{broken secreto", {"id": "x"}, {**conversation(2), "messages": "secreto"}, {**conversation(3), "customer": 7}, conversation(4)))
        done = self.mine("s.db", feed, code=1, more=["--json"])
        self.assertGreaterEqual(json.loads(done.stdout)["bad_records"], 4)
        self.assertIn(b"in.jsonl:2:", done.stderr)
        self.assertNotIn(b"secreto", done.stderr)
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_profile"), [(2,)])

    def test_files_that_cannot_be_read(self):
        feed = self.write("in.jsonl", lines(conversation(1)))
        done = self.mine("s.db", self.dir / "none.jsonl", feed, self.dir, code=1)
        self.assertEqual(len(done.stderr.splitlines()), 3)
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_profile"), [(1,)])
        self.assertEqual(self.mine("s.db", feed, code=None, more=["--format", "none"]).returncode, 2)

    def test_stdin(self):
        done = self.mine("s.db", "-", feed=lines(conversation(1)), more=["--json"])
        self.assertEqual(json.loads(done.stdout)["messages_new"], 1)

    def test_invalid_utf8_is_repaired_and_counted(self):
        feed = self.write("in.jsonl", lines(conversation(1)).replace("Begoña".encode(), b"Bego\xf1a"))
        self.assertGreater(json.loads(self.mine("s.db", feed, more=["--json"]).stdout)["repaired_utf8"], 0)

    def test_the_agents_words_make_no_attribute(self):
        talk = conversation(1, IDLE)
        talk["messages"][1]["text"] = "Nosotros " + BUILDING
        self.mine("s.db", self.write("in.jsonl", lines(talk)))
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_event"), [(0,)])

    def test_killed_and_started_again(self):
        feed = self.write("in.jsonl", lines(*many(4000)))
        self.mine("whole.db", feed)
        for delay in (0.15, 0.4, 0.8):
            with subprocess.Popen([CLI, "mine", "--db", self.dir / "s.db", "--vault", self.dir / "s.db.vault", "--key-file", self.key, "--now", NOW,
                                   "--commit-every", "50", feed], stderr=subprocess.DEVNULL) as program:
                try:
                    program.wait(delay)
                except subprocess.TimeoutExpired:
                    program.send_signal(signal.SIGKILL)
        self.mine("s.db", feed)
        self.assertEqual(self.rows("s.db", "PRAGMA integrity_check"), [("ok",)])
        first, second = views(self, "whole.db"), views(self, "s.db")
        for name in VIEWS:
            if name not in ("evidence", "attribute_history"):
                self.assertEqual(first[name], second[name], name)


if __name__ == "__main__":
    main()
