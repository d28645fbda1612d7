"""Word counts: each word of the contents of a document given to one item.

So that counts of words add up over items as all others do: a word of several core
contents belongs to the first of them in text order, a word that only predictions have
to the first of those. Words that only optional quotes have count neither way.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from benchmark.words import EMPTY, Region, Words, difference, intersection, merge


class WordCounts(NamedTuple):
    """Words right, predicted and in gold."""

    right: int
    predicted: int
    gold: int


NO_WORDS = WordCounts(0, 0, 0)


def count_by_item(
    words: Words,
    core: Sequence[Region],
    predicted: Sequence[Region],
    optional: Iterable[Region],
) -> list[WordCounts]:
    """The word counts of each item.

    Item `i` has the core content `core[i]`, if there are so many, and the predicted content
    `predicted[i]`, EMPTY where it has none or one that earns nothing. `core` is in text order.
    """
    gold = shares(words, core)
    covered = merge(predicted)
    right = shares(
        words,
        [
            region if region == guess else intersection(region, covered)
            for region, guess in zip(core, predicted, strict=False)
        ],
    )
    known = merge((*core, *optional))
    exact = set(core)
    extra = shares(words, [EMPTY if one in exact else difference(one, known) for one in predicted])
    none = [0] * (len(predicted) - len(core))
    return [
        WordCounts(r, r + e, g) for r, e, g in zip(right + none, extra, gold + none, strict=True)
    ]


def shares(words: Words, regions: Sequence[Region]) -> list[int]:
    """For each region how many words it has that none before it has.

    One sweep over the ends of all ranges, so that many overlapping ones cost no more than
    sorting them: between two ends the words go to the first of the regions that are open.
    """
    if _is_disjoint(regions):
        return [words.size(region) for region in regions]
    ends = sorted(
        (at, index, opens)
        for index, region in enumerate(regions)
        for start, end in region
        for at, opens in ((start, True), (end, False))
    )
    counts = [0] * len(regions)
    opened = [0] * len(regions)
    first: list[int] = []
    before = 0
    for at, index, opens in ends:
        while first and not opened[first[0]]:
            heappop(first)
        if first and at > before:
            counts[first[0]] += words.between(before, at)
        before = at
        opened[index] += 1 if opens else -1
        if opens:
            heappush(first, index)
    return counts


def _is_disjoint(regions: Iterable[Region]) -> bool:
    """Whether the ranges follow one another, as they do where regions are in text order."""
    reached = 0
    for region in regions:
        for start, end in region:
            if start < reached:
                return False
            reached = end
    return True
