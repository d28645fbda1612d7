"""Make the contrast pairs from the article and the test part of the newsroom set.

python scripts/build_contrast.py            write gold/contrast/documents.jsonl
python scripts/build_contrast.py --check    exit 1 if it is out of date

Prints how many variants each perturbation has. The same gold gives the same file.
"""

import argparse
import sys
from collections import Counter

from benchmark.contrast.generation import PERTURBATIONS, generate
from benchmark.records import Document, encode
from benchmark.scoring import load_gold
from benchmark.sets import gold_root
from benchmark.writing import write_bytes

SEED = 20080829
TARGET = gold_root() / "contrast" / "documents.jsonl"


def build() -> list[Document]:
    """The parents and their variants."""
    return list(generate([*load_gold("article"), *load_gold("newsroom")], SEED))


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    documents = build()
    data = b"".join(encode(one) + b"\n" for one in documents)
    if check:
        if TARGET.is_file() and TARGET.read_bytes() == data:
            return 0
        print(f"{TARGET} is out of date: run python scripts/build_contrast.py", file=sys.stderr)
        return 1
    TARGET.parent.mkdir(exist_ok=True)
    write_bytes(TARGET, data)
    made = Counter(str(one.perturbation) for one in documents)
    pairs = Counter({str(one.perturbation): 0 for one in documents})
    for one in documents:
        pairs[str(one.perturbation)] += len(one.pairs or ())
    print(f"parents {made['none']}, variants {made.total() - made['none']}")
    for kind in PERTURBATIONS:
        keeps = "keeps" if kind.preserving else "changes"
        print(f"  {kind.name:22} {keeps:8} {made[kind.name]:5} variants {pairs[kind.name]:6} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
