"""Intervals and tests, computed from counts alone: nothing is matched twice."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.counts import Matrix
from benchmark.measures import COLUMN, Measure

Values = NDArray[np.float64]
Statistic = Callable[[NDArray[np.float64]], Values]

DRAWS = 2000
TRIALS = 10_000
SEED = 12345
# z(0.975) + z(0.8): a two-sided test at 5 % has power 0.8 at this many standard errors.
_POWER_FACTOR = 1.959964 + 0.841621
_CHUNK = 2**20


def statistic(measure: Measure) -> Statistic:
    """The function from summed counts (… × columns) to the measure's headline value.

    F1 for a retrieval measure, the share for an accuracy, NaN where it is undefined.
    """
    columns = [COLUMN[name] for name in measure.columns]

    def f1(sums: NDArray[np.float64]) -> Values:
        right, predicted, gold = (sums[..., column] for column in columns)
        return _divide(2 * right, predicted + gold)

    def share(sums: NDArray[np.float64]) -> Values:
        right, asked = (sums[..., column] for column in columns)
        return _divide(right, asked)

    def number(sums: NDArray[np.float64]) -> Values:
        return np.asarray(sums[..., columns[0]], dtype=np.float64)

    return {"retrieval": f1, "accuracy": share, "errors": number}[measure.kind]


def resample(counts: Matrix, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.float64]:
    """Sums of units drawn with replacement, draws × columns (Efron and Tibshirani 1993, ch. 13)."""
    units = len(counts)
    generator = np.random.default_rng(seed)
    sums = np.zeros((draws, counts.shape[1]))
    if not units:
        return sums
    table = counts.astype(np.float64)
    block = max(1, min(draws, _CHUNK // units))
    weights = np.empty((block, units))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        # One draw at a time: its units stay in the processor's cache while they are counted.
        for row in range(size):
            drawn = generator.integers(0, units, units, dtype=np.int32)
            weights[row] = np.bincount(drawn, minlength=units)
        sums[start : start + size] = weights[:size] @ table
    return sums


def interval(values: Values, level: float = 0.95) -> tuple[float, float] | None:
    """Percentile interval of resampled values; None where all of them are undefined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return float(low), float(high)


def randomisation_p(
    a: Matrix, b: Matrix, value: Statistic, trials: int = TRIALS, seed: int = SEED
) -> float | None:
    """Two-sided p of paired approximate randomisation (Noreen 1989; Yeh 2000).

    In each trial every unit's counts are swapped between the systems with probability
    one half; p = (hits + 1) / (trials + 1), where a difference as large as the observed
    one is a hit too, so a system against itself has p = 1. None where undefined.
    """
    total_a, total_b = a.sum(axis=0), b.sum(axis=0)
    observed = abs(value(total_a.astype(float)) - value(total_b.astype(float)))
    if np.isnan(observed):
        return None
    generator = np.random.default_rng(seed)
    difference = (b - a).astype(np.float64)
    hits = 0
    block = max(1, _CHUNK // max(1, len(a)))
    for start in range(0, trials, block):
        size = min(block, trials - start)
        swapped = generator.random((size, len(a)), dtype=np.float32) < 0.5
        moved = swapped.astype(np.float64) @ difference
        shuffled = np.abs(value(total_a + moved) - value(total_b - moved))
        # Rounding must not turn an equal difference into a smaller one.
        hits += int(np.count_nonzero(~(shuffled < observed - 1e-12)))
    return (hits + 1) / (trials + 1)


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """p-values adjusted for their number by Holm's step-down method (Holm 1979)."""
    known = sorted((p, index) for index, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, index) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - rank)))
        adjusted[index] = highest
    return adjusted


def detectable(differences: Values) -> float | None:
    """The smallest difference that a test at 5 % finds with power 0.8 (Card et al. 2020).

    `differences` are resampled differences; their standard deviation is the standard error.
    """
    defined = differences[~np.isnan(differences)]
    return float(_POWER_FACTOR * defined.std()) if len(defined) else None


def _divide(numerator: NDArray[np.float64], denominator: NDArray[np.float64]) -> Values:
    quotient: Values = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=quotient, where=np.asarray(denominator) != 0)
    return quotient
