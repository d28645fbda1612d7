"""Any folder of brat annotation: each event with a Content is an attribution.

What `quotebench export brat` wrote comes back whole: the notes of its events hold, as JSON,
the fields that are no spans, and `documents.jsonl` what belongs to the documents.
"""

import re
from pathlib import Path

import msgspec

from benchmark.importing.building import (
    NO_CONTENT,
    Draft,
    Imported,
    Log,
    Options,
    Terms,
    build,
    read_text,
)
from benchmark.importing.standoff import Event, Standoff, note_fields, read_standoff
from benchmark.records import Document, Layer, Quote, words_of
from benchmark.validation import check_gold

SIDECAR = "documents.jsonl"
_WHERE = "ask whoever made the annotation, and put it here"
_TITLE = re.compile(r"%(2F|25|00)")


def stem_of(doc_id: str) -> str:
    """The file name of a document: what no file name may have is written as in an address."""
    return doc_id.replace("%", "%25").replace("/", "%2F").replace("\0", "%00")


def read(source: Path, options: Options) -> Imported:
    """Read a folder of .txt and .ann files of the same names."""
    log = Log()
    known = _known(source, log)
    documents = []
    annotations = sorted(source.glob("*.ann"))
    if not annotations:
        log.fault(source, 0, "", "no .ann file in it: give the folder with the annotation")
    for file in annotations:
        marks = read_text(file, log)
        missing = f"no text for {file.name}: {_WHERE}"
        text = read_text(file.with_suffix(".txt"), log, missing)
        if marks is None or text is None:
            continue
        standoff = read_standoff(file, marks, text, log)
        log.found["documents"] += 1
        if (whole := known.get(file.stem)) is not None:
            documents.append(_restored(whole, file, text, standoff, log))
        else:
            documents.append(_converted(file, text, standoff, options, log))
    return log.imported({"": documents}, {})


def _known(source: Path, log: Log) -> dict[str, Document]:
    """The exported documents, without quotes, by the stem of their files."""
    file = source / SIDECAR
    if not file.exists():
        return {}
    known = {}
    # JSON leaves line separators other than this one as they are.
    for number, line in enumerate((read_text(file, log) or "").removesuffix("\n").split("\n"), 1):
        try:
            document = msgspec.json.decode(line, type=Document)
        except msgspec.DecodeError as error:
            log.fault(file, number, "", f"{error}: leave this file as it was exported")
            continue
        known[stem_of(document.doc_id)] = document
    return known


def _converted(file: Path, text: str, standoff: Standoff, options: Options, log: Log) -> Document:
    labels = {mark.label for mark in standoff.marks.values()}
    spans: tuple[tuple[Layer, str], ...] = (("cue", "Cue"), ("source", "Source"))
    given = tuple(layer for layer, label in spans if label in labels)
    terms = Terms("brat", "und", "not stated", ("content", *given, "quote_type"))
    drafts = [
        Draft(
            content=event.roles.get("Content", ()),
            cue=event.roles.get("Cue", ()),
            source=event.roles.get("Source", ()),
        )
        for event in standoff.events.values()
    ]
    log.found["attributions"] += sum(bool(draft.content) for draft in drafts)
    doc_id = _TITLE.sub(lambda code: chr(int(code[1], 16)), file.stem)
    return build(terms, file, doc_id, text, drafts, log, speech_only=options.speech_only)


def _restored(document: Document, file: Path, text: str, standoff: Standoff, log: Log) -> Document:
    """An exported document with its spans as they now are."""
    quotes = []
    for name, event in standoff.events.items():
        if "Content" not in event.roles:
            log.dropped[NO_CONTENT] += 1
            continue
        quote = _quote(file, name, event, standoff, text, log)
        if quote is not None:
            quotes.append(quote)
    for index, quote in enumerate(quotes):
        if not quote.quote_id:
            new = f"{document.doc_id}-new-{index}"
            quotes[index] = msgspec.structs.replace(quote, quote_id=new)
    log.found["attributions"] += len(quotes)
    document = msgspec.structs.replace(document, text=text, quotes=tuple(quotes))
    log.faults.extend(check_gold(document, str(file), 0))
    return document


def _quote(
    file: Path, name: str, event: Event, standoff: Standoff, text: str, log: Log
) -> Quote | None:
    # An event that was added by hand has no note yet.
    fields = note_fields(standoff.notes.get(name, "{}"))
    if fields is None:
        what = "the note is no JSON object: mend its brackets and quotation marks"
        log.fault(file, event.line, f"note of {name}", what)
        return None
    attributes = standoff.attributes.get(name, {})
    for key, label in (("quote_type", "Type"), ("status", "Status")):
        if label in attributes:
            fields[key] = attributes[label]
    content = event.roles["Content"]
    spans = {
        "content": content,
        "cue": event.roles.get("Cue", ()),
        "source": event.roles.get("Source", ()),
    }
    fields |= {key: msgspec.to_builtins(value) for key, value in spans.items()}
    fields["quote"] = words_of(text, content)
    try:
        return msgspec.convert(fields, Quote)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        log.fault(file, event.line, where.strip(".`") or f"note of {name}", f"{what}: mend it")
        return None
