"""A random sample of a baseline's errors on a gold file, to be read and sorted by hand.

    python scripts/sample_errors.py GOLD BASELINE [--number 100] [--seed 20261124]

Drawn are items with errors of content (missed, spurious, split, merged, boundary), one line each.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from baselines.registry import load
from benchmark.errors import find_errors
from benchmark.reading import read_all
from benchmark.running import bare, predict_one
from benchmark.scoring import score

KINDS = ("missed", "spurious", "split", "merged", "boundary", "duplicate")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("baseline")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261124)
    arguments = parser.parse_args()
    gold = read_all(arguments.gold, gold=True)
    attributor = load(arguments.baseline)
    predicted = [predict_one(attributor, bare(one)) for one in gold]
    report = score(predicted, gold, draws=0)
    errors = [one for one in find_errors(report.judged.scored) if one.kind in KINDS]
    print("all:", dict(Counter((one.side, one.kind) for one in errors)))
    chosen = random.Random(arguments.seed).sample(errors, min(arguments.number, len(errors)))
    print("drawn:", dict(Counter((one.side, one.kind) for one in chosen)))
    for number, one in enumerate(chosen, 1):
        print(f"{number} {one.kind}/{one.side}: {one.context}")


if __name__ == "__main__":
    main()
