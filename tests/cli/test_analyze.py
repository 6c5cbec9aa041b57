"""analyze: the form of an answer, bad input of every kind, order, threads, offsets."""
from program import BUILDING, Case, answers, lines, main, run
import json

KEYS = {"id", "language", "anonymized", "entities", "events", "needs", "signals", "sentiment", "facts", "special", "vulnerability"}


def analyze(*objects, code=0, args=()):
    done = run("analyze", *args, feed=lines(*objects), code=code)
    return done, answers(done)


class Analyze(Case):
    def test_form_of_an_answer(self):
        text = "👩‍👩‍👧 soy Begoña Ruiz, mi dni es 12345678Z y mi mail bego@ejemplo.es. " + BUILDING
        done, (answer,) = analyze({"id": "x", "text": text, "channel": "chat", "lang": "es", "at": "2026-03-02T10:15:00Z"})
        self.assertEqual(set(answer), KEYS)
        self.assertEqual(answer["id"], "x")
        self.assertEqual(answer["language"], "es")
        for value in ("12345678Z", "bego@", "Begoña", "Ruiz"):
            self.assertNotIn(value, answer["anonymized"])
        self.assertNotIn(b"12345678Z", done.stdout + done.stderr)
        self.assertEqual({e["type"] for e in answer["entities"]}, {"PERSON", "ES_NIF", "EMAIL_ADDRESS"})
        for entity in answer["entities"]:
            self.assertEqual(set(entity), {"type", "start", "end", "score", "why"})
            self.assertLess(entity["start"], entity["end"])
        nif = next(e for e in answer["entities"] if e["type"] == "ES_NIF")
        self.assertEqual(text[nif["start"]:nif["end"]], "12345678Z")
        event = next(e for e in answer["events"] if e["active"])
        self.assertEqual(event["event"], "home_building")
        self.assertLessEqual({"event", "stage", "subject", "assertion", "active", "confidence", "why"}, set(event))
        self.assertTrue(event["why"])
        self.assertIn(answer["sentiment"]["label"], ("negative", "neutral", "positive"))
        self.assertIsInstance(answer["facts"], dict)

    def test_offsets_in_every_unit(self):
        text = "👩‍👩‍👧 ñ dni 12345678Z"
        for unit, encode in {"codepoints": lambda s: s, "bytes": lambda s: s.encode(), "utf16": lambda s: s.encode("utf-16-le")}.items():
            _, (answer,) = analyze({"id": "1", "text": text}, args=["--offsets", unit])
            nif = next(e for e in answer["entities"] if e["type"] == "ES_NIF")
            size = 2 if unit == "utf16" else 1
            self.assertEqual(encode(text)[nif["start"] * size:nif["end"] * size], encode("12345678Z"), unit)

    def test_empty_text_has_an_answer(self):
        _, (answer,) = analyze({"id": "1", "text": ""})
        self.assertEqual((answer["anonymized"], answer["entities"], answer["events"], answer["facts"]), ("", [], [], {}))
        self.assertTrue(answer["language"])

    def test_bad_lines_are_named_and_the_rest_is_done(self):
        bad = {2: "{broken", 3: {"id": "b"}, 4: {"id": "c", "text": 7}, 5: {"text": "secreto"}, 6: {"id": 3, "text": "secreto"}, 7: "[1]", 8: "null",
               9: '{"id":"d","text":"secreto","text":"otro"}', 10: {"id": "e", "text": "secreto", "at": "ayer"}, 11: '{"id":"f","text":"\\ud800"}',
               12: {"id": "g", "text": "secreto", "channel": 1}, 13: "[" * 100000, 14: '{"id":"h","text":"secreto"'}
        done, out = analyze({"id": "a", "text": "hola"}, *bad.values(), {"id": "z", "text": "adiós"}, code=1)
        self.assertEqual(len(out), 2 + len(bad))
        self.assertEqual((out[0]["id"], out[-1]["id"]), ("a", "z"))
        self.assertEqual([o["id"] for o in out[1:-1]], [None, "b", "c", None, None, None, None, None, "e", None, "g", None, None])
        said = done.stderr.decode().splitlines()
        self.assertEqual(len(said), len(bad))
        for (number, _), answer, words in zip(bad.items(), out[1:-1], said):
            self.assertEqual(set(answer), {"id", "error"})
            self.assertTrue(words.startswith(f"stdin:{number}:"), words)
        self.assertNotIn(b"secreto", done.stdout + done.stderr)

    def test_same_id_twice_is_two_answers(self):
        _, out = analyze({"id": "1", "text": "hola"}, {"id": "1", "text": "adiós"})
        self.assertEqual([o["id"] for o in out], ["1", "1"])

    def test_invalid_utf8_is_repaired_and_counted(self):
        done, (answer,) = analyze(b'{"id":"1","text":"ma\xf1ana \xff\xfe"}')
        self.assertIn("�", answer["anonymized"])
        self.assertIn(b"not UTF-8", done.stderr)

    def test_blank_lines_crlf_bom_and_no_last_line_end(self):
        done = run("analyze", feed=b'\xef\xbb\xbf{"id":"1","text":"hola"}\r\n\r\n   \n{"id":"2","text":"x"}', code=0)
        self.assertEqual([a["id"] for a in answers(done)], ["1", "2"])

    def test_lines_over_the_limit(self):
        long = json.dumps({"id": "big", "text": "hola " * 2_100_000})
        done, out = analyze({"id": "a", "text": "hola"}, long, {"id": "b", "text": "x"}, long, code=1)
        self.assertEqual([o["id"] for o in out], ["a", None, "b", None])
        self.assertIn(b"stdin:2:", done.stderr)
        self.assertIn(b"stdin:4:", done.stderr)

    def test_a_line_just_under_the_limit_has_an_answer(self):
        text = ("ya tenemos la parcela, " * 340_000)[:7_900_000]
        _, (answer,) = analyze({"id": "a", "text": text})
        self.assertEqual(answer["id"], "a")

    def test_files_in_order_and_files_that_are_not_there(self):
        a, b = self.write("a.jsonl", lines({"id": "a", "text": "x"})), self.write("b.jsonl", lines({"id": "b", "text": "y"}, "{"))
        done = run("analyze", b, self.dir / "none", self.dir, a, code=1)
        self.assertEqual([o["id"] for o in answers(done)], ["b", None, "a"])
        self.assertIn(f"{b}:2:".encode(), done.stderr)
        self.assertIn(b"none: No such file", done.stderr)
        self.assertIn(b"Is a directory", done.stderr)
        self.assertEqual(run("analyze", self.write("empty", b""), code=0).stdout, b"")

    def test_unreadable_file(self):
        import os
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        path = self.write("secret", lines({"id": "a", "text": "x"}))
        path.chmod(0)
        run("analyze", path, code=1)

    def test_many_threads_give_the_same_bytes(self):
        feed = lines(*[{"id": str(i), "text": f"{BUILDING} {i} soy Ana {i}" if i % 3 else "hola"} for i in range(2000)])
        one = run("analyze", "--threads", "1", feed=feed, code=0).stdout
        self.assertEqual(one, run("analyze", "--threads", "4", feed=feed, code=0).stdout)
        self.assertEqual([json.loads(x)["id"] for x in one.splitlines()], [str(i) for i in range(2000)])


if __name__ == "__main__":
    main()
