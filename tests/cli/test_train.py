"""evaluate on small labelled files of each kind, and train where it cannot start."""
from program import BUILDING, IDLE, Case, lines, main, run
import json

INTENTS = [{"id": "1", "lang": "es", "channel": "chat", "text": BUILDING, "events": [{"event": "home_building", "stage": "planning"}], "needs": ["financing"],
            "signals": [], "sentiment": "neutral", "trap": None},
           {"id": "2", "lang": "es", "channel": "chat", "text": IDLE, "events": [], "needs": [], "signals": [], "sentiment": "positive", "trap": None}]
PII = [{"id": "1", "lang": "es", "channel": "chat", "text": "mi dni es 12345678Z", "spans": [{"start": 10, "end": 19, "type": "ES_NIF"}], "decoy": None}]


class Train(Case):
    def test_evaluate_intents(self):
        path = self.write("i.jsonl", lines(*INTENTS))
        figures = json.loads(run("evaluate", "--file", path, "--json", code=0).stdout)
        self.assertEqual((figures["n"], figures["events_p"], figures["events_r"], figures["quiet_alarm"]), (2, 1.0, 1.0, 0.0))
        self.assertIn("home_building", run("evaluate", "--file", path, "--kind", "intents", code=0).stdout.decode())

    def test_evaluate_pii(self):
        figures = json.loads(run("evaluate", "--file", self.write("p.jsonl", lines(*PII)), "--json", code=0).stdout)
        self.assertEqual((figures["n"], figures["span_f1"], figures["leaked_spans"]), (1, 1.0, 0.0))

    def test_evaluate_what_is_no_labelled_file(self):
        run("evaluate", "--file", self.dir / "none", code=3)
        done = run("evaluate", "--file", self.write("x", lines(INTENTS[0], "{secreto")), code=1)
        self.assertNotIn(b"secreto", done.stderr)

    def test_train_without_models(self):
        done = run("train", "--models", self.dir / "none", "--out", self.dir / "b", code=3)
        self.assertTrue(done.stderr)
        self.assertFalse((self.dir / "b").exists())


if __name__ == "__main__":
    main()
