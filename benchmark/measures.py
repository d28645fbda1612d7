"""The measures: what is counted, and how counts become figures.

Every measure is a ratio of integer counts that add up over documents; the ratio is
taken once, at the end. A ratio whose denominator is 0 is undefined: None here, null
in JSON, a dash in tables; never 0 or 1.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from benchmark.records import Layer

Task = Literal["end-to-end", "attribution"]
Kind = Literal["retrieval", "accuracy", "errors"]

PARTS: dict[Kind, tuple[str, ...]] = {
    "retrieval": ("right", "predicted", "gold"),
    "accuracy": ("right", "asked"),
    "errors": ("count",),
}


@dataclass(frozen=True)
class Measure:
    """A measure. A document without all of `needs` among its layers is left out of it."""

    name: str
    kind: Kind
    needs: tuple[Layer, ...]
    right_when: str
    tasks: tuple[Task, ...] = ("end-to-end", "attribution")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its counts."""
        return tuple(f"{self.name}.{part}" for part in PARTS[self.kind])


MEASURES: tuple[Measure, ...] = (
    Measure(
        "attribution",
        "retrieval",
        ("content", "speaker", "agency"),
        "the pair has the right speaker and the right agency (none included): the headline",
    ),
    Measure(
        "content:exact",
        "retrieval",
        ("content",),
        "the pair has the same words, found verbatim",
        ("end-to-end",),
    ),
    Measure(
        "content:overlap",
        "retrieval",
        ("content",),
        "the prediction is paired with a core quote (Dice over words >= 0.5)",
        ("end-to-end",),
    ),
    Measure(
        "content:words",
        "retrieval",
        ("content",),
        "per word: it is in a predicted and in a core content",
        ("end-to-end",),
    ),
    Measure(
        "cue",
        "retrieval",
        ("content", "cue"),
        "the pair's cues have Dice >= 0.5, or the predicted one lies inside",
    ),
    Measure(
        "source",
        "retrieval",
        ("content", "source"),
        "the pair's sources have Dice >= 0.5, or the predicted one lies inside",
    ),
    Measure(
        "speaker",
        "retrieval",
        ("content", "speaker"),
        "the pair's speakers are the same people or bodies",
    ),
    Measure("agency", "retrieval", ("content", "agency"), "the pair's news agency is the same one"),
    Measure(
        "speaker:accuracy",
        "accuracy",
        ("content", "speaker"),
        "the speaker is right, among pairs whose gold names one",
    ),
    Measure(
        "quote_type:accuracy",
        "accuracy",
        ("content", "quote_type"),
        "the type is right, among pairs whose prediction gives one",
    ),
    Measure(
        "agency:as_speaker",
        "errors",
        ("content", "speaker", "agency"),
        "an error: a news agency is given as the speaker and is not among the right ones",
    ),
)

COLUMNS: tuple[str, ...] = tuple(column for measure in MEASURES for column in measure.columns)
COLUMN: dict[str, int] = {name: index for index, name in enumerate(COLUMNS)}


def carried(layers: Collection[Layer], task: Task) -> tuple[Measure, ...]:
    """The measures that a document with these layers can carry in a task."""
    return tuple(m for m in MEASURES if task in m.tasks and set(m.needs) <= set(layers))


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """A ratio of counts, None where it is undefined."""
    return numerator / denominator if numerator is not None and denominator else None


@dataclass(frozen=True)
class Figure:
    """Precision, recall and F1 with their counts; `interval` is that of F1.

    All counts are None where the gold does not label what the measure needs. In a
    breakdown by a property of core quotes `predicted` is None: a wrong prediction has no
    such property, so only recall is defined.
    """

    right: int | None = None
    predicted: int | None = None
    gold: int | None = None
    interval: tuple[float, float] | None = None

    @property
    def precision(self) -> float | None:
        """right / predicted."""
        return None if self.predicted is None else ratio(self.right, self.predicted)

    @property
    def recall(self) -> float | None:
        """right / gold."""
        return ratio(self.right, self.gold)

    @property
    def f1(self) -> float | None:
        """2 · right / (predicted + gold), the harmonic mean of precision and recall."""
        if self.right is None or self.predicted is None or self.gold is None:
            return None
        return ratio(2 * self.right, self.predicted + self.gold)

    def to_dict(self) -> dict[str, Any]:
        """Ratios and counts as plain values."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "right": self.right,
            "predicted": self.predicted,
            "gold": self.gold,
            "interval": self.interval,
        }


@dataclass(frozen=True)
class Accuracy:
    """A share of pairs; `interval` is that of the share."""

    right: int | None = None
    asked: int | None = None
    interval: tuple[float, float] | None = None

    @property
    def value(self) -> float | None:
        """right / asked."""
        return ratio(self.right, self.asked)

    def to_dict(self) -> dict[str, Any]:
        """The share and its counts as plain values."""
        return {
            "value": self.value,
            "right": self.right,
            "asked": self.asked,
            "interval": self.interval,
        }


@dataclass(frozen=True)
class ErrorCount:
    """How often an error of one kind occurs."""

    count: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The count as a plain value."""
        return {"count": self.count}


AnyFigure = Figure | Accuracy | ErrorCount
