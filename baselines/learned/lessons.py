"""Lessons in who speaks: gold documents with speakers, and weights learned from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baselines.learned.naming import named, questions
from baselines.learned.reading import Reading, read_text
from baselines.learned.speakers import Asked, Cast, Floats, Lesson, pairs_of, rank, train
from benchmark.agencies import load_agencies
from benchmark.names import names_of
from benchmark.reading import read_all
from benchmark.records import Document, Quote
from benchmark.sets import gold_root

_FOLDS = 5
# Nothing that systems are ranked on is learned from.
_SHIPPED = "newsroom/train.jsonl"


@dataclass(frozen=True)
class Ranker:
    """Weights, from which documents, and how many speakers are right on held-out folds.

    `by_rules` counts the right answers of `rules` to the same questions.
    """

    weights: Floats
    documents: tuple[Document, ...]
    asked: int = 0
    right: int = 0
    by_rules: int = 0

    @property
    def useful(self) -> bool:
        """Whether ranking was at least as good as `rules`."""
        return self.asked > 0 and self.right >= self.by_rules


def training_set() -> Path | None:
    """The shipped documents that may be learned from."""
    path = gold_root() / _SHIPPED
    return path if path.is_file() else None


def shipped() -> list[Document]:
    """The shipped documents that may be learned from; none where they are not installed."""
    path = training_set()
    return [] if path is None else read_all(path, gold=True)


def has_speakers(document: Document) -> bool:
    """Whether a document's speakers are labelled."""
    return "speaker" in document.layers


def learn(documents: Sequence[Document], seed: int) -> Ranker:
    """Learn from documents that have speakers, and measure on folds held out."""
    documents = sorted((one for one in documents if has_speakers(one)), key=lambda one: one.doc_id)
    taught = [lessons(one) for one in documents]
    folds = min(_FOLDS, len(taught))
    if folds < 2:
        return Ranker(train([]), ())
    fold = np.random.default_rng(seed).permutation(np.arange(len(taught)) % folds)
    pairs = [[pairs_of(one) for one in some] for some in taught]
    asked = right = by_rules = 0
    for number in range(folds):
        weights = train([one for some, at in zip(pairs, fold, strict=True) if at != number
                         for one in some])  # fmt: skip
        for one in [each for index in np.flatnonzero(fold == number) for each in taught[index]]:
            answers = rank(Cast(one.reading, one.asked), one.asked, weights)
            for at, (answer, question) in enumerate(zip(answers, one.asked, strict=True)):
                asked += one.answers[at] is not None
                right += one.right(at, answer)
                by_rules += one.right(at, question.ruled)
    weights = train([one for some in pairs for one in some])
    return Ranker(weights, tuple(documents), asked, right, by_rules)


def lessons(document: Document) -> tuple[Lesson, Lesson]:
    """Two lessons of a gold document: its core attributions, and those that `rules` finds.

    The latter have the faults of predictions, such as a source that is missing; what is alike
    to no core attribution has no answer, and only is what was said before.
    """
    names = names_of(document, load_agencies())
    core = sorted((one for one in document.quotes if one.status == "core" and one.content), key=_at)
    reading = read_text(document.text)
    found = sorted((one for one in reading.rules if one.content), key=_at)
    keys = [frozenset(names.keys(who) for who in (one.speakers, *one.speaker_alternatives))
            for one in core]  # fmt: skip
    alike = [max(((_alike(one, gold), -index) for index, gold in enumerate(core)),
                 default=(0.0, 0)) for one in found]  # fmt: skip
    return (
        Lesson(reading, _asked(reading, core), tuple(keys), names.keys),
        Lesson(reading, _asked(reading, found),
               tuple(keys[-index] if share >= 0.5 else None for share, index in alike),
               names.keys),
    )  # fmt: skip


def _asked(reading: Reading, quotes: Sequence[Quote]) -> tuple[Asked, ...]:
    return questions(reading, named(reading, quotes))


def _at(quote: Quote) -> int:
    return (quote.content or ())[0].start


def _alike(one: Quote, other: Quote) -> float:
    """The similarity (Dice) of two contents by characters."""
    a, b = ({at for span in each.content or () for at in range(span.start, span.end)}
            for each in (one, other))  # fmt: skip
    return 2 * len(a & b) / (len(a) + len(b))
