"""Agreement between annotators, written into gold/README.md and gold/newsroom/README.md.

    python scripts/agreement.py            rewrite the tables
    python scripts/agreement.py --check    exit 1 if one is out of date

The figures are those of `quotebench agree`; `benchmark.agreement` defines them.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmark.agreement import agree
from benchmark.sets import gold_root
from benchmark.tables import bounds, number
from benchmark.writing import write_text

BEGIN, END = "<!-- agreement:begin -->\n", "<!-- agreement:end -->"


def newsroom_table() -> str:
    """The two layers of newsroom's sample, in Markdown."""
    folder = gold_root() / "newsroom" / "annotators"
    pair = agree(folder / "writer.jsonl", folder / "second.jsonl").pairs[0]
    rows = [(name, number(value)) for name, value in pair.figures.items()]
    rows += [
        ("agr(writer, second)", number(pair.agr_ab)),
        ("agr(second, writer)", number(pair.agr_ba)),
    ]
    for name, one in (("alpha, 3 labels", pair.alpha), ("alpha, core or not", pair.alpha_core)):
        rows.append((name, f"{number(one.value)} {bounds(one.interval)}"))
    return "".join(["| measure | writer and second |\n|---|---|\n",
                    *(f"| {name} | {value} |\n" for name, value in rows)])  # fmt: skip


def article_table() -> str:
    """The annotators of the article and the gold, pair by pair, in Markdown."""
    folder = gold_root() / "article" / "annotators"
    layers = sorted(folder.glob("*.jsonl"))
    gold = gold_root() / "article" / "documents.jsonl"
    between = agree(*layers, draws=0)
    with_gold = [agree(layer, gold, draws=0).pairs[0] for layer in layers]
    pairs = [(f"{pair.a} and {pair.b}", pair) for pair in between.pairs]
    pairs += [(f"{pair.a} and gold", pair) for pair in with_gold]
    names = list(between.pairs[0].figures)
    head = ["pair", *names, "alpha, 3 labels", "alpha, core or not"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, pair in pairs:
        values = [*pair.figures.values(), pair.alpha.value, pair.alpha_core.value]
        lines.append(f"| {name} | {' | '.join(map(number, values))} |")
    blanks = " | ".join([""] * len(names))
    alphas = f"{number(between.alpha.value)} | {number(between.alpha_core.value)}"
    lines.append(f"| all three | {blanks} | {alphas} |")
    return "\n".join(lines) + "\n"


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
