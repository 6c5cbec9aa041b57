"""stdin and stdout as pipes: streaming, a reader that goes away, a full disk, a closed stream."""
from program import CLI, Case, conversation, lines, main, run
import json
import os
import select
import subprocess


class Streams(Case):
    def test_answers_come_before_the_input_ends(self):
        with subprocess.Popen([CLI, "analyze"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            for i in range(3):
                program.stdin.write(lines({"id": str(i), "text": "hola"}))
                program.stdin.flush()
                self.assertTrue(select.select([program.stdout], [], [], 60)[0], "no answer within a minute")
                self.assertEqual(json.loads(program.stdout.readline())["id"], str(i))
            program.stdin.close()
            self.assertEqual(program.wait(60), 0)

    def test_a_reader_that_goes_away(self):
        feed = self.write("in.jsonl", lines(*[{"id": str(i), "text": "hola"} for i in range(20000)]))
        with subprocess.Popen([CLI, "analyze", str(feed)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            program.stdout.readline()
            program.stdout.close()
            said = program.stderr.read()
            self.assertEqual(program.wait(60), 3)
        self.assertEqual(said, b"")

    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            for args in (["analyze"], ["anonymize"], ["--help"], ["mine", "--help"]):
                done = subprocess.run([CLI, *args], input=lines({"id": "1", "text": "hola"}), stdout=full, stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 3, args)
                self.assertIn(b"No space left", done.stderr)

    def test_closed_stdout(self):
        done = subprocess.run(["sh", "-c", 'exec "$0" analyze >&-', CLI], input=lines({"id": "1", "text": "hola"}), stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"stdout", done.stderr)

    def test_closed_streams_never_write_into_a_database(self):
        feed = self.write("in.jsonl", lines(conversation(1), "{broken"))
        subprocess.run(["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', CLI, "mine", "--json", "--db", str(self.dir / "s.db"), "--vault", str(self.dir / "v.db"), str(feed)],
                       timeout=120)
        self.assertEqual(self.rows("s.db", "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.rows("s.db", "SELECT count(*) FROM customer_profile"), [(1,)])

    def test_stdin_that_is_a_directory(self):
        fd = os.open(self.dir, os.O_RDONLY)
        try:
            done = subprocess.run([CLI, "analyze"], stdin=fd, capture_output=True, timeout=60)
        finally:
            os.close(fd)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    main()
