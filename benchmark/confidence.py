"""Risk and coverage: precision against recall as the confidence threshold falls.

A prediction carries `confidence`; at a threshold those with at least that much remain.
The pairing is not made again: a prediction is right or wrong as it was with all of them,
so the curve says what a user gets who keeps the confident part of one output. Recall is
over all core quotes. Average precision is the sum over thresholds of precision times the
step in recall (as in scikit-learn, whose recall is over what was found instead).
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmark.counts import Tally

# Measures whose every prediction counts as predicted, so that a threshold cuts all alike.
MEASURES = ("attribution", "content:overlap")
# Enough for a plot; a curve has a point for each distinct confidence.
_MOST_POINTS = 200


@dataclass(frozen=True)
class Point:
    """What is right and predicted at a threshold."""

    threshold: float
    right: int
    predicted: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Curve:
    """A curve from the highest threshold to the lowest, and its average precision."""

    measure: str
    gold: int
    average_precision: float
    points: tuple[Point, ...]

    def to_dict(self) -> dict[str, Any]:
        """The curve as plain values."""
        return asdict(self)


def calibration_error(tally: Tally, measure: str = "content:overlap", bins: int = 10) -> float:
    """The expected calibration error (Naeini, Cooper and Hauskrecht 2015) of the confidences.

    Over bins of equal width, the mean distance between the share of predictions that are right
    and their mean confidence, weighed by the predictions in each. Not a number where there is
    no prediction or one lacks its confidence.
    """
    predicted = tally.flags(f"{measure}.predicted")
    given = np.frombuffer(tally.confidences, dtype=np.float64)[predicted]
    right = tally.flags(f"{measure}.right")[predicted]
    if not len(given) or np.isnan(given).any():
        return float("nan")
    # A confidence of 1 belongs to the last bin.
    places = np.minimum((given * bins).astype(int), bins - 1)
    distances = np.bincount(places, right - given, minlength=bins)
    return float(np.abs(distances).sum() / len(given))


def risk_coverage(tally: Tally) -> dict[str, Curve]:
    """The curve of each measure; none where a prediction lacks its confidence, or gold is empty.

    Of the points at most 200 are kept, evenly spread; average precision is over all of them.
    """
    confidences = np.frombuffer(tally.confidences, dtype=np.float64)
    names = {measure.name for measure in tally.measures}
    curves: dict[str, Curve] = {}
    if np.isnan(confidences).all():
        return curves
    for name in MEASURES:
        if name not in names:
            continue
        predicted = tally.flags(f"{name}.predicted")
        right = tally.flags(f"{name}.right")[predicted].astype(np.int64)
        gold = int(tally.flags(f"{name}.gold").sum())
        given = confidences[predicted]
        if not gold or not len(given) or np.isnan(given).any():
            continue
        order = np.argsort(-given, kind="stable")
        given, right = given[order], np.cumsum(right[order])
        # Equal confidences come in or go out together.
        last = np.append(np.flatnonzero(np.diff(given)), len(given) - 1)
        rights, numbers = right[last], last + 1
        precisions, recalls = rights / numbers, rights / gold
        steps = np.diff(recalls, prepend=0.0)
        kept = np.unique(np.linspace(0, len(last) - 1, min(len(last), _MOST_POINTS)).astype(int))
        curves[name] = Curve(
            name,
            gold,
            float((steps * precisions).sum()),
            tuple(
                Point(
                    float(given[last[i]]),
                    int(rights[i]),
                    int(numbers[i]),
                    float(precisions[i]),
                    float(recalls[i]),
                )
                for i in kept
            ),
        )
    return curves
