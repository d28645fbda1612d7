"""List where the layers of newsroom differ, and keep what was decided beside it.

    python scripts/adjudicate.py            rewrite gold/newsroom/adjudication.jsonl
    python scripts/adjudicate.py --check    exit 1 if it is out of date

A row is one field of one attribution in which the layers of `annotators/{split}` differ: what
each says, what the gold says, and a note that tells why. Notes are written by hand into the
file and stay with their rows. A row without a note is a fault: it has not been decided.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmark.differences import FIELDS, Difference, differences
from benchmark.reading import read_all
from benchmark.records import Document
from benchmark.sets import gold_root
from benchmark.writing import write_bytes

NEWSROOM = gold_root() / "newsroom"
TARGET = NEWSROOM / "adjudication.jsonl"
SPLITS = ("train", "validation", "test")
LAYERS = ("writer", "a", "b")
GOLD = "gold"
# Where the attribution begins, so that two of the same words are told apart.
Key = tuple[str, str, int]


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A difference and what was decided. The values are those of `benchmark.differences`."""

    doc_id: str
    field: str
    start: int
    quote: str
    writer: str
    a: str
    b: str
    gold: str
    note: str = ""

    @property
    def key(self) -> Key:
        """What a note belongs to."""
        return self.doc_id, self.field, self.start

    @property
    def followed(self) -> str:
        """The layers that say what the gold says, joined by "+"."""
        said = (self.writer, self.a, self.b)
        return "+".join(n for n, v in zip(LAYERS, said, strict=True) if v == self.gold) or "none"


def documents(path: Path) -> dict[str, Document]:
    """The documents of a file by their ids."""
    return {one.doc_id: one for one in read_all(path, gold=True)}


def found() -> list[Difference]:
    """Every difference, in the order of splits, documents and texts."""
    rows = []
    for split in SPLITS:
        layers = {
            name: documents(NEWSROOM / "annotators" / split / f"{name}.jsonl") for name in LAYERS
        }
        for doc_id, gold in documents(NEWSROOM / f"{split}.jsonl").items():
            texts = {name: layer[doc_id] for name, layer in layers.items()}
            rows += differences(texts, {GOLD: gold})
    return rows


def with_notes(rows: Iterable[Difference], noted: Iterable[Row]) -> list[Row]:
    """The differences as rows, each with the note that it has had."""
    notes = {row.key: row.note for row in noted}
    return [
        Row(
            one.doc_id,
            one.field,
            one.start,
            one.quote if len(one.quote) <= 80 else one.quote[:79] + "…",
            *(one.values[name] for name in (*LAYERS, GOLD)),
            note=notes.get((one.doc_id, one.field, one.start), ""),
        )
        for one in rows
    ]


def main() -> int:
    """Rewrite or check, and count; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    old = TARGET.read_bytes() if TARGET.exists() else b""
    noted = [msgspec.json.decode(line, type=Row) for line in old.splitlines()]
    rows = with_notes(found(), noted)
    new = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    if new != old and not check:
        write_bytes(TARGET, new)
    for field in FIELDS:
        followed = Counter(row.followed for row in rows if row.field == field)
        counts = ", ".join(f"{name} {times}" for name, times in followed.most_common())
        print(f"{field}: {followed.total()} ({counts or 'none'})")
    undecided = [row for row in rows if not row.note]
    for row in undecided:
        print(f"no note: {row.doc_id}, {row.field} of {row.quote!r}", file=sys.stderr)
    if new != old and check:
        print(f"{TARGET} is out of date: run python scripts/adjudicate.py", file=sys.stderr)
    return int(bool(undecided) or (check and new != old))


if __name__ == "__main__":
    sys.exit(main())
