"""Help, versions, wrong use, and where the bundle is looked for."""
from program import BUNDLE, CLI, Case, answers, lines, main, run
import os
import pathlib
import shutil

VERBS = ["analyze", "anonymize", "restore", "mine", "ref", "customer", "query", "segment", "report", "train", "evaluate", "doctor"]


class Usage(Case):
    def test_every_verb_has_help_with_an_example(self):
        page = run("--help", code=0).stdout.decode()
        for verb in VERBS:
            self.assertIn(f"  {verb} ", page)
            done = run(verb, "--help", code=0)
            self.assertIn("Example:", done.stdout.decode())
            self.assertIn("--json", done.stdout.decode())
            self.assertEqual(done.stderr, b"")

    def test_wrong_use_is_exit_2_with_words_on_stderr(self):
        for args in [[], ["no-such-verb"], ["analyze", "--no-such-flag"], ["analyze", "--offset", "bytes"], ["analyze", "--offsets", "inches"],
                     ["analyze", "--threads", "0"], ["analyze", "--threads", "x"], ["analyze", "--threads", "2", "--threads", "3"],
                     ["mine"], ["mine", "--db", "x", "--vault", "y"], ["mine", "--db", "x", "--vault", "y", "--now", "today", "f"],
                     ["ref", "--vault", "v"], ["ref", "id"], ["customer", "--db", "x"], ["query", "--db", "x"], ["query", "--db", "x", "a", "b"],
                     ["segment", "--db", "x"], ["segment", "--db", "x", "paint"], ["segment", "--db", "x", "count"], ["report", "--db", "x"],
                     ["report", "--db", "x", "--out", "y", "--k", "3"], ["train"], ["evaluate"], ["evaluate", "--file", "x", "--kind", "y"],
                     ["anonymize", "--format", "x"], ["doctor", "word"]]:
            done = run(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.stdout, b"", args)
            self.assertTrue(done.stderr, args)

    def test_no_bundle_is_exit_3_and_says_where(self):
        done = run("analyze", "--models", self.dir, feed=b"", code=3)
        self.assertIn(str(self.dir).encode(), done.stderr)

    def test_bundle_by_option_by_environment_and_beside_the_program(self):
        feed = lines({"id": "1", "text": "hola"})
        self.assertEqual(len(answers(run("analyze", "--models", BUNDLE, feed=feed, code=0))), 1)
        self.assertEqual(len(answers(run("analyze", feed=feed, code=0, env={"TERTULIA_MODELS": str(BUNDLE)}))), 1)
        run("analyze", feed=feed, code=3, env={"TERTULIA_MODELS": str(self.dir)})
        run("analyze", "--models", BUNDLE, feed=feed, code=0, env={"TERTULIA_MODELS": str(self.dir)})  # the option wins
        if (pathlib.Path(CLI).parent / "bundle" / "manifest.json").exists():
            run("analyze", feed=feed, code=0)
        prefix = self.dir / "prefix"
        (prefix / "bin").mkdir(parents=True)
        (prefix / "share" / "tertulia").mkdir(parents=True)
        shutil.copy(CLI, prefix / "bin" / "tertulia")
        os.symlink(BUNDLE, prefix / "share" / "tertulia" / "bundle")
        import subprocess
        done = subprocess.run([prefix / "bin" / "tertulia", "analyze"], input=feed, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    main()
