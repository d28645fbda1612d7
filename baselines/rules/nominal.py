"""Frames without a verb: "according to", nouns with a content clause, and the bare colon."""

from baselines.rules import verbs as lexicon
from baselines.rules.content import end_right
from baselines.rules.fronted import Frame
from baselines.rules.layout import Range
from baselines.rules.phrases import phrase_left, phrase_right
from baselines.rules.tokens import Token

_LONGEST_LABEL = 7
_OWNERS = frozenset({"his", "her", "their", "its"})


def according(tokens: list[Token], at: int, begin: int, stop: int) -> Frame | None:
    """ "according to X": the content is what precedes it, or what follows it."""
    if at + 2 >= stop or tokens[at + 1].low != "to":
        return None
    ends = phrase_right(tokens, at + 2, stop)
    if ends is None:
        return None
    source = at + 2, ends
    if at - begin > 2:
        first = begin
        return Frame((at, at + 2), source, ((first, at),), ends, False, 0.83)
    comma = next((i for i in range(at + 2, stop) if tokens[i].text == ","), None)
    if comma is not None and comma + 1 < stop and tokens[comma + 1].low in ("a", "an", "who"):
        comma = next((i for i in range(ends, stop) if tokens[i].text == ","), comma)
    source = at + 2, min(ends, comma or ends)
    if comma is None or comma + 1 >= stop:
        return None
    last = end_right(tokens, comma + 1, stop)
    return Frame((at, at + 2), source, ((comma + 1, last),), last, False, 0.83)


def colon(tokens: list[Token], at: int, begin: int, stop: int) -> Frame | None:
    """ "X: ...": a name and a colon at the head of a sentence, then quoted words."""
    if not 0 < at - begin <= _LONGEST_LABEL or at + 1 >= stop or begin:
        return None
    label = tokens[begin:at]
    if not all(one.capital or one.low in ("of", "the", "and", "(", ")", "-") for one in label):
        return None
    quoted = tokens[at + 1].quotation is not None
    upper = all(one.text.isupper() for one in label)
    if (not quoted and not upper) or len(tokens[at - 1].text) == 1:
        return None
    return Frame((at, at + 1), (begin, at), ((at + 1, stop),), stop, False, 0.68)


def nominal(tokens: list[Token], at: int, stop: int) -> Frame | None:
    """ "X's claim that P", "a statement by X that P", "his decision to P"."""
    low = tokens[at].low
    if low not in lexicon.NOUNS and low not in lexicon.NOUNS_TO:
        return None
    source: Range | None = _owner(tokens, at)
    index = at + 1
    if index < stop and tokens[index].low in ("by", "from"):
        mark = next((i for i in range(index, min(stop, index + 14)) if tokens[i].low == "that"), 0)
        if not mark:
            return None
        source = index + 1, mark
        index = mark
    if index >= stop - 1:
        return None
    infinitive = tokens[index].low == "to" and low in lexicon.NOUNS_TO and source is not None
    if not infinitive and not (tokens[index].low == "that" and low in lexicon.NOUNS):
        return None
    first = index if infinitive else index + 1
    last = end_right(tokens, first, stop)
    last = next((i for i in range(first + 2, last) if tokens[i].text == ","), last)
    if source is not None and source[0] >= source[1]:
        source = None
    return Frame((at, at + 1), source, ((first, last),), last, False, 0.79)


def _owner(tokens: list[Token], at: int) -> Range | None:
    """The possessor before a noun: "Lee's (recent) claim", "his claim"."""
    for index in range(at - 1, max(-1, at - 4), -1):
        token = tokens[index]
        if token.low in _OWNERS:
            return index, index + 1
        if token.low.endswith(("'s", "’s", "s'", "s’")):
            start = phrase_left(tokens, index + 1)
            return None if start is None else (start, index + 1)
        if not token.is_word or token.low in lexicon.PREPOSITIONS:
            return None
    return None
