"""Commands that score predictions."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.shared import (
    DEFAULT_TASK,
    GoldOption,
    JsonOption,
    MissingOption,
    TaskOption,
    app,
    refusals,
    share_bar,
    show,
    to_missing,
    to_task,
    workers_for,
)

# As in `benchmark.statistics`, which takes too long to import for a page of help.
DRAWS = 2000


@app.command()
def score(
    predictions: Annotated[str, typer.Argument(metavar="PREDICTIONS", help="A file, or -.")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="KEY",
            help="Break down by document, origin, quote_type, phenomena or agency; repeatable.",
        ),
    ] = None,
    missing: MissingOption = "error",
    draws: Annotated[
        int,
        typer.Option("--draws", min=0, help="Draws of the bootstrap; 0 leaves intervals out."),
    ] = DRAWS,
    workers: Annotated[
        int,
        typer.Option("--workers", min=0, help="Processes; 0 decides by the size of the gold."),
    ] = 0,
    json: JsonOption = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write a page to read, in one file."),
    ] = None,
) -> None:
    """Score a predictions file."""
    from benchmark.scoring import score as score_file
    from benchmark.tables import report_parts
    from benchmark.writing import write_text

    with refusals():
        with share_bar("scoring") as progress:
            report = score_file(
                predictions,
                gold,
                task=to_task(task),
                missing=to_missing(missing),
                by=by or (),
                draws=draws,
                details=html is not None,
                workers=workers or workers_for(gold),
                progress=progress,
            )
        if json is not None:
            write_text(json, report.to_json() + "\n")
        if html is not None:
            write_text(html, report.to_html())
        show(report_parts(report))


@app.command()
def compare(
    predictions: Annotated[list[str], typer.Argument(metavar="PREDICTIONS...")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    missing: MissingOption = "error",
    json: JsonOption = None,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Also draw the differences in the headline."),
    ] = None,
) -> None:
    """Compare systems, with paired tests.

    Each is a predictions file, or a report that `score --json` saved.
    """
    if len(predictions) < 2:
        raise typer.BadParameter("give two or more predictions files")
    from benchmark.comparison import compare as compare_files
    from benchmark.tables import compare_parts
    from benchmark.writing import write_text

    with refusals():
        comparison = compare_files(
            *predictions, gold=gold, task=to_task(task), missing=to_missing(missing)
        )
        if json is not None:
            write_text(json, comparison.to_json() + "\n")
        if svg is not None:
            from benchmark.plots import comparison_plot

            write_text(svg, comparison_plot(comparison))
        show(compare_parts(comparison))


@app.command()
def errors(
    predictions: Annotated[str, typer.Argument(metavar="PREDICTIONS")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    missing: MissingOption = "error",
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Only errors of this class; repeatable."),
    ] = None,
    doc: Annotated[
        list[str] | None,
        typer.Option("--doc", metavar="DOC_ID", help="Only of this document; repeatable."),
    ] = None,
    phenomenon: Annotated[
        list[str] | None,
        typer.Option(
            "--phenomenon", metavar="NAME", help="Only of quotes that have it; repeatable."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="0 shows all.")] = 20,
    json: JsonOption = None,
) -> None:
    """List what is wrong and what is missing, with the words."""
    import msgspec

    from benchmark.errors import KINDS, find_errors
    from benchmark.records import PHENOMENA
    from benchmark.scoring import judge
    from benchmark.statistics import SEED
    from benchmark.tables import error_parts
    from benchmark.units import SCHEMA_VERSION
    from benchmark.writing import write_text

    _known("class", kind, KINDS)
    _known("phenomenon", phenomenon, PHENOMENA)
    with refusals():
        with share_bar("scoring") as progress:
            judged = judge(
                predictions,
                gold,
                task=to_task(task),
                missing=to_missing(missing),
                progress=progress,
            )
        _known("document", doc, judged.tally.doc_ids)
        found = [
            error
            for error in find_errors(judged.scored)
            if (not kind or error.kind in kind)
            and (not doc or error.doc_id in doc)
            and (not phenomenon or not set(phenomenon).isdisjoint(error.phenomena))
        ]
        if json is not None:
            content = {
                "schema_version": SCHEMA_VERSION,
                "signature": str(judged.signature(0, SEED)),
                "errors": [error.to_dict() for error in found],
            }
            encoded = msgspec.json.format(msgspec.json.encode(content), indent=2)
            write_text(json, encoded.decode() + "\n")
        show(error_parts(found, limit))


def _known(what: str, names: Collection[str] | None, known: Collection[str]) -> None:
    """Exit code 2 for a word that is none of those there are."""
    for name in names or ():
        if name not in known:
            there_are = f"; there are {', '.join(known)}" if len(known) <= 30 else ""
            raise typer.BadParameter(f"no {what} {name!r}{there_are}")
