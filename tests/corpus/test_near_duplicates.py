"""The finder of near duplicates: what it reports, what it leaves, what it drops."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "models" / "corpus" / "near_duplicates.py"


class NearDuplicates(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.root = pathlib.Path(self.scratch.name)

    def write(self, path, texts):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps({"id": f"{file.stem}-{i}", "text": text}) + "\n" for i, text in enumerate(texts)), encoding="utf-8")
        return file

    def run_tool(self, *args):
        return subprocess.run([sys.executable, TOOL, *args, self.root], capture_output=True, text=True)

    def test_the_same_talk_in_two_splits_is_found_over_case_and_accents(self):
        train = self.write("train/a.jsonl", ["Mañana firmamos la escritura en la notaría de Lugo", "vale gracias"])
        self.write("test/b.jsonl", ["manana firmamos la escritura en la notaria de lugo!", "vale gracias"])
        done = self.run_tool()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "1.00\tb-0\ta-0\n")
        self.assertNotIn("escritura", done.stdout + done.stderr)
        self.run_tool("--drop")
        self.assertEqual(len(train.read_text(encoding="utf-8").splitlines()), 1)
        self.assertEqual(self.run_tool().returncode, 0)

    def test_talk_of_the_same_thing_in_other_words_is_none(self):
        self.write("train/a.jsonl", ["mañana firmamos la escritura en la notaría de Lugo", "el lunes vamos al notario a por las llaves del piso"])
        self.assertEqual(self.run_tool().returncode, 0)

    def test_marked_texts_are_another_set(self):
        self.write("train/a.jsonl", ["mañana firmamos la escritura en la notaría de Lugo"])
        self.write("pii/test.jsonl", ["mañana firmamos la escritura en la notaría de Lugo"])
        self.assertEqual(self.run_tool().returncode, 0)

    def test_no_directory_is_an_error(self):
        self.assertEqual(subprocess.run([sys.executable, TOOL, self.root / "none"], capture_output=True).returncode, 2)


if __name__ == "__main__":
    unittest.main()
