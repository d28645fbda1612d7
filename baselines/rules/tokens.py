"""Tokens of a sentence: words, marks, and each quotation as one token."""

import re
from dataclasses import dataclass

from baselines.rules.layout import Quotation
from baselines.rules.verbs import COMMON_VERBS, VERBS, Verb

_TOKEN = re.compile(r"[^\W_](?:[\w’'.&/-]*[^\W_])?(?:\.(?=\s+[A-Z][a-z]|,))?|[^\s\w]|_")
_INITIALS = re.compile(r"^(?:[A-Z]\.?|(?:[A-Za-z]\.)+|[A-Z][a-z]{1,3}\.|Capt\.)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a whole quotation with its marks. `start` and `end` are offsets."""

    text: str
    low: str
    start: int
    end: int
    quotation: Quotation | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word outside quotation marks."""
        return self.quotation is None and self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.quotation is None and self.text[0].isupper()

    @property
    def verb(self) -> Verb | None:
        """The cue verb that it may be."""
        return None if self.quotation is not None else VERBS.get(self.low)

    @property
    def finite(self) -> bool:
        """Whether it looks like a finite verb."""
        low = self.low
        if self.quotation is not None or not low[0].isalpha():
            return False
        if low in COMMON_VERBS:
            return True
        if self.text[0].isupper():
            return False
        verb = VERBS.get(low)
        if verb is not None:
            return verb.form in ("past", "third")
        return low.endswith("ed") and low not in _ADJECTIVES


_ADJECTIVES = frozenset(
    "united retired registered armed alleged so-called unnamed hundred indeed need".split()
)


def tokenize(text: str, start: int, end: int, quoted: list[Quotation]) -> list[Token]:
    """The tokens of a range. A quotation that lies in it is one token."""
    tokens: list[Token] = []
    at = start
    for one in quoted:
        if one.end <= start or one.start - one.width < start:
            continue
        if one.start >= end:
            break
        _words(text, at, one.start - one.width, tokens)
        stop = min(end, one.end + (one.width if one.closed else 0))
        begin = one.start - one.width
        tokens.append(Token(text[begin:stop], "", begin, stop, one))
        at = stop
    _words(text, at, end, tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word, stop = match[0], match.end()
        if word[-1] == "." and len(word) > 1 and not _INITIALS.match(word):
            word, stop = word[:-1], stop - 1
            tokens.append(Token(word, word.lower(), match.start(), stop))
            tokens.append(Token(".", ".", stop, stop + 1))
            continue
        tokens.append(Token(word, word.lower(), match.start(), stop))
