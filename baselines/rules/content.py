"""The content of a cue: where it begins behind it, where it ends, and its spans."""

import re

from baselines.rules.layout import Range
from baselines.rules.phrases import phrase_right
from baselines.rules.tokens import Token
from baselines.rules.verbs import (
    ADVERBS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TELLING,
    TIMES,
)

_QUESTION = frozenset("whether how what why who where when if which".split())
_BREAKS = frozenset("while though although whereas".split())
_FARTHEST = 16


def begin_right(tokens: list[Token], cue: int, at: int, stop: int) -> int | None:
    """Where the content behind a cue begins: adverbs, addressee, adjuncts and "that" passed."""
    at = _skip_adverbs(tokens, at, stop)
    if at >= stop:
        return None
    telling = tokens[cue].low in TELLING
    if telling or tokens[at].low in PREPOSITIONS or tokens[at].low in TIMES:
        mark = _complementiser(tokens, at, stop, telling)
        if mark is not None:
            return _past_marks(tokens, mark, stop)
    if telling and (after := phrase_right(tokens, at, stop)) is not None and after < stop:
        at = _skip_adverbs(tokens, after, stop)
        if at < stop and tokens[at].low in ("about", "in", "on", "during", "at"):
            at = _past_adjunct(tokens, at, stop)
    while at < stop and (tokens[at].low in DAYS or _occasion(tokens, at, stop)):
        at = _past_adjunct(tokens, at, stop)
    return _past_marks(tokens, at, stop)


def _skip_adverbs(tokens: list[Token], at: int, stop: int) -> int:
    while at < stop and (
        tokens[at].low in ADVERBS - {"not", "all", "both", "only", "never", "once"}
    ):
        at += 1
    return at


def _complementiser(tokens: list[Token], at: int, stop: int, telling: bool) -> int | None:
    """The "that", colon or quotation that opens the content behind adjuncts or an addressee."""
    for index in range(at, min(stop, at + _FARTHEST)):
        token = tokens[index]
        if token.low == "that" and index > at:
            return index
        if token.quotation is not None and len(token.text) > 20:
            return index
        if token.text == ":":
            return index
        if telling and token.low in ("to", "whether", "how", "if", "why", "what") and index > at:
            return index
        if token.finite or token.text in (".", ";", "—"):
            return None
    return None


def _occasion(tokens: list[Token], at: int, stop: int) -> bool:
    """Whether an adjunct of time, place or medium begins here."""
    if tokens[at].low in ("this", "last", "late", "early", "earlier") and at + 1 < stop:
        return tokens[at + 1].low in TIMES
    return tokens[at].low in ("in", "on", "during", "at", "through", "via") and any(
        one.low in _MEDIA for one in tokens[at + 1 : min(stop, at + 6)]
    )


_MEDIA = TIMES | frozenset(
    """statement interview email e-mail speech conference remarks briefing letter memo tweet post
    debate rally twitter facebook fox cnn abc nbc cbs msnbc radio january february march april june
    july august september october november december press""".split()
)


def _past_adjunct(tokens: list[Token], at: int, stop: int) -> int:
    if tokens[at].low in DAYS:
        return at + 1
    index = at + 1
    while index < stop and index < at + 10:
        token = tokens[index]
        if token.quotation is not None or token.text in (",", ":") or token.low == "that":
            return index
        if (
            index > at + 1
            and (token.low in PRONOUNS or token.low in DETERMINERS)
            and (tokens[index - 1].low not in PREPOSITIONS)
        ):
            return index
        if (
            token.low in _MEDIA
            and index + 1 < stop
            and tokens[index + 1].low not in _MEDIA
            and (tokens[index + 1].low not in PREPOSITIONS and not tokens[index + 1].capital)
        ):
            return index + 1
        index += 1
    return index


def _past_marks(tokens: list[Token], at: int, stop: int) -> int | None:
    while at < stop and (tokens[at].text in (",", ":", "-", "—") or tokens[at].low == "that"):
        if tokens[at].low == "that" and at + 1 < stop and tokens[at + 1].finite:
            break
        at += 1
        if tokens[at - 1].low == "that":
            break
    if at < stop and tokens[at].text == ",":
        at += 1
    return (
        at if at < stop and any(one.is_word or one.quotation for one in tokens[at:stop]) else None
    )


def opens_clause(tokens: list[Token], cue_end: int, at: int, stop: int) -> bool:
    """Whether what a cue governs is a clause: marked, or begun by a subject with its verb."""
    if tokens[at - 1].low == "that" or tokens[at - 1].text == ":":
        return True
    token = tokens[at]
    if token.quotation is not None:
        return len(token.text) > 25
    if token.low in _QUESTION:
        return True
    if token.low in PREPOSITIONS or token.text in (".", ";", ",") or at > cue_end + 3:
        return False
    for index in range(at + 1, min(stop, at + 8)):
        one = tokens[index]
        if one.text in (",", ";", "(") or one.quotation is not None:
            return False
        if one.finite and one.low not in ("'s", "’s"):
            return True
        if one.low in PREPOSITIONS and index > at + 3:
            return False
    return False


def end_right(tokens: list[Token], begin: int, stop: int) -> int:
    """Where a content that begins at `begin` ends: at the sentence's end, or a new frame."""
    first = tokens[begin]
    marked = tokens[begin - 1].low == "that" if begin else False
    for index in range(begin, stop):
        token = tokens[index]
        if token.text == ";" and index > begin:
            return index
        following = tokens[index + 1] if index + 1 < stop else None
        if following is None:
            break
        if token.quotation is not None and re.search(r"[,.?!][\"”'’]+$", token.text):
            if (
                following.low in ("and", "but", "or")
                and index + 2 < stop
                and (tokens[index + 2].quotation is not None)
            ):
                continue
            if following.quotation is not None:
                continue
            if first.quotation is None and _carries_on(token, following):
                continue
            return index + 1
        if token.text == "," and index > begin:
            verb = following.verb
            if verb is not None and verb.form == "ing" and verb.public:
                return index
            if following.low in _BREAKS or following.low == "according":
                return index
            if following.low in ("and", "but") and _new_frame(tokens, index + 2, stop):
                return index
            if following.low == "which" and not marked and first.quotation is None:
                continue
        if token.low in ("and", "but") and index > begin and _new_frame(tokens, index + 1, stop):
            return index
    return stop


def _carries_on(token: Token, following: Token) -> bool:
    """Whether a clause with quoted words in it goes on behind them."""
    verb = following.verb
    return token.text.rstrip("”\"’'").endswith(",") and not (
        following.low in ("and", "but", "while", "according")
        or (verb is not None and verb.form == "ing")
    )


def _new_frame(tokens: list[Token], at: int, stop: int) -> bool:
    """Whether a further cue with its own content begins here, with or without a subject."""
    for index in range(at, min(stop, at + 4)):
        verb = tokens[index].verb
        if tokens[index].quotation is not None:
            return False
        if verb is not None and verb.form == "ing" and verb.public and index == at:
            return True
        if verb is not None and verb.form == "past" and "any" in verb.takes:
            if index == at or index + 1 == stop:
                return True
            if not verb.public:
                return False
            return tokens[index + 1].low in ("that", ":", ",") or (
                tokens[index + 1].quotation is not None or tokens[index].low in ("said", "told")
            )
    return False


def spans(tokens: list[Token], begin: int, stop: int) -> tuple[Range, ...]:
    """The ranges of a content: outer marks and final punctuation stripped.

    Where all words stand in quotation marks, one range for each quotation.
    """
    while begin < stop and _bare_mark(tokens[begin]):
        begin += 1
    while stop > begin and _bare_mark(tokens[stop - 1]):
        stop -= 1
    if begin >= stop:
        return ()
    inside = tokens[begin:stop]
    if all(one.quotation is not None or not one.text[0].isalnum() for one in inside):
        return tuple(
            (one.quotation.start, min(one.quotation.end, inside[-1].end))
            for one in inside
            if one.quotation is not None and re.search(r"\w", one.text)
        )
    start, end = inside[0].start, inside[-1].end
    if inside[0].quotation is not None and len(inside) > 1 and inside[-1].quotation is not None:
        start, end = inside[0].quotation.start, inside[-1].quotation.end
    return ((start, end),) if start < end else ()


def _bare_mark(token: Token) -> bool:
    return token.quotation is None and token.text in (
        ",",
        ".",
        ";",
        ":",
        "-",
        "—",
        "–",
        "!",
        "?",
        "…",
    )
