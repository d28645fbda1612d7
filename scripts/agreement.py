"""Agreement between annotators, written into gold/README.md and gold/newsroom/README.md.

    python scripts/agreement.py            rewrite the tables
    python scripts/agreement.py --check    exit 1 if one is out of date

The figures are those of `quotebench agree`; `benchmark.agreement` defines them.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmark.agreement import Agreement, Alpha, Pairwise, agree
from benchmark.sets import gold_root
from benchmark.tables import bounds, number
from benchmark.writing import write_text

BEGIN, END = "<!-- agreement:begin -->\n", "<!-- agreement:end -->"


SPLITS = ("test", "validation", "train")


def newsroom_table() -> str:
    """The layers of each part of newsroom, pair by pair, and each with the gold, in Markdown."""
    pairs, wholes = [], []
    for split in SPLITS:
        layers = sorted((gold_root() / "newsroom" / "annotators" / split).glob("*.jsonl"))
        between = agree(*layers)
        gold = gold_root() / "newsroom" / f"{split}.jsonl"
        with_gold = [agree(layer, gold, draws=0).pairs[0] for layer in layers]
        pairs += [(f"{split}: {pair.a} and {pair.b}", pair) for pair in between.pairs]
        pairs += [(f"{split}: {pair.a} and gold", pair) for pair in with_gold]
        wholes.append((f"{split}: all three", between))
    return table(pairs, wholes)


def article_table() -> str:
    """The annotators of the article and the gold, pair by pair, in Markdown."""
    folder = gold_root() / "article" / "annotators"
    layers = sorted(folder.glob("*.jsonl"))
    gold = gold_root() / "article" / "documents.jsonl"
    between = agree(*layers, draws=0)
    with_gold = [agree(layer, gold, draws=0).pairs[0] for layer in layers]
    pairs = [(f"{pair.a} and {pair.b}", pair) for pair in between.pairs]
    pairs += [(f"{pair.a} and gold", pair) for pair in with_gold]
    return table(pairs, [("all three", between)])


def table(pairs: Sequence[tuple[str, Pairwise]], wholes: Sequence[tuple[str, Agreement]]) -> str:
    """A row for each pair, with agr both ways, and one for the alphas of all layers together."""
    names = list(pairs[0][1].figures)
    head = ["pair", *names, "agr", "alpha, 3 labels", "alpha, core or not"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, pair in pairs:
        agr = f"{number(pair.agr_ab)} / {number(pair.agr_ba)}"
        values = [*map(number, pair.figures.values()), agr, shown(pair.alpha)]
        lines.append(f"| {' | '.join([name, *values, shown(pair.alpha_core)])} |")
    blanks = [""] * (len(names) + 1)
    for name, whole in wholes:
        values = [name, *blanks, shown(whole.alpha), shown(whole.alpha_core)]
        lines.append(f"| {' | '.join(values)} |")
    return "\n".join(lines) + "\n"


def shown(alpha: Alpha) -> str:
    """An alpha and its interval, where it has one."""
    return " ".join([number(alpha.value), *([bounds(alpha.interval)] if alpha.interval else [])])


def main() -> int:
    """Rewrite or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    tables = {"README.md": article_table, "newsroom/README.md": newsroom_table}
    stale = [name for name, table in tables.items() if not _kept(gold_root() / name, table, check)]
    for name in stale:
        print(f"gold/{name} is out of date: run python scripts/agreement.py", file=sys.stderr)
    return int(bool(stale))


def _kept(path: Path, table: Callable[[], str], check: bool) -> bool:
    """Whether a page has its table, or has been given it."""
    old = path.read_text(encoding="utf-8")
    before, rest = old.split(BEGIN)
    _, after = rest.split(END)
    new = before + BEGIN + table() + END + after
    if new != old and not check:
        write_text(path, new)
    return new == old or not check


if __name__ == "__main__":
    sys.exit(main())
