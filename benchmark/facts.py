"""Facts: the small words that change what is said, though they hardly change the string."""

import regex
from rapidfuzz import fuzz

_FACT = regex.compile(
    r"\d+(?:[.,]\d+)*|n't\b|\b(?:ca|wo|do|does|did|is|are|was|were|could|would|should|has|"
    r"have|had)nt\b|\b(?:not|cannot|never|no|none|nor|neither|nobody|nothing|nowhere|without|"
    r"nicht|kein\w{0,2}|nie|ohne|pas|jamais|sans|nunca|не|нет|ни|никогда|без|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|dozen|hundreds?|thousands?|millions?|billions?|trillions?|"
    r"half|twice)\b"
)
# A word of so many letters carries a meaning of its own; one so similar is the same, misspelt.
_LONG = 4
_MISSPELT = 65
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non")


def facts(folded: str) -> list[str]:
    """The numbers and negations of a folded string, in no order; "don't" is "do not"."""
    found: list[str] = _FACT.findall(folded)
    negated = ("cannot", "n't", "nt")
    return sorted("not" if fact.endswith(negated) else fact for fact in found)


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
