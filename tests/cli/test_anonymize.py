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

    def policy(self, op, **more):
        return self.write(f"{op}.json", "// all types alike\n" + json.dumps({"default": {"operator": op, **more}}))

    def clean(self, op, feed, *more, vault="v", **settings):
        return run("anonymize", "--policy", self.policy(op, **settings), "--vault", self.dir / vault, "--key-file", self.key, *more, feed=feed, code=0).stdout.decode()

    def test_every_operator_hides_the_values(self):
        for op in ("redact", "tag", "hash", "pseudonym", "token", "surrogate", "generalise", "shift"):
            out = self.clean(op, (TEXT + "\n").encode())
            for value in VALUES:
                self.assertNotIn(value, out, op)
            self.assertIn("mi dni es ", out, op)

    def test_keyed_operators_need_a_vault(self):
        for op in ("hash", "pseudonym", "token", "surrogate", "shift"):
            self.assertEqual(run("anonymize", "--policy", self.policy(op), feed=b"").returncode, 2, op)

    def test_scopes_and_tenants(self):
        feed = lines({"id": "1", "customer": "a", "text": "dni 12345678Z"}, {"id": "2", "customer": "a", "text": "dni 12.345.678-Z"}, {"id": "3", "customer": "b", "text": "dni 12345678Z"})
        def out(scope, *more):
            texts = [json.loads(x) for x in self.clean("pseudonym", feed, *more, scope=scope).splitlines()]
            self.assertTrue(all("customer" not in x for x in texts))
            return [x["text"] for x in texts]
        one, two, three = out("customer")
        self.assertTrue(one == two != three)
        self.assertEqual(len(set(out("conversation"))), 3)
        self.assertEqual(len(set(out("tenant"))), 1)
        self.assertNotEqual(out("tenant"), out("tenant", "--tenant", "bank-2"))
        self.assertEqual(self.clean("pseudonym", b"dni 12345678Z\ndni 12345678Z\n", scope="conversation").count("dni"), 2)
        first, second = self.clean("pseudonym", b"dni 12345678Z\ndni 12345678Z\n", scope="conversation").splitlines()
        self.assertNotEqual(first, second)  # each line of a text is a conversation of its own

    def test_tokens_come_back_with_the_vault_alone(self):
        text = TEXT + ' "entre comillas" a@b.es'
        sealed = self.clean("token", (text + "\n").encode())
        self.assertEqual(run("restore", "--vault", self.dir / "v", "--key-file", self.key, feed=sealed.encode(), code=0).stdout.decode(), text + "\n")
        as_json = self.clean("token", lines({"id": "1", "text": text}))
        self.assertEqual(json.loads(run("restore", "--vault", self.dir / "v", "--key-file", self.key, feed=as_json.encode(), code=0).stdout), {"id": "1", "text": text})
        run("anonymize", "--vault", self.dir / "other", feed=b"", code=0)  # makes another vault
        done = run("restore", "--vault", self.dir / "other", feed=sealed.encode(), code=1)
        self.assertEqual(done.stdout.decode(), sealed)
        self.assertIn(b"stdin:1:", done.stderr)
        self.assertEqual(run("restore", "--vault", self.dir / "none", feed=b"").returncode, 3)

    def test_lists_and_patterns(self):
        allow = self.write("allow", "# ours\nayuda@mibanco.es\n/.*@mibanco[.]com/\n")
        deny = self.write("deny", "Proyecto Alondra\tPROJECT\n")
        patterns = self.dir / "patterns"
        patterns.mkdir()
        (patterns / "loan_id.json").write_text(json.dumps({"id": "loan_id", "type": "LOAN_ID", "pattern": "pr-[0-9]{6}", "score": 0.9, "source": "own", "examples": ["«PR-123456»"], "counter_examples": ["PR-12"]}))
        out = run("anonymize", "--allow", allow, "--deny", deny, "--patterns", patterns, feed="ayuda@mibanco.es, yo@mibanco.com, x@otro.es; PROYECTO ALONDRA, PR-123456\n".encode(), code=0).stdout.decode()
        self.assertEqual(out, "ayuda@mibanco.es, yo@mibanco.com, ⟨EMAIL_ADDRESS_1⟩; ⟨PROJECT_1⟩, ⟨LOAN_ID_1⟩\n")
        done = run("anonymize", "--deny", self.write("bad", "a\tB\nno tab\n"), feed=b"")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"bad:2:", done.stderr)

    def test_policy_mistakes_name_file_line_and_key(self):
        for text, words in [('{\n"default":"shout"}', b"p.json:2: default: expected redact"), ('{"types":{\n"URL":{\n"operator":"tag",\n"scope":"tenant"}}}', b"p.json:4: URL: scope: only"),
                            ('{"types":{"url":"tag"}}', b"p.json:1: url: expected an entity type in capitals")]:
            done = run("anonymize", "--policy", self.write("p.json", text), feed=b"")
            self.assertEqual(done.returncode, 3)
            self.assertIn(words, done.stderr)

    def test_explain_both_ways(self):
        feed = "ñ mi dni es 12345678Z, la ref 11112222C\n".encode()
        done = run("anonymize", "--explain", "--json", feed=feed, code=0)
        answer = json.loads(done.stdout)
        self.assertEqual(sorted(answer), ["found", "id", "rejected"])
        self.assertEqual([(f["type"], f["start"], f["end"]) for f in answer["found"]], [("ES_NIF", 12, 21)])
        self.assertTrue(any("dni" in why for why in answer["found"][0]["why"]))
        near = [r for r in answer["rejected"] if r["type"] == "ES_NIF"]
        self.assertIn((30, 39, "check fails and no context"), [(r["start"], r["end"], r["reason"]) for r in near])
        self.assertTrue(all(r["start"] == 30 for r in near))  # nothing is said against what was found
        words = run("anonymize", "--explain", feed=feed, code=0).stdout.decode()
        self.assertIn("stdin:1: found ES_NIF bytes 13-22 by ", words)
        self.assertIn("stdin:1: let go ES_NIF bytes 31-40 by es_nif: check fails and no context\n", words)
        for out in (done.stdout.decode(), words):
            for value in ("12345678", "11112222", "la ref"):
                self.assertNotIn(value, out)
        bad = run("anonymize", "--explain", "--json", "--format", "jsonl", feed=lines("12345678Z", {"id": "1", "text": "hola"}), code=1)
        self.assertEqual([json.loads(x)["id"] for x in bad.stdout.splitlines()], [None, "1"])
        self.assertNotIn(b"12345678Z", bad.stdout + bad.stderr)


if __name__ == "__main__":
    main()
