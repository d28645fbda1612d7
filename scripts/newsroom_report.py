"""Count the newsroom set: quotas, balance, language, and whether its parts are kept apart.

    python scripts/newsroom_report.py            all splits that have articles
    QUOTEBENCH_CORPORA=DIR python scripts/newsroom_report.py

With a copy of PolNeAR (folder `polnear/data` in QUOTEBENCH_CORPORA, or in ../shared/corpora)
the language figures stand beside those of its dev part. Nothing of it is stored.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import get_args

from benchmark.annotation import compile_annotation
from benchmark.faults import InputRefused
from benchmark.folding import fold
from benchmark.frame import Behaviour, Frame, read_frame
from benchmark.records import PHENOMENA, Document, Quote, words_of
from benchmark.sets import gold_root
from benchmark.words import count_words, word_spans

SPLITS = ("train", "validation", "test")
ANNOTATIONS = gold_root() / "newsroom" / "annotations"
# Articles, core, core with an agency, agencies, each phenomenon, empty articles, traps only.
NAMES = ("articles", "core", "with agency", "agencies", "phenomenon", "no attribution", "traps")
QUOTAS = {
    "train": (40, 350, 90, 20, 9, 2, 4),
    "validation": (20, 170, 45, 12, 4, 1, 2),
    "test": (60, 540, 160, 36, 18, 6, 10),
}
TRAPS = {word for word in get_args(Behaviour) if word.startswith("trap: ")}
SAY = {"say", "says", "said", "saying"}
Article = tuple[Document, Frame]


def read_split(split: str) -> list[Article]:
    """The articles of a split with their frames."""
    fields = {"language": "en", "origin": "constructed", "license": "CC BY 4.0", "canary": "x"}
    return [
        (compile_annotation(path, None, {"doc_id": path.stem, **fields}), read_frame(path))
        for path in sorted((ANNOTATIONS / split).glob("*.toml"))
    ]


def core_of(articles: Iterable[Article]) -> list[tuple[Document, Quote]]:
    """The core attributions, each with its document."""
    return [(one, quote) for one, _ in articles for quote in core_quotes(one)]


def phenomena(articles: Iterable[Article]) -> Counter[str]:
    """How often each phenomenon is marked, over core and optional attributions."""
    return Counter(name for one, _ in articles for q in one.quotes for name in q.phenomena)


def traps_only(article: Article) -> bool:
    """Whether agencies are named in ways that give no label, and in no other."""
    document, frame = article
    return (
        bool(frame.agency)
        and set(frame.agency) <= TRAPS
        and not any(quote.agency or any(quote.agency_alternatives) for quote in document.quotes)
    )


def counted(articles: list[Article]) -> tuple[int, ...]:
    """The figures that the quotas bound from below, in their order."""
    core = core_of(articles)
    agencies = {quote.agency for _, quote in core if quote.agency}
    found = phenomena(articles)
    return (
        len(articles),
        len(core),
        sum(quote.agency is not None for _, quote in core),
        len(agencies),
        min(found[name] for name in PHENOMENA),
        sum(not document.quotes for document, _ in articles),
        sum(map(traps_only, articles)),
    )


def tokens(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [text[start:end].lower() for start, end in word_spans(text)]


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    """The runs of `size` words in a text."""
    words = tokens(text)
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def repeated(texts: list[str]) -> list[tuple[tuple[str, ...], int]]:
    """The runs of five words that stand in more than one text, the most frequent first."""
    found = Counter(shingle for text in texts for shingle in shingles(text))
    return [(shingle, times) for shingle, times in found.most_common() if times > 1]


def near_duplicates(texts: dict[str, str], least: float = 0.05) -> list[tuple[float, str, str]]:
    """Pairs of texts by the Jaccard similarity of their shingles (Broder 1997)."""
    sets = {name: shingles(text) for name, text in texts.items()}
    pairs = []
    for a, b in combinations(sets, 2):
        union = len(sets[a] | sets[b])
        if union and (alike := len(sets[a] & sets[b]) / union) >= least:
            pairs.append((alike, a, b))
    return sorted(pairs, reverse=True)


def named(articles: Iterable[Article]) -> set[str]:
    """The folded names of the people, states and organizations that can speak in a split.

    A description ("a nurse") has no capital letter behind its article and is left out.
    """
    names = set()
    for document, _ in articles:
        for entity in document.entities:
            words = entity.name.split()[1:] or [entity.name]
            speaks = entity.kind in ("person", "state", "organization")
            if speaks and any(word[:1].isupper() for word in words):
                names.add(fold(entity.name))
    return names


def capitals(articles: Iterable[Article]) -> set[str]:
    """The words with a capital inside a sentence: names of people and places, among others."""
    inside = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][\w’'-]{3,}")
    found = {word for one, _ in articles for word in inside.findall(one.text)}
    return {re.sub(r"['’]s?$", "", word) for word in found if word[0].isupper()}


def language(pairs: list[tuple[str, list[str]]]) -> str:
    """Type-token ratio of the first 20,000 words, sentence length, cues, repeated five-grams."""
    words = [word for text, _ in pairs for word in tokens(text)][:20000]
    sentences = sum(text.count(mark) for text, _ in pairs for mark in (". ", ".\n", "? ", "! "))
    cues = Counter(cue for _, found in pairs for cue in found if cue)
    said = sum(times for cue, times in cues.items() if SAY & set(cue.split()))
    total = max(1, sum(cues.values()))
    every = sum(count_words(text) for text, _ in pairs)
    again = repeated([text for text, _ in pairs])
    top = ", ".join(f"{cue} {times}" for cue, times in cues.most_common(20))
    return (
        f"types/tokens {len(set(words)) / max(1, len(words)):.3f} in {len(words)} words; "
        f"{every / max(1, sentences):.1f} words a sentence; "
        f"{1000 * len(again) / max(1, every):.1f} repeated five-grams per 1000 words; "
        f"say {said / total:.0%} of {total} cues\n  cues: {top}"
    )


def cue_words(document: Document, quotes: Iterable[Quote]) -> list[str]:
    """The cues of attributions, in lower case."""
    return [words_of(document.text, quote.cue).lower() for quote in quotes]


def report_split(split: str, articles: list[Article]) -> None:
    """Print the figures of one split."""
    print(f"\n== {split}")
    for name, have, need in zip(NAMES, counted(articles), QUOTAS[split], strict=True):
        print(f"  {name:15} {have:5} of {need:4} {'met' if have >= need else 'NOT MET'}")
    core = core_of(articles)
    print("  types:", shares_of_types([quote for _, quote in core]))
    lengths = [count_words(document.text) for document, _ in articles]
    mean = sum(lengths) / len(lengths)
    print(f"  words: {min(lengths)} to {max(lengths)}, mean {mean:.0f}")
    found = phenomena(articles)
    print("  phenomena:", ", ".join(f"{name} {found[name]}" for name in PHENOMENA))
    for what in ("beat", "form", "region"):
        cells = Counter(str(getattr(frame, what)) for _, frame in articles)
        print(f"  {what}:", ", ".join(f"{name} {n}" for name, n in cells.most_common()))
    crossed = Counter((frame.style.marks, frame.style.english) for _, frame in articles)
    print("  marks by english:", ", ".join(f"{a}/{b} {n}" for (a, b), n in crossed.most_common()))
    ways = Counter(way for _, frame in articles for way in frame.agency)
    print("  agency:", ", ".join(f"{name} {n}" for name, n in ways.most_common()))
    pairs = [(one.text, cue_words(one, core_quotes(one))) for one, _ in articles]
    print(" ", language(pairs))
    for shingle, times in repeated([one.text for one, _ in articles])[:10]:
        print(f"  in {times} articles: {' '.join(shingle)}")


def report_polnear() -> None:
    """Print the language figures of PolNeAR dev, where a copy is at hand."""
    beside = Path(__file__).parent.parent.parent / "shared" / "corpora"
    folder = Path(os.environ.get("QUOTEBENCH_CORPORA", beside)) / "polnear" / "data"
    if not folder.is_dir():
        return
    from score_polnear import read_corpus

    for what, speech_only in (("with its beliefs and intentions", False), ("speech only", True)):
        documents, _ = read_corpus(folder, "dev", None, speech_only)
        print(f"\n== PolNeAR dev, {what}")
        print("  types:", shares_of_types([q for one in documents for q in core_quotes(one)]))
        print(" ", language([(one.text, cue_words(one, core_quotes(one))) for one in documents]))


def shares_of_types(quotes: list[Quote]) -> dict[str, str]:
    """How many of some quotes are direct, mixed and indirect."""
    types = Counter(str(quote.quote_type) for quote in quotes)
    return {name: f"{n / len(quotes):.0%}" for name, n in types.items()}


def core_quotes(document: Document) -> list[Quote]:
    """The core quotes of a document."""
    return [quote for quote in document.quotes if quote.status == "core"]


def main() -> int:
    """Read, count, print; the exit code."""
    try:
        parts = {split: found for split in SPLITS if (found := read_split(split))}
    except InputRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    for split, articles in parts.items():
        report_split(split, articles)
    print("\n== between splits")
    for a, b in combinations(parts, 2):
        print(f"  names in {a} and {b}: {sorted(named(parts[a]) & named(parts[b])) or 'none'}")
        shared = sorted(capitals(parts[a]) & capitals(parts[b]))
        print(f"  words with a capital in {a} and {b}: {', '.join(shared)}")
    texts = {one.doc_id: one.text for articles in parts.values() for one, _ in articles}
    for alike, a, b in near_duplicates(texts)[:10]:
        print(f"  near-duplicates: {a} and {b}, Jaccard {alike:.2f}")
    report_polnear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
