"""Agreement between the annotators of the article, written into gold/README.md.

    python scripts/agreement.py            rewrite the table
    python scripts/agreement.py --check    exit 1 if it is out of date

The figures are those of `quotebench agree`; `benchmark.agreement` defines them.
"""

import argparse
import sys
from pathlib import Path

from benchmark.agreement import agree
from benchmark.sets import gold_root
from benchmark.tables import number
from benchmark.writing import write_text

BEGIN, END = "<!-- agreement:begin -->\n", "<!-- agreement:end -->"


def table() -> str:
    """The table in Markdown."""
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
