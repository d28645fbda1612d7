"""Consistency: is an answer right in a document and still right in a variant of it?

A pair is a core quote of a parent and what became of it in a variant. An answer to a quote is
right when it is right by the measure `attribution`; where a variant has the attribution no
more, the right answer is to find none there. Consistency is the share of pairs with both
answers right (Gardner et al. 2020); `change` is how much more, or less, often the variants are
answered right than their parents. Intervals draw parents, with all their variants.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from msgspec import UNSET

from benchmark.counts import FEWEST_DOCUMENTS
from benchmark.items import Scored
from benchmark.measures import COLUMN
from benchmark.statistics import interval, resample
from benchmark.words import Words

PARENT = "none"
# A smaller loss may be beyond chance, as where five answers of a thousand are lost and none is
# won, and is still no capability that a system lacks.
LEAST_LOSS = 0.02
_RIGHT = 1 << COLUMN["attribution.right"]


class Answer(NamedTuple):
    """Whether one quote of a contrast set was answered right. A parent's own has PARENT."""

    perturbation: str
    parent: str
    quote: str
    right: bool


@dataclass(frozen=True)
class Consistency:
    """The pairs of one perturbation, or of all.

    parent, variant: how many pairs are right in the parent, in the variant; both: in both.
    change: the share right in the variants less that in the parents, with its interval;
    interval: that of the consistency. Both intervals are None below 10 parents.
    """

    pairs: int
    parent: int
    variant: int
    both: int
    change_interval: tuple[float, float] | None
    interval: tuple[float, float] | None

    @property
    def value(self) -> float | None:
        """The share of pairs that are right on both sides."""
        return self.both / self.pairs if self.pairs else None

    @property
    def change(self) -> float | None:
        """By how much the share of right answers differs in the variants."""
        return (self.variant - self.parent) / self.pairs if self.pairs else None

    @property
    def lacking(self) -> bool:
        """Whether the perturbation makes answers worse, beyond chance and by LEAST_LOSS."""
        change, ends = self.change, self.change_interval
        return change is not None and ends is not None and ends[1] < 0 and change <= -LEAST_LOSS

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {
            "pairs": self.pairs,
            "parent": self.parent,
            "variant": self.variant,
            "both": self.both,
            "consistency": self.value,
            "interval": self.interval,
            "change": self.change,
            "change_interval": self.change_interval,
        }


def answers(scored: Scored, words: Words) -> Iterator[Answer]:
    """The answers that a document of a contrast set gives; none in any other document."""
    document = scored.document
    if document.pairs is UNSET or document.parent is UNSET or document.perturbation is UNSET:
        return
    right = {
        item.gold.quote_id: bool(item.outcome & _RIGHT)
        for item in scored.items
        if item.gold is not None
    }
    if document.perturbation == PARENT:
        for quote_id, good in right.items():
            yield Answer(PARENT, document.parent, quote_id, good)
        return
    alone = [
        item.prediction.region
        for item in scored.items
        if item.gold is None and item.prediction is not None
    ]
    for pair in document.pairs:
        if pair.quote is not None:
            good = right[pair.quote]
        else:
            region = words.region(pair.content)
            size = words.size(region)
            good = not any(
                4 * words.common(region, other) >= size + words.size(other) for other in alone
            )
        yield Answer(document.perturbation, document.parent, pair.parent, good)


def orphans(found: Sequence[Answer]) -> list[tuple[str, str]]:
    """The parents and quotes of them that variants name and that are not there, in order."""
    known = {(one.parent, one.quote) for one in found if one.perturbation == PARENT}
    return sorted({(one.parent, one.quote) for one in found} - known)


def consistency(found: Sequence[Answer], draws: int, seed: int) -> Mapping[str, Consistency]:
    """The figures of each perturbation, in the order of their names, and of "all" of them."""
    parents = {one.quote: one.right for one in found if one.perturbation == PARENT}
    pairs = [one for one in found if one.perturbation != PARENT]
    units = sorted({one.parent for one in found})
    row = {name: index for index, name in enumerate(units)}
    kinds = sorted({one.perturbation for one in pairs})
    tables = {kind: np.zeros((len(units), 4), dtype=np.int64) for kind in (*kinds, "all")}
    for one in pairs:
        before = parents[one.quote]
        counts = (1, before, one.right, before and one.right)
        for kind in (one.perturbation, "all"):
            tables[kind][row[one.parent]] += counts
    return {kind: _figures(table, draws, seed) for kind, table in tables.items() if len(pairs)}


def _figures(table: np.ndarray[Any, np.dtype[np.int64]], draws: int, seed: int) -> Consistency:
    pairs, parent, variant, both = map(int, table.sum(axis=0))
    drawn = table[table[:, 0] > 0]
    change = share = None
    if draws and len(drawn) >= FEWEST_DOCUMENTS:
        sums = resample(drawn, draws, seed)
        change = interval((sums[:, 2] - sums[:, 1]) / sums[:, 0])
        share = interval(sums[:, 3] / sums[:, 0])
    return Consistency(pairs, parent, variant, both, change, share)
