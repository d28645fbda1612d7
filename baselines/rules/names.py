"""Names: from the words of a source to the fullest name in the text."""

import re
from dataclasses import dataclass, field

from baselines.rules.agency import Patterns
from baselines.rules.lexicon import METONYMS
from benchmark.annotation import QuoteTypes
from benchmark.titles import TITLES

_FULL = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:[A-Z]\.|de|van|von|al|bin|la|el|[A-ZÀ-Þ][\w'’-]+)){1,4}"
)
_NOT_NAMES = frozenset(
    "The A An In On At But And If When While For It He She They We I This".split()
)
_HE = frozenset({"he", "his", "him", "himself"})
_SHE = frozenset({"she", "her", "herself"})
_WE = frozenset({"i", "we", "they", "it", "who", "which", "that", "this"})


@dataclass
class People:
    """The full names of a text, found by surname, and who was named last.

    `types` tells the type of a content of the same text, `patterns` its agency shells.
    """

    text: str
    types: QuoteTypes
    patterns: Patterns | None
    by_surname: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def __post_init__(self) -> None:
        for match in _FULL.finditer(self.text):
            words = match[0].split()
            while len(words) > 1 and (
                words[0] in _NOT_NAMES or words[0].rstrip(".").lower() in TITLES
            ):
                words = words[1:]
            if 2 <= len(words) <= 4:
                surname = re.sub(r"['’]s$", "", words[-1])
                self.by_surname.setdefault(surname, " ".join([*words[:-1], surname]))

    def resolve(self, source: str) -> tuple[str, ...]:
        """The speakers that a source names; () where it names none that can be told."""
        head = re.split(r",|\s\(|\swho\s", source, maxsplit=1)[0].strip()
        lower = head.lower()
        if lower in _HE | _SHE | _WE:
            return (self.last,) if self.last else ()
        if re.search(r"\sand\s", head):
            parts = [one for part in re.split(r"\sand\s", head) for one in self.resolve(part)]
            if len(parts) == 2:
                return tuple(parts)
        name = self._one(head)
        if name:
            self.last = name
        return (name,) if name else ()

    def _one(self, head: str) -> str:
        head = re.sub(r"^(?:the|a|an)\s+", "", head, flags=re.IGNORECASE)
        head = re.sub(r"['’]s$", "", head)
        if head in METONYMS:
            return METONYMS[head]
        words = head.split()
        if (
            words
            and words[-1] in self.by_surname
            and not re.search(r"\b(?:for|of|by|from|with|at)\b", head)
        ):
            return self.by_surname[words[-1]]
        owner = re.match(r"(?:\w+day['’]s\s+)?(\S+)\s+(?:declaration|statement|report)$", head)
        return self._acronym(owner[1]) if owner else self._acronym(head)

    def _acronym(self, name: str) -> str:
        """The capitalised run whose initials the name is, where the text has one."""
        if not re.fullmatch(r"[A-Z]{2,5}", name):
            return name
        pattern = r"\s".join(rf"{letter}[a-z]+" for letter in name)
        found = re.search(pattern, self.text)
        return found[0] if found else name
