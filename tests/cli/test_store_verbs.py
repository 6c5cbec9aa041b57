"""query, customer and segment: tables, JSON, whys, the host's own columns."""
from program import BUILDING, Case, conversation, lines, main, run, NOW
import contextlib
import json
import sqlite3


class StoreVerbs(Case):
    def setUp(self):
        super().setUp()
        self.mine("s.db", self.write("in.jsonl", lines(*[conversation(i) for i in range(3)], conversation(3, "hola"))))
        self.db = ["--db", self.dir / "s.db", "--now", NOW]
        self.vault = ["--vault", self.dir / "s.db.vault", "--key-file", self.key]
        self.refs = run("ref", *self.vault, "host-0", "host-1", "host-2", "host-3", code=0).stdout.decode().split()

    def test_query(self):
        sql = "SELECT event, count(*) AS n, NULL AS empty FROM customer_event GROUP BY event"
        table = run("query", *self.db, sql, code=0).stdout.decode().splitlines()
        self.assertEqual(table[0].split(), ["event", "n", "empty"])
        self.assertEqual(table[2].split(), ["home_building", "3"])
        self.assertEqual(json.loads(run("query", *self.db, "--json", sql, code=0).stdout), [{"event": "home_building", "n": "3", "empty": None}])

    def test_query_writes_nothing(self):
        before = self.dump("s.db")
        for sql in ("DELETE FROM customer", "DROP VIEW customer_event", "INSERT INTO run DEFAULT VALUES", "PRAGMA user_version = 3", "SELECT 1; DELETE FROM customer",
                    "ATTACH 'x.db' AS x", "CREATE TABLE t(a)", "SELEC", "", "VACUUM"):
            self.assertIn(run("query", *self.db, sql).returncode, (2, 3), sql)
        self.assertEqual(before, self.dump("s.db"))

    def test_query_makes_a_terminal_safe_table(self):
        out = run("query", *self.db, "SELECT char(27) || '[2J' || char(10) AS a", code=0).stdout
        self.assertNotIn(b"\x1b", out)
        self.assertEqual(len(out.splitlines()), 3)

    def test_customer(self):
        for language, word in {"es": "Cliente", "en": "Customer", "ca": "Client"}.items():
            page = run("customer", *self.db, "--lang", language, self.refs[0], code=0).stdout.decode()
            self.assertTrue(page.startswith(f"{word} {self.refs[0]}"), page)
            self.assertNotIn("home_building", page)
        view = json.loads(run("customer", *self.db, "--json", self.refs[0], code=0).stdout)
        self.assertEqual(view["customer_ref"], self.refs[0])
        self.assertEqual([e["event"] for e in view["events"]], ["home_building"])
        self.assertTrue(view["events"][0]["why"])
        self.assertIn("financing", [n["need"] for n in view["needs"]])

    def test_customer_that_is_not_there(self):
        run("customer", *self.db, "0" * 32, code=1)
        for wrong in ("host-0", "x' OR 1 --", "A" * 32):
            run("customer", *self.db, wrong, code=2)
        run("customer", *self.db, "--lang", "fr", self.refs[0], code=2)

    def test_shipped_segments_are_defined_on_first_use(self):
        listed = json.loads(run("segment", *self.db, "--json", "list", code=0).stdout)
        self.assertIn("autopromotor_financing", [s["segment"] for s in listed])
        self.assertEqual(set(listed[0]), {"segment", "title", "purpose", "question"})
        members = json.loads(run("segment", *self.db, "--json", "members", "autopromotor_financing", code=0).stdout)
        self.assertEqual({m["customer_ref"] for m in members}, set(self.refs[:3]))
        self.assertTrue(all(m["why"] for m in members))
        count = json.loads(run("segment", *self.db, "--json", "count", "autopromotor_financing", code=0).stdout)
        self.assertEqual(count, [{"segment": "autopromotor_financing", "members": "3"}])
        why = run("segment", *self.db, "why", "autopromotor_financing", self.refs[0], code=0).stdout.decode()
        self.assertGreater(len(why.splitlines()), 2)
        run("segment", *self.db, "why", "autopromotor_financing", self.refs[3], code=1)
        self.assertEqual({r for (r,) in self.rows("s.db", "SELECT customer_ref FROM segment_member WHERE segment = 'autopromotor_financing'")}, set(self.refs[:3]))

    def segment_file(self, name, where, **more):
        return self.write(name, json.dumps({"id": name.split(".")[0], "title": {"es": "A", "en": "B", "ca": "C"}, "purpose": "advice", "where": where, **more}))

    def test_define(self):
        where = "event home_building stage >= planning and need financing"
        run("segment", *self.db, "define", self.segment_file("builders.json", where), code=0)
        self.assertEqual(json.loads(run("segment", *self.db, "--json", "count", "builders", code=0).stdout)[0]["members"], "3")
        run("segment", *self.db, "define", self.segment_file("builders.json", "event marriage"), code=0)  # replaces
        self.assertEqual(json.loads(run("segment", *self.db, "--json", "count", "builders", code=0).stdout)[0]["members"], "0")
        for wrong in (self.write("w.json", "{"), self.write("w.json", "{}"), self.segment_file("w.json", "paint it black"), self.segment_file("w.json", {"paint": 1})):
            done = run("segment", *self.db, "define", wrong, code=1)
            self.assertIn(b"w.json", done.stderr)
        run("segment", *self.db, "define", self.dir / "none.json", code=1)
        run("segment", *self.db, "members", "none", code=1)

    def test_host_columns(self):
        with contextlib.closing(sqlite3.connect(self.dir / "crm.db")) as con, con:
            con.execute("CREATE TABLE customer(id TEXT PRIMARY KEY, payroll REAL)")
            con.executemany("INSERT INTO customer VALUES(?, ?)", [("host-0", 3000), ("host-1", 900), ("host-3", 5000)])
        run("segment", *self.db, "define", self.segment_file("rich.json", "event home_building and need financing and host payroll > 1500"), code=0)
        host = ["--host", self.dir / "crm.db", "--host-map", self.write("map.json", '{"table":"customer","key":"id"}'), *self.vault]
        members = json.loads(run("segment", *self.db, *host, "--json", "members", "rich", code=0).stdout)
        self.assertEqual([m["customer_ref"] for m in members], [self.refs[0]])
        run("segment", *self.db, "members", "rich", "--host", self.dir / "crm.db", code=2)
        run("segment", *self.db, "members", "rich", code=2)  # asks for the host's columns
        run("segment", *self.db, *host[:2], "--host-map", self.write("bad.json", "[]"), *self.vault, "members", "rich", code=2)
        self.assertNotIn(b"host-0", self.bytes_of("s.db"))
        run("report", *self.db, "--out", "-", code=0)  # leaves it as it was


if __name__ == "__main__":
    main()
