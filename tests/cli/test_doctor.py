"""doctor: says what is wrong, by name."""
from program import BUNDLE, Case, conversation, lines, main, run
import json
import shutil


class Doctor(Case):
    def checks(self, *args, code):
        return {c["check"]: c["ok"] for c in json.loads(run("doctor", "--json", *args, code=code).stdout)}

    def test_all_well(self):
        checks = self.checks(code=0)
        self.assertTrue(all(checks.values()), checks)
        self.assertLessEqual({"tertulia", "icu", "bundle", "sqlite", "round trip", "no personal value in the store"}, set(checks))
        page = run("doctor", code=0).stdout.decode()
        self.assertNotIn("WRONG", page)
        self.assertNotIn("12345678Z", page)

    def test_a_damaged_bundle(self):
        shutil.copytree(BUNDLE, self.dir / "b")
        with open(self.dir / "b" / "report" / "page.html", "a") as f:
            f.write(" ")
        self.assertFalse(self.checks("--models", self.dir / "b", code=3)["bundle"])

    def test_databases(self):
        self.mine("s.db", self.write("in.jsonl", lines(conversation(1))))
        checks = self.checks("--db", self.dir / "s.db", code=0)
        self.assertTrue(checks["database"] and checks["database integrity"])
        self.assertFalse(self.checks("--db", self.dir / "none.db", code=3)["database"])
        self.assertFalse(self.checks("--db", self.write("text.db", b"hola" * 999), code=3)["database"])

    def test_no_temporary_directory(self):
        done = run("doctor", "--json", env={"TMPDIR": str(self.dir / "none")}, code=3)
        self.assertIn(b"temporary directory", done.stdout)

    def test_nothing_is_left_behind(self):
        run("doctor", env={"TMPDIR": str(self.dir)}, code=0)
        self.assertEqual([p.name for p in self.dir.iterdir()], ["key"])


if __name__ == "__main__":
    main()
