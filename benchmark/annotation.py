"""Annotation files: articles with tags, compiled to gold documents.

The source of truth of a gold document is a TOML file whose `text` is the article with
tags around the spans (`<q1>`, `<c1>`, `<s1>` and their closing forms), so that nobody
counts characters. `gold/guidelines.md` describes the form.
"""

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from benchmark.faults import Fault, InputRefused
from benchmark.quotation import QuoteTypes
from benchmark.records import LAYERS, Document, Entity, Quote, Span, words_of

T = TypeVar("T")
# What is wrong with a file: where, and what.
Problem = tuple[str, str]
# The spans of one attribution by role, and its table of labels.
Roles = Mapping[str, tuple[Span, ...]]
Labels = Mapping[str, Any]

# The fields of a flat row, one attribution on a line: where it is from, then what it is.
FLAT_FIELDS: tuple[str, ...] = (
    "doc_id",
    *(name for name in Quote.__struct_fields__ if name != "confidence"),
    "origin",
    "license",
    "canary",
)
NO_AGENCY = "none"
# `frame` says how an article was chosen (`benchmark.frame`); it is no part of the record.
_PARTS = ("text", "entities", "quotes", "frame")
_DERIVED = {"quote_id", "quote", "content", "cue", "source", "quote_type"}

_TAG = re.compile(r"<(/?)([qcs])([0-9]+)>")
_ROLES = {"q": "content", "c": "cue", "s": "source"}
# What a typing slip leaves behind: "<q>", "</q 1>", "<Q1>".
_SLIP = re.compile(r"</?\s*[qcs]\s*[0-9]*\s*/?>", re.IGNORECASE)


class Source(Struct, frozen=True):
    """An annotation file as far as its shape is the same for each set."""

    text: str
    entities: dict[str, dict[str, Any]] = {}
    quotes: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Tagged:
    """An article without its tags, and the spans that they marked, by number and role."""

    text: str
    spans: Mapping[str, Roles]


def compile_annotation(path: Path, text: str | None, defaults: Mapping[str, Any]) -> Document:
    """The gold document of an annotation file.

    `text` is the article as published: the file's text without tags must be the same,
    but for line breaks at its end. None where the article is published by this file alone.
    `defaults` gives document fields that the file leaves out. Raises InputRefused with
    every fault.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        source = msgspec.convert(content, Source)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InputRefused([Fault(str(path), 0, "", f"no annotation file: {error}")]) from None
    problems: list[Problem] = []
    tagged = read_tags(source.text, problems)
    problems += _mismatches(tagged, text, source.quotes)
    text = tagged.text if text is None else text
    types = QuoteTypes(text)
    rows = {
        number: _row(text, types, tagged.spans.get(number, {}), label)
        for number, label in source.quotes.items()
    }
    found = _converted("quotes", rows, Quote, problems)
    tables = {name: {"name": name, **rest} for name, rest in source.entities.items()}
    entities = _converted("entities", tables, Entity, problems)
    problems += _unknown_names(found, source.entities)
    given = {name: value for name, value in content.items() if name not in _PARTS}
    fields = {**defaults, **given, "text": text, "quotes": []}
    shared = _converted("", {"": {"layers": LAYERS, **fields}}, Document, problems).get("")
    if problems or shared is None:
        raise InputRefused(Fault(str(path), 0, field, what) for field, what in problems)
    quotes = sorted(
        found.values(), key=lambda one: [(part.start, part.end) for part in one.content or ()]
    )
    return msgspec.structs.replace(
        shared,
        entities=tuple(entities.values()),
        quotes=tuple(
            msgspec.structs.replace(quote, quote_id=f"{shared.doc_id}-{index:02}")
            for index, quote in enumerate(quotes, 1)
        ),
    )


def read_tags(marked: str, problems: list[Problem]) -> Tagged:
    """Take the tags out of a text. What is wrong with them is added to `problems`."""
    pieces: list[str] = []
    spans: dict[str, dict[str, tuple[Span, ...]]] = {}
    opened: dict[str, int] = {}
    at = done = 0
    for tag in _TAG.finditer(marked):
        pieces.append(marked[done : tag.start()])
        at += tag.start() - done
        done = tag.end()
        closing, role, number = tag.groups()
        name = role + number
        problem = ""
        if not closing:
            problem = "opened again before it was closed" if name in opened else ""
            opened[name] = at
        elif (start := opened.pop(name, None)) is None:
            problem = "closed without being open"
        elif start == at:
            problem = "marks nothing"
        else:
            roles = spans.setdefault(number, {})
            roles[_ROLES[role]] = (*roles.get(_ROLES[role], ()), Span(start, at))
        if problem:
            around = marked[max(0, tag.start() - 20) : tag.end() + 10]
            problems.append((name, f"{problem}, at {around!r}"))
    plain = "".join([*pieces, marked[done:]])
    problems += [
        (name, f"never closed: it opens before {plain[start : start + 30]!r}")
        for name, start in opened.items()
    ]
    return Tagged(plain, spans)


def flat_rows(document: Document) -> Iterator[bytes]:
    """The attributions of a document as rows of JSON that stand alone."""
    shared = msgspec.to_builtins(document)
    for quote in msgspec.to_builtins(document.quotes):
        row = {**{name: shared.get(name) for name in FLAT_FIELDS}, **quote}
        yield msgspec.json.encode({name: row[name] for name in FLAT_FIELDS})


def _converted(
    table: str, values: Mapping[str, Labels], kind: type[T], problems: list[Problem]
) -> dict[str, T]:
    """The entries of a table as records. Each entry that is none is added to `problems`."""
    records = {}
    for name, value in values.items():
        try:
            records[name] = msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            problems.append((f"{table}.{name}".strip("."), str(error)))
    return records


def _row(text: str, types: QuoteTypes, spans: Roles, label: Labels) -> dict[str, Any]:
    """The fields of one attribution: what the labels say, and what follows from the tags."""
    content = spans.get("content", ())
    row = {"agency_role": "carrier" if label.get("agency") else None, **label}
    if isinstance(alternatives := label.get("agency_alternatives"), list):
        row["agency_alternatives"] = [None if one == NO_AGENCY else one for one in alternatives]
    row |= {"quote": words_of(text, content), "quote_type": types(content), "content": content}
    return row | {"cue": spans.get("cue", ()), "source": spans.get("source", ())}


def _mismatches(
    tagged: Tagged, text: str | None, labels: Mapping[str, Labels]
) -> Iterator[Problem]:
    plain = tagged.text.rstrip("\n")
    expected = plain if text is None else text.rstrip("\n")
    if plain != expected:
        pairs = enumerate(zip(plain, expected, strict=False))
        at = next((i for i, (a, b) in pairs if a != b), min(len(plain), len(expected)))
        yield (
            "text",
            f"differs from the article at character {at}: {plain[at : at + 30]!r} "
            f"where it has {expected[at : at + 30]!r}",
        )
    for slip in _SLIP.finditer(plain):
        if text is None or slip[0] not in expected:
            yield "text", f"malformed tag {slip[0]!r}: write it as <q1> or </q1>"
    for number, label in labels.items():
        for name in sorted(_DERIVED & label.keys()):
            yield f"quotes.{number}", f"{name} follows from the tags: remove it"
        if "content" not in tagged.spans.get(number, {}):
            yield f"quotes.{number}", f"no <q{number}> in the text: mark its content"
    for number in tagged.spans:
        if number not in labels:
            yield f"quotes.{number}", "tags without labels: add the table"


def _unknown_names(quotes: Mapping[str, Quote], entities: Container[str]) -> Iterator[Problem]:
    for number, quote in quotes.items():
        if not isinstance(quote.speaker, tuple):
            yield f"quotes.{number}", "speaker is not a list: list canonical names"
        for name in chain(quote.speakers, *quote.speaker_alternatives):
            if name not in entities:
                yield f"quotes.{number}", f"{name!r} is not among the entities: add it"
