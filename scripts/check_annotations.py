"""Check annotation files of the newsroom set: one line for each fault, then a summary.

    python scripts/check_annotations.py FILE [FILE ...]     exit 1 where there is a fault

The builder's own checks, file by file. The summary says what each article holds, so that it
can be compared with its plan.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from build_gold import newsroom_article

from benchmark.faults import InputRefused
from benchmark.records import Document
from benchmark.words import count_words


def summary(document: Document) -> str:
    """Words, attributions, types and agencies of an article, in one line."""
    core = [quote for quote in document.quotes if quote.status == "core"]
    types = Counter(str(quote.quote_type) for quote in core)
    wires = Counter(quote.agency for quote in core if quote.agency)
    return (
        f"{document.doc_id}: {count_words(document.text)} words, {len(core)} core "
        f"({types['direct']} direct, {types['mixed']} mixed, {types['indirect']} indirect), "
        f"{len(document.quotes) - len(core)} optional; "
        + (", ".join(f"{name} {times}" for name, times in wires.items()) or "no agency")
    )


def main() -> int:
    """Check and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    refused = False
    for path in parser.parse_args().files:
        try:
            print(summary(newsroom_article(path)))
        except InputRefused as error:
            refused = True
            print(error, file=sys.stderr)
    return int(refused)


if __name__ == "__main__":
    sys.exit(main())
