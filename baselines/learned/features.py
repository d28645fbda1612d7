"""Features of tokens, as 64-bit hashes: every template of attributes at offsets is one column.

Attributes come from the text alone: words, their endings and shapes, the lexicon of
`rules`, the quotation a token is in, its place in the sentence, the cue words around it,
and what `rules` says it is (stacking, Wolpert 1992).
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from baselines.learned.labels import chunks_of, label, parts_of
from baselines.learned.reading import Reading, Token
from baselines.rules import tokens as rule_tokens
from baselines.rules import verbs as lexicon

Hashes = npt.NDArray[np.uint64]

_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("be", lexicon.BE), ("aux", lexicon.AUXILIARIES), ("pronoun", lexicon.PRONOUNS),
    ("determiner", lexicon.DETERMINERS), ("preposition", lexicon.PREPOSITIONS),
    ("subordinator", lexicon.SUBORDINATORS), ("time", lexicon.TIMES), ("adverb", lexicon.ADVERBS),
    ("common", lexicon.COMMON_VERBS), ("noun", lexicon.NOUNS), ("noun-to", lexicon.NOUNS_TO),
)  # fmt: skip
_ATTRIBUTES = (
    "word", "suffix3", "suffix2", "shape", "kind", "verb", "quoted", "rule", "place",
    "left", "left-next", "left-far", "right", "right-far", "sentence", "before", "sure", "clause",
)  # fmt: skip
_AT = {name: index for index, name in enumerate(_ATTRIBUTES)}


def _templates() -> list[tuple[tuple[str, int], ...]]:
    found: list[tuple[tuple[str, int], ...]] = [()]
    found += [(("word", at),) for at in range(-4, 5)]
    found += [(("word", at), ("word", at + 1)) for at in (-2, -1, 0, 1)]
    found += [(("kind", at),) for at in range(-5, 6)]
    found += [(("kind", at), ("kind", at + 1)) for at in (-3, -2, -1, 0, 1, 2)]
    found += [(("kind", at - 1), ("kind", at), ("kind", at + 1)) for at in (-1, 0, 1)]
    found += [(("suffix3", at),) for at in (-1, 0, 1)]
    found += [(("suffix2", at),) for at in (-1, 0, 1)]
    found += [(("shape", at),) for at in (-2, -1, 0, 1, 2)]
    found += [(("quoted", at),) for at in (-1, 0, 1)]
    found += [(("quoted", 0), ("kind", 0)), (("quoted", -1), ("quoted", 0), ("quoted", 1))]
    found += [(("rule", at),) for at in (-2, -1, 0, 1, 2)]
    found += [(("rule", -1), ("rule", 0)), (("rule", 0), ("rule", 1)), (("rule", 0), ("word", 0)),
              (("rule", 0), ("kind", -1), ("kind", 0)), (("rule", 0), ("quoted", 0)),
              (("rule", 0), ("sure", 0)), (("rule", 0), ("left", 0)), (("rule", 0), ("right", 0)),
              (("rule", 0), ("sentence", 0)), (("rule", 0), ("before", 0))]  # fmt: skip
    found += [(("verb", at),) for at in (-1, 0, 1)]
    found += [(("verb", -1), ("word", 0)), (("verb", 0), ("word", 1)), (("verb", 0), ("kind", -1)),
              (("verb", 0), ("quoted", 0), ("left", 0))]  # fmt: skip
    found += [(("left", 0),), (("left", 0), ("left-far", 0)), (("left", 0), ("left-next", 0)),
              (("left-far", 0), ("kind", 0)), (("left-next", 0), ("kind", 0)),
              (("left", 0), ("kind", 0)), (("left", 0), ("clause", 0)),
              (("right", 0),), (("right", 0), ("right-far", 0)), (("right-far", 0), ("kind", 0)),
              (("right", 0), ("kind", 0)), (("right", 0), ("sentence", 0))]  # fmt: skip
    found += [(("place", 0),), (("place", 0), ("kind", 0)), (("place", 1),),
              (("sentence", 0),), (("sentence", 0), ("quoted", 0)), (("before", 0),),
              (("before", 0), ("quoted", 0), ("place", 0)), (("clause", 0),),
              (("clause", 0), ("kind", 0), ("kind", 1))]  # fmt: skip
    return found


TEMPLATES = _templates()
_WIDEST = 5
_Indices = npt.NDArray[np.int64]


def _by_length() -> list[tuple[Hashes, list[tuple[_Indices, _Indices]]]]:
    """The templates of each length: their columns, and attributes and offsets of each part."""
    found = []
    for length in sorted({len(one) for one in TEMPLATES}):
        columns = [index for index, one in enumerate(TEMPLATES) if len(one) == length]
        parts = [
            (
                np.array([_AT[TEMPLATES[column][part][0]] for column in columns], np.int64),
                np.array([TEMPLATES[column][part][1] for column in columns], np.int64),
            )
            for part in range(length)
        ]
        found.append((np.array(columns, np.uint64), parts))
    return found


_BY_LENGTH = _by_length()


@lru_cache(maxsize=200_000)
def hashed(name: str) -> int:
    """A number of 64 bits for a string, the same everywhere."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[int, int, int, int, int, int]:
    low = word.lower().replace("’", "'")
    if low[0].isdigit():
        low = "0" * min(len(low), 4)
    kind = _kind(word, low)
    verb = lexicon.VERBS.get(low)
    return (
        hashed(low), hashed("-" + low[-3:]), hashed("-" + low[-2:]), hashed("~" + _shape(word)),
        hashed("=" + kind), hashed("v" + (f"{verb.lemma} {verb.form}" if verb else kind)),
    )  # fmt: skip


def _shape(word: str) -> str:
    shape = ""
    for char in word[:20]:
        one = "x" if char.islower() else "X" if char.isupper() else "0" if char.isdigit() else char
        if not shape.endswith(one):
            shape += one
    return shape + ("+" if len(word) > 1 else "")


def _kind(word: str, low: str) -> str:
    if not (word[0].isalnum()):
        return word
    verb = lexicon.VERBS.get(low)
    if verb is not None and word[0].islower():
        takes = "".join(sorted(one[0] for one in verb.takes))
        return f"verb {verb.form} {takes} {verb.public} {low in lexicon.AMBIGUOUS}"
    for name, words in _CLASSES:
        if low in words:
            return f"{name} {low}" if name in ("subordinator", "pronoun") else name
    if word[0].isupper():
        return "Name's" if low.endswith("'s") else "NAME" if word.isupper() else "Name"
    if word[0].isdigit():
        return "number"
    if rule_tokens.Token(word, low, 0, 0).finite:
        return "finite"
    for end in ("ing", "ly", "'s", "s"):
        if low.endswith(end):
            return end
    return "other"


def is_cue(token: Token) -> bool:
    """Whether a token outside quotation marks may be a cue by the lexicon."""
    low = token.text.lower()
    if token.quotation >= 0:
        return False
    verb = lexicon.VERBS.get(low)
    return (
        (verb is not None and token.text[0].islower() and verb.public and verb.form != "base")
        or low in lexicon.BEHIND_ONLY
        or low == "according"
    )


def _bin(number: int) -> str:
    return str(number if number < 4 else 4 if number < 6 else 6 if number < 10 else
               10 if number < 20 else 20)  # fmt: skip


def attributes(reading: Reading) -> Hashes:
    """The attributes of each token, one row for each attribute."""
    tokens = reading.tokens
    number = len(tokens)
    table = np.zeros((len(_ATTRIBUTES), number), np.uint64)
    if not number:
        return table
    table[:6] = np.array([_of_word(token.text) for token in tokens], np.uint64).T
    for name, values in _of_context(reading).items():
        table[_AT[name]] = [hashed(name + value) for value in values]
    return table


def _of_context(reading: Reading) -> dict[str, Sequence[str]]:
    """The attributes that depend on the text around a token."""
    tokens = reading.tokens
    number = len(tokens)
    parts = parts_of(reading, reading.rules)
    ruled = [str(one) for one in label(number, (c for one in parts for c in chunks_of(one)))]
    sure = [""] * number
    for one, quote in zip(parts, reading.rules, strict=True):
        for first, last in one.content:
            sure[first:last] = [str(quote.confidence)] * (last - first)
    left, following, left_far = [""] * number, [""] * number, [""] * number
    right, right_far, place = [""] * number, [""] * number, [""] * number
    sentence, before, clause = [""] * number, [""] * number, [""] * number
    previous = "none"
    for first, last in runs([token.sentence for token in tokens]):
        inside = range(first, last)
        cues = [index for index in inside if is_cue(tokens[index])]
        quoted = {tokens[index].quotation for index in inside} - {-1}
        kind = f"{min(len(cues), 3)}{min(len(quoted), 2)}{tokens[first].quotation >= 0}"
        opens = not first or tokens[first - 1].paragraph != tokens[first].paragraph
        nearest, far, commas = "", 0, 0
        for index in inside:
            left[index], left_far[index] = nearest, _bin(index - far) if nearest else ""
            following[index] = tokens[far + 1].text.lower() if nearest else ""
            clause[index] = str(min(commas, 2))
            commas += tokens[index].text == ","
            if index in cues:
                nearest, far, commas = tokens[index].text.lower(), index, 0
            place[index] = (
                f"{_bin(index - first)}{opens}"
                if index - first < 3
                else (f"-{last - index}" if last - index < 3 else "")
            )
            sentence[index], before[index] = kind, previous + str(opens)
        nearest, far = "", 0
        for index in reversed(inside):
            right[index], right_far[index] = nearest, _bin(far - index) if nearest else ""
            if index in cues:
                nearest, far = tokens[index].text.lower(), index
        roles = {ruled[index] for index in inside}
        previous = "content" if roles & _CONTENTS else "plain"
    return {"quoted": _quoted(reading), "rule": ruled, "sure": sure, "left": left,
            "left-next": following, "left-far": left_far, "right": right, "right-far": right_far,
            "place": place, "sentence": sentence, "before": before, "clause": clause}  # fmt: skip


_CONTENTS = frozenset({"6", "7", "8", "9", "10", "11"})


def _quoted(reading: Reading) -> list[str]:
    """Where in a quotation each token is: its place, and how long the quotation is."""
    states = ["out"] * len(reading.tokens)
    for first, last in runs([token.quotation for token in reading.tokens]):
        quotation = reading.tokens[first].quotation
        if quotation < 0:
            continue
        length = last - first
        size = "long" if length > 9 else "mid" if length > 3 else "short"
        ends = reading.tokens[last - 1].text
        kind = f"{size}{ends if ends in ',.?!' else ''}{reading.quotations[quotation].closed}"
        states[first:last] = [kind] * length
        states[first] += "B"
        states[last - 1] += "E"
    return states


def runs(values: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges of equal values."""
    found = []
    begin = 0
    for index in range(1, len(values) + 1):
        if index == len(values) or values[index] != values[begin]:
            found.append((begin, index))
            begin = index
    return found


def columns(reading: Reading) -> Hashes:
    """The hashed features of each token: one row for each token, one column for each template."""
    table = attributes(reading)
    number = table.shape[1]
    padded = np.full((table.shape[0], number + 2 * _WIDEST), np.uint64(7))
    padded[:, _WIDEST : _WIDEST + number] = table
    # [attribute, offset] is the row of an attribute as the tokens at that offset have it.
    shifted = np.lib.stride_tricks.sliding_window_view(padded, number, axis=1)
    # Templates of equal length are mixed together: few long operations for many short ones.
    found = np.empty((len(TEMPLATES), number), np.uint64)
    for places, parts in _BY_LENGTH:
        value = np.repeat((places + np.uint64(1))[:, None], number, axis=1)
        for rows, begins in parts:
            value = _mix(value ^ shifted[rows, begins + _WIDEST])
        found[places.astype(np.int64)] = _mix(value + places[:, None])
    return found.T


def _mix(value: Hashes) -> Hashes:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): spreads all bits."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
