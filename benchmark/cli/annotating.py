"""Commands for people who annotate."""

from __future__ import annotations

from typing import Annotated

import typer

from benchmark.cli.shared import JsonOption, app, refusals, show


@app.command()
def agree(
    annotations: Annotated[list[str], typer.Argument(metavar="ANNOTATIONS...")],
    json: JsonOption = None,
) -> None:
    """Measure how far annotators of the same texts agree."""
    if len(annotations) < 2:
        raise typer.BadParameter("give two or more annotation files")
    from benchmark.agreement import agree as agree_files
    from benchmark.tables import agreement_parts
    from benchmark.writing import write_text

    with refusals():
        agreement = agree_files(*annotations)
        if json is not None:
            write_text(json, agreement.to_json() + "\n")
        show(agreement_parts(agreement))
