"""Joining: gold documents beside their predictions, read in step from two sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from benchmark.faults import Fault
from benchmark.reading import Progress, read_canonical
from benchmark.records import Document, encode
from benchmark.sets import locate
from benchmark.signature import Digest
from benchmark.validation import Unique

Source = str | Path | Sequence[Document]


@dataclass(frozen=True)
class Input:
    """What was read: its name, the digest of its records, how many documents and quotes."""

    name: str
    sha256: str
    documents: int
    quotes: int


class Entry(NamedTuple):
    """A document of a file, the line that it stands on, and its canonical JSON."""

    line: int
    document: Document
    canonical: bytes


class Reader:
    """Reads a source once, taking its digest and counting as it goes.

    `faults` are those of lines that could not be read and of ids that are there twice.
    """

    def __init__(self, source: Source, *, is_gold: bool, progress: Progress | None = None) -> None:
        self.faults: list[Fault] = []
        self._source = source
        self._gold = is_gold
        self._progress = progress
        self._digest = Digest()
        self._documents = 0
        self._quotes = 0
        self._unique = Unique(gold=is_gold)
        if isinstance(source, str | Path):
            self.name, self._path = locate(source) if is_gold else (Path(source).name, Path(source))
            self.file = str(self._path)
        else:
            self.name = self.file = "records"

    def __iter__(self) -> Iterator[Entry]:
        for line, document, canonical in self._entries():
            fault = self._unique.check(document, self.file, line)
            if fault is not None:
                self.faults.append(fault)
                continue
            self._digest.add_canonical(canonical)
            self._documents += 1
            self._quotes += len(document.quotes)
            yield Entry(line, document, canonical)

    def summary(self) -> Input:
        """What has been read."""
        return Input(self.name, self._digest.hexdigest(), self._documents, self._quotes)

    def _entries(self) -> Iterable[tuple[int, Document, bytes]]:
        if isinstance(self._source, str | Path):
            return read_canonical(self._path, self.faults, gold=self._gold, progress=self._progress)
        return (
            (number, document, encode(document)) for number, document in enumerate(self._source, 1)
        )


# A gold document and its prediction; one of the two may be missing.
Pair = tuple[Entry | None, Entry | None]


def joined(gold: Reader, predictions: Reader) -> Iterator[Pair]:
    """Gold documents beside their predictions, joined by `doc_id`, those without one at the end.

    Both files are read in step, and an entry waits only until its partner has come: files in
    the same order need no memory, others as much as they are apart.
    """
    waiting: tuple[dict[str, Entry], dict[str, Entry]] = ({}, {})
    for pair in zip_longest(gold, predictions):
        one, other = pair
        if one is not None and other is not None and one.document.doc_id == other.document.doc_id:
            yield pair
            continue
        for side, entry in enumerate(pair):
            if entry is None:
                continue
            partner = waiting[1 - side].pop(entry.document.doc_id, None)
            if partner is None:
                waiting[side][entry.document.doc_id] = entry
            else:
                yield (partner, entry) if side else (entry, partner)
    for entry in waiting[0].values():
        yield entry, None
    for entry in waiting[1].values():
        yield None, entry
