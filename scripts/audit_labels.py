"""Where baselines agree with each other and not with the gold: cases to look at.

    python scripts/audit_labels.py [SET|FILE] [--system rules ...]

Prints each core quote that all systems give the same speaker and agency and the gold another,
and each content that all of them find and the gold has nowhere (Northcutt et al. 2021 look for
label errors where models are sure and disagree; here agreement stands for being sure).
"""

import argparse

from baselines.registry import load
from benchmark.items import Item, Scored
from benchmark.measures import COLUMN
from benchmark.records import words_of
from benchmark.running import bare, predict_one
from benchmark.scoring import load_gold, score

SYSTEMS = ("rules", "learned")
_RIGHT = 1 << COLUMN["attribution.right"]


def label_cases(answers: list[Scored]) -> list[str]:
    """The quotes of one document that all systems label alike, and the gold otherwise."""
    first = answers[0]
    found = []
    by_id = [{one.gold.quote_id: one for one in each.items if one.gold} for each in answers]
    for quote_id, item in by_id[0].items():
        items = [each[quote_id] for each in by_id]
        given = {_labels(one) for one in items}
        gold = item.gold
        if len(given) == 1 and None not in given and not item.outcome & _RIGHT and gold:
            speakers, agency = given.pop() or ((), None)
            words = words_of(first.document.text, gold.source)
            found.append(
                f"label {quote_id}: {(gold.quote or '')[:60]!r}, source {words!r}\n"
                f"    gold {', '.join(gold.speakers)} / {gold.agency}, "
                f"systems {', '.join(speakers)} / {agency}"
            )
    return found


def extra_cases(answers: list[Scored]) -> list[str]:
    """The contents of one document that all systems find, and the gold nowhere."""
    document = answers[0].document
    alone = [
        {one.prediction.region for one in each.items if one.gold is None and one.prediction}
        for each in answers
    ]
    shared = sorted(set.intersection(*alone))
    return [
        f"extra {document.doc_id}: {document.text[region[0][0] : region[-1][1]][:90]!r}"
        for region in shared
        if region
    ]


def _labels(item: Item) -> tuple[tuple[str, ...], str | None] | None:
    if item.prediction is None:
        return None
    return item.prediction.quote.speakers, item.prediction.quote.agency


def main() -> None:
    """Predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="?", default="newsroom")
    parser.add_argument("--system", action="append")
    arguments = parser.parse_args()
    gold = load_gold(arguments.gold)
    reports = [
        score([predict_one(system, bare(one)) for one in gold], gold, draws=0).judged.scored
        for system in map(load, arguments.system or SYSTEMS)
    ]
    cases = [case for answers in zip(*reports, strict=True)
             for case in (*label_cases(list(answers)), *extra_cases(list(answers)))]  # fmt: skip
    print("\n".join([*cases, f"{len(cases)} cases"]))


if __name__ == "__main__":
    main()
