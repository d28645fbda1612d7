"""Score the shipped baselines side by side with other systems' predictions, for docs/validity.md.

    python scripts/validity.py --gold article --gold newsroom --gold polnear-dev=FILE \\
        [--system rules ...] [--peers FOLDER] [--write]

A gold is a shipped set or NAME=FILE; of one whose NAME ends in -direct only direct quotations
count, all others are optional. With --peers, FOLDER/NAME/*.jsonl are the predictions of
other systems for the set NAME; a document that one of them left out counts as empty. Each
table gives F1 with its interval; a measure that the gold does not label is a dash. `content
and source` is right where the pair's source is right too, over all predictions and core quotes.
"""

import argparse
import tempfile
from pathlib import Path

from msgspec.structs import replace

from baselines.registry import load
from benchmark.reading import read_all
from benchmark.records import Document
from benchmark.report import Report
from benchmark.running import bare, predict_one
from benchmark.scoring import score
from benchmark.sets import locate
from benchmark.tables import bounds, count, number
from benchmark.writing import write_documents, write_text

PAGE = Path(__file__).parent.parent / "docs" / "validity.md"
BEGIN, END = "<!-- validity:begin -->\n", "<!-- validity:end -->"
SYSTEMS = ("rules", "nearest", "random")
MEASURES = ("attribution", "content:overlap", "content:exact", "speaker", "agency")


def row(name: str, report: Report) -> str:
    """One system as a row of Markdown."""
    content, source = report.measures["content:overlap"], report.measures["source"]
    both = None
    if source.right is not None and content.predicted is not None and content.gold:
        both = 2 * source.right / (content.predicted + content.gold)
    cells = [
        f"{number(one.f1)} {bounds(one.interval)}" if one.f1 is not None else number(None)
        for one in (report.measures[measure] for measure in MEASURES)
    ]
    wrongly = count(report.errors["agency:as_speaker"].count)
    return f"| {name} | {' | '.join(cells)} | {number(both)} | {wrongly} |"


def direct_only(document: Document) -> Document:
    """The same gold with all but direct quotations optional."""
    quotes = tuple(
        quote if quote.quote_type == "direct" else replace(quote, status="optional")
        for quote in document.quotes
    )
    return replace(document, quotes=quotes)


def table(name: str, given: str, systems: list[str], peers: Path | None) -> str:
    """All systems on one gold set, given as a shipped set's name or as a file."""
    gold = read_all(locate(given)[1], gold=True)
    if name.endswith("-direct"):
        gold = [direct_only(document) for document in gold]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        if name.endswith("-direct"):
            given = str(Path(folder) / f"{name}.jsonl")
            write_documents(given, gold)
        for system in systems:
            attributor = load(system)
            made = Path(folder) / "predictions.jsonl"
            write_documents(made, [predict_one(attributor, bare(one)) for one in gold])
            rows.append((system, score(made, given, details=False)))
        for predictions in sorted((peers / name).glob("*.jsonl")) if peers else ():
            report = score(predictions, given, missing="empty", details=False)
            rows.append((f"*{predictions.stem}*", report))
    rows.sort(key=lambda one: -(one[1].measures["content:overlap"].f1 or 0))
    first = rows[0][1]
    core = first.measures["content:overlap"].gold
    head = ["system", *(f"{one} F1" for one in MEASURES), "content and source F1", "agency as spk."]
    lines = [
        f"### {name}: {first.gold.documents} document(s), {core} core attributions",
        "",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
        *(row(system.partition(":")[0], report) for system, report in rows),
        "",
        f"`{str(first.signature).replace('|missing:error', '')}`",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", action="append", required=True)
    parser.add_argument("--system", action="append")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    tables = []
    for gold in arguments.gold:
        name, _, file = gold.partition("=")
        systems = arguments.system or list(SYSTEMS)
        tables.append(table(name, file or name, systems, arguments.peers))
        print(tables[-1], flush=True)
    if arguments.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        _, after = rest.split(END)
        write_text(PAGE, before + BEGIN + "\n".join(tables) + END + after)


if __name__ == "__main__":
    main()
