"""Chunks: an article longer than the window, cut at paragraph ends, with an overlap."""

import re

# Where a chunk may end, the best places first.
_ENDS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])[\"”’»)]*\s+"),
    re.compile(r"\s+"),
)


def chunks(text: str, window: int, overlap: int) -> list[tuple[int, int]]:
    """Ranges of characters, none longer than `window`, that cover the text in its order.

    Neighbours share at most `overlap` characters, whole paragraphs where those are short
    enough. Half a window is never given up for a better place to cut.
    """
    found = []
    start = 0
    while len(text) - start > window:
        end = _cut(text, start + window // 2, start + window, last=True)
        found.append((start, end))
        # The next one begins after a paragraph's end too, or where this one ended.
        again = max(end - overlap, start + 1)
        start = _cut(text, again, end, last=False) if overlap else end
    return [*found, (start, len(text))]


def _cut(text: str, low: int, high: int, *, last: bool) -> int:
    """The last or the first place of the best kind behind which to cut, else `high`."""
    for pattern in _ENDS:
        places = [m.end() for m in pattern.finditer(text, low, high) if low < m.end() <= high]
        if not last:
            # The end itself would leave no overlap.
            places = [place for place in places if place < high]
        if places:
            return places[-1] if last else places[0]
    return high
