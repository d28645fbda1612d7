"""Comparing systems: differences with intervals and paired tests over the same units."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, zip_longest
from pathlib import Path

import msgspec
import numpy as np

from benchmark.counts import Matrix
from benchmark.faults import Fault, InputRefused
from benchmark.joining import Source
from benchmark.measures import COLUMNS, Measure, Task
from benchmark.report import Report, build_report
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
from benchmark.units import SCHEMA_VERSION, Units, read_units, units_of

# Settings of a signature that concern intervals alone.
_DRAWN = ("boot:", "seed:")


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
    """What `compare` returns. `systems` are name and sha256 of the predictions."""

    pairs: tuple[Pair, ...]
    systems: tuple[tuple[str, str], ...]
    unit: str
    signature: str

    def to_json(self) -> str:
        """Everything as JSON, with the signature of the numbers."""
        content = {
            "schema_version": SCHEMA_VERSION,
            "signature": self.signature,
            "interval_unit": self.unit,
            "systems": [{"name": name, "sha256": sha256} for name, sha256 in self.systems],
            "pairs": [asdict(pair) for pair in self.pairs],
        }
        return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()

    def __str__(self) -> str:
        from benchmark.tables import compare_parts, render

        return render(compare_parts(self))


def compare(
    *systems: Source | Report,
    gold: Source = "article",
    task: Task = "end-to-end",
    missing: Missing = "error",
    draws: int = DRAWS,
    seed: int = SEED,
) -> Comparison:
    """Compare two or more systems, each with each.

    A system is its predictions (as for `score`), a report, or the path of a report that was
    saved as JSON (its name ends in .json). Raises ValueError for fewer than two, InputRefused
    as `score` does, and where their numbers do not have the same signature.
    """
    if len(systems) < 2:
        raise ValueError("a comparison needs two or more systems")
    counted = []
    for system in systems:
        if isinstance(system, Report):
            counted.append(units_of(system))
        elif isinstance(system, str | Path) and Path(system).suffix == ".json":
            counted.append(read_units(Path(system)))
        else:
            judged = judge(system, gold, task=task, missing=missing, details=False)
            counted.append(units_of(build_report(judged.tally, judged, draws=draws, seed=seed)))
    first = counted[0]
    for other in counted[1:]:
        _check_alike(first, other)
    measures = [measure for measure in first.measures if measure.kind != "errors"]
    raw = [
        (one, other, _rows(measures, one, other, draws, seed))
        for one, other in combinations(counted, 2)
    ]
    corrected = [holm([rows[index].p for _, _, rows in raw]) for index in range(len(measures))]
    pairs = tuple(
        Pair(
            one.name,
            other.name,
            tuple(_with_p(row, corrected[index][number]) for index, row in enumerate(rows)),
        )
        for number, (one, other, rows) in enumerate(raw)
    )
    # Intervals of differences are drawn here, whatever those of the reports were.
    settings = [part for part in first.signature.split("|") if not part.startswith(_DRAWN)]
    settings[-1:-1] = [f"boot:{draws}/{first.unit}", f"seed:{seed}"]
    return Comparison(
        pairs,
        tuple((one.name, one.sha256) for one in counted),
        first.unit,
        "|".join(settings),
    )


def difference(one: Report, other: Report) -> tuple[float, tuple[float, float] | None] | None:
    """By how much the headline of one report is above that of another, with its interval.

    None where it is undefined, or where the reports were made without draws.
    """
    a, b = units_of(one), units_of(other)
    _check_alike(a, b)
    measure = a.measures[0]
    value = statistic(measure)
    counts_a, counts_b = paired_counts(a, b)
    found = value(counts_a.sum(axis=0).astype(float)) - value(counts_b.sum(axis=0).astype(float))
    if np.isnan(found) or one.signature.boot == "none":
        return None
    drawn = resample(np.hstack([counts_a, counts_b]), DRAWS, one.signature.seed)
    differences = value(drawn[:, : len(COLUMNS)]) - value(drawn[:, len(COLUMNS) :])
    return float(found), interval(differences)


def _check_alike(one: Units, other: Units) -> None:
    """Refuse numbers that were not made in the same way."""
    settings, others = (
        [part for part in units.signature.split("|") if not part.startswith(_DRAWN)]
        for units in (one, other)
    )
    if settings == others:
        return
    differing = [b for a, b in zip_longest(settings, others, fillvalue="nothing") if a != b]
    what = (
        f"made in another way than {one.name} ({', '.join(differing)}): score both on the same "
        f"gold with the same version\n  {one.name}\n    {one.signature}"
        f"\n  {other.name}\n    {other.signature}"
    )
    raise InputRefused([Fault(other.name, 0, "signature", what)])


def _with_p(row: Row, p: float | None) -> Row:
    return Row(row.name, row.a, row.b, row.difference, row.interval, p, row.detectable)


def _rows(
    measures: Sequence[Measure], one: Units, other: Units, draws: int, seed: int
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


def paired_counts(a: Units, b: Units) -> tuple[Matrix, Matrix]:
    """The counts of two systems over the same units, row by row.

    Documents are joined by id. Items are joined by core quote; a wrong prediction is a
    unit of its own, and the same one where both systems make it.
    """
    rows = {key: row for row, key in enumerate(dict.fromkeys([*a.keys, *b.keys]))}
    tables = []
    for units in (a, b):
        counts = np.zeros((len(rows), len(COLUMNS)), dtype=np.int64)
        counts[[rows[key] for key in units.keys]] = units.counts
        tables.append(counts)
    return tables[0], tables[1]
