"""Noun phrases around a cue: the subject to the left, the inverted subject to the right.

All positions are indices into the tokens of one sentence; ranges are half-open.
"""

import re

from baselines.rules.layout import Range
from baselines.rules.tokens import Token
from baselines.rules.verbs import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
)

_RELATIVE = frozenset({"who", "which", "whose", "whom"})
_CONJUNCTIONS = frozenset({"and", "or", "&"})
_INSIDE = frozenset({"of", "for", "from", "in", "at", "to", "with", "on", "against", "near"})
_ALONE = PRONOUNS | frozenset(
    "one some many others most all none everyone somebody both another sources".split()
)
_APPOSITIVE = frozenset(
    """who which whose whom a an the one now formerly former then himself herself his her their its
    including like along both citing speaking referring asked when though""".split()
)
_ROLE = re.compile(
    r"(?:director|president|chair|chairman|chairwoman|professor|head|leader|secretary|spokesman|"
    r"spokeswoman|minister|chief|author|editor|founder|owner|manager|senior|executive|analyst|"
    r"adviser|advisor|counsel|deputy|vice|co-\w+|ex-\w+|jr|sr|r|d|\d+)$"
)


def adverbs_left(tokens: list[Token], stop: int) -> int:
    """Where the auxiliaries and adverbs left of `stop` begin."""
    at = stop
    while at > 0:
        low = tokens[at - 1].low
        if low in AUXILIARIES or low in ADVERBS or low in DAYS or _is_adverb(low):
            at -= 1
        elif low in TIMES and at > 1 and tokens[at - 2].low in ("a", "last", "this", "that"):
            at -= 2
        else:
            break
    return at


def _is_adverb(low: str) -> bool:
    return (
        len(low) > 4 and low.endswith("ly") and low not in ("family", "assembly", "ally", "rally")
    )


def subject_left(tokens: list[Token], stop: int, first: int = 0) -> Range | None:
    """The noun phrase that ends right before `stop`, with what stands between commas behind it."""
    if stop <= first:
        return None
    last = tokens[stop - 1]
    if last.low in (",", ")", "—", "–", "-"):
        return _before_insertion(tokens, stop, first)
    start = phrase_left(tokens, stop, first)
    if start is None:
        return None
    # ", 45, " or ", a Republican": the head may stand before a comma.
    if start > first + 1 and tokens[start - 1].text == "," and tokens[start].low in _APPOSITIVE:
        head = phrase_left(tokens, start - 1, first)
        if head is not None and tokens[start - 2].capital and not _fronted(tokens, head, first):
            return head, stop
    return start, stop


def _fronted(tokens: list[Token], start: int, first: int) -> bool:
    """Whether the phrase that begins here belongs to a preposition in front of it."""
    return start > first and tokens[start - 1].low in PREPOSITIONS


def _before_insertion(tokens: list[Token], stop: int, first: int) -> Range | None:
    opener = {")": "(", "—": "—", "–": "–", "-": "-"}.get(tokens[stop - 1].text, ",")
    end = stop - 1
    at = end - 1
    while at > first:
        if tokens[at].text == opener and at + 1 < end:
            if opener == "(":
                return subject_left(tokens, at, first)
            following = tokens[at + 1].low
            if (
                following in _APPOSITIVE
                or _ROLE.match(following)
                or following in PREPOSITIONS
                or following.endswith(("ing", "ed"))
                or following == "clad"
                or opener != ","
                or (
                    (tokens[at - 1].capital or end - at < _LONG)
                    and not _has_finite(tokens, at + 1, end)
                )
            ):
                start = phrase_left(tokens, at, first)
                if start is None:
                    return None
                if start > first + 1 and tokens[start].low.isdigit():
                    # ", 45, of the council": the name stands before the age.
                    head = phrase_left(tokens, start - 1, first)
                    return None if head is None else (head, at)
                if (
                    start > first + 1
                    and tokens[start - 1].low in ("of", "from")
                    and (tokens[start - 2].text == ",")
                ):
                    return _before_insertion(tokens, start - 1, first)
                clause = (
                    following in _RELATIVE
                    or following.endswith("ing")
                    or (
                        following in PREPOSITIONS
                        or following in ("asked", "citing", "speaking", "when")
                    )
                )
                return (start, at) if clause else (start, end)
        at -= 1
    return None


_LONG = 9


def _has_finite(tokens: list[Token], start: int, stop: int) -> bool:
    return any(one.finite for one in tokens[start:stop])


def phrase_left(tokens: list[Token], stop: int, first: int = 0) -> int | None:
    """Where the noun phrase that ends at `stop` begins, or None."""
    at = stop - 1
    if at < first:
        return None
    token = tokens[at]
    if token.text == ")":
        opener = next((i for i in range(at, max(first, at - 8), -1) if tokens[i].text == "("), None)
        return None if opener is None or opener == first else phrase_left(tokens, opener, first)
    if token.low in _RELATIVE:
        return at
    if token.low in _ALONE and token.low in PRONOUNS:
        if at - 2 >= first and tokens[at - 1].low == "and" and tokens[at - 2].capital:
            return phrase_left(tokens, at - 1, first)
        return at
    if not _nominal(token) and token.low not in _ALONE:
        return None
    while True:
        at = _simple_left(tokens, at, first)
        before = tokens[at - 1] if at > first else None
        if before is None:
            return at
        if before.low in _INSIDE and at - 2 >= first and _can_head(tokens[at - 2]):
            if not _time_phrase(tokens, at):
                at -= 2
                continue
            return at
        if before.low in _CONJUNCTIONS and at - 2 >= first and _can_head(tokens[at - 2]):
            left = _simple_left(tokens, at - 2, first)
            earlier = tokens[left - 1] if left > first else None
            if earlier is None or earlier.quotation or earlier.low in (",", ";", ":", "that", "—"):
                return left
            if earlier.low in _INSIDE and left - 2 >= first and _can_head(tokens[left - 2]):
                at = left - 2
                continue
        return at


def _time_phrase(tokens: list[Token], at: int) -> bool:
    return tokens[at].low in TIMES or bool(re.match(r"(?:19|20)\d\d", tokens[at].low))


def _can_head(token: Token) -> bool:
    return _nominal(token) and (token.low not in DETERMINERS or token.low in _ALONE)


def _nominal(token: Token) -> bool:
    if token.quotation is not None:
        return len(token.text) < 40
    if not token.text[0].isalnum():
        return token.text in ("%", "$", "’", "'", ")")
    low = token.low
    if low in PREPOSITIONS or low in SUBORDINATORS or low in _CONJUNCTIONS or low in AUXILIARIES:
        return False
    if low == "according":
        return False
    return token.text[0].isupper() or not (token.finite or low in ADVERBS)


def _simple_left(tokens: list[Token], at: int, first: int) -> int:
    """The start of determiner, modifiers and noun, with possessors, that end with token `at`."""
    while at > first:
        token, before = tokens[at], tokens[at - 1]
        if token.low in DETERMINERS and token.low not in ("other", "no"):
            if before.low in ("all", "both", "some", "many", "most", "half"):
                at -= 1
            return at
        if before.text == ")" and at - 3 >= first:
            opener = next((i for i in range(at - 2, max(first, at - 8), -1)
                           if tokens[i].text == "("), None)  # fmt: skip
            if opener is None or opener == first:
                return at
            at = opener - 1
            continue
        if before.text == "(" or before.low in PRONOUNS or not _modifier(before, token):
            return at
        at -= 1
    return at


def _modifier(before: Token, token: Token) -> bool:
    if before.quotation is not None:
        return len(before.text) < 25 and not before.text.rstrip("”\"'").endswith(
            (",", ".", "?", "!")
        )
    if not before.text[0].isalnum():
        return before.text in ("’", "'", "-", "$", "/")
    low = before.low
    if before.text == "That":
        return True
    if low in PREPOSITIONS or low in SUBORDINATORS or low in _CONJUNCTIONS or low in AUXILIARIES:
        return False
    if low in BE or (low in ADVERBS and low not in ("now", "then", "long")):
        return False
    if before.text[0].isupper():
        return True
    if token.low.endswith(("'s", "’s")) and token.capital and before.finite:
        return False
    return not before.finite


def phrase_right(tokens: list[Token], start: int, stop: int) -> int | None:
    """Where the noun phrase that begins at `start` ends, with title and apposition."""
    if start >= stop or not _starts_phrase(tokens[start]):
        return None
    if tokens[start].low in PRONOUNS:
        return start + 1
    at = start + 1
    while at < stop:
        token = tokens[at]
        low = token.low
        if token.quotation is not None:
            break
        if token.text == "," or token.text in "(":
            if token.text == "(":
                close = next((i for i in range(at, min(stop, at + 6)) if tokens[i].text == ")"), 0)
                if close:
                    at = close + 1
                    continue
                break
            if at + 1 < stop and _apposition(tokens, at + 1, stop):
                at += 1
                continue
            break
        if not token.text[0].isalnum() and token.text not in ("’", "'", "-", "&", "$", "%", "/"):
            break
        if low in SUBORDINATORS and low not in ("than",):
            break
        if low in _RELATIVE or low in DAYS or (low in AUXILIARIES and at > start + 1):
            break
        if low in ("in", "on", "during", "after", "at", "to", "about", "by", "through", "via"):
            if _adjunct(tokens, at, stop):
                break
        elif token.finite and not token.capital and low not in ("retired",):
            break
        if low in ("adding", "saying", "referring", "late", "earlier", "later", "yesterday"):
            break
        at += 1
    while at > start + 1 and (tokens[at - 1].text == "," or tokens[at - 1].low in ("and", "or")):
        at -= 1
    return at


def _starts_phrase(token: Token) -> bool:
    if token.quotation is not None or not token.text[0].isalnum():
        return False
    low = token.low
    if low in ("that", "this", "these", "so", "last") or low in ADVERBS or low in TIMES:
        return False
    if token.text[0].islower() and _is_adverb(low):
        return False
    return token.capital or low in DETERMINERS or low in PRONOUNS or _nominal(token)


def _apposition(tokens: list[Token], at: int, stop: int) -> bool:
    """Whether what follows a comma still belongs to the noun phrase."""
    token = tokens[at]
    low = token.low
    if low in ("who", "which", "when", "adding", "and", "but", "as", "while", "referring"):
        return False
    if low.endswith("ing") or token.quotation is not None or low in PREPOSITIONS:
        return False
    end = next((i for i in range(at, stop) if tokens[i].text in (",", ".", ";")), stop)
    return not any(one.low in BE or one.low in PRONOUNS - {"who", "which"} or one.low in AUXILIARIES
                   for one in tokens[at:end])  # fmt: skip


def _adjunct(tokens: list[Token], at: int, stop: int) -> bool:
    """Whether a preposition begins an adjunct of time, place or occasion of the cue."""
    low = tokens[at].low
    if low in ("during", "after", "to", "about", "by", "through", "via"):
        return True
    following = [one.low for one in tokens[at + 1 : min(stop, at + 6)]]
    return low == "on" or bool(
        _OCCASIONS.intersection(following)
        or re.match(r"(?:19|20)\d\d|a$|an$", (following or [""])[0])
    )


_OCCASIONS = TIMES | frozenset(
    """statement interview email e-mail speech news conference call remarks briefing letter memo
    tweet
    post debate rally appearance event hearing press radio column telephone phone response
    january february march april may june july august september october november december""".split()
)


_OPENS_CLAUSE = frozenset({",", ";", ":", "—", "–", "and", "but"})


_FARTHEST_SUBJECT = 60


def main_subject(tokens: list[Token], stop: int) -> Range | None:
    """The first noun phrase of a sentence that a finite verb follows, before `stop`."""
    for index in range(1, min(stop, _FARTHEST_SUBJECT)):
        if tokens[index].finite:
            found = subject_left(tokens, adverbs_left(tokens, index))
            if found is None or tokens[found[0]].low in _RELATIVE:
                continue
            before = tokens[found[0] - 1] if found[0] else None
            if before is None or before.quotation is not None or before.low in _OPENS_CLAUSE:
                return found
    return None
