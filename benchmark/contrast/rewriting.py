"""Rewriting a text with its spans: no offset is ever searched for or counted again.

A new text is a sequence of pieces: slices of the old text, words that stand for a slice,
and words that are new. What a span covered in the old text, it covers in the new one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmark.records import Span, Spans


class InapplicableError(Exception):
    """A perturbation that cannot be made in this place without doing harm."""


@dataclass(frozen=True)
class Stand:
    """Words that stand for [start, end) of the old text, all of it or nothing."""

    start: int
    end: int
    text: str


# A slice of the old text, words that stand for one, or new words that stand for none.
Piece = Span | Stand | str


@dataclass(frozen=True)
class Edit:
    """The pieces that take the place of [start, end) of the old text."""

    start: int
    end: int
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class _Placed:
    """A piece in the new text: what it covers of the old one, and where it begins."""

    start: int
    end: int
    at: int
    text: str
    whole: bool
    new: bool = False


class Rewriting:
    """A text after some edits, and the way of a span from the old text to the new."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._placed = list(_placed(text, sorted(edits, key=lambda one: (one.start, one.end))))
        self.text = "".join(piece.text for piece in self._placed)

    def spans(self, spans: Spans) -> Spans:
        """Where the words of `spans` stand now. Parts with nothing but new words between join.

        A part begins and ends with a word or a mark: the blank where it was cut is not in it.

        Raises InapplicableError where words stand for something that is covered in part.
        """
        found: list[list[int]] = []
        open_end = False
        for piece in self._placed:
            if piece.new:
                continue
            parts = list(_covered(piece, spans))
            for start, end in parts:
                if open_end and found:
                    found[-1][1] = end
                else:
                    found.append([start, end])
                open_end = end == piece.at + len(piece.text)
            if not parts and piece.text:
                open_end = False
        return tuple(
            self._trimmed(start, end) for start, end in found if self.text[start:end].strip()
        )

    def _trimmed(self, start: int, end: int) -> Span:
        words = self.text[start:end]
        blanks = len(words) - len(words.lstrip())
        return Span(start + blanks, end - len(words) + len(words.rstrip()))


def substitution(start: int, end: int, text: str) -> Edit:
    """The edit that puts other words in the place of [start, end), standing for them."""
    return Edit(start, end, (Stand(start, end, text),))


def insertion(at: int, text: str) -> Edit:
    """The edit that puts new words before the character `at`."""
    return Edit(at, at, (text,))


def deletion(start: int, end: int) -> Edit:
    """The edit that takes [start, end) away."""
    return Edit(start, end)


def _placed(text: str, edits: Sequence[Edit]) -> Iterator[_Placed]:
    at = done = 0
    for edit in [*edits, Edit(len(text), len(text))]:
        if edit.start < done:
            raise InapplicableError("two edits of the same words")
        pieces: list[Piece] = [Span(done, edit.start), *edit.pieces]
        for piece in pieces:
            if isinstance(piece, str):
                made = _Placed(0, 0, at, piece, whole=True, new=True)
            elif isinstance(piece, Stand):
                made = _Placed(piece.start, piece.end, at, piece.text, whole=True)
            else:
                words = text[piece.start : piece.end]
                made = _Placed(piece.start, piece.end, at, words, whole=False)
            if made.text:
                yield made
                at += len(made.text)
        done = edit.end


def _covered(piece: _Placed, spans: Spans) -> Iterator[tuple[int, int]]:
    """The parts of a piece that spans cover, in the new text."""
    for span in spans:
        start, end = max(span.start, piece.start), min(span.end, piece.end)
        if start >= end:
            continue
        if not piece.whole:
            yield piece.at + start - piece.start, piece.at + end - piece.start
        elif (start, end) == (piece.start, piece.end):
            yield piece.at, piece.at + len(piece.text)
        else:
            raise InapplicableError(f"{piece.text!r} stands for words that a span covers in part")
