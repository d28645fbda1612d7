"""Parsing: what a model answered, as claims. Any text is an answer; not every one is usable."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmark.records import AgencyRole
from benchmark.words import count_words

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCED = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_OPENING = re.compile(r'\{\s*["}]|\[\s*[{\]]')
# Reading on from each bracket of a long answer would take long; drafts are few.
_MOST_TRIES = 50
_NONE = frozenset({"", "null", "none", "n/a"})


@dataclass(frozen=True)
class Claim:
    """One attribution as the model gave it: words only, nothing looked up yet."""

    quote: str
    speaker: tuple[str, ...] = ()
    agency: str | None = None
    agency_role: AgencyRole | None = None
    cue: str = ""
    source: str = ""
    confidence: float | None = None


@dataclass(frozen=True)
class Parsed:
    """The claims of an answer. `fault` says why it is unusable; `left_out` counts entries

    that have no words to be looked up.
    """

    claims: tuple[Claim, ...] = ()
    fault: str = ""
    left_out: int = 0


def parse(answer: str, finish: str = "") -> Parsed:
    """Read an answer: JSON, JSON in a fence, or JSON somewhere in other text.

    The last object with a list `attributions`, or list of such entries, is the answer: what
    comes before it is a draft. Only the answer's own words are read, so nothing that an
    article says can change how this is done.
    """
    entries = None
    for value in _values(_THOUGHT.sub("", answer)):
        found = _entries(value)
        entries = found if found is not None else entries
    if entries is None:
        return Parsed(fault=_why(answer, finish))
    claims = [claim for entry in entries if (claim := _claim(entry)) is not None]
    return Parsed(tuple(claims), left_out=len(entries) - len(claims))


def _values(text: str) -> Iterator[Any]:
    """The JSON values in a text: the whole, those in fences, or those found anywhere."""
    fenced = [match[1] for match in _FENCED.finditer(text)]
    for whole in ([text], fenced):
        read = [_read(one.strip()) for one in whole]
        if read and all(done for done, _ in read):
            yield from (value for _, value in read)
            return
    at = 0
    for _ in range(_MOST_TRIES):
        opening = _OPENING.search(text, at)
        if opening is None:
            return
        at = opening.start() + 1
        try:
            value, at = json.JSONDecoder().raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            continue
        yield value


def _read(text: str) -> tuple[bool, Any]:
    try:
        return True, json.loads(text)
    except (ValueError, RecursionError):
        return False, None


def _entries(value: Any) -> list[Any] | None:
    if isinstance(value, dict):
        value = value.get("attributions")
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    return None


def _why(answer: str, finish: str) -> str:
    if not answer.strip():
        return "empty answer" + (f" (finish: {finish})" if finish else "")
    if finish == "length":
        return "cut off at the limit of tokens"
    return "no JSON object with attributions"


def _claim(entry: dict[str, Any]) -> Claim | None:
    quote = _string(entry.get("quote"))
    if not count_words(quote):
        return None
    speaker = entry.get("speaker")
    names = speaker if isinstance(speaker, list) else [speaker]
    agency = _string(entry.get("agency"))
    agency = "" if agency.casefold() in _NONE else agency
    role: AgencyRole | None = None
    if agency and entry.get("agency_role") in ("carrier", "recipient"):
        role = entry["agency_role"]
    confidence: Any = entry.get("confidence")
    usable = isinstance(confidence, (int, float)) and not isinstance(confidence, bool)
    return Claim(
        quote=quote,
        speaker=tuple(dict.fromkeys(name for one in names if (name := _string(one)))),
        agency=agency or None,
        agency_role=role,
        cue=_string(entry.get("cue")),
        source=_string(entry.get("source")),
        # Neither out of range nor NaN.
        confidence=float(confidence) if usable and 0 <= confidence <= 1 else None,
    )


def _string(value: Any) -> str:
    """A string without blanks around it; half a character (a lone surrogate) is none."""
    if not isinstance(value, str):
        return ""
    return value.encode(errors="ignore").decode().strip()
