"""Precision and recall of the aligner over the cases written for it.

    python scripts/measure_alignment.py [--by-category]

A string counts as found right when each of its parts is at the place that the case names.
Precision is over the strings that the aligner places, recall over those that are in the text.
"""

import argparse
from collections import Counter
from pathlib import Path

import jsonlines

from benchmark.alignment import Aligner

CASES = Path(__file__).parent.parent / "tests" / "alignment_cases.jsonl"


def offset(text: str, words: str, occurrence: int) -> int:
    """Where an occurrence of some words begins, counted from 1."""
    at = -1
    for _ in range(occurrence):
        at = text.index(words, at + 1)
    return at


def measure() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Strings found right, found, and in the text, by category of the case."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    with jsonlines.open(CASES) as rows:
        for case in rows:
            category, text = case["category"], case["text"]
            places = Aligner(text).place(case["quotes"])
            for place, parts in zip(places, case["expected"], strict=True):
                found[category] += place is not None
                there[category] += parts is not None
                if place is not None and parts is not None:
                    spans = [(span.start, span.end) for span in place.spans]
                    starts = [(offset(text, words, n), words) for words, n in parts]
                    right[category] += spans == [(at, at + len(words)) for at, words in starts]
    return right, found, there


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--by-category", action="store_true")
    right, found, there = measure()
    if parser.parse_args().by_category:
        for name in sorted(found | there):
            print(f"{name:24} right {right[name]:4} found {found[name]:4} there {there[name]:4}")
    r, f, t = right.total(), found.total(), there.total()
    print(f"precision {r / f:.3f} ({r} of {f}), recall {r / t:.3f} ({r} of {t})")


if __name__ == "__main__":
    main()
