"""Counts: items in columns, summed by unit or by group with numpy.

A `Tally` takes the items of one document after the other and keeps a few numbers
for each, so that a large corpus costs tens of bytes for a quote.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray

from benchmark.items import Item, Scored
from benchmark.measures import COLUMN, COLUMNS, MEASURES, Measure
from benchmark.records import PHENOMENA, Phenomenon

Matrix = NDArray[np.int64]

# Below this many documents a bootstrap over documents has too few units to mean anything.
FEWEST_DOCUMENTS = 10
_CHUNK = 2**16
_WORDS = [COLUMN[f"content:words.{part}"] for part in ("right", "predicted", "gold")]


@dataclass
class Tally:
    """Items of many documents, one entry per item in each of the arrays.

    `fabricated` holds (doc_id, words) of the predictions whose words are not in the text,
    `approximate` counts those that were found only approximately, `worded` those that give
    words and no offsets, `verbatim` those of them found as they stand or but for folding.
    `keys` names the items while there are so few documents that the items are the units.
    `confidences` is NaN where a prediction gives none. `clusters` names what a document was
    made from, itself where from no other: variants of one parent are no independent evidence.
    """

    doc_ids: list[str] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    outcomes: array[int] = field(default_factory=lambda: array("Q"))
    documents: array[int] = field(default_factory=lambda: array("I"))
    words: array[int] = field(default_factory=lambda: array("I"))
    types: list[str | None] = field(default_factory=list)
    phenomena: array[int] = field(default_factory=lambda: array("I"))
    agencies: list[str | None] = field(default_factory=list)
    confidences: array[float] = field(default_factory=lambda: array("d"))
    keys: list[Hashable] = field(default_factory=list)
    measures: set[Measure] = field(default_factory=set)
    fabricated: list[tuple[str, str]] = field(default_factory=list)
    approximate: int = 0
    worded: int = 0
    verbatim: int = 0
    excused: int = 0

    def add(self, scored: Scored) -> None:
        """Take in one scored document."""
        index = len(self.doc_ids)
        document = scored.document
        self.doc_ids.append(document.doc_id)
        self.clusters.append(document.doc_id if document.parent is UNSET else document.parent)
        self.origins.append(sys.intern(document.origin))
        self.measures.update(scored.measures)
        self.excused += len(scored.excused)
        self.documents.extend([index] * len(scored.items))
        for item in scored.items:
            self.outcomes.append(item.outcome)
            self.words.extend(item.words)
            gold, prediction = item.gold, item.prediction
            if gold is None:
                self.types.append(None)
                self.agencies.append(None)
                self.phenomena.append(0)
            else:
                self.types.append(gold.quote_type)
                self.agencies.append("none" if gold.agency is None else sys.intern(gold.agency))
                self.phenomena.append(_mask(gold.phenomena) if gold.phenomena else 0)
            given = UNSET if prediction is None else prediction.quote.confidence
            self.confidences.append(math.nan if given is UNSET else given)
            if prediction is not None and prediction.found != "given":
                if prediction.found is None:
                    self.fabricated.append((document.doc_id, prediction.quote.quote or ""))
                self.approximate += prediction.found == "approximate"
                self.worded += 1
                self.verbatim += prediction.found in ("exact", "folded")
        if index < FEWEST_DOCUMENTS:
            spurious: dict[Hashable, int] = {}
            for item in scored.items:
                self.keys.append((document.doc_id, *_key(item, spurious)))

    def extend(self, other: Tally) -> None:
        """Take in the counts of further documents."""
        first = len(self.doc_ids)
        self.doc_ids += other.doc_ids
        self.clusters += other.clusters
        self.origins += other.origins
        self.outcomes.extend(other.outcomes)
        moved = np.frombuffer(other.documents, dtype=np.uint32) + np.uint32(first)
        self.documents.frombytes(moved.tobytes())
        self.words.extend(other.words)
        self.types += other.types
        self.phenomena.extend(other.phenomena)
        self.agencies += other.agencies
        self.confidences.extend(other.confidences)
        self.measures |= other.measures
        self.fabricated += other.fabricated
        self.approximate += other.approximate
        self.worded += other.worded
        self.verbatim += other.verbatim
        self.excused += other.excused
        if len(self.doc_ids) >= FEWEST_DOCUMENTS:
            # The items need no names where they are no units.
            self.keys.clear()
        else:
            self.keys += other.keys

    def ordered(self) -> Tally:
        """The same counts in the order of the ids, so that no draw depends on that of a file."""
        if all(a < b for a, b in pairwise(self.doc_ids)):
            return self
        order = sorted(range(len(self.doc_ids)), key=self.doc_ids.__getitem__)
        rank = np.empty(len(order), dtype=np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        documents = rank[np.frombuffer(self.documents, dtype=np.uint32)]
        rows = np.argsort(documents, kind="stable")
        words = np.frombuffer(self.words, dtype=np.uint32).reshape(-1, 3)
        outcomes = np.frombuffer(self.outcomes, dtype=np.uint64)
        phenomena = np.frombuffer(self.phenomena, dtype=np.uint32)
        return Tally(
            doc_ids=[self.doc_ids[index] for index in order],
            clusters=[self.clusters[index] for index in order],
            origins=[self.origins[index] for index in order],
            outcomes=array("Q", outcomes[rows].tobytes()),
            documents=array("I", documents[rows].tobytes()),
            words=array("I", words[rows].tobytes()),
            types=[self.types[row] for row in rows],
            phenomena=array("I", phenomena[rows].tobytes()),
            agencies=[self.agencies[row] for row in rows],
            confidences=array("d", np.frombuffer(self.confidences)[rows].tobytes()),
            keys=[self.keys[row] for row in rows] if self.keys else [],
            measures=self.measures,
            fabricated=sorted(self.fabricated),
            approximate=self.approximate,
            worded=self.worded,
            verbatim=self.verbatim,
            excused=self.excused,
        )

    @property
    def unit(self) -> str:
        """What the bootstrap draws: documents, or items where there are too few of those.

        Parents with their variants where there are such.
        """
        if len(self.doc_ids) < FEWEST_DOCUMENTS:
            return "items"
        return "documents" if self.clusters == self.doc_ids else "parents"

    def flags(self, column: str) -> NDArray[np.bool_]:
        """One column of the items, of those that are 0 or 1."""
        outcomes = np.frombuffer(self.outcomes, dtype=np.uint64)
        found: NDArray[np.bool_] = (outcomes >> np.uint64(COLUMN[column]) & np.uint64(1)) == 1
        return found

    def by_item(self) -> Matrix:
        """Counts, items × columns."""
        return self._rows(0, len(self.outcomes))

    def _rows(self, first: int, last: int) -> Matrix:
        """The counts of a run of items."""
        outcomes = np.frombuffer(self.outcomes, dtype=np.uint64)[first:last]
        columns = np.arange(len(COLUMNS), dtype=np.uint64)
        counts = ((outcomes[:, None] >> columns) & np.uint64(1)).astype(np.int64)
        if len(self.words):
            words = np.frombuffer(self.words, dtype=np.uint32).reshape(-1, 3)
            counts[:, _WORDS] = words[first:last]
        return counts

    def by_document(self) -> Matrix:
        """Counts, documents × columns; a document without items is a row of zeros."""
        counts = np.zeros((len(self.doc_ids), len(COLUMNS)), dtype=np.int64)
        documents = np.frombuffer(self.documents, dtype=np.uint32)
        # A matrix of all items would be the largest thing in memory.
        for first in range(0, len(documents), _CHUNK):
            rows = self._rows(first, first + _CHUNK)
            np.add.at(counts, documents[first : first + _CHUNK], rows)
        return counts

    def by_unit(self) -> Matrix:
        """Counts, units × columns, for the unit that the bootstrap draws."""
        if self.unit == "items":
            return self.by_item()
        return summed(self.by_document(), self.clusters)[1]

    def groups(self, key: str) -> Iterator[tuple[str, Matrix]]:
        """The summed counts of each group, by a property of documents or of core quotes."""
        items = self.by_item()
        if key in ("document", "origin"):
            names = self.doc_ids if key == "document" else self.origins
            labels: list[tuple[str, ...]] = [(names[index],) for index in self.documents]
            ordered = list(dict.fromkeys(names))
        elif key == "phenomena":
            labels = [
                tuple(p for bit, p in enumerate(PHENOMENA) if mask >> bit & 1)
                for mask in self.phenomena
            ]
            ordered = list(PHENOMENA)
        else:
            values = self.types if key == "quote_type" else self.agencies
            labels = [() if value is None else (value,) for value in values]
            ordered = sorted({value for value in values if value is not None})
        for name in ordered:
            rows = [index for index, label in enumerate(labels) if name in label]
            if rows or key in ("document", "origin"):
                yield name, items[rows].sum(axis=0)


def summed(rows: Matrix, names: Sequence[str]) -> tuple[list[str], Matrix]:
    """The different names in order, and the sums of the rows that bear each."""
    if len(set(names)) == len(names):
        return list(names), rows
    ordered = sorted(set(names))
    index = {name: number for number, name in enumerate(ordered)}
    sums = np.zeros((len(ordered), rows.shape[1]), dtype=rows.dtype)
    np.add.at(sums, [index[name] for name in names], rows)
    return ordered, sums


# What items can be grouped by: properties of documents, then of core quotes.
GROUPS = ("document", "origin", "quote_type", "phenomena", "agency")


def ordered_measures(measures: set[Measure]) -> tuple[Measure, ...]:
    """Measures in the order of the table."""
    return tuple(measure for measure in MEASURES if measure in measures)


@lru_cache(maxsize=4096)
def _mask(phenomena: tuple[Phenomenon, ...]) -> int:
    """Phenomena as bits, in the order of the list."""
    return sum(1 << PHENOMENA.index(one) for one in phenomena)


def _key(item: Item, spurious: dict[Hashable, int]) -> tuple[Hashable, ...]:
    """What makes an item the same one under two systems."""
    if item.gold is not None:
        return ("core", item.gold.quote_id)
    assert item.prediction is not None
    what: Hashable = item.prediction.region or item.prediction.quote.quote
    spurious[what] = spurious.get(what, 0) + 1
    return ("spurious", what, spurious[what])
