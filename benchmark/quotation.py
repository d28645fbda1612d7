"""Quotations: what stands between quotation marks, and the type of a content by them."""

import re
from collections.abc import Iterator

from benchmark.records import QuoteType, Span
from benchmark.words import Words

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")

# Marks that open. A straight mark behind a digit may be inches; a single one opens before a
# letter and behind none, and the words that begin with an apostrophe are no quotations.
_OPENING = re.compile(
    r"[“„«]|(?<!\w)»(?=\w)|(?<!\d)\"(?=\S)|(?<!\S)\""
    r"|(?<!\w)['‘](?=[^\W\d])(?!(?:em|tis|twas|til|cause|n|bout)\b)"
)
# Marks that close, tried in order. A single one behind an s may be a possessive: any other first.
_SINGLE = (re.compile(r"(?<=[^\ss])['’](?!\w)"), re.compile(r"(?<=s)['’](?!\w)"))
_CLOSING = {
    "“": (re.compile("”"),),
    "„": (re.compile("[“”]"),),
    "«": (re.compile("»"),),
    "»": (re.compile("«"),),
    '"': (re.compile('"'),),
    **dict.fromkeys("'‘", _SINGLE),
}

# A double mark without a partner opens; a straight one only behind white space, before a word.
_STAYS_OPEN = re.compile(r"[“„«]|(?<!\S)\"(?=\S)")
# How far off the partner of a mark that may be none is looked for.
_REACH = 2000


def quotations(text: str) -> Iterator[Span]:
    """The outermost quotations of a text, without their marks.

    Marks are paired by kind inside a paragraph; a double one that stays open there runs to
    the paragraph's end, as in a quotation of several paragraphs. Apostrophes are no marks.
    """
    for start, end in _paragraphs(text):
        at = start
        while (mark := _OPENING.search(text, at, end)) is not None:
            at = mark.end()
            stop = min(end, at + _REACH) if mark[0] in "'‘»" else end
            found = (close.search(text, at, stop) for close in _CLOSING[mark[0]])
            if (closing := next(filter(None, found), None)) is not None:
                yield Span(at, closing.start())
                at = closing.end()
            elif _STAYS_OPEN.match(text, mark.start()):
                yield Span(at, end)
                break


class QuoteTypes:
    """The type of contents by the quotation marks of one text alone."""

    def __init__(self, text: str) -> None:
        self._words = Words(text)
        self._quoted = self._words.union(
            self._words.region([span]) for span in quotations(text) if span.start < span.end
        )

    def __call__(self, content: tuple[Span, ...]) -> QuoteType:
        """All, some or none of the words stand inside marks: direct, mixed or indirect."""
        region = self._words.region(content)
        inside = self._words.common(region, self._quoted)
        if not inside:
            return "indirect"
        return "direct" if inside == self._words.size(region) else "mixed"


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Between blank lines; the lines themselves where a text has no blank one."""
    start = 0
    for gap in (_BLANK_LINE if _BLANK_LINE.search(text) else re.compile(r"\n+")).finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)
