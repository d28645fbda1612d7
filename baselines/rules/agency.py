"""The agency shell: which news agency carried a sentence, and what it carries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from baselines.rules.layout import CAPITALS, Range
from benchmark.agencies import load_agencies
from benchmark.records import AgencyRole

_CAPITAL = re.compile(r"[^\W\d_][^\W_]*")
_VERB = r"(?:has\s+|had\s+|also\s+|later\s+|first\s+)?(?P<cue>reported|reports|said|says|wrote)"
_WHEN = (
    r"(?:\s+(?:on|late|early|earlier|from|in|at|via|\w+day|today|yesterday)\b"
    r"(?:(?!\bthat\b)[^,\x00])*)?"
)
_CITING = (
    r"(?:,\s*(?P<citing>citing|quoting|referring\s+to)\s+(?P<cited>(?:(?!,\s+(?:who|which|whose)\b)[^\x00])+?)"
    r"(?:,\s+(?:who|which|whose)\b[^\x00]*)?)?"
)
_END = r"\s*[.!?]?\s*$"
_WHO = r"(?P<who>[^,\x00]{2,80}?)"
# In "Reuters quoted X, the mayor, who had left, as saying" the relative clause is left out.
_WHO_AT_LENGTH = (
    r"(?P<who>(?:(?!,?\s+(?:who|whose|which)\b)[^\x00]){2,120}?)"
    r"(?:,?\s+(?:who|whose|which)\b[^\x00]{2,120}?)?,?"
)
_BEGINS = rf"(?=[\"“„‘'{CAPITALS}])"
_DATELINE = re.compile(
    rf"\s*[{CAPITALS}][{CAPITALS}][^\n()]{{0,50}}\([A-Z][\w .’'-]{{1,30}}\)\s*[-–—:]+\s*"
    rf"|\s*[{CAPITALS}]{{3}}[{CAPITALS} ,.’'/]*(?:,\s[A-Z][\w. ]{{0,20}})?\s[–—]+\s+"
    rf"|\s*[{CAPITALS}]{{3}}[{CAPITALS} ’'-]*[.:]\s+{_BEGINS}"
    r"|\s*[0-2]?\d[.:][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\sGMT)?\s*[-–—:]?\s+" + _BEGINS
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency quotes somebody as saying: content, cue and source."""

    content: Range
    cue: Range
    source: Range


@dataclass(frozen=True, slots=True)
class Shell:
    """The agency of a sentence and the `parts` of it that it carries.

    `role` is None where no agency is named; then the parts are the whole sentence. `cited` is
    the cue and the source that the agency itself gives: "Reuters reported, citing officials".
    """

    parts: tuple[Range, ...]
    agency: str | None = None
    role: AgencyRole | None = None
    source: Range | None = None
    cue: Range | None = None
    said: Said | None = None
    cited: tuple[Range, Range] | None = None


class Patterns:
    """The shells of the agencies that one text names. Each is compiled when it is first asked."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._agency = (
            r"(?P<whole>(?:[Tt]he\s+|\w+['’]s\s+)?(?:[\w-]+\s+)?(?:(?:state|official)\s+)?"
            r"(?:news\s+)?(?:agency\s+)?"
            rf"(?<![\w/-])(?P<agency>{'|'.join(map(re.escape, names))})(?![\w/-]|['’]s)"
            r"(?:\s+(?:news\s+)?(?:agency|service))?)"
        )
        by = r"(?:(?P<cue2>[Aa]ccording\s+to|[Aa]s\s+(?:reported|quoted|cited)\s+by)\s+"
        second = self._agency.replace("<agency>", "<agency2>").replace("<whole>", "<whole2>")
        self._by = by + second + ")"

    def named_in(self, sentence: str) -> bool:
        """Whether a sentence names one of the agencies: without one no shell is there."""
        return any(name in sentence for name in self._names)

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """P, Reuters reported."""
        return re.compile(
            rf"(?:,|(?<=\x00))\s*(?:(?:as\s+)?{self._agency}\s+{_VERB}{_WHEN}{_CITING}"
            rf"|{self._by}){_END}"
        )

    @cached_property
    def head(self) -> re.Pattern[str]:
        """Reuters reported that P."""
        return re.compile(rf"^(?:{self._by},\s*|{self._agency}\s+{_VERB}{_WHEN}\s+that\s+)")

    @cached_property
    def middle(self) -> re.Pattern[str]:
        """P, Reuters reported, P."""
        said = rf"(?:as\s+)?{self._agency}\s+{_VERB}{_WHEN}"
        return re.compile(rf",\s*(?:{said}|{self._by}),\s*")

    @cached_property
    def passive(self) -> re.Pattern[str]:
        """X was quoted by Reuters as saying."""
        return re.compile(self._passive)

    @property
    def _passive(self) -> str:
        return (
            rf"\b(?:was|were|is|are)\s+(?P<cue>quoted|cited)\s+(?:as\s+saying\s+)?by"
            rf"\s+{self._agency}(?:\s+as\s+saying)?"
        )

    @cached_property
    def told(self) -> re.Pattern[str]:
        """X told Reuters."""
        return re.compile(
            r"\b(?:told|tells|telling|(?:interview|conversation)\s+with|(?:remarks|comments)\s+to"
            rf"|speaking\s+to|said\s+to)\s+(?:an?\s+)?{self._agency}"
            r"(?!\s+(?:photographer|poll|data|survey))"
        )

    @cached_property
    def quoted(self) -> tuple[re.Pattern[str], ...]:
        """Reuters quoted X as saying P, in three orders."""
        as_saying = (
            r"\s+(?P<cue>quote[ds]|cite[ds]|was\s+quoting)\s+"
            + _WHO_AT_LENGTH
            + r"\s+as\s+(?:saying|stating|telling)"
        )
        what = r"^(?P<what>.+?)(?:,|(?<=\x00))\s*"
        return (
            re.compile(
                rf"^{self._agency}{as_saying}\b{_WHEN}[,:]?\s+(?:that\s+)?(?P<what>.+)$", re.S
            ),
            re.compile(rf"{what}{self._agency}{as_saying}\b.{{0,40}}$", re.S),
            re.compile(rf"{what}{_WHO}\s+{self._passive}.{{0,40}}$", re.S),
        )


def dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins behind its dateline or its hour: "MOSCOW (Reuters) - ", "10:45 "."""
    match = _DATELINE.match(text, start, end)
    return start if match is None else match.end()


@lru_cache(maxsize=2)
def patterns_for(text: str) -> Patterns | None:
    """The shells of the agencies that a text names; None where it names none."""
    names = names_in(text)
    return _shells(names) if names else None


@lru_cache(maxsize=2)
def names_in(text: str) -> tuple[str, ...]:
    """The names of agencies that a text has, the longest first."""
    known = _names()
    words = {match for match in _CAPITAL.findall(text) if match in known}
    names = {name for word in words for name in known[word] if name in text}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1000)
def _shells(names: tuple[str, ...]) -> Patterns:
    return Patterns(names)


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    """The names of agencies by their first word: a text is searched for few of them."""
    table = load_agencies().table.agencies
    by_word: dict[str, list[str]] = {}
    for name in sorted({name for one in table for name in (one.name, *one.aliases)}):
        if (first := _CAPITAL.match(name)) is not None:
            by_word.setdefault(first[0], []).append(name)
    return by_word


def shell(masked: str, first: int, last: int, offset: int, patterns: Patterns | None) -> Shell:
    """The shell of a sentence of a paragraph that begins at `offset` and whose quotations
    are blanked out."""
    start, end = first + offset, last + offset
    whole = ((start, end),)
    if patterns is None:
        return Shell(whole)
    sentence = masked[first:last]
    if not patterns.named_in(sentence):
        return Shell(whole)
    for found in _quoting(patterns, sentence):
        said = Said(_at(found, "what", start), _at(found, "cue", start), _at(found, "who", start))
        return _carrier(found, start, whole, said)
    if (match := patterns.tail.search(sentence)) is not None:
        return _carrier(match, start, ((start, start + match.start()),))
    if (match := patterns.head.match(sentence)) is not None:
        return _carrier(match, start, ((start + match.end(), end),))
    if (match := patterns.middle.search(sentence)) is not None:
        return _carrier(match, start, ((start, start + match.start()), (start + match.end(), end)))
    if (match := patterns.passive.search(sentence)) is not None:
        return _carrier(match, start, whole)
    if (match := patterns.told.search(sentence)) is not None:
        return Shell(whole, load_agencies().resolve(match["agency"]), "recipient")
    return Shell(whole)


def _quoting(patterns: Patterns, sentence: str) -> Iterator[re.Match[str]]:
    if " as " in sentence and ("quot" in sentence or "cite" in sentence):
        for pattern in patterns.quoted:
            if (match := pattern.match(sentence)) is not None:
                yield match


def _carrier(
    match: re.Match[str], start: int, parts: tuple[Range, ...], said: Said | None = None
) -> Shell:
    groups = match.groupdict()
    second = "2" if groups.get("agency2") else ""
    agency = load_agencies().resolve(match["agency" + second])
    cue = _at(match, "cue" + second, start)
    cited = None
    if groups.get("cited"):
        cited = _at(match, "citing", start), _at(match, "cited", start)
    return Shell(parts, agency, "carrier", _at(match, "whole" + second, start), cue, said, cited)


def _at(found: re.Match[str], group: str, offset: int) -> Range:
    return offset + found.start(group), offset + found.end(group)
