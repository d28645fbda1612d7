"""Layout: paragraphs, quotations and sentences of a text, as character ranges."""

import re
from dataclasses import dataclass

from baselines.rules.lexicon import ABBREVIATIONS

Range = tuple[int, int]

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’"}
_END = re.compile(r"[.!?…]+[\"”’»')\]]*(?=\s+[\"“„«‘'(\[]?[A-Z0-9ÀÞ]|\s*$)|[\"”»](?=\s+[A-Z])")


@dataclass(frozen=True)
class Quotation:
    """What stands between two marks: `start` and `end` leave the marks out."""

    start: int
    end: int
    closed: bool


def paragraphs(text: str) -> list[Range]:
    """The lines that are not blank."""
    return [match.span() for match in re.finditer(r"[^\n]+", text) if match[0].strip()]


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of a paragraph, marks paired by kind.

    A mark that never closes runs to the end of the paragraph: the quotation goes on in
    the next one. An apostrophe is no mark: a single mark opens only before a letter and
    behind white space, and closes only behind a mark of punctuation.
    """
    found = []
    at = start
    while at < end:
        char = text[at]
        if char not in _PAIRS or (char in "‘»" and not _opens_single(text, at, end)):
            at += 1
            continue
        close = _closing(text, at, end)
        stop = end if close is None else close
        if text[at + 1 : stop].strip():
            found.append(Quotation(at + 1, stop, close is not None))
        at = (end if close is None else close) + 1
    return found


def sentences(text: str, start: int, end: int, quoted: list[Quotation]) -> list[Range]:
    """The sentences of a paragraph; none ends inside a quotation or behind an abbreviation."""
    found = []
    begin = start
    for match in _END.finditer(text, start, end):
        at = match.end()
        if any(one.start <= match.start() < one.end and at <= one.end for one in quoted):
            continue
        word = text[begin : match.start()].rsplit(None, 1)
        last = word[-1].lower().strip('("“') if word else ""
        if match[0] == "." and (last in ABBREVIATIONS or (len(last) == 1 and last.isalpha())):
            continue
        if match[0][0] in '"”»' and text[at - 2 : at - 1] in ",;:":
            continue
        found.append((begin, at))
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append((begin, end))
    return found


def _opens_single(text: str, at: int, end: int) -> bool:
    before = text[at - 1 : at]
    return (
        text[at] == "‘" and (not before or before.isspace()) and _closing(text, at, end) is not None
    )


def _closing(text: str, at: int, end: int) -> int | None:
    closers = _PAIRS[text[at]]
    for index in range(at + 1, end):
        if text[index] in closers:
            if text[at] == "‘" and text[index - 1].isalnum():
                continue
            return index
    return None
