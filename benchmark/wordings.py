"""Wordings: strings folded so that two transcripts of the same words are equal.

Case, Unicode normal form, white space, quotation marks, dashes, ellipses and characters
that are not seen are folded; each character of the result remembers where it comes from.
"""

import re
import unicodedata

import regex

from benchmark.words import word_spans

DOUBLE = '"“”„‟«»″＂「」『』〝〞'
MARK = rf"{DOUBLE}'`´‘’‚‛‹›′ʼ＇"
# Neither seen nor pronounced: soft hyphen, zero-width and direction characters.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_DASH = r"[\p{Pd}\u2212]"
_BLANK = rf"[\s{_UNSEEN}]"
# A blank run is tried with what follows it only at its beginning (possessive), so that a
# long one is not scanned again from each of its characters.
_UNIT = regex.compile(
    rf"(?P<ellipsis>{_BLANK}*+(?:…|\.(?:\s?\.){{2,}})(?:{_BLANK}*+[.…])*+{_BLANK}*+)"
    rf"|(?P<dash>{_BLANK}*+{_DASH}(?:{_BLANK}*+{_DASH})*+{_BLANK}*+)"
    rf"|(?P<mark>(?<!\S)[«‹]{_BLANK}++|{_BLANK}++[»›](?![\p{{L}}\p{{N}}])|[{MARK}]+)"
    rf"|(?P<blank>{_BLANK}{{2,}}+|(?![ ]){_BLANK})"
    # "[T]he": the brackets around a letter that an editor changed.
    r"|(?P<bracket>\[(?=\p{L}\p{M}*\]\p{L})|(?<=\[\p{L}\p{M}*)\](?=\p{L}))"
)
_FOLDED_UNIT = {"ellipsis": "…", "dash": "-", "mark": "'", "bracket": ""}
# What Unicode may compose into one character: a base with its marks or Hangul vowels.
_CLUSTER = regex.compile(r"(?s:.)[\p{M}\u1160-\u11ff]*")
UNSEEN_RUN = re.compile(f"[{_UNSEEN}]+")


class Tokens:
    """The words of a folded string, with their offsets in it."""

    def __init__(self, folded: str) -> None:
        spans = word_spans(folded)
        self.folded = folded
        self.words = [folded[start:end] for start, end in spans]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> str:
        """The folded characters from one word to another, both included."""
        return self.folded[self.starts[first] : self.ends[last]]

    def joint(self, index: int) -> str:
        """What stands before a word, after the one before it."""
        return self.folded[self.ends[index - 1] : self.starts[index]]


def trimmed(quote: str) -> str:
    """A string from its first word to its last."""
    spans = word_spans(quote)
    return quote[spans[0][0] : spans[-1][1]] if spans else ""


def wording(quote: str) -> str:
    """What two strings have in common that are the same but for folding."""
    return trimmed(fold_with_offsets(quote)[0])


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """A text, folded, and for each of its characters the offset where it comes from."""
    pieces: list[str] = []
    begins: list[int] = []
    done = 0
    for match in _UNIT.finditer(text):
        _fold_plain(text, done, match.start(), pieces, begins)
        done = match.end()
        unit = _FOLDED_UNIT.get(match.lastgroup or "")
        if unit is None:
            unit = " " if any(map(str.isspace, match.group())) else ""
        pieces.append(unit)
        begins.extend([match.start()] * len(unit))
    _fold_plain(text, done, len(text), pieces, begins)
    return "".join(pieces), begins


def _fold_plain(text: str, start: int, end: int, pieces: list[str], begins: list[int]) -> None:
    plain = text[start:end]
    if plain.isascii():
        pieces.append(plain.lower())
        begins.extend(range(start, end))
        return
    for match in _CLUSTER.finditer(plain):
        decomposed = unicodedata.normalize("NFD", match.group())
        unit = unicodedata.normalize("NFC", decomposed.casefold())
        pieces.append(unit)
        begins.extend([start + match.start()] * len(unit))
