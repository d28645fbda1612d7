"""Exporting: gold and predictions as brat standoff, to look at and to correct.

Each attribution is an event with the roles Content, Cue and Source. Its type and status are
attributes; what else the record holds stands, as JSON, in the event's note.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmark.alignment import Aligner
from benchmark.importing.brat import SIDECAR, stem_of
from benchmark.records import Document, Quote, Spans, encode
from benchmark.writing import write_documents, write_text

_SPANS = ("content", "cue", "source", "quote", "quote_type", "status")
_CONFIGURATION = """[entities]
Content
Cue
Source
[relations]
[events]
Attribution Content:Content, Cue?:Cue, Source?:Source
[attributes]
Type Arg:Attribution, Value:direct|indirect|mixed
Status Arg:Attribution, Value:core|optional
"""


def with_texts(
    predictions: Sequence[Document], gold: Sequence[Document]
) -> tuple[list[Document], int]:
    """Predictions with the texts of the gold and every quote placed; and how many are nowhere."""
    by_id = {document.doc_id: document for document in gold}
    placed = []
    lost = 0
    for document in predictions:
        if document.doc_id not in by_id:
            raise ValueError(f"no document {document.doc_id!r} in the gold: give the right --gold")
        whole = by_id[document.doc_id]
        loose = [quote.quote or "" for quote in document.quotes if not quote.content]
        places = iter(Aligner(whole.text).place(loose))
        quotes = []
        for quote in document.quotes:
            if not quote.content:
                place = next(places)
                if place is None:
                    lost += 1
                    continue
                quote = msgspec.structs.replace(quote, content=tuple(place.spans))
            quotes.append(quote)
        placed.append(msgspec.structs.replace(whole, quotes=tuple(quotes)))
    return placed, lost


def export_brat(documents: Sequence[Document], folder: Path) -> None:
    """Write a .txt and an .ann file for each document, and what they do not hold beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        stem = stem_of(document.doc_id)
        write_text(folder / f"{stem}.txt", document.text)
        write_text(folder / f"{stem}.ann", annotation(document))
    bare = [msgspec.structs.replace(one, text="", quotes=()) for one in documents]
    write_documents(folder / SIDECAR, bare)
    write_text(folder / "annotation.conf", _CONFIGURATION)


def annotation(document: Document) -> str:
    """The lines of a document's .ann file."""
    lines: list[str] = []
    marks = 0

    def mark(label: str, spans: Spans) -> str:
        nonlocal marks
        marks += 1
        place = ";".join(f"{span.start} {span.end}" for span in spans)
        words = " ".join(document.text[span.start : span.end] for span in spans)
        # A line is a line: white space in the words is written as a space.
        lines.append(f"T{marks}\t{label} {place}\t{' '.join(words.split())}")
        return f"T{marks}"

    for number, quote in enumerate(document.quotes, 1):
        roles = [
            f"{label}:{mark(label, spans)}"
            for label, spans in (
                ("Content", quote.content or ()), ("Cue", quote.cue), ("Source", quote.source),
            )
            if spans
        ]  # fmt: skip
        trigger = mark("Attribution", quote.cue or quote.content or ())
        lines.append(f"E{number}\t{' '.join([f'Attribution:{trigger}', *roles])}")
        if quote.quote_type is not None:
            lines.append(f"A{2 * number - 1}\tType E{number} {quote.quote_type}")
        lines.append(f"A{2 * number}\tStatus E{number} {quote.status}")
        lines.append(f"#{number}\tAnnotatorNotes E{number}\t{_note(quote)}")
    return "".join(f"{line}\n" for line in lines)


def _note(quote: Quote) -> str:
    fields = json.loads(encode(quote))
    kept = {key: value for key, value in fields.items() if key not in _SPANS and value}
    return json.dumps(kept, ensure_ascii=False)
