"""Standoff: the lines of a brat annotation file, checked against their text."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark.importing.building import Log, differs, same_words
from benchmark.records import Span, Spans

_LINE = re.compile(r"(?:[TERAMN]\d+|#\d*|\*)\t")
_PLACE = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")


@dataclass(frozen=True)
class Mark:
    """A text-bound annotation (a line with T)."""

    label: str
    spans: Spans
    line: int


@dataclass(frozen=True)
class Event:
    """An event (a line with E): its label, and the marks of each role, numbers cut off."""

    label: str
    roles: dict[str, tuple[Span, ...]]
    line: int


@dataclass
class Standoff:
    """One annotation file. Notes and attributes are kept by what they are about."""

    marks: dict[str, Mark] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def read_standoff(file: Path, annotation: str, text: str, log: Log) -> Standoff:
    """Parse an annotation file; every span must have the words that the file says it has."""
    read = Standoff()
    events: list[tuple[int, str, list[str]]] = []
    for line, fields in _lines(file, annotation, log):
        name, rest = fields[0], fields[1] if len(fields) > 1 else ""
        if name.startswith("T"):
            mark = _mark(file, line, fields, text, log)
            if mark is not None:
                read.marks[name] = mark
        elif name.startswith("E"):
            events.append((line, name, rest.split()))
        elif name.startswith("#") and rest.startswith("AnnotatorNotes "):
            read.notes[rest.split()[1]] = fields[2] if len(fields) > 2 else ""
        elif name.startswith(("A", "M")):
            label, about, value, *_ = [*rest.split(" ", 2), "", ""]
            read.attributes.setdefault(about, {})[label] = value
    # An event may stand before the marks that it names.
    for line, name, arguments in events:
        event = _event(file, line, arguments, read.marks, log)
        if event is not None:
            read.events[name] = event
    return read


def note_fields(note: str) -> dict[str, Any] | None:
    """The JSON object in a note, or None where it is none."""
    try:
        value = json.loads(note)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _lines(file: Path, annotation: str, log: Log) -> list[tuple[int, list[str]]]:
    """Numbered lines in fields. The words of a mark may run over several lines."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(annotation.split("\n"), 1):
        if _LINE.match(line):
            found.append((number, line))
        elif found and found[-1][1].startswith("T"):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        elif line.strip():
            log.fault(file, number, "", "no line of brat's format: remove or mend it")
    return [(number, line.split("\t", 2)) for number, line in found]


def _mark(file: Path, line: int, fields: list[str], text: str, log: Log) -> Mark | None:
    place = _PLACE.fullmatch(fields[1])
    if place is None or len(fields) < 3:
        what = f"{fields[1]!r} is no label with offsets: write LABEL START END[;START END]"
        log.fault(file, line, fields[0], what)
        return None
    spans = tuple(Span(*map(int, part.split())) for part in place[2].split(";"))
    for span in spans:
        if not span.start < span.end <= len(text):
            what = f"{span.start} {span.end} is no range of a text of {len(text)} characters: "
            log.fault(file, line, fields[0], what + "use the text that belongs to this file")
            return None
    here = "".join(text[span.start : span.end] for span in spans)
    if not same_words(fields[2], here):
        log.fault(file, line, fields[0], differs(fields[2], here))
        return None
    return Mark(place[1], spans, line)


def _event(
    file: Path, line: int, arguments: list[str], marks: dict[str, Mark], log: Log
) -> Event | None:
    roles: dict[str, tuple[Span, ...]] = {}
    label = ""
    for argument in arguments:
        role, _, name = argument.partition(":")
        if name not in marks:
            log.fault(file, line, role, f"{name!r} is no text-bound annotation of this file: "
                      "add its T line or remove the argument")  # fmt: skip
            return None
        role = role.rstrip("0123456789")
        label = label or role
        roles[role] = roles.get(role, ()) + marks[name].spans
    return Event(label, roles, line)
