"""Commands for people who annotate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.shared import JsonOption, app, refusals, show


@app.command()
def agree(
    annotations: Annotated[list[str], typer.Argument(metavar="ANNOTATIONS...")],
    json: JsonOption = None,
    differences: Annotated[
        Path | None,
        typer.Option("--differences", metavar="FILE", help="Write each difference, as JSONL."),
    ] = None,
) -> None:
    """Measure how far annotators of the same texts agree."""
    if len(annotations) < 2:
        raise typer.BadParameter("give two or more annotation files")
    from benchmark.agreement import layer_names

    if differences is not None and len(set(layer_names(annotations))) < len(annotations):
        raise typer.BadParameter("for --differences give the files different names")
    from benchmark.agreement import agree as agree_files
    from benchmark.tables import agreement_parts
    from benchmark.writing import write_text

    with refusals():
        agreement = agree_files(*annotations)
        if json is not None:
            write_text(json, agreement.to_json() + "\n")
        if differences is not None:
            write_text(differences, "".join(_differences(annotations)))
        show(agreement_parts(agreement))


def _differences(paths: Sequence[str]) -> Iterator[str]:
    """Lines of JSON: one for each field of an attribution in which the files differ."""
    import msgspec

    from benchmark.agreement import layer_names, read_layers
    from benchmark.differences import differences

    names, layers = layer_names(paths), read_layers(paths)
    for doc_id in sorted(layers[0]):
        texts = {name: layer[doc_id] for name, layer in zip(names, layers, strict=True)}
        for one in differences(texts):
            yield msgspec.json.encode(asdict(one)).decode() + "\n"
