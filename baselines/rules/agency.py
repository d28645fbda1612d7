"""The agency shell: which news agency carried a sentence, and where the rest ends."""

import re
from dataclasses import dataclass
from functools import lru_cache

from benchmark.agencies import load_agencies
from benchmark.records import AgencyRole

_REPORTED = r"(?:reported|reports|said|says|quoted\s+\w+\s+as\s+saying|cited\s+\w+\s+as\s+saying)"


@dataclass(frozen=True)
class Shell:
    """The agency of a sentence and the range [start, end) that it carries.

    `role` is None where no agency is named.
    """

    start: int
    end: int
    agency: str | None = None
    role: AgencyRole | None = None
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None


Patterns = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]


def patterns_for(text: str) -> Patterns | None:
    """The shells of the agencies that a text names; None where it names none."""
    names = tuple(name for name in _names() if name in text)
    return _patterns(names) if names else None


@lru_cache(maxsize=1)
def _names() -> list[str]:
    """All names of agencies, the longest first."""
    table = load_agencies().table.agencies
    names = {name for one in table for name in (one.name, *one.aliases)}
    return sorted(names, key=lambda name: (-len(name), name))


@lru_cache(maxsize=1000)
def _patterns(names: tuple[str, ...]) -> Patterns:
    agency = (
        r"(?:the\s+|(?:\w+\s+)?(?:state\s+|state-run\s+)?news\s+agency\s+)?"
        rf"(?P<agency>{'|'.join(map(re.escape, names))})(?:\s+news\s+agency)?"
    )
    tail = re.compile(
        rf"(?:,|(?<=\x00))\s*(?:{agency}\s+(?P<cue>{_REPORTED})(?:\s+on)?(?:\s+\w+day)?"
        rf"|(?P<cue2>according\s+to|as\s+quoted\s+by)\s+{agency.replace('<agency>', '<agency2>')})"
        r"\s*[.!?]?\s*$"
    )
    head = re.compile(
        rf"^(?:(?:According\s+to|As\s+reported\s+by)\s+{agency},\s*"
        rf"|{agency.replace('<agency>', '<agency2>')}"
        r"\s+(?:reported|reports)\s+(?:\w+day\s+)?that\s+)"
    )
    told = re.compile(
        rf"\b(?:told|tells|telling|in\s+an\s+interview\s+with|in\s+remarks\s+to)\s+{agency}\b"
        r"(?!['’]s|[/-])"
    )
    return tail, head, told


def shell(masked: str, start: int, end: int, patterns: Patterns | None) -> Shell:
    """The shell of a sentence. `masked` is the text with quotations blanked out."""
    if patterns is None:
        return Shell(start, end)
    resolve = load_agencies().resolve
    tail, head, told = patterns
    sentence = masked[start:end]
    if (found := tail.search(sentence)) is not None:
        group = "agency" if found["agency"] else "agency2"
        cue = "cue" if found["cue"] else "cue2"
        return Shell(
            start, start + found.start(), resolve(found[group]), "carrier",
            _at(found, group, start), _at(found, cue, start),
        )  # fmt: skip
    if (found := head.match(sentence)) is not None:
        group = "agency" if found["agency"] else "agency2"
        return Shell(
            start + found.end(), end, resolve(found[group]), "carrier", _at(found, group, start)
        )
    if (found := told.search(sentence)) is not None:
        return Shell(start, end, resolve(found["agency"]), "recipient")
    return Shell(start, end)


def _at(found: re.Match[str], group: str, offset: int) -> tuple[int, int]:
    return offset + found.start(group), offset + found.end(group)
