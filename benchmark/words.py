"""Words and regions: the unit in which contents are compared.

A *word* is a run of letters, digits and combining marks that begins with a
letter or digit; in scripts written without spaces each character, with its
marks, is a word. Quotation marks, commas and full stops are part of no word, so
they never decide whether two contents are the same.

A *region* is a set of words of one text in normal form: a sorted tuple of
half-open character ranges, each running from the first character of a word to
behind the last character of a word, with at least one word between two ranges.
Two regions are equal exactly when they hold the same words, so most comparisons
need no list of words at all.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import regex

from benchmark.records import Span

Region = tuple[tuple[int, int], ...]

EMPTY: Region = ()

# `re` knows neither combining marks nor scripts. Where a text has none of either, its
# letters and digits are those of `regex`, and it is several times as fast.
_SIMPLE_WORD = re.compile(r"[^\W_]+")
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = regex.compile(
    rf"(?:(?=[\p{{L}}\p{{N}}]){_UNSPACED}\p{{M}}*)"
    rf"|(?:(?!{_UNSPACED})[\p{{L}}\p{{N}}](?:(?!{_UNSPACED})[\p{{L}}\p{{N}}]|\p{{M}})*)"
)


_NEEDS_REGEX = regex.compile(rf"\p{{M}}|{_UNSPACED}")
# What Western news is written in has no marks of its own; looking further takes `regex`,
# which is ten times as slow.
_WESTERN = re.compile("[\x00-\u02ff\u2010-\u205f\u20a0-\u20bf]*")


def word_spans(text: str) -> list[tuple[int, int]]:
    """The words of a text, in order, as half-open character ranges."""
    return [match.span() for match in _pattern(text).finditer(text)]


def count_words(text: str) -> int:
    """The number of words in a string."""
    return len(_pattern(text).findall(text))


class Words:
    """The words of one text, asked for by character ranges."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._simple = _is_simple(text)
        self._sizes: dict[tuple[int, int], int] = {}
        if not self._simple:
            spans = word_spans(text)
            self._starts = [start for start, _ in spans]
            self._ends = [end for _, end in spans]

    def region(self, spans: Iterable[Span]) -> Region:
        """The words that the spans touch. A span that touches none adds nothing."""
        spans = tuple(spans)
        if len(spans) == 1 and self._simple and self._is_aligned(spans[0]):
            return ((spans[0].start, spans[0].end),)
        touched = [self._touched(span.start, span.end) for span in spans]
        if len(touched) == 1:
            return () if touched[0] is None else (touched[0],)
        return self.union([(part,) for part in touched if part is not None])

    def union(self, regions: Iterable[Region]) -> Region:
        """The words that are in at least one of the regions."""
        parts = sorted(part for region in regions for part in region)
        merged: list[tuple[int, int]] = []
        for start, end in parts:
            if merged and (start <= merged[-1][1] or not self._parted(merged[-1][1], start)):
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return tuple(merged)

    def size(self, region: Region) -> int:
        """The number of words in a region."""
        sizes = self._sizes
        total = 0
        for part in region:
            size = sizes.get(part)
            if size is None:
                size = sizes[part] = self.between(*part)
            total += size
        return total

    def starts(self, region: Region) -> list[int]:
        """Where each word of a region begins: lists of these compare in text order."""
        if self._simple:
            return [
                match.start()
                for start, end in region
                for match in _SIMPLE_WORD.finditer(self.text, start, end)
            ]
        return [
            word
            for start, end in region
            for word in self._starts[
                bisect_left(self._starts, start) : bisect_left(self._starts, end)
            ]
        ]

    def common(self, a: Region, b: Region) -> int:
        """The number of words that two regions share."""
        if a == b:
            return self.size(a)
        return self.size(intersection(a, b))

    def _is_aligned(self, span: Span) -> bool:
        """Whether a span of a simple text begins with a word and ends with one: most do."""
        text, start, end = self.text, span.start, span.end
        return (
            0 <= start < end <= len(text)
            and text[start].isalnum()
            and text[end - 1].isalnum()
            and not (start and text[start - 1].isalnum())
            and not (end < len(text) and text[end].isalnum())
        )

    def _touched(self, start: int, end: int) -> tuple[int, int] | None:
        if not self._simple:
            first = bisect_right(self._ends, start)
            last = bisect_left(self._starts, end)
            return (self._starts[first], self._ends[last - 1]) if first < last else None
        text = self.text
        found = _SIMPLE_WORD.search(text, start, end)
        if found is None:
            return None
        first = found.start()
        if first == start:
            while first and text[first - 1].isalnum():
                first -= 1
        end = min(end, len(text))
        last = end
        while not text[last - 1].isalnum():
            last -= 1
        if last == end:
            while last < len(text) and text[last].isalnum():
                last += 1
        return first, last

    def between(self, start: int, end: int) -> int:
        """The number of words in a range that cuts none."""
        if self._simple:
            return len(_SIMPLE_WORD.findall(self.text, start, end))
        return bisect_left(self._starts, end) - bisect_right(self._ends, start)

    def _parted(self, start: int, end: int) -> bool:
        """Whether a word lies in a range that cuts none."""
        if self._simple:
            return _SIMPLE_WORD.search(self.text, start, end) is not None
        return self.between(start, end) > 0


def merge(regions: Iterable[Region]) -> Region:
    """The words of all regions as ranges in order, not in normal form: to count or to cut with."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(part for region in regions for part in region):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def intersection(a: Region, b: Region) -> Region:
    """The words that two regions share, by one sweep over both; the smaller comes first."""
    if not a or not b:
        return EMPTY
    shared: list[tuple[int, int]] = []
    i, j = 0, max(0, bisect_right(b, a[0]) - 1)
    while i < len(a) and j < len(b):
        start = max(a[i][0], b[j][0])
        end = min(a[i][1], b[j][1])
        if start < end:
            shared.append((start, end))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(shared)


def difference(a: Region, b: Region) -> Region:
    """The words of `a` that are not in `b`, as ranges that may begin or end between words."""
    left: list[tuple[int, int]] = []
    j = max(0, bisect_right(b, a[0]) - 1) if a else 0
    for start, end in a:
        while j < len(b) and b[j][1] <= start:
            j += 1
        while j < len(b) and b[j][0] < end:
            if b[j][0] > start:
                left.append((start, b[j][0]))
            start = b[j][1]
            if start >= end:
                break
            j += 1
        if start < end:
            left.append((start, end))
    return tuple(left)


def _is_simple(text: str) -> bool:
    if text.isascii() or _WESTERN.fullmatch(text):
        return True
    return _NEEDS_REGEX.search(text) is None


def _pattern(text: str) -> "re.Pattern[str] | regex.Pattern[str]":
    return _SIMPLE_WORD if _is_simple(text) else _WORD
