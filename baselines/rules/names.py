"""Names: from the words of a source to the fullest name in the text."""

import re
from collections import Counter
from dataclasses import dataclass, field

from baselines.rules.agency import names_in
from baselines.rules.layout import CAPITALS, Range
from baselines.rules.places import COUNTRIES, METONYMS
from benchmark.agencies import Agencies
from benchmark.titles import TITLES

_NAME = rf"[{CAPITALS}][\w’'-]*\w"
_FULL = re.compile(
    rf"\b(?:{_NAME}|[A-Z][a-z]{{0,3}}\.)(?: (?:[A-Z]\.(?:[A-Z]\.)?|de|van|von|der|al|bin|la|el|del"
    rf"|di|Ó|{_NAME})){{1,5}}"
)
_NOT_NAMES = frozenset(
    """The A An In On At But And If When While For It He She They We I This That As Of By From With
    After Before Since Also Yet So Or Though Although Then Even Now Still According Asked Like
    President-elect Democrat Democrats Republican Republicans Mr Mrs Ms Dr Sen Rep Gov Gen
    Prof""".split()
)
_ORGANISATIONS = frozenset(
    """Party House Committee Organization Organisation Union Center Centre University College
    Institute Department Ministry Court Council Association Agency Bank Company Corp Inc Times Post
    News Journal Press Commission Foundation Group States Kingdom Street City County State Academy
    Palace Office Bureau Service Force Army Act Congress Senate Parliament Convention Day
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December""".split()
)
_REACH = 1500
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "herself"})
_OTHERS = frozenset(
    "i we they it who which that this these those their its my our you both".split()
)
_PREPOSITION = re.compile(r"\s(?:for|of|by|from|with|at|to|in|on|near|under)\s")
_THE_AGENCY = re.compile(r"the (?:same )?(?:news )?(?:agency|wire service)")
_NEWS_AGENCY = re.compile(r"^(?:\w+\s+)?(?:state\s+)?news\s+agency\s+|\s+news\s+agency$")
_DOCUMENT = re.compile(
    r"(?:\w+day['’]s\s+|the\s+|an?\s+|joint\s+)*(\S+)\s+(?:declaration|statement|report)$",
    re.IGNORECASE,
)


@dataclass
class People:
    """The full names of a text, found by surname, and who was named last."""

    text: str
    agencies: Agencies
    by_surname: dict[str, list[str]] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    last: str = ""
    last_person: str = ""

    def __post_init__(self) -> None:
        counted: Counter[str] = Counter()
        for match in _FULL.finditer(self.text):
            name = _person(match[0])
            if name:
                counted[name] += 1
        for name, _ in counted.most_common():
            self.by_surname.setdefault(name.rsplit(" ", 1)[1], []).append(name)
        for match in re.finditer(rf"\b(Mr|Ms|Mrs|Miss|Sir)\.? ({_NAME})", self.text):
            surname = re.sub(r"['’]s$", "", match[2])
            self.gender.setdefault(surname, "m" if match[1] in ("Mr", "Sir") else "f")

    def resolve(self, source: str, at: Range | None = None) -> tuple[str, ...]:
        """The speakers that a source at a place names; () where it cannot be told."""
        source = " ".join(source.split())
        lower = source.lower().strip(",. ")
        if lower in _HE or lower in _SHE or lower in _OTHERS:
            return self._pronoun(lower, at)
        if _THE_AGENCY.fullmatch(lower) and (agency := self._agency_before(at)):
            self.last = agency
            return (agency,)
        head, *behind = re.split(r",\s*|\s*\(|\swho\s|\s[—–-]\s", source)
        if re.search(r"\s(?:and|&)\s", head) and not behind:
            parts = [
                one for part in re.split(r",?\s(?:and|&)\s", head) for one in self.resolve(part)
            ]
            if len(parts) > 1 and all(part[:1].isupper() for part in parts):
                return tuple(dict.fromkeys(parts))
        name = self._named(head)
        if not name:
            # "a spokeswoman, Ann Lee": the apposition has the name.
            name = next((one for part in behind[:1] if (one := self._named(part))), "")
        name = name or self._other(head)
        if name:
            self.last = name
        return (name,) if name else ()

    def _pronoun(self, pronoun: str, at: Range | None) -> tuple[str, ...]:
        if pronoun in _OTHERS:
            return (self.last,) if self.last else ()
        wanted = "m" if pronoun in _HE else "f"
        here = self._in_paragraph(at, wanted) if at is not None else ""
        name = here or (self.last_person if self._fits(self.last_person, wanted) else "")
        name = name or self._before(at, wanted)
        if name:
            self.last = self.last_person = name
            self.gender.setdefault(name.rsplit(" ", 1)[-1], wanted)
        return (name,) if name else ()

    def _agency_before(self, at: Range | None) -> str:
        """The news agency that is named nearest before "the agency"."""
        places = [
            (self.text.rfind(name, 0, at[0]), len(name), name)
            for name in names_in(self.text)
            if at is not None
        ]
        place, _, name = max(places, default=(-1, 0, ""))
        return (self.agencies.resolve(name) or "") if place >= 0 else ""

    def _fits(self, name: str, wanted: str) -> bool:
        return bool(name) and self.gender.get(name.rsplit(" ", 1)[-1], wanted) == wanted

    def _in_paragraph(self, at: Range | None, wanted: str) -> str:
        """The person who begins a sentence of the paragraph before a pronoun."""
        if at is None:
            return ""
        begin = max(self.text.rfind("\n", 0, at[0]) + 1, at[0] - _REACH)
        for start in re.finditer(rf"(?:^|[.!?]\s+)(?=[{CAPITALS}])", self.text[begin : at[0]]):
            words = self.text[begin + start.end() : at[0]][:80]
            match = re.match(rf"(?:(?:[{CAPITALS}][\w’'.-]*|of|the|to)\s+){{0,6}}{_NAME}", words)
            name = self._named(match[0]) if match else ""
            if self._fits(name, wanted):
                return name
        return ""

    def _before(self, at: Range | None, wanted: str) -> str:
        """The person named nearest before a pronoun."""
        if at is None:
            return ""
        words = re.findall(_NAME, self.text[max(0, at[0] - _REACH) : at[0]])
        for word in reversed(words):
            names = self.by_surname.get(re.sub(r"['’]s$", "", word))
            if names and self._fits(names[0], wanted):
                return names[0]
        return ""

    def _named(self, head: str) -> str:
        """The person whose name a phrase ends with, by the fullest form in the text."""
        head = re.sub(r"['’]s$", "", head.strip(" ,.“”\"'"))
        words = head.split()
        if not words or not words[-1][0].isupper():
            return ""
        surname = words[-1]
        if surname in ("Jr.", "Jr", "Sr.", "Sr") and len(words) > 1:
            surname = words[-2].rstrip(",")
        names = self.by_surname.get(surname, [])
        exact = [one for one in names if head.endswith(one)]
        if not exact and (_PREPOSITION.search(f" {head} ") or not _only_name(words)):
            return ""
        name = exact[0] if exact else (self._likely(names, words) if names else "")
        if exact and _PREPOSITION.search(f" {head[: -len(name)]}") and not _titled(head, name):
            return ""
        if name:
            self.last_person = name
        return name

    def _likely(self, names: list[str], words: list[str]) -> str:
        """Of people of one surname the one named last, or most often."""
        given = [one for one in names if one.split()[0] in words]
        if given:
            return given[0]
        return self.last_person if self.last_person in names else names[0]

    def _other(self, head: str) -> str:
        """The name of a body, a state or an agency; a description keeps its words."""
        head = re.sub(r"['’]s$", "", head.strip(" ,.“”\"'"))
        bare = re.sub(r"^the\s+", "", head, flags=re.IGNORECASE)
        if bare in METONYMS:
            return METONYMS[bare]
        plain = _NEWS_AGENCY.sub("", bare)
        agency = self.agencies.resolve(plain) if plain[:1].isupper() else None
        if agency is not None:
            return agency
        document = _DOCUMENT.match(bare)
        if document is not None and document[1][:1].isupper():
            return self._acronym(document[1])
        words = bare.split()
        if len(words) > 1 and _only_name(words):
            while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
                words = words[1:]
            return " ".join(words)
        return self._acronym(bare)

    def _acronym(self, name: str) -> str:
        """The capitalised run whose initials the name is, where the text has one."""
        if not re.fullmatch(r"[A-Z]{2,5}", name):
            return name
        pattern = r"\b" + r"\s".join(rf"{letter}[a-z]+" for letter in name) + r"\b"
        found = re.search(pattern, self.text)
        return " ".join(found[0].split()) if found else name


def _titled(head: str, name: str) -> bool:
    """Whether a title with a preposition stands before a name: "Ambassador to Russia V. D."."""
    before = head[: -len(name)].strip()
    return bool(before) and before.split()[-1][0].isupper() and before.split()[-1] in COUNTRIES


def _only_name(words: list[str]) -> bool:
    """Whether all words before the last are titles, names or the like."""
    return all(
        one[0].isupper() or one.lower().strip(".,") in TITLES or one == "the" for one in words
    )


def _person(run: str) -> str:
    """The person's name in a run of capitals, titles and nationality cut; "" for none."""
    words = re.sub(r"['’]s?$", "", run).split()
    for index in range(len(words) - 2, -1, -1):
        bare = words[index].rstrip(".")
        if bare.lower() in TITLES or bare in _NOT_NAMES or words[index].endswith(("'s", "’s")):
            words = words[index + 1 :]
            break
    while len(words) > 2 and words[0] in COUNTRIES:
        words = words[1:]
    if not 2 <= len(words) <= 4 or _ORGANISATIONS.intersection(words) or words[-1].isupper():
        return ""
    if not words[-1][0].isupper() or len(words[-1]) < 2 or words[-1].lower() in TITLES:
        return ""
    return " ".join(words)
