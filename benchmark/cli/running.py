"""Commands that run baselines."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.options import (
    ModelOption,
    MoreOption,
    PriceInOption,
    PriceOutOption,
    PromptOption,
    RpmOption,
    UrlOption,
    WorkersOption,
    gather,
    refuse_unknown,
)
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
    base_url: UrlOption = None,
    model: ModelOption = None,
    prompt: PromptOption = None,
    workers: WorkersOption = None,
    rpm: RpmOption = None,
    price_input: PriceInOption = None,
    price_output: PriceOutOption = None,
    option: MoreOption = None,
) -> None:
    """Predict with baselines and score them."""
    from baselines.registry import by_default
    from benchmark.running import run as run_systems
    from benchmark.sets import TEST_SETS
    from benchmark.tables import run_parts

    options = gather(
        option, base_url=base_url, model=model, prompt=prompt, rpm=rpm, workers=workers,
        price_input=price_input, price_output=price_output,
    )  # fmt: skip
    with refusals():
        names = baselines or [entry.name for entry in by_default()]
        systems = [find_baseline(name, options) for name in names]
        refuse_unknown(options, systems)
        for number, name in enumerate(gold or [known.name for known in TEST_SETS]):
            show([""] if number else [])
            jobs = workers or os.cpu_count() or 1
            result = run_systems(systems, name, out=out, workers=jobs, progress=watched)
            show(run_parts(result))


@app.command()
def predict(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE")],
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="Records, or a .txt file.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A file; - prints.")],
    workers: WorkersOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Keep what OUTPUT already has.")] = False,
    base_url: UrlOption = None,
    model: ModelOption = None,
    prompt: PromptOption = None,
    rpm: RpmOption = None,
    price_input: PriceInOption = None,
    price_output: PriceOutOption = None,
    option: MoreOption = None,
) -> None:
    """Find attributions in documents that have only doc_id and text."""
    from benchmark.running import predict_file

    options = gather(
        option, base_url=base_url, model=model, prompt=prompt, rpm=rpm,
        price_input=price_input, price_output=price_output,
    )  # fmt: skip
    with refusals():
        system = find_baseline(baseline, gather(None, workers=workers, **options))
        refuse_unknown(options, [system])
        predicted = predict_file(
            baseline, system, source, output, options=options,
            workers=workers or 1, resume=resume, progress=watched,
        )  # fmt: skip
        if predicted.seen:
            print(
                f"{system.name} was trained on {predicted.seen} of these documents: figures of "
                "its predictions say nothing about others",
                file=sys.stderr,
            )
        made = predicted.documents
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
