"""Agreement between the annotators of the article, written into gold/README.md.

    python scripts/agreement.py            rewrite the table
    python scripts/agreement.py --check    exit 1 if it is out of date

Each layer is scored against each other one with the project's own scorer, in both
directions; a figure is the mean of the two F1s (accuracies likewise). Krippendorff's
alpha (2011) is nominal over the words of the text: each word is part of a core content,
of optional contents only, or of none.
"""

import argparse
import sys
from itertools import combinations
from pathlib import Path

import krippendorff
import msgspec
import numpy as np

from benchmark.agencies import load_agencies
from benchmark.counts import Tally
from benchmark.items import score_document
from benchmark.measures import MEASURES
from benchmark.records import Document
from benchmark.sets import gold_root
from benchmark.statistics import statistic
from benchmark.words import Words, word_spans
from benchmark.writing import write_text

BEGIN, END = "<!-- agreement:begin -->\n", "<!-- agreement:end -->"
SHOWN = [measure for measure in MEASURES if measure.kind != "errors"]


def both_ways(a: Document, b: Document) -> list[float]:
    """Each figure, mean of a against b and b against a.

    The layers are scored as they were made: validation, which would refuse a slip such as
    an alias that two entities share, is left out.
    """
    figures = []
    for predicted, gold in ((a, b), (b, a)):
        tally = Tally()
        tally.add(score_document(gold, predicted.quotes, load_agencies()))
        sums = tally.by_item().sum(axis=0).astype(float)
        figures.append([float(statistic(measure)(sums)) for measure in SHOWN])
    return [float(value) for value in np.nanmean(figures, axis=0)]


def labels(document: Document) -> list[int]:
    """For each word of the text: 2 in a core content, 1 in optional ones only, 0 in none."""
    words = Words(document.text)
    starts = {start: index for index, (start, _) in enumerate(word_spans(document.text))}
    found = [0] * len(starts)
    for status, value in (("optional", 1), ("core", 2)):
        for quote in document.quotes:
            if quote.status == status:
                for start in words.starts(words.region(quote.content or ())):
                    found[starts[start]] = value
    return found


def alpha(rows: list[list[int]]) -> float:
    """Krippendorff's alpha over words, annotators × words."""
    return float(krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal"))


def read(path: Path) -> Document:
    """The one document of a file."""
    return msgspec.json.decode(path.read_bytes(), type=Document)


def table() -> str:
    """The table in Markdown."""
    folder = gold_root() / "article" / "annotators"
    layers = {path.stem: read(path) for path in sorted(folder.glob("*.jsonl"))}
    gold = read(gold_root() / "article" / "documents.jsonl")
    pairs = [(f"{a} and {b}", layers[a], layers[b]) for a, b in combinations(layers, 2)]
    pairs += [(f"{name} and gold", layer, gold) for name, layer in layers.items()]
    head = ["pair", *(measure.name for measure in SHOWN), "alpha, 3 labels", "alpha, core or not"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, a, b in pairs:
        rows = [labels(a), labels(b)]
        core = [[int(one == 2) for one in row] for row in rows]
        cells = [f"{value:.3f}" for value in (*both_ways(a, b), alpha(rows), alpha(core))]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    rows = [labels(layer) for layer in layers.values()]
    core = [[int(one == 2) for one in row] for row in rows]
    blanks = " | ".join([""] * len(SHOWN))
    lines.append(f"| all three | {blanks} | {alpha(rows):.3f} | {alpha(core):.3f} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Rewrite or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    path: Path = gold_root() / "README.md"
    old = path.read_text(encoding="utf-8")
    before, rest = old.split(BEGIN)
    _, after = rest.split(END)
    new = before + BEGIN + table() + END + after
    if new == old:
        return 0
    if check:
        print("gold/README.md is out of date: run python scripts/agreement.py", file=sys.stderr)
        return 1
    write_text(path, new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
