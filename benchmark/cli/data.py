"""Commands about data: checks and listings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.shared import app, refusals, show


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    predictions: Annotated[
        bool, typer.Option("--predictions", help="A predictions file, not gold.")
    ] = False,
) -> None:
    """Check gold or predictions, and list every fault."""
    from benchmark.reading import read_all

    with refusals():
        documents = read_all(file, gold=not predictions)
        quotes = sum(len(document.quotes) for document in documents)
        print(f"{file}: {len(documents)} document(s), {quotes} quote(s), no faults")


@app.command("sets")
def list_sets() -> None:
    """List the shipped gold sets."""
    from benchmark.scoring import load_gold
    from benchmark.sets import SETS
    from benchmark.tables import listing

    rows = []
    for known in SETS:
        documents = load_gold(known.name)
        core = sum(quote.status == "core" for one in documents for quote in one.quotes)
        rows.append((known.name, str(len(documents)), str(core), known.summary))
    show([listing(rows, "set", "documents", "core", "what")])


@app.command("measures")
def list_measures() -> None:
    """List the measures."""
    from benchmark.measures import MEASURES
    from benchmark.tables import listing

    rows = [(one.name, ", ".join(one.needs), one.right_when) for one in MEASURES]
    show([listing(rows, "measure", "needs layers", "right when")])
