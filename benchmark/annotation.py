"""Annotation files: articles with tags, compiled to gold documents.

The source of truth of a gold document is a TOML file whose `text` is the article with
tags around the spans (`<q1>`, `<c1>`, `<s1>` and their closing forms), so that nobody
counts characters. `gold/guidelines.md` describes the form.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from benchmark.faults import Fault, InputRefused
from benchmark.records import LAYERS, Document, Entity, Quote, QuoteType, Span, words_of
from benchmark.words import Words, word_spans

# The fields of a flat row, one attribution on a line: where it is from, then what it is.
FLAT_FIELDS: tuple[str, ...] = (
    "doc_id",
    *(name for name in Quote.__struct_fields__ if name != "confidence"),
    "origin",
    "license",
    "canary",
)
NO_AGENCY = "none"

_TAG = re.compile(r"<(/?)([qcs])([0-9]+)>")
_ROLES = {"q": "content", "c": "cue", "s": "source"}
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”]*[“”]")


@dataclass(frozen=True)
class Tagged:
    """An article without its tags, and the spans that they marked, by number and role."""

    text: str
    spans: Mapping[str, Mapping[str, tuple[Span, ...]]]


def compile_annotation(path: Path, text: str, defaults: Mapping[str, Any]) -> Document:
    """The gold document of an annotation file.

    `text` is the article as published: the file's text without tags must be the same,
    but for line breaks at its end. `defaults` gives document fields that the file leaves
    out. Raises InputRefused with every fault.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefused([Fault(str(path), 0, "", f"no valid TOML: {error}")]) from None
    problems: list[tuple[str, str]] = []
    tagged = read_tags(content.pop("text", ""), problems)
    labels = content.pop("quotes", {})
    problems += _mismatches(tagged, text, labels)
    entities = content.pop("entities", {})
    problems += _unknown_names(labels, entities)
    if problems:
        raise InputRefused(Fault(str(path), 0, field, what) for field, what in problems)
    fields = {**defaults, **content, "text": text}
    types = QuoteTypes(text)
    quotes = sorted(
        (_quote(text, types, tagged.spans[number], label) for number, label in labels.items()),
        key=lambda quote: [(span.start, span.end) for span in quote["content"]],
    )
    for index, quote in enumerate(quotes, 1):
        quote["quote_id"] = f"{fields['doc_id']}-{index:02}"
    try:
        return Document(
            entities=tuple(
                msgspec.convert({"name": name, **rest}, Entity) for name, rest in entities.items()
            ),
            quotes=tuple(msgspec.convert(quote, Quote) for quote in quotes),
            **{"layers": LAYERS, **fields},
        )
    except msgspec.ValidationError as error:
        raise InputRefused([Fault(str(path), 0, "", str(error))]) from None


def read_tags(marked: str, problems: list[tuple[str, str]]) -> Tagged:
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
        if not closing:
            if name in opened:
                problems.append((name, "opened again before it was closed"))
            opened[name] = at
        elif name not in opened:
            problems.append((name, "closed without being open"))
        else:
            roles = spans.setdefault(number, {})
            span = Span(opened.pop(name), at)
            roles[_ROLES[role]] = (*roles.get(_ROLES[role], ()), span)
    problems += [(name, "never closed") for name in opened]
    return Tagged("".join([*pieces, marked[done:]]), spans)


class QuoteTypes:
    """The type of contents by the quotation marks of one text alone."""

    def __init__(self, text: str) -> None:
        self._words = Words(text)
        self._quoted = self._words.union(
            self._words.region([Span(*match.span())])
            for match in _QUOTED.finditer(text)
            if word_spans(match[0])
        )

    def __call__(self, content: tuple[Span, ...]) -> QuoteType:
        """All, some or none of the words stand inside marks: direct, mixed or indirect."""
        region = self._words.region(content)
        inside = self._words.common(region, self._quoted)
        if not inside:
            return "indirect"
        return "direct" if inside == self._words.size(region) else "mixed"


def flat_rows(document: Document) -> Iterator[bytes]:
    """The attributions of a document as rows of JSON that stand alone."""
    shared = msgspec.to_builtins(document)
    for quote in msgspec.to_builtins(document.quotes):
        row = {**{name: shared.get(name) for name in FLAT_FIELDS}, **quote}
        yield msgspec.json.encode({name: row[name] for name in FLAT_FIELDS})


def _quote(
    text: str, types: QuoteTypes, spans: Mapping[str, tuple[Span, ...]], label: Mapping[str, Any]
) -> dict[str, Any]:
    content = spans["content"]
    alternatives = label.get("agency_alternatives", [])
    return {
        "quote": words_of(text, content),
        "content": content,
        "cue": spans.get("cue", ()),
        "source": spans.get("source", ()),
        "quote_type": types(content),
        "agency_role": "carrier" if label.get("agency") else None,
        **label,
        "agency_alternatives": [None if one == NO_AGENCY else one for one in alternatives],
    }


def _mismatches(tagged: Tagged, text: str, labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plain, expected = tagged.text.rstrip("\n"), text.rstrip("\n")
    if plain != expected:
        pairs = enumerate(zip(plain, expected, strict=False))
        at = next((i for i, (a, b) in pairs if a != b), min(len(plain), len(expected)))
        yield (
            "text",
            f"differs from the article at character {at}: {plain[at : at + 30]!r} "
            f"where it has {expected[at : at + 30]!r}",
        )
    for number in labels:
        if "content" not in tagged.spans.get(number, {}):
            yield f"quotes.{number}", f"no <q{number}> in the text: mark its content"
    for number in tagged.spans:
        if number not in labels:
            yield f"quotes.{number}", "tags without labels: add the table"


def _unknown_names(
    labels: Mapping[str, Any], entities: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for number, label in labels.items():
        names = [*label.get("speaker", [])]
        names += [one for answer in label.get("speaker_alternatives", []) for one in answer]
        for name in names:
            if name not in entities:
                yield f"quotes.{number}", f"{name!r} is not among the entities: add it"
