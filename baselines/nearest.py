"""`nearest`: what stands in quotation marks, said by whoever is named nearest.

What a first script usually does, and what a better system must beat.
"""

import re

from benchmark.agencies import load_agencies
from benchmark.records import Document, Quote, Span

_MARKS = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"|«([^«»\n]+)»|„([^„“”\n]+)[“”]")
_NAME = re.compile(r"[A-Z][\w'’-]*(?: (?:(?:de|van|von|al|bin) )?[A-Z][\w'’-]*)*")
_FEWEST_WORDS = 3
_REACH = 200


class Nearest:
    """Pairs quotation marks within a line; takes the nearest capitalised run as speaker."""

    name = "nearest"

    def predict(self, document: Document) -> list[Quote]:
        """Every quotation of three words or more. An agency named as near is the agency."""
        text = document.text
        quoted = [
            next(match.span(group) for group in range(1, 5) if match[group] is not None)
            for match in _MARKS.finditer(text)
        ]
        agencies = load_agencies()
        quotes = []
        for start, end in quoted:
            if len(text[start:end].split()) < _FEWEST_WORDS:
                continue
            names = _names_near(text, start, end, quoted)
            agency = next((a for _, name in names if (a := agencies.resolve(name))), None)
            people = [(at, name) for at, name in names if agencies.resolve(name) is None]
            quotes.append(
                Quote(
                    content=(Span(start, end),),
                    source=tuple(Span(at, at + len(name)) for at, name in people[:1]),
                    speaker=tuple(name for _, name in people[:1]),
                    agency=agency,
                )
            )
        return quotes


def _names_near(
    text: str, start: int, end: int, quoted: list[tuple[int, int]]
) -> list[tuple[int, str]]:
    """Names outside quotations in the paragraph, nearest first; not the start of a sentence
    unless two words long, since any word is a capital there."""
    left = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + _REACH)
    found = []
    for match in _NAME.finditer(text, left, right):
        at = match.start()
        if any(a <= at < b for a, b in quoted):
            continue
        if " " not in match[0] and text[:at].rstrip()[-1:] in ("", ".", "!", "?", "\n"):
            continue
        distance = start - match.end() if at < start else at - end
        found.append((distance, at, match[0]))
    return [(at, name) for _, at, name in sorted(found)]
