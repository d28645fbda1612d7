"""PDNC (Vishnubhotla et al. 2022): direct speech in novels, with canonical speakers.

Characters and their aliases become the entities. The corpus has direct speech only and leaves
the marks out, so every type is direct. Addressees and mentions have no place in the record.
"""

import ast
import csv
import io
from pathlib import Path
from typing import Any

from benchmark.folding import fold
from benchmark.importing.building import (
    Draft,
    Imported,
    Log,
    Options,
    Terms,
    build,
    differs,
    read_text,
    same_words,
)
from benchmark.importing.figures import recorded
from benchmark.records import Document, Entity, Span

TERMS = Terms(
    "pdnc", "en", "none stated for the annotation; novels from Project Gutenberg and gutenberg.ca",
    ("content", "speaker", "quote_type"),
)  # fmt: skip
_CHARACTER = ("Main Name", "Aliases")
_QUOTATION = ("subQuotationList", "quoteByteSpans", "speaker", "quoteType")
_SHARED_ALIAS = "alias that two characters share"
_NO_CHARACTER = "speaker who is no character: kept without a name"


def read(source: Path, options: Options) -> Imported:
    """Read the folder `data`, or the folder of one novel."""
    del options
    log = Log()
    if (source / "quotation_info.csv").exists():
        novels = [source]
    else:
        novels = sorted(file.parent for file in source.glob("*/quotation_info.csv"))
    if not novels:
        log.fault(source, 0, "", "no */quotation_info.csv in it: give the corpus's folder data")
    documents = [one for novel in novels if (one := _novel(novel, log)) is not None]
    log.found["documents"] = len(documents)
    return log.imported({"": documents}, recorded("pdnc", source.resolve().name))


def _novel(folder: Path, log: Log) -> Document | None:
    file = folder / "novel_text.txt"
    missing = "no text of the novel: ask the authors of PDNC for it, and put it here"
    text = read_text(file, log, missing)
    characters = _rows(folder / "character_info.csv", _CHARACTER, log)
    quotations = _rows(folder / "quotation_info.csv", _QUOTATION, log)
    if text is None or characters is None or quotations is None:
        return None
    entities, names = _entities(characters, folder / "character_info.csv", log)
    drafts = [
        Draft(
            content=_content(row, text, folder / "quotation_info.csv", line, log),
            speaker=_speaker(row["speaker"], names, log),
            quote_type="direct",
            note=f"quote type {row['quoteType']}",
        )
        for line, row in quotations
    ]
    log.found["attributions"] += len(drafts)
    return build(TERMS, file, folder.name, text, drafts, log, title=folder.name, entities=entities)


def _rows(file: Path, needed: tuple[str, ...], log: Log) -> list[tuple[int, dict[str, Any]]] | None:
    text = read_text(file, log)
    if text is None:
        return None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for name in needed:
        if name not in (reader.fieldnames or ()):
            log.fault(file, 1, name, "no such column: fetch the file again")
            return None
    return [(reader.line_num, row) for row in reader]


def _entities(
    rows: list[tuple[int, dict[str, Any]]], file: Path, log: Log
) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """The entities, and the canonical name of each name."""
    listed: dict[str, list[str]] = {}
    for line, row in rows:
        try:
            known = set(ast.literal_eval(row["Aliases"]))
        except (ValueError, SyntaxError, TypeError):
            log.fault(file, line, "Aliases", "no set of names: fetch the file again")
            continue
        listed[row["Main Name"]] = sorted(known - {row["Main Name"]})
    owners: dict[str, str] = {fold(name): name for name in listed}
    shared: set[str] = set()
    for name, aliases in listed.items():
        for alias in aliases:
            if owners.setdefault(fold(alias), name) != name:
                shared.add(fold(alias))
    log.dropped[_SHARED_ALIAS] += len(shared)
    # A canonical name stays its owner's; an alias of two people names neither.
    entities = tuple(
        Entity(name=name, kind="person", aliases=tuple(a for a in aliases if fold(a) not in shared))
        for name, aliases in listed.items()
    )
    names = {alias: one.name for one in entities for alias in one.aliases}
    return entities, names | {name: name for name in listed}


def _speaker(name: str, names: dict[str, str], log: Log) -> tuple[str, ...]:
    if name in names:
        return (names[name],)
    log.dropped[_NO_CHARACTER] += 1
    return ()


def _content(row: dict[str, Any], text: str, file: Path, line: int, log: Log) -> list[Span]:
    try:
        places = ast.literal_eval(row["quoteByteSpans"])
        parts = ast.literal_eval(row["subQuotationList"])
        spans = [Span(int(start), int(end)) for start, end in places]
    except (ValueError, SyntaxError, TypeError):
        log.fault(file, line, "quoteByteSpans", "no list of ranges: fetch the file again")
        return []
    found = []
    for span, part in zip(spans, parts, strict=False):
        here = text[span.start : span.end]
        if not same_words(part, here):
            log.fault(file, line, "quoteByteSpans", differs(part, here))
        # Some offsets take in white space at the edges.
        left = len(here) - len(here.lstrip())
        found.append(Span(span.start + left, span.start + len(here.rstrip())))
    return found
