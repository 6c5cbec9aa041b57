"""report: one page that loads nothing, in three languages, with small counts hidden."""
from program import Case, conversation, lines, main, run, NOW
import html.parser


class Tags(html.parser.HTMLParser):
    VOID = {"meta", "br", "link", "img", "input", "hr"}

    def __init__(self):
        super().__init__()
        self.open, self.attributes, self.headings, self.wrong = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


class Report(Case):
    def page(self, count, *args):
        self.mine("s.db", self.write("in.jsonl", lines(*[conversation(i) for i in range(count)])))
        run("report", "--db", self.dir / "s.db", "--now", NOW, "--out", self.dir / "r.html", *args, code=0)
        return (self.dir / "r.html").read_text(encoding="utf-8")

    def test_the_page(self):
        for language, word in {"es": "Acontecimientos vitales", "en": "Life events", "ca": "Esdeveniments vitals"}.items():
            page = self.page(12, "--lang", language)
            self.assertIn(word, page)
            self.assertIn(f'<html lang="{language}">', page)
            tags = Tags()
            tags.feed(page)
            self.assertEqual((tags.open, tags.wrong), ([], []))
            self.assertEqual(tags.headings.count("h1"), 1)
            self.assertFalse([a for a in tags.attributes if a[0] in ("src", "href")])
            for part in ("http:", "https:", "<script", "{{", "Bego", "612 345", "host-"):
                self.assertNotIn(part, page)
            self.assertIn("prefers-color-scheme: dark", page)

    def test_small_counts_are_hidden(self):
        page = self.page(4)
        self.assertIn("&lt;10", page)
        self.assertNotIn(">4<", page)
        self.assertIn(">12<", self.page(12))

    def test_same_input_same_bytes(self):
        self.assertEqual(self.page(12), self.page(12))

    def test_stdout_and_what_cannot_be_written(self):
        self.page(1)
        self.assertIn(b"<!DOCTYPE html>", run("report", "--db", self.dir / "s.db", "--out", "-", code=0).stdout)
        run("report", "--db", self.dir / "s.db", "--out", self.dir / "none" / "r.html", code=3)
        run("report", "--db", self.dir / "s.db", "--out", "-", "--lang", "fr", code=2)
        run("report", "--db", self.dir / "s.db", "--out", "-", "--customer", "x", code=2)


if __name__ == "__main__":
    main()
