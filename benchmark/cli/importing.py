"""Commands that bring other corpora and other systems' outputs into the project's record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benchmark.cli.shared import app, refusals, show

if TYPE_CHECKING:
    from benchmark.importing.building import Imported
    from benchmark.importing.registry import Importer


@app.command("import")
def import_(
    corpus: Annotated[str, typer.Argument(metavar="CORPUS", help="See `quotebench importers`.")],
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Your own copy.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The JSONL file to write.")],
    annotator: Annotated[
        str, typer.Option("--annotator", metavar="first|NAME|all", help="Whose annotation.")
    ] = "first",
    speech_only: Annotated[
        bool, typer.Option("--speech-only", help="What no cue of communication has is optional.")
    ] = False,
    gold: Annotated[
        str, typer.Option("--gold", metavar="SET|PATH", help="The texts a system was given.")
    ] = "",
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="FOLDER", help="Texts kept apart.")
    ] = None,
) -> None:
    """Convert corpora into gold, outputs into predictions."""
    from benchmark.importing.building import Options
    from benchmark.importing.registry import find
    from benchmark.scoring import load_gold
    from benchmark.writing import write_documents

    try:
        importer = find(corpus)
    except LookupError as error:
        raise typer.BadParameter(str(error)) from None
    given = {
        "annotator": annotator != "first", "speech_only": speech_only, "gold": bool(gold),
        "texts": texts is not None,
    }  # fmt: skip
    for option, is_given in given.items():
        if is_given and option not in importer.options:
            raise typer.BadParameter(f"--{option.replace('_', '-')} means nothing to {corpus}")
    if annotator == "all" and str(output) == "-":
        raise typer.BadParameter("--annotator all writes several files: give a file name")
    with refusals():
        documents = tuple(load_gold(gold)) if gold else ()
        imported = importer.read(source, Options(annotator, speech_only, documents, texts))
        for suffix, part in imported.files.items():
            name = output.with_name(f"{output.stem}.{suffix}{output.suffix}") if suffix else output
            write_documents(name, part)
            quotes = [quote for document in part for quote in document.quotes]
            core = sum(quote.status == "core" for quote in quotes)
            optional = f", {len(quotes) - core} optional" if core < len(quotes) else ""
            print(f"{name}: {len(part)} document(s), {core} core quote(s){optional}",
                  file=sys.stderr)  # fmt: skip
        _tell(importer, imported)


@app.command("export")
def export(
    form: Annotated[str, typer.Argument(metavar="brat")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Gold, or predictions.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go.")],
    gold: Annotated[
        str, typer.Option("--gold", metavar="SET|PATH", help="The gold of these predictions.")
    ] = "",
) -> None:
    """Write gold or predictions for brat, to be corrected."""
    if form != "brat":
        raise typer.BadParameter(f"no format {form!r}; there is brat")
    from benchmark.importing.exporting import export_brat, with_texts
    from benchmark.scoring import load_gold, read_predictions

    with refusals():
        if gold:
            documents, lost = with_texts(read_predictions(file), load_gold(gold))
            if lost:
                print(f"{lost} quote(s) left out: not found in the text", file=sys.stderr)
        else:
            documents = load_gold(str(file))
        export_brat(documents, folder)
        print(f"{folder}: {len(documents)} document(s)", file=sys.stderr)


@app.command("importers")
def list_importers() -> None:
    """List the corpora and systems to import."""
    from benchmark.importing.registry import IMPORTERS
    from benchmark.tables import listing

    rows = [(one.name, one.kind, one.summary) for one in IMPORTERS]
    show([listing(rows, "name", "kind", "what")])


def _tell(importer: Importer, imported: Imported) -> None:
    """What was dropped, how the counts compare, the terms: on standard error."""
    lines = [f"  {'dropped: ' + why:<44}{number:>8,}" for why, number in imported.dropped.items()]
    for what, found in imported.found.items():
        lines.append(f"  {what:<44}{found:>8,}")
        if (known := imported.recorded.get(what)) is not None:
            lines[-1] += "  as recorded"
            if known != found:
                lines[-1] = lines[-1].removesuffix("as recorded") + (
                    f"NOTE: {known:,} recorded; another release, or a part of the corpus?"
                )
    print(*lines, sep="\n", file=sys.stderr)
    print(f"  licence: {importer.licence}\n  cite: {importer.citation}", file=sys.stderr)
