"""Facts: the small words that change what is said, though they hardly change the string."""

import regex
from rapidfuzz import fuzz

_NEGATION = (
    r"n't\b|\b(?:ca|wo|do|does|did|is|are|was|were|could|would|should|has|have|had)nt\b|"
    r"\b(?:not|cannot|never|no|none|nor|neither|nobody|nothing|nowhere|without|"
    r"nicht|kein\w{0,2}|nie|ohne|pas|jamais|sans|nunca|не|нет|ни|никогда|без)\b"
)
_NUMBER = (
    r"\d+(?:[.,]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundreds?|thousands?|millions?|"
    r"billions?|trillions?|half|twice)\b"
)
_HAS_NEGATION = regex.compile(_NEGATION)
_FACT = regex.compile(f"{_NUMBER}|{_NEGATION}")
# A word of so many letters carries a meaning of its own; one so similar is the same, misspelt.
_LONG = 4
_MISSPELT = 65
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non")


def facts(folded: str) -> list[str]:
    """The numbers and negations of a folded string, in no order; "don't" is "do not"."""
    found: list[str] = _FACT.findall(folded)
    negated = ("cannot", "n't", "nt")
    return sorted("not" if fact.endswith(negated) else fact for fact in found)


def has_negation(folded: str) -> bool:
    """Whether a folded string has a negation."""
    return _HAS_NEGATION.search(folded) is not None


def negate(ours: set[str], theirs: set[str]) -> bool:
    """Whether a word of one side is one of the other side with a negating prefix."""
    differing = ours | theirs
    return any(prefix + word in differing for word in differing for prefix in _NEGATING)


def replace_a_word(ours: set[str], theirs: set[str]) -> bool:
    """Whether a longer word of one side has become another word, and not a misspelt one.

    "accept" for "reject", one name for another: nine letters in ten may be the same, and
    yet nobody said it. A word that is only left out or put in replaces none.
    """
    if not ours or not theirs:
        return False
    return all(
        any(
            len(word) >= _LONG and max(fuzz.ratio(word, other) for other in others) < _MISSPELT
            for word in words
        )
        for words, others in ((ours, theirs), (theirs, ours))
    )
