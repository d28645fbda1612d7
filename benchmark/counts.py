"""Counts: items in columns, summed by unit or by group with numpy.

A `Tally` takes the items of one document after the other and keeps a few numbers
for each, so that a large corpus costs tens of bytes for a quote.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmark.items import Item, Scored
from benchmark.measures import COLUMN, COLUMNS, MEASURES, Measure
from benchmark.records import PHENOMENA

Matrix = NDArray[np.int64]

# Below this many documents a bootstrap over documents has too few units to mean anything.
FEWEST_DOCUMENTS = 10
_WORDS = [COLUMN[f"content:words.{part}"] for part in ("right", "predicted", "gold")]


@dataclass
class Tally:
    """Items of many documents, one entry per item in each of the arrays."""

    doc_ids: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    outcomes: array[int] = field(default_factory=lambda: array("Q"))
    documents: array[int] = field(default_factory=lambda: array("I"))
    words: array[int] = field(default_factory=lambda: array("I"))
    types: list[str | None] = field(default_factory=list)
    phenomena: array[int] = field(default_factory=lambda: array("I"))
    agencies: list[str | None] = field(default_factory=list)
    keys: list[Hashable] = field(default_factory=list)
    measures: set[Measure] = field(default_factory=set)

    def add(self, scored: Scored) -> None:
        """Take in one scored document."""
        index = len(self.doc_ids)
        document = scored.document
        self.doc_ids.append(document.doc_id)
        self.origins.append(document.origin)
        self.measures.update(scored.measures)
        spurious: dict[Hashable, int] = {}
        for item in scored.items:
            self.outcomes.append(item.outcome)
            self.documents.append(index)
            self.words.extend(item.words)
            gold = item.gold
            self.types.append(None if gold is None else gold.quote_type)
            self.agencies.append(None if gold is None else gold.agency or "none")
            self.phenomena.append(
                0 if gold is None else sum(1 << PHENOMENA.index(p) for p in gold.phenomena)
            )
            self.keys.append((document.doc_id, *_key(item, spurious)))

    @property
    def unit(self) -> str:
        """What the bootstrap draws: documents, or items where there are too few of those."""
        return "documents" if len(self.doc_ids) >= FEWEST_DOCUMENTS else "items"

    def by_item(self) -> Matrix:
        """Counts, items × columns."""
        outcomes = np.frombuffer(self.outcomes, dtype=np.uint64)
        columns = np.arange(len(COLUMNS), dtype=np.uint64)
        counts = ((outcomes[:, None] >> columns) & np.uint64(1)).astype(np.int64)
        if len(self.words):
            counts[:, _WORDS] = np.frombuffer(self.words, dtype=np.uint32).reshape(-1, 3)
        return counts

    def by_document(self) -> Matrix:
        """Counts, documents × columns; a document without items is a row of zeros."""
        counts = np.zeros((len(self.doc_ids), len(COLUMNS)), dtype=np.int64)
        np.add.at(counts, np.frombuffer(self.documents, dtype=np.uint32), self.by_item())
        return counts

    def by_unit(self) -> Matrix:
        """Counts, units × columns, for the unit that the bootstrap draws."""
        return self.by_document() if self.unit == "documents" else self.by_item()

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


# What items can be grouped by: properties of documents, then of core quotes.
GROUPS = ("document", "origin", "quote_type", "phenomena", "agency")


def ordered_measures(measures: set[Measure]) -> tuple[Measure, ...]:
    """Measures in the order of the table."""
    return tuple(measure for measure in MEASURES if measure in measures)


def _key(item: Item, spurious: dict[Hashable, int]) -> tuple[Hashable, ...]:
    """What makes an item the same one under two systems."""
    if item.gold is not None:
        return ("core", item.gold.quote_id)
    assert item.prediction is not None
    what: Hashable = item.prediction.region or item.prediction.quote.quote
    spurious[what] = spurious.get(what, 0) + 1
    return ("spurious", what, spurious[what])
