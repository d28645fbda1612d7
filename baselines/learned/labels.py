"""Labels of tokens: which part of an attribution each token is.

A content before its cue and one behind it have labels of their own, so that a chain of
labels remembers on which side the cue is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baselines.learned.reading import Reading, touched
from baselines.rules.layout import Range
from benchmark.records import Quote

LABELS = ("O", "cue-B", "cue-I", "source-B", "source-I", "source-E",
          "before-B", "before-I", "before-E", "behind-B", "behind-I", "behind-E")  # fmt: skip
_AT = {label: index for index, label in enumerate(LABELS)}
KINDS = ("cue", "source", "before", "behind")
_KIND_OF = tuple(label.partition("-")[0] for label in LABELS)
_PLACE_OF = tuple(label.partition("-")[2] for label in LABELS)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of tokens that are one part of an attribution."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one attribution as ranges of tokens."""

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    source: tuple[Range, ...]


def parts_of(reading: Reading, quotes: Iterable[Quote]) -> list[Parts]:
    """The parts of attributions as ranges of tokens; those without a token are left out."""
    starts = [token.start for token in reading.tokens]
    ends = [token.end for token in reading.tokens]
    found = []
    for quote in quotes:
        content, cue, source = (
            tuple(
                place
                for span in spans
                if (place := touched(starts, ends, span.start, span.end))[0] < place[1]
            )
            for spans in (quote.content or (), quote.cue, quote.source)
        )
        found.append(Parts(content, cue, source))
    return found


def chunks_of(parts: Parts) -> list[Chunk]:
    """The chunks of an attribution, content first: later ones win where they overlap."""
    cue = parts.cue[0][0] if parts.cue else -1
    content = [Chunk("before" if first < cue else "behind", first, last)
               for first, last in parts.content]  # fmt: skip
    return [
        *content,
        *(Chunk("source", *place) for place in parts.source),
        *(Chunk("cue", *place) for place in parts.cue),
    ]


def label(number: int, chunks: Iterable[Chunk]) -> npt.NDArray[np.int8]:
    """The labels of `number` tokens; of chunks that overlap the later one wins."""
    labels = np.zeros(number, np.int8)
    order = {"before": 0, "behind": 0, "source": 1, "cue": 2}
    for chunk in sorted(chunks, key=lambda one: order[one.kind]):
        end = "I" if chunk.kind == "cue" else "E"
        labels[chunk.first : chunk.last] = _AT[f"{chunk.kind}-I"]
        if chunk.last - chunk.first > 1:
            labels[chunk.last - 1] = _AT[f"{chunk.kind}-{end}"]
        labels[chunk.first] = _AT[f"{chunk.kind}-B"]
    return labels


def chunks(labels: Sequence[int] | npt.NDArray[np.int8]) -> list[Chunk]:
    """The chunks that labels hold: runs of one kind, parted where a new one begins."""
    found: list[Chunk] = []
    open_at, kind = 0, "O"
    for index, number in enumerate(labels):
        here, place = _KIND_OF[number], _PLACE_OF[number]
        if here != kind or place == "B":
            if kind != "O":
                found.append(Chunk(kind, open_at, index))
            open_at, kind = index, here
        if place == "E":
            found.append(Chunk(kind, open_at, index + 1))
            kind = "O"
    if kind != "O":
        found.append(Chunk(kind, open_at, len(labels)))
    return found
