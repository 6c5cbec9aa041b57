#!/usr/bin/env python3
"""The SQLite extension in the sqlite3 shell: scalar functions, the table-valued one, errors. usage: sqlite_test.py BUILD_DIR"""
import os
import subprocess
import sys
import unittest

BUILD = os.path.abspath(sys.argv.pop())


def shell(sql, models=f"{BUILD}/bundle"):
    env = {k: v for k, v in os.environ.items() if k != "TERTULIA_MODELS"}
    if models:
        env["TERTULIA_MODELS"] = models
    feed = f".load {BUILD}/tertulia_sqlite\n{sql}\n"
    return subprocess.run(["sqlite3", ":memory:"], input=feed, capture_output=True, text=True, env=env, timeout=120)


class SqliteExtension(unittest.TestCase):
    def test_anonymize(self):
        done = shell("SELECT tertulia_anonymize('soy Begoña Ruiz, mi dni es 12345678Z');")
        self.assertEqual(done.stdout.strip(), "soy ⟨PERSON_1⟩, mi dni es ⟨ES_NIF_1⟩", done.stderr)

    def test_analyze_is_json_and_null_stays_null(self):
        done = shell("SELECT json_extract(tertulia_analyze('hola'), '$.language'), tertulia_analyze(NULL) IS NULL;")
        self.assertEqual(done.stdout.strip(), "es|1", done.stderr)

    def test_events_join_a_hosts_table(self):
        done = shell("CREATE TABLE messages(id INTEGER, body TEXT);"
                     "INSERT INTO messages VALUES(1,'ya tenemos la parcela y el arquitecto, buscamos hipoteca para hacernos la casa'),(2,'buenos días'),(3,NULL);"
                     "SELECT m.id, e.event, e.subject, e.active FROM messages m, tertulia_events(m.body) e WHERE e.active;")
        self.assertEqual(done.stdout.strip(), "1|home_building|self|1", done.stderr)

    def test_models_are_named_or_missed_in_words(self):
        self.assertIn("tertulia_models", shell("SELECT tertulia_anonymize('x');", models=None).stderr)
        self.assertIn("no bundle", shell("SELECT tertulia_models('nowhere');", models=None).stderr)
        done = shell(f"SELECT length(tertulia_models('{BUILD}/bundle')); SELECT tertulia_anonymize('hola');", models=None)
        self.assertEqual(done.stdout.split(), ["64", "hola"], done.stderr)

    def test_events_need_a_text(self):
        self.assertNotEqual(shell("SELECT * FROM tertulia_events;").stderr, "")


if __name__ == "__main__":
    unittest.main()
