"""Matching: which prediction answers which gold quote of a document.

Core quotes first, one to one and each wording once; predictions that are left over
may be excused by an optional quote; the rest is wrong. The result depends on neither
the order of the predictions nor that of the gold quotes. `docs/metrics.md` says it in words.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple

from benchmark.assignment import best_assignment
from benchmark.words import Region, Words


class Dice(NamedTuple):
    """A similarity as two integers, 2·common and a + b; a pair needs one half at least."""

    twice_common: int
    both: int


@dataclass(frozen=True)
class Matching:
    """Pairs of (prediction, core quote) by index, and the predictions that are excused."""

    pairs: tuple[tuple[int, int], ...]
    excused: frozenset[int]


Rightness = Callable[[int, int], tuple[bool, ...]]


def match(
    words: Words,
    predicted: Sequence[Region],
    core: Sequence[Region],
    optional: Sequence[tuple[Region, bool]],
    rightness: Rightness,
) -> Matching:
    """Match the predictions of one document.

    `predicted` must be in an order of its own (not that of the file), as it breaks ties
    between predictions that are alike in everything. `core` holds distinct regions.
    `optional` gives for each optional quote its region and whether it is an agency shell.
    `rightness(prediction, core quote)` says how right the labels are, more important first:
    of predictions with the same words the least right is the one that is paired.
    """
    wordings: dict[Region, list[int]] = {}
    for index, region in enumerate(predicted):
        if region:
            wordings.setdefault(region, []).append(index)
    partner = {index: region for index, region in enumerate(core) if region in wordings}
    if len(partner) < len(core) and len(partner) < len(wordings):
        partner |= _inexact(words, wordings, core, partner, {region for region, _ in optional})
    pairs = _least_right(wordings, partner, rightness)
    paired = {prediction for prediction, _ in pairs}
    left = {
        region: free
        for region, indices in wordings.items()
        if (free := [index for index in indices if index not in paired])
    }
    return Matching(tuple(pairs), frozenset(_excused(words, left, core, optional)))


def _inexact(
    words: Words,
    wordings: Iterable[Region],
    core: Sequence[Region],
    partner: dict[int, Region],
    optional: set[Region],
) -> dict[int, Region]:
    """The wording that each core quote without an exact partner is paired with."""
    near = _Near(set(wordings) - set(partner.values()))
    edges: dict[int, dict[Region, Dice]] = {}
    for index, region in enumerate(core):
        if index in partner:
            continue
        similar = {
            other: Dice(2 * common, both)
            for other in near(region)
            if 4 * (common := words.common(region, other))
            >= (both := words.size(region) + words.size(other))
        }
        if similar:
            edges[index] = similar
    found: dict[int, Region] = {}
    for golds, regions in _components(edges):
        golds.sort(key=lambda index: words.starts(core[index]))
        found |= _solve(golds, sorted(regions, key=words.starts), edges, optional)
    return found


def _solve(
    golds: list[int],
    regions: list[Region],
    edges: dict[int, dict[Region, Dice]],
    optional: set[Region],
) -> dict[int, Region]:
    """The best pairing of one connected group of quotes and wordings.

    All objectives go into one integer per pair, each so large that all that are less
    important together cannot outweigh it: number of pairs, then pairs whose wording is
    not that of an optional quote, then similarity over a common denominator, then the
    first in text order (the first quote gets the earliest wording it can, and so on).
    """
    if len(golds) == 1 and len(regions) == 1:
        return {golds[0]: regions[0]}
    unit = lcm(*{dice.both for index in golds for dice in edges[index].values()})
    base = len(regions) + 1
    order = base ** len(golds)
    weights = []
    for place, index in enumerate(golds, 1):
        row = []
        for rank, region in enumerate(regions, 1):
            dice = edges[index].get(region)
            if dice is None:
                row.append(0)
                continue
            weight = len(golds) + 1 + (region not in optional)
            weight = weight * (len(golds) * unit + 1) + dice.twice_common * (unit // dice.both)
            row.append(weight * order + (base - rank) * base ** (len(golds) - place))
        weights.append(row)
    chosen = best_assignment(weights)
    return {golds[row]: regions[column] for row, column in enumerate(chosen) if column is not None}


def _least_right(
    wordings: dict[Region, list[int]], partner: dict[int, Region], rightness: Rightness
) -> list[tuple[int, int]]:
    """Pair each core quote with the least right prediction of its wording."""
    pairs = []
    for index, region in partner.items():
        choices = wordings[region]
        if len(choices) == 1:
            pairs.append((choices[0], index))
        else:
            worst = min(choices, key=lambda choice: (rightness(choice, index), choice))
            pairs.append((worst, index))
    return pairs


def _excused(
    words: Words,
    left: dict[Region, list[int]],
    core: Sequence[Region],
    optional: Sequence[tuple[Region, bool]],
) -> Iterator[int]:
    """Predictions that an optional quote excuses; each optional quote excuses a wording once."""
    if not left or not optional:
        return
    near_core = _Near(core)
    near_optional = _Near([region for region, _ in optional])
    shells = {region for region, shell in optional if shell}
    for region, predictions in left.items():
        nearest: Fraction | None = None
        excuses = 0
        for other in near_optional(region):
            common, size = words.common(region, other), words.size(region)
            dice = Fraction(2 * common, size + words.size(other))
            if dice >= Fraction(1, 2) or (other not in shells and 2 * common >= size):
                if nearest is None:
                    nearest = max(
                        (_dice(words, region, one) for one in near_core(region)),
                        default=Fraction(0),
                    )
                excuses += dice > nearest
        yield from predictions[:excuses]


def _dice(words: Words, a: Region, b: Region) -> Fraction:
    return Fraction(2 * words.common(a, b), words.size(a) + words.size(b))


class _Near:
    """Finds the regions whose outer bounds overlap those of a given one."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = sorted(region for region in regions if region)
        self._starts = [region[0][0] for region in self._regions]
        self._reach = list(accumulate((region[-1][1] for region in self._regions), max))

    def __call__(self, region: Region) -> Iterator[Region]:
        start, end = region[0][0], region[-1][1]
        index = bisect_left(self._starts, end) - 1
        while index >= 0 and self._reach[index] > start:
            if self._regions[index][-1][1] > start:
                yield self._regions[index]
            index -= 1


def _components(
    edges: dict[int, dict[Region, Dice]],
) -> Iterator[tuple[list[int], list[Region]]]:
    """The connected groups of core quotes and wordings."""
    quotes_of: dict[Region, list[int]] = {}
    for index, similar in edges.items():
        for region in similar:
            quotes_of.setdefault(region, []).append(index)
    seen: set[int] = set()
    for first in edges:
        if first in seen:
            continue
        seen.add(first)
        golds, regions, waiting = [], set(), [first]
        while waiting:
            index = waiting.pop()
            golds.append(index)
            for region in edges[index]:
                regions.add(region)
                for other in quotes_of[region]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        yield golds, list(regions)
