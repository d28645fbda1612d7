"""Folding: when two spellings of a name count as the same."""

import re
import unicodedata
from functools import lru_cache

_MARKS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', ".": None})
_ARTICLES = re.compile(r"^(?:(?:the|an|a)\s+)+")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_ACRONYM_LENGTH = 5


# The same names come again in document after document.
@lru_cache(maxsize=2**15)
def fold(name: str) -> str:
    """A name without case, accents, full stops, possessive 's, leading articles and outer marks."""
    plain = name
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = " ".join(plain.translate(_MARKS).casefold().split()).strip("\"',:;!?()[] ")
    return _ARTICLES.sub("", _POSSESSIVE.sub("", plain))


def clash(a: str, b: str) -> bool:
    """Whether one is a short acronym in capitals and the other a lower-case word (US, us)."""
    return (is_acronym(a) and b.islower()) or (is_acronym(b) and a.islower())


def is_acronym(name: str) -> bool:
    """Whether a name is a short run of capitals, such as US or I.A.E.A."""
    letters = name.replace(".", "")
    return 1 < len(letters) <= _ACRONYM_LENGTH and letters.isupper()
