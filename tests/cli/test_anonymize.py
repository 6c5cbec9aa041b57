"""anonymize: text and JSON lines, policies, and nothing personal left."""
from program import Case, lines, main, run
import json

TEXT = "soy Begoña Ruiz, mi dni es 12345678Z y mi IBAN ES91 2100 0418 4502 0005 1332"
VALUES = ("Begoña", "Ruiz", "12345678Z", "1332")


class Anonymize(Case):
    def test_text_line_by_line(self):
        done = run("anonymize", feed=f"{TEXT}\n\nhola\r\nsin fin".encode(), code=0)
        out = done.stdout.decode().split("\n")
        self.assertEqual(out[1:3], ["", "hola\r"])
        self.assertEqual(out[3], "sin fin")
        for value in VALUES:
            self.assertNotIn(value, out[0])
        self.assertIn("⟨ES_NIF_1⟩", out[0])

    def test_json_lines_keep_known_fields_only(self):
        done = run("anonymize", feed=lines({"id": "1", "text": TEXT, "channel": "chat", "lang": "es", "at": "2026-03-02T10:15:00Z", "author": "Begoña"}), code=0)
        out = json.loads(done.stdout)
        self.assertEqual((out["id"], out["channel"], out["lang"], out["at"]), ("1", "chat", "es", "2026-03-02T10:15:00Z"))
        self.assertNotIn("author", out)
        for value in VALUES:
            self.assertNotIn(value, done.stdout.decode())

    def test_twice_is_once(self):
        once = run("anonymize", "--format", "text", feed=(TEXT + "\n").encode(), code=0).stdout
        self.assertEqual(run("anonymize", "--format", "text", feed=once, code=0).stdout, once)

    def test_policy(self):
        policy = self.write("p.json", json.dumps({"default": "redact", "types": {"IBAN_CODE": {"operator": "mask", "keep_last": 4}}}))
        out = run("anonymize", "--policy", policy, feed=(TEXT + "\n").encode(), code=0).stdout.decode()
        self.assertIn("⟨REDACTED⟩", out)
        self.assertIn("1332", out)
        self.assertNotIn("12345678Z", out)
        self.assertNotIn("2100", out)

    def test_bad_policy_and_bad_lines(self):
        self.assertEqual(run("anonymize", "--policy", self.write("p.json", '{"default":"shout"}'), feed=b"").returncode, 3)
        self.assertEqual(run("anonymize", "--policy", self.dir / "none", feed=b"").returncode, 3)
        done = run("anonymize", "--format", "jsonl", feed=lines({"id": "1", "text": "a"}, "secreto 12345678Z", {"id": "2", "text": "b"}), code=1)
        self.assertEqual([json.loads(x)["id"] for x in done.stdout.splitlines()], ["1", None, "2"])
        self.assertNotIn(b"12345678Z", done.stdout + done.stderr)

    def test_a_line_over_the_limit_gives_an_empty_one(self):
        done = run("anonymize", feed=b"a\n" + b"12345678Z " * 1_000_000 + b"\nb\n", code=1)
        self.assertEqual(done.stdout, b"a\n\nb\n")

    def test_bytes_that_are_not_utf8(self):
        done = run("anonymize", feed=b"ma\xf1o, dni 12345678Z\n", code=0)
        self.assertIn("ma�o", done.stdout.decode())
        self.assertNotIn(b"12345678Z", done.stdout)


if __name__ == "__main__":
    main()
