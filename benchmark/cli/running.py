"""Commands that run baselines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.shared import app, find_baseline, refusals, show, watched


@app.command()
def run(
    baselines: Annotated[
        list[str] | None, typer.Argument(metavar="[BASELINE]...", help="All, when left out.")
    ] = None,
    gold: Annotated[
        list[str] | None,
        typer.Option("--gold", metavar="SET|PATH", help="Repeatable; every shipped test set."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Keep predictions and reports in this folder."),
    ] = None,
) -> None:
    """Predict with baselines and score them."""
    from baselines.registry import SHIPPED
    from benchmark.running import run as run_systems
    from benchmark.sets import TEST_SETS
    from benchmark.tables import run_parts

    with refusals():
        systems = [find_baseline(name) for name in baselines or [entry.name for entry in SHIPPED]]
        for number, name in enumerate(gold or [known.name for known in TEST_SETS]):
            show([""] if number else [])
            show(run_parts(run_systems(systems, name, out=out, progress=watched)))


@app.command()
def predict(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE")],
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="Records, or a .txt file.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A file; - prints.")],
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Keep what OUTPUT already has.")] = False,
) -> None:
    """Find attributions in documents that have only doc_id and text."""
    from benchmark.running import predict_file

    with refusals():
        made = predict_file(
            baseline, find_baseline(baseline), source, output,
            workers=workers, resume=resume, progress=watched,
        )  # fmt: skip
        if str(output) != "-":
            print(f"{len(made)} document(s) written to {output}", file=sys.stderr)
        elif sys.stdout.isatty():
            from benchmark.tables import prediction_parts

            show(prediction_parts(made))
        else:
            from benchmark.writing import write_documents

            write_documents(output, made)


@app.command("baselines")
def list_baselines() -> None:
    """List the baselines."""
    from baselines.registry import entries
    from benchmark.tables import listing

    show([listing([(entry.name, entry.summary) for entry in entries()], "baseline", "what")])
