"""Signatures: how a number was computed, in one line, so that two can be compared."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from benchmark.alignment import THRESHOLD
from benchmark.records import Document, encode
from benchmark.version import __version__

# How contents are paired: `benchmark.matching`.
MATCH = "core-first,words-dice>=0.5"


class Digest:
    """The sha256 of a collection of documents, whatever their order, white space or compression.

    It is the sha256 of the sorted sha256 digests of the documents' canonical JSON.
    """

    def __init__(self) -> None:
        self._digests: list[bytes] = []

    def add(self, document: Document) -> None:
        """Take in one document."""
        self.add_canonical(encode(document))

    def add_canonical(self, canonical: bytes) -> None:
        """Take in one document as its canonical JSON."""
        self._digests.append(hashlib.sha256(canonical).digest())

    def hexdigest(self) -> str:
        """The digest of all documents taken in so far."""
        return hashlib.sha256(b"".join(sorted(self._digests))).hexdigest()


@dataclass(frozen=True)
class Signature:
    """Every setting that can move a score. `str()` gives the printed form, version last."""

    set: str
    gold: str
    agencies: str
    docs: int
    task: str
    missing: str
    boot: str
    seed: int
    version: str = __version__

    def __str__(self) -> str:
        fields: Iterable[tuple[str, object]] = (
            ("set", self.set),
            ("gold", self.gold[:8]),
            ("agencies", self.agencies[:8]),
            ("docs", self.docs),
            ("task", self.task),
            ("match", MATCH),
            ("align", THRESHOLD),
            ("speaker", "entities"),
            ("optional", "excused"),
            ("missing", self.missing),
            ("boot", self.boot),
            ("seed", self.seed),
            ("version", self.version),
        )
        return "|".join(["quotebench", *(f"{name}:{value}" for name, value in fields)])
