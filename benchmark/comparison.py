"""Comparing systems: differences with intervals and paired tests over the same units."""

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

import msgspec
import numpy as np

from benchmark.counts import Matrix, Tally, ordered_measures
from benchmark.joining import Source
from benchmark.measures import COLUMNS, Measure, Task
from benchmark.report import SCHEMA_VERSION, Report, build_report
from benchmark.scoring import Missing, judge
from benchmark.statistics import (
    DRAWS,
    SEED,
    detectable,
    holm,
    interval,
    randomisation_p,
    resample,
    statistic,
)


@dataclass(frozen=True)
class Row:
    """One measure of two systems. `p` is corrected for the number of pairs compared."""

    name: str
    a: float | None
    b: float | None
    difference: float | None
    interval: tuple[float, float] | None
    p: float | None
    detectable: float | None


@dataclass(frozen=True)
class Pair:
    """Two systems, measure by measure."""

    a: str
    b: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    """What `compare` returns."""

    pairs: tuple[Pair, ...]
    reports: tuple[Report, ...]

    def to_json(self) -> str:
        """Everything as JSON, with the signature of the numbers."""
        content = {
            "schema_version": SCHEMA_VERSION,
            "signature": str(self.reports[0].signature),
            "interval_unit": self.reports[0].unit,
            "systems": [
                {"name": one.predictions.name, "sha256": one.predictions.sha256}
                for one in self.reports
            ],
            "pairs": [asdict(pair) for pair in self.pairs],
        }
        return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()

    def __str__(self) -> str:
        from benchmark.tables import compare_parts, render

        return render(compare_parts(self))


def compare(
    *predictions: Source,
    gold: Source = "article",
    task: Task = "end-to-end",
    missing: Missing = "error",
    draws: int = DRAWS,
    seed: int = SEED,
) -> Comparison:
    """Compare two or more predictions on the same gold, each with each.

    Raises ValueError for fewer than two, InputRefused as `score` does.
    """
    if len(predictions) < 2:
        raise ValueError("a comparison needs two or more predictions")
    judged = [judge(source, gold, task=task, missing=missing) for source in predictions]
    reports = [build_report(one.tally, one, draws=draws, seed=seed) for one in judged]
    measures = [m for m in ordered_measures(judged[0].tally.measures) if m.kind != "errors"]
    raw = [
        (one, other, _rows(measures, one.tally, other.tally, draws, seed))
        for one, other in combinations(judged, 2)
    ]
    corrected = [holm([rows[index].p for _, _, rows in raw]) for index in range(len(measures))]
    pairs = tuple(
        Pair(
            one.predictions.name,
            other.predictions.name,
            tuple(_with_p(row, corrected[index][number]) for index, row in enumerate(rows)),
        )
        for number, (one, other, rows) in enumerate(raw)
    )
    return Comparison(pairs, tuple(reports))


def _with_p(row: Row, p: float | None) -> Row:
    return Row(row.name, row.a, row.b, row.difference, row.interval, p, row.detectable)


def _rows(
    measures: Sequence[Measure], one: Tally, other: Tally, draws: int, seed: int
) -> list[Row]:
    a, b = paired_counts(one, other)
    # The same draw of units for both systems: the two halves of one wide table.
    drawn = resample(np.hstack([a, b]), draws, seed)
    drawn_a, drawn_b = drawn[:, : len(COLUMNS)], drawn[:, len(COLUMNS) :]
    rows = []
    for measure in measures:
        value = statistic(measure)
        value_a, value_b = (float(value(counts.sum(axis=0).astype(float))) for counts in (a, b))
        if np.isnan(value_a) or np.isnan(value_b):
            shown_a, shown_b = (None if np.isnan(one) else one for one in (value_a, value_b))
            rows.append(Row(measure.name, shown_a, shown_b, None, None, None, None))
            continue
        differences = value(drawn_b) - value(drawn_a)
        rows.append(
            Row(
                name=measure.name,
                a=value_a,
                b=value_b,
                difference=value_b - value_a,
                interval=interval(differences),
                p=randomisation_p(a, b, value, seed=seed),
                detectable=detectable(differences),
            )
        )
    return rows


def paired_counts(a: Tally, b: Tally) -> tuple[Matrix, Matrix]:
    """The counts of two systems over the same units, row by row.

    Documents are joined by id. Items are joined by core quote; a wrong prediction is a
    unit of its own, and the same one where both systems make it.
    """
    if a.unit == "documents":
        keys_a: Sequence[Hashable] = a.doc_ids
        keys_b: Sequence[Hashable] = b.doc_ids
    else:
        keys_a, keys_b = a.keys, b.keys
    rows = {key: row for row, key in enumerate(dict.fromkeys([*keys_a, *keys_b]))}
    tables = []
    for tally, keys in ((a, keys_a), (b, keys_b)):
        counts = np.zeros((len(rows), len(COLUMNS)), dtype=np.int64)
        counts[[rows[key] for key in keys]] = tally.by_unit()
        tables.append(counts)
    return tables[0], tables[1]
