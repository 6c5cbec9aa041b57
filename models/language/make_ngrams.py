#!/usr/bin/env python3
"""Makes ngrams.tsv: what the character n-grams of a word say about its language beyond function_words.tsv.

    python3 models/language/make_ngrams.py --corpus models/corpus/train > models/language/ngrams.tsv

Method: multinomial logistic regression (AdaGrad, L2, fixed seed) over the n-grams of 2 to 4 characters of each word between
'<' and '>', with the scores of function_words.tsv as a fixed offset, on windows of one to eight
words drawn from every language's samples and corpus, somewhat more from Spanish; half of them lose their accents, as chat
does. Texts: samples.tsv, and of the JSON lines in the corpus directory the "text" where "lang" is es, en or ca. Give it the
training part only. The same input gives the same file. Standard library only; about half a minute.
The reader is src/text/language_id.cc: keep `pieces`, `grams` and LEXICON_SCALE as there.
"""
import argparse, collections, json, math, os, random, re, sys, unicodedata

LANGUAGES = ["es", "en", "ca", "pt", "gl", "fr", "it", "eu", "de", "ro", "nl", "pl"]
KNOWN = LANGUAGES[:3]
LEXICON_SCALE = 0.5
EPOCHS, RATE, L2 = 10, 0.3, 1e-3
KNOWN_WINDOWS, OTHER_WINDOWS = (600, 500, 500), 400  # an epoch, of es, en, ca, and of each other language
FROM_SAMPLES = 0.25  # of the windows of a language that has corpus text
MIN_TEXTS, MIN_WEIGHT = 3, 0.12
HERE = os.path.dirname(os.path.abspath(__file__))
WORD = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")


def fold(word):
    out = []
    for ch in word:
        parts = unicodedata.normalize("NFD", ch)
        out.append(ch if ch in "ñç" or len(parts) == 1 else parts[0])
    return "".join(out)


def pieces(word):
    """ "l'obra" -> "l'", "obra"; "dir-li" -> "dir", "li"."""
    out, current = [], ""
    for ch in word:
        if ch == "-":
            out.append(current)
            current = ""
        elif ch == "'":
            out.append(current + "'")
            current = ""
        else:
            current += ch
    out.append(current)
    return [p for p in out if p]


def words_of(text):
    text = unicodedata.normalize("NFC", text.replace("\\n", " ")).lower().replace("’", "'")
    text = re.sub(r"https?://\S+|\S+@\S+|[@#]\w+", " ", text)
    return WORD.findall(text)


def read_lexicon():
    table = collections.defaultdict(lambda: [0.0] * len(LANGUAGES))
    for line in open(os.path.join(HERE, "function_words.tsv"), encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        language, weight, forms = line.rstrip("\n").split("\t")
        at = LANGUAGES.index(language)
        for form in forms.split():
            table[form][at] = max(table[form][at], float(weight))
    return dict(table)


def read_texts(corpus):
    samples, texts = collections.defaultdict(list), collections.defaultdict(list)
    for line in open(os.path.join(HERE, "samples.tsv"), encoding="utf-8"):
        if not line.startswith("#") and line.strip():
            language, text = line.rstrip("\n").split("\t")
            samples[language].append(words_of(text))
    for name in sorted(os.listdir(corpus)):
        if not name.endswith(".jsonl"):
            continue
        for line in open(os.path.join(corpus, name), encoding="utf-8"):
            message = json.loads(line) if line.strip() else {}
            if message.get("lang") in KNOWN:
                texts[message["lang"]].append(words_of(message["text"]))
    return [(samples[language], [t for t in texts[language] if t] or samples[language]) for language in LANGUAGES]


def grams(piece):
    padded = "<" + piece.rstrip("'") + ">"
    for size in (2, 3, 4):
        for at in range(len(padded) - size + 1):
            yield padded[at:at + size]


def read_parts(parts, lexicon):
    """The scores of the known parts, and the n-grams of all."""
    total, found = [0.0] * len(LANGUAGES), []
    for part in parts:
        row = lexicon.get(part) or lexicon.get(fold(part))
        if row:
            total = [a + LEXICON_SCALE * b for a, b in zip(total, row)]
        found.extend(grams(part))
    return total, found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", required=True)
    corpus = parser.parse_args().corpus
    lexicon, texts = read_lexicon(), read_texts(corpus)
    seen = collections.Counter()
    for sources in texts:
        for text in [t for source in sources for t in source]:
            found = {g for w in text for p in pieces(w) for form in (p, fold(p)) for g in grams(form)}
            seen.update(found)
    index = {g: i for i, g in enumerate(sorted(g for g, n in seen.items() if n >= MIN_TEXTS))}
    count = len(LANGUAGES)
    weights = [[0.0] * count for _ in index]
    squares = [[1e-3] * count for _ in index]
    rng = random.Random(20240501)
    for epoch in range(EPOCHS):
        batch = []
        for target in range(count):
            windows = KNOWN_WINDOWS[target] if target < len(KNOWN_WINDOWS) else OTHER_WINDOWS
            for _ in range(windows):
                text = rng.choice(texts[target][rng.random() >= FROM_SAMPLES])
                size = rng.randint(1, 8)
                at = rng.randint(0, max(0, len(text) - size))
                plain = rng.random() < 0.5
                parts = [p for w in text[at:at + size] for p in pieces(fold(w) if plain else w)]
                batch.append((target, parts))
        rng.shuffle(batch)
        right = 0
        for target, parts in batch:
            scores, found = read_parts(parts, lexicon)
            features = [index[g] for g in found if g in index]
            for f in features:
                row = weights[f]
                scores = [a + b for a, b in zip(scores, row)]
            top = max(scores)
            right += scores.index(top) == target
            exps = [math.exp(s - top) for s in scores]
            norm = sum(exps)
            errors = [e / norm for e in exps]
            errors[target] -= 1.0
            step = 1.0 / math.sqrt(len(features) + 1.0)
            active = [(c, e) for c, e in enumerate(errors) if abs(e) > 1e-3]
            for f in features:
                row, square = weights[f], squares[f]
                for c, e in active:
                    g = e * step + L2 * row[c]
                    square[c] += g * g
                    row[c] -= RATE * g / math.sqrt(square[c])
        print(f"epoch {epoch}: {right / len(batch):.4f} of {len(batch)} windows", file=sys.stderr)

    print("# Made by make_ngrams.py out of samples.tsv, function_words.tsv and the training part of models/corpus; do not edit.")
    print("# n-gram of a word between < and >, then its weight in hundredths for: " + " ".join(LANGUAGES))
    print("# Source: Tertulia; Apache-2.0.")
    for gram, i in sorted(index.items()):
        row = weights[i]
        mean = sum(row) / count
        row = [w - mean for w in row]
        if max(map(abs, row)) >= MIN_WEIGHT:
            print(gram + "\t" + "\t".join(str(round(100 * w)) for w in row))


if __name__ == "__main__":
    main()
