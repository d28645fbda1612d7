"""Who may have spoken: names and descriptions of a text, each with the places it stands at."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from baselines.learned.reading import Reading
from baselines.rules.layout import CAPITALS, Range, paragraphs
from baselines.rules.names import People
from baselines.rules.places import COUNTRIES, METONYMS
from benchmark.agencies import load_agencies
from benchmark.folding import fold
from benchmark.titles import PRONOUNS, TITLES

KINDS = ("person", "agency", "state", "body", "description")

_CAPITALS = re.compile(
    rf"[{CAPITALS}][\w’'-]*\w(?: (?:of |for |and |the )?[{CAPITALS}][\w’'-]*\w){{0,6}}"
)
# Words that begin sentences, months and days are no names when they stand alone.
_NO_NAMES = frozenset(
    """a an the i he she it we they this that these those there here in on at by for from of to as
    with after before since when while where who what why how if but and or so yet nor not no yes
    then now still also even only one two his her its our their my your all some many most mr mrs
    ms dr monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
_OWNS = re.compile(r"(?:['’]s|s['’])$")
_CALLINGS = TITLES | frozenset(
    """aide boy brother clerk client colleague cook cousin customer daughter daughter-in-law father
    fisherman friend girl grandmother guard guest husband king man mother mechanic neighbour
    neighbor official passenger patient queen relative salesman shopkeeper sister son
    son-in-law spokesman tenant uncle aunt victim villager visitor wife witness woman worker
    dealer baker builder keeper grower buyer seller auditor carpenter chemist organist""".split()
)
_DESCRIPTION = re.compile(
    r"\b(?:an?|the|his|her|its|their|one|another)\s+(?:[\w’'-]+\s+){0,3}?([a-z][a-z-]+)\b",
    re.IGNORECASE,
)
_HIM = re.compile(
    r"\b(?:he|him|his|himself|mr|man|boy|father|son|brother|husband|uncle|king|\w+sman)\b",
    re.IGNORECASE,
)
_HER = re.compile(
    r"\b(?:she|her|hers|herself|mrs|ms|woman|girl|mother|daughter|sister|wife|aunt|queen|\w+swoman"
    r"|daughter-in-law)\b",
    re.IGNORECASE,
)
# How far behind a mention words tell of its gender.
_NEAR = 90


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name or description, where it stands, and what the words near it tell.

    `gender` is positive where more of them are masculine, negative for feminine ones.
    """

    name: str
    kind: str
    places: tuple[Range, ...]
    gender: int


def mentioned(reading: Reading, described: Iterable[tuple[str, Range]]) -> dict[str, Mentioned]:
    """Everybody whom a text names or describes, by folded name.

    `described` holds what sources came to, and where they stand: no list knows all callings.
    """
    text = reading.text
    people = People(text, load_agencies())
    places: dict[str, set[Range]] = {}
    names: dict[str, str] = {}

    def add(name: str, place: Range) -> None:
        if not name or name.lower() in PRONOUNS or ". " in name[2:]:
            return
        key = fold(name)
        names.setdefault(key, name)
        places.setdefault(key, set()).add(place)

    for match in _CAPITALS.finditer(text):
        words = match[0].split()
        # "Thursday's SCO": what owns or dates a name is no part of it.
        owner = max((n for n, one in enumerate(words[:-1], 1) if _OWNS.search(one)), default=0)
        words = words[owner:]
        while words and words[0].lower() in _NO_NAMES:
            words = words[1:]
        if words and words[-1].lower() not in _NO_NAMES:
            begin = match.end() - len(" ".join(words))
            for name in people.resolve(" ".join(words)):
                add(name, (begin, match.end()))
    for match in _DESCRIPTION.finditer(text):
        if match[1] in _CALLINGS and match[0].lower() == match[0][0].lower() + match[0][1:]:
            add(match[0], match.span())
    for name, place in described:
        add(name, place)
    heads: dict[str, set[Range]] = {}
    kinds = {key: _kind(name, people) for key, name in names.items()}
    for key, name in names.items():
        if kinds[key] == "description":
            heads.setdefault(fold(name.split(",")[0]).split(" ")[-1], set()).update(places[key])
    for key, name in names.items():
        if kinds[key] == "description":
            # "A dealer" and "the dealer" are one, with the places of both.
            places[key] |= heads[fold(name.split(",")[0]).split(" ")[-1]]
    starts = sorted({place[0] for key, some in places.items()
                     if kinds[key] == "person" for place in some})  # fmt: skip
    return {
        key: Mentioned(
            names[key], kinds[key], tuple(sorted(some)), _gender(text, sorted(some), starts)
        )
        for key, some in places.items()
    }


def _kind(name: str, people: People) -> str:
    if name in people.agencies.names:
        return "agency"
    if name in COUNTRIES or name in METONYMS.values():
        return "state"
    words = name.split()
    if name in people.by_surname.get(words[-1], ()):
        return "person"
    return "body" if words[-1][0].isupper() else "description"


def _gender(text: str, places: list[Range], starts: list[int]) -> int:
    """Masculine less feminine words, from each mention to the next one of a person."""
    total = 0
    for begin, end in places:
        index = bisect_right(starts, begin)
        stop = min(end + _NEAR, starts[index] if index < len(starts) else end + _NEAR)
        words = text[begin:stop]
        total += len(_HIM.findall(words)) - len(_HER.findall(words))
    return total


def paragraph_starts(text: str) -> list[int]:
    """Where the paragraphs of a text begin."""
    return [start for start, _ in paragraphs(text)]
