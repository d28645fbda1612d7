"""Names: which person, body or agency does a string name?

A system may answer "Lavrov", "Foreign Minister Sergei Lavrov" or "Sergei Lavrov,
who was in Dushanbe"; gold says "Sergei Lavrov". `Names.resolve` decides by the
entities of the gold document, in six steps of which the first that gives exactly
one answer wins; a string that resolves to nothing stands for its own folded words.
"""

import re
from collections.abc import Iterable, Sequence

from benchmark.agencies import Agencies
from benchmark.folding import clash, fold, is_acronym
from benchmark.records import Document, Entity
from benchmark.titles import PREPOSITIONS, PRONOUNS, TITLES

_JOINT = re.compile(r"\s*;\s*|\s*,?\s+(?:and|&)\s+", re.IGNORECASE)
_LIST = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_OWN_WORDS = "\0"
_BEFORE_NAMES = TITLES | {"the", "a", "an"}


def own_words(name: str) -> str:
    """The key of a name that resolves to nothing: equal for equal folded words."""
    return _OWN_WORDS + fold(name)


class Names:
    """Resolves strings by the entities of one document, then by the table of agencies."""

    def __init__(self, entities: Sequence[Entity], agencies: Agencies) -> None:
        self._agencies = agencies
        self._agency_entities = frozenset(e.name for e in entities if e.kind == "agency")
        self._folded: dict[str, list[tuple[str, str]]] = {}
        self._people: dict[str, set[str]] = {}
        # Full names by their last word.
        self._full_names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                self._folded.setdefault(fold(name), []).append((name, entity.name))
            if entity.kind == "person":
                self._add_person(entity)
        self._known: dict[str, tuple[str, ...]] = {one.name: (one.name,) for one in entities}

    def keys(self, names: Iterable[str]) -> frozenset[str]:
        """What the names stand for, as a set of keys that can be compared."""
        known = self._known
        return frozenset([key for name in names for key in (known.get(name) or self.resolve(name))])

    def resolve(self, name: str) -> tuple[str, ...]:
        """The canonical names that a string stands for, or the key of its own words."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._resolve(name)
        return known

    def is_agency(self, key: str) -> bool:
        """Whether a key names a news agency."""
        return key in self._agency_entities or key in self._agencies.names

    def _resolve(self, name: str) -> tuple[str, ...]:
        if fold(name) in PRONOUNS and not is_acronym(name.strip()):
            return (own_words(name),)
        if (one := self._lookup(name)) is not None:
            return (one,)
        if name.isalpha():
            # One word: neither joint nor with a title. Most answers that are no full name.
            found = self._part_of_name(name) or self._agencies.resolve(name)
            return (own_words(name),) if found is None else (found,)
        if several := self._joint(name):
            return several
        head = name.split(",")[0].split()
        for shorter in _without_titles(head):
            if (one := self._lookup(" ".join(shorter))) is not None:
                return (one,)
        bare = " ".join(shorter)
        for step in (self._full_name_at_end, self._part_of_name, self._agencies.resolve):
            if (one := step(bare)) is not None:
                return (one,)
        return (own_words(name),)

    def _lookup(self, name: str) -> str | None:
        """Step 1: a name or alias of exactly one entity."""
        stripped = name.strip()
        known = self._folded.get(fold(name))
        if known is None:
            return None
        found = {entity for alias, entity in known if not clash(alias, stripped)}
        return found.pop() if len(found) == 1 else None

    def _joint(self, name: str) -> tuple[str, ...]:
        """Step 2: several names, joined by "and" or a semicolon."""
        if _JOINT.search(name) is None:
            return ()
        for separator in (_JOINT, _LIST):
            found = [self._lookup(part) for part in separator.split(name)]
            if None not in found:
                return tuple(one for one in found if one is not None)
        return ()

    def _full_name_at_end(self, name: str) -> str | None:
        """Step 4: it ends with one person's full name, with no preposition before that."""
        words = tuple(fold(name).split())
        found = {
            entity
            for full, entity in self._full_names.get(words[-1] if words else "", ())
            if words[-len(full) :] == full and PREPOSITIONS.isdisjoint(words[: -len(full)])
        }
        return found.pop() if len(found) == 1 else None

    def _part_of_name(self, name: str) -> str | None:
        """Step 5: a surname or given name that only one person bears."""
        people = self._people.get(fold(name), set())
        return next(iter(people)) if len(people) == 1 else None

    def _add_person(self, entity: Entity) -> None:
        words = fold(entity.name).split()
        for part in {words[0], *(" ".join(words[i:]) for i in range(1, len(words)))}:
            self._people.setdefault(part, set()).add(entity.name)
        for name in (entity.name, *entity.aliases):
            full = tuple(fold(name).split())
            if len(full) > 1:
                self._full_names.setdefault(full[-1], []).append((full, entity.name))


def names_of(document: Document, agencies: Agencies) -> Names:
    """The resolver for one gold document."""
    return Names(document.entities, agencies)


def _without_titles(words: list[str]) -> list[list[str]]:
    """Step 3: the words, and what is left as titles are taken off the front one by one."""
    shorter = [words]
    while len(words) > 1 and words[0].rstrip(".").casefold() in _BEFORE_NAMES:
        words = words[1:]
        shorter.append(words)
    return shorter
