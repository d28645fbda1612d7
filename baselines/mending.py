"""Mending: a text as it would stand without the damage that copying does to it.

Lines that were broken to fit a width are joined, and sentences that run together are set
apart, so that an attributor meets the paragraphs and sentences that were written. What it
finds is carried back to the text as it lies.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from benchmark.records import Quote, Span, Spans

# No line of a text that was wrapped is longer.
_WIDEST = 120
# Between the end of one sentence and the beginning of another, where a space is missing.
_TOGETHER = re.compile(r"(?<=[a-z][.?!])(?=[A-Z][a-z]|“)|(?<=[a-z][.?!,]”)(?=[A-Z“])")


@dataclass(frozen=True)
class Mended:
    """A mended text. `spaces` are the places in it where a space was put in."""

    text: str
    spaces: tuple[int, ...]

    def back(self, quotes: Iterable[Quote]) -> list[Quote]:
        """Quotes of the mended text with the offsets of the text as it lies."""
        if not self.spaces:
            return list(quotes)
        return [
            replace(
                quote,
                content=None if quote.content is None else self._back(quote.content),
                cue=self._back(quote.cue),
                source=self._back(quote.source),
            )
            for quote in quotes
        ]

    def _back(self, spans: Spans) -> Spans:
        return tuple(
            Span(
                span.start - bisect_left(self.spaces, span.start),
                span.end - bisect_left(self.spaces, span.end),
            )
            for span in spans
        )


def mend(text: str) -> Mended:
    """Join wrapped lines and set sentences apart."""
    text = _unwrapped(text)
    places = [match.start() for match in _TOGETHER.finditer(text)]
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    return Mended(" ".join(pieces), tuple(place + n for n, place in enumerate(places)))


def _unwrapped(text: str) -> str:
    """Spaces for the line breaks behind which the next word would not have fitted."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > _WIDEST:
        return text
    pieces = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        word = following.split(" ", 1)[0]
        broken = bool(line and word) and len(line) + 1 + len(word) > width
        pieces.append(line + (" " if broken else "\n"))
    return "".join(pieces)[: len(text)]
