"""Who said it: candidates for the speaker of an attribution, and a linear model that ranks them.

The model is a linear one over pairs of a right and a wrong candidate of one attribution
(Herbrich, Graepel and Obermayer 2000): the candidate with the greatest score is taken. Each
weight is learned once for all attributions and once more for those with a source of the same
kind (Daume 2007), so that a pronoun may look for another candidate than a name does.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

import numpy as np
import numpy.typing as npt

from baselines.learned.mentions import KINDS, Mentioned, mentioned, paragraph_starts
from baselines.learned.reading import Reading
from baselines.rules.layout import Range
from benchmark.folding import fold
from benchmark.records import Spans
from benchmark.titles import PRONOUNS

Floats = npt.NDArray[np.float64]
Speaker = tuple[str, ...]

# What the source of an attribution is.
SOURCES = ("gendered", "pronoun", "name", "description", "none")
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
# What is known of a candidate, in the order of `Cast._row`. "Seen" is: mentioned before.
FEATURES = (
    "said by rules", "nobody", "several", "in the source",
    "share of its words in the source", "the source itself",
    "spoke last", "spoke before that", "spoke last in this paragraph", "turns",
    "seen", "nearness", "seen in this sentence", "seen in the last sentence",
    "seen in this paragraph", "seen in the last paragraph", "recency among people",
    "seen at the head of a sentence", "mentioned soon after", "in the content", "mentions",
    "behind the cue", "gender agrees", "gender does not",
    *KINDS, "not in the text", "seen in a quotation",
)  # fmt: skip
WIDTH = len(FEATURES) * (1 + len(SOURCES))
_FAR = 40
# The nearness of somebody who has not been named before.
_NEVER = -log1p(1000.0)
# Of a long text only the nearest are candidates.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """An attribution whose speaker is asked for, and the answer of `rules`.

    What is settled has no other answer.
    """

    content: Spans
    cue: Spans
    source: Spans
    ruled: Speaker
    settled: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of one attribution share: its place, its source, who was named lately."""

    anchor: int
    token: int
    sentence: int
    paragraph: int
    recent: Mapping[int, float]
    source: str
    of_source: frozenset[str]
    wanted: int


class Cast:
    """The candidates of one text, and their features for one attribution after another."""

    def __init__(self, reading: Reading, asked: Sequence[Asked]) -> None:
        self.reading = reading
        self._tokens = [token.start for token in reading.tokens]
        self._sentences = [one.start for one in reading.sentences]
        self._paragraphs = paragraph_starts(reading.text)
        described = [(one.ruled[0], (one.source[0].start, one.source[0].end))
                     for one in asked if one.ruled and one.source
                     and self._words(one).lower() not in PRONOUNS]  # fmt: skip
        self._mentioned = mentioned(reading, described)
        self._said: list[Speaker] = []
        self._turns: Counter[Speaker] = Counter()
        self._last_paragraph = -1

    def _words(self, one: Asked) -> str:
        text = self.reading.text
        return " ".join(" ".join(text[part.start : part.end] for part in one.source).split())

    def candidates(self, one: Asked) -> list[Speaker]:
        """Whom an attribution may belong to: what `rules` says, then those near it, by name."""
        if one.settled:
            return [one.ruled]
        anchor = _anchor(one)
        near: Collection[Mentioned] = self._mentioned.values()
        if _source_kind(self._words(one)) == "gendered":
            near = [each for each in near if each.kind not in ("agency", "state")]
        if len(near) > _MOST:
            near = sorted(near, key=lambda each: (_distance(each, anchor), each.name))[:_MOST]
        named = {(each.name,) for each in near}
        # Several who spoke together are no mention of their own.
        before = {who for who in self._said[-2:] if len(who) > 1}
        return [one.ruled, *sorted((named | before) - {one.ruled})]

    def heard(self, one: Asked, speaker: Speaker) -> None:
        """Go on to the next attribution, knowing who speaks in this one."""
        self._said.append(speaker)
        self._turns[speaker] += 1
        self._last_paragraph = bisect_right(self._paragraphs, _anchor(one))

    def table(self, one: Asked, candidates: Sequence[Speaker]) -> Floats:
        """One row for each candidate."""
        words = self._words(one)
        source = _source_kind(words)
        pronoun = words.lower()
        anchor = _anchor(one)
        known = [self._mentioned.get(fold(who[0])) if who else None for who in candidates]
        nearest = [(-1, -1) if each is None else _before(each, anchor) for each in known]
        recent = sorted({at[0] for each, at in zip(known, nearest, strict=True)
                         if each is not None and each.kind in ("person", "description")
                         and at[0] >= 0}, reverse=True)  # fmt: skip
        folded = fold(words)
        around = _Around(
            anchor=anchor,
            token=bisect_right(self._tokens, anchor),
            sentence=bisect_right(self._sentences, anchor),
            paragraph=bisect_right(self._paragraphs, anchor),
            recent={at: 1 / rank for rank, at in enumerate(recent, 1)},
            source=folded,
            of_source=frozenset(folded.split()),
            wanted=1 if pronoun in _HE else -1 if pronoun in _SHE else 0,
        )
        width = len(FEATURES)
        rows = [self._row(one, who, each, at, around)
                for who, each, at in zip(candidates, known, nearest, strict=True)]  # fmt: skip
        table = np.zeros((len(candidates), WIDTH))
        begin = width * (1 + SOURCES.index(source))
        table[:, :width] = table[:, begin : begin + width] = rows
        return table

    def _row(
        self, one: Asked, who: Speaker, each: Mentioned | None, nearest: Range, around: _Around
    ) -> list[float]:
        said = self._said
        name, of_name = _folded(who)
        last = said[-1] if said else ()
        is_last = who == last
        places = () if each is None else each.places
        kind = "" if each is None else each.kind
        gender = 0 if each is None else (each.gender > 0) - (each.gender < 0)
        at = nearest[0]
        seen = at >= 0
        tokens = sentences = paragraphs = 0
        early = quoted = False
        if seen:
            tokens = around.token - bisect_right(self._tokens, at)
            sentence = bisect_right(self._sentences, at)
            sentences = around.sentence - sentence
            paragraphs = around.paragraph - bisect_right(self._paragraphs, at)
            start = self._sentences[max(0, sentence - 1)] if self._sentences else 0
            early = at - start <= 4 and sentences <= 1
            quoted = self._quoted(at)
        behind = bool(one.cue) and _within(places, one.cue[-1].end, one.cue[-1].end + 3)
        in_source = any(_within(places, part.start, part.end) for part in one.source)
        return [
            who == one.ruled, not who, len(who) > 1, in_source,
            len(around.of_source & of_name) / max(1, len(of_name)), around.source == name,
            bool(who) and is_last, bool(who) and len(said) > 1 and who == said[-2],
            is_last and self._last_paragraph == around.paragraph, log1p(self._turns[who]),
            seen, -log1p(tokens) if seen else _NEVER,
            seen and sentences == 0, seen and sentences == 1, seen and paragraphs == 0,
            seen and paragraphs == 1, around.recent.get(at, 0), early,
            _within(places, around.anchor + 1, around.anchor + _FAR),
            any(_within(places, part.start, part.end) for part in one.content),
            log1p(len(places)), behind and not in_source,
            around.wanted * gender > 0, around.wanted * gender < 0,
            *[kind == name for name in KINDS], each is None, quoted,
        ]  # fmt: skip

    def _quoted(self, at: int) -> bool:
        index = bisect_right(self._tokens, at) - 1
        return index >= 0 and self.reading.tokens[index].quotation >= 0


@lru_cache(maxsize=4096)
def _folded(who: Speaker) -> tuple[str, frozenset[str]]:
    """A name, folded, and its words."""
    name = fold(" ".join(who))
    return name, frozenset(name.split())


def rank(cast: Cast, asked: Sequence[Asked], weights: Floats) -> list[Speaker]:
    """The speaker of each attribution of a text, in its order."""
    found: list[Speaker] = []
    for one in asked:
        candidates = cast.candidates(one)
        best = candidates[int((cast.table(one, candidates) @ weights).argmax())]
        found.append(best)
        cast.heard(one, best)
    return found


@dataclass(frozen=True)
class Lesson:
    """A text to learn from: what is asked, and by which keys of names an answer is right.

    An attribution that the gold does not have has no answers.
    """

    reading: Reading
    asked: tuple[Asked, ...]
    answers: tuple[frozenset[frozenset[str]] | None, ...]
    keys: Callable[[Speaker], frozenset[str]]

    def right(self, number: int, speaker: Speaker) -> bool:
        """Whether somebody is the speaker of an attribution."""
        answers = self.answers[number]
        return answers is not None and self.keys(speaker) in answers


@dataclass(frozen=True)
class Pairs:
    """Right candidates less wrong ones: a row for each pair, and the weight of the row."""

    rows: Floats
    shares: Floats


def pairs_of(lesson: Lesson) -> Pairs:
    """What is to be learned from a text. No weight enters: who spoke before is the right one."""
    rows = [np.zeros((0, WIDTH))]
    shares = [np.zeros(0)]
    cast = Cast(lesson.reading, lesson.asked)
    for number, asked in enumerate(lesson.asked):
        candidates = cast.candidates(asked)
        right = np.array([lesson.right(number, who) for who in candidates])
        if right.any() and not right.all():
            table = cast.table(asked, candidates)
            # Of several right ones (two forms of a name) the first is enough.
            pairs = table[right.argmax()] - table[~right]
            rows.append(pairs)
            shares.append(np.full(len(pairs), 1 / len(pairs)))
        cast.heard(asked, candidates[int(right.argmax())] if right.any() else asked.ruled)
    return Pairs(np.concatenate(rows), np.concatenate(shares))


def train(taught: Sequence[Pairs]) -> Floats:
    """Weights by which right candidates come before wrong ones; none where there is nothing."""
    if not any(len(one.rows) for one in taught):
        return np.zeros(WIDTH)
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    pairs = np.concatenate([one.rows for one in taught])
    share = np.concatenate([one.shares for one in taught])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000)
    with threadpool_limits(1):
        model.fit(
            np.concatenate([pairs, -pairs]),
            np.repeat([True, False], len(pairs)),
            np.concatenate([share, share]),
        )
    return np.asarray(model.coef_[0], np.float64)


def _anchor(one: Asked) -> int:
    """Where an attribution names its speaker, or has its cue, or begins."""
    return (one.source or one.cue or one.content)[0].start


def _before(each: Mentioned, anchor: int) -> Range:
    """The nearest mention before a place, or (-1, -1)."""
    index = bisect_right(each.places, (anchor, -1)) - 1
    return each.places[index] if index >= 0 else (-1, -1)


def _distance(each: Mentioned, anchor: int) -> int:
    """How far the nearest mention is, on either side."""
    index = bisect_right(each.places, (anchor, -1))
    return min(abs(first - anchor) for first, _ in each.places[max(0, index - 1) : index + 1])


def _within(places: Sequence[Range], start: int, stop: int) -> bool:
    """Whether a mention begins in a range."""
    index = bisect_left(places, (start, -1))
    return index < len(places) and places[index][0] < stop


def _source_kind(words: str) -> str:
    low = words.lower()
    if not low:
        return "none"
    if low in _HE or low in _SHE:
        return "gendered"
    if low in PRONOUNS:
        return "pronoun"
    return "name" if any(one[0].isupper() for one in words.split()[1:]) or (
        words[0].isupper() and words.split()[0].lower() not in ("the", "a", "an", "one")
    ) else "description"  # fmt: skip
