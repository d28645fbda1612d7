"""The report: figures, intervals and signature of one scored file, as one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from benchmark.confidence import Curve, risk_coverage
from benchmark.consistency import Consistency, consistency
from benchmark.counts import GROUPS, Matrix, Tally, ordered_measures
from benchmark.measures import (
    COLUMN,
    MEASURES,
    Accuracy,
    AnyFigure,
    ErrorCount,
    Figure,
    Measure,
    Task,
)
from benchmark.signature import Signature
from benchmark.statistics import DRAWS, SEED, interval, resample, statistic
from benchmark.units import SCHEMA_VERSION, unit_keys

if TYPE_CHECKING:
    from benchmark.joining import Input
    from benchmark.scoring import Judged

# Properties of core quotes: a wrong prediction has none, so precision cannot be told.
_GOLD_ONLY = ("quote_type", "phenomena", "agency")

F = TypeVar("F", bound=AnyFigure)


@dataclass(frozen=True)
class Report:
    """What `score` returns. `print(report)` shows the table, `to_json()` everything.

    measures: name -> Figure; accuracies: name -> Accuracy; errors: name -> ErrorCount;
    groups: key -> group -> name -> figure; risk_coverage: name -> Curve, where predictions
    carry a confidence; contrast: perturbation -> Consistency, where the gold has variants.
    """

    signature: Signature
    unit: str
    gold: Input
    predictions: Input
    measures: Mapping[str, Figure]
    accuracies: Mapping[str, Accuracy]
    errors: Mapping[str, ErrorCount]
    groups: Mapping[str, Mapping[str, Mapping[str, AnyFigure]]]
    fabricated: Sequence[Mapping[str, str]]
    approximate: int
    worded: int
    verbatim: int
    excused: int
    risk_coverage: Mapping[str, Curve]
    contrast: Mapping[str, Consistency]
    judged: Judged = field(repr=False, compare=False)

    def __str__(self) -> str:
        from benchmark.tables import render_report

        return render_report(self)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The counts of each document, by `doc_id`."""
        tally = self.judged.tally
        counts = _named(tally, tally.by_document())
        return [
            {"doc_id": doc_id, **({} if parent == doc_id else {"parent": parent}), "counts": row}
            for doc_id, parent, row in zip(tally.doc_ids, tally.clusters, counts, strict=True)
        ]

    @property
    def items(self) -> list[dict[str, Any]]:
        """The counts of each item where items are what intervals draw, else nothing."""
        tally = self.judged.tally
        if tally.unit != "items":
            return []
        counts = _named(tally, tally.by_item())
        return [
            {"key": key, "counts": row} for key, row in zip(unit_keys(tally), counts, strict=True)
        ]

    def to_dict(self) -> dict[str, Any]:
        """The content of the JSON file, as plain values."""
        return {
            "schema_version": SCHEMA_VERSION,
            "signature": str(self.signature),
            "inputs": {"gold": asdict(self.gold), "predictions": asdict(self.predictions)},
            "interval_unit": self.unit,
            "measures": {name: one.to_dict() for name, one in self.measures.items()},
            "accuracies": {name: one.to_dict() for name, one in self.accuracies.items()},
            "errors": {name: one.count for name, one in self.errors.items()},
            "groups": {
                key: {
                    name: {measure: one.to_dict() for measure, one in group.items()}
                    for name, group in groups.items()
                }
                for key, groups in self.groups.items()
            },
            "fabricated": list(self.fabricated),
            "approximate": self.approximate,
            "worded": self.worded,
            "verbatim": self.verbatim,
            "excused": self.excused,
            "risk_coverage": {name: one.to_dict() for name, one in self.risk_coverage.items()},
            "contrast": {name: one.to_dict() for name, one in self.contrast.items()},
            "documents": self.documents,
            "items": self.items,
        }

    def to_html(self) -> str:
        """The report as one page that needs nothing else. Needs the items: `details`."""
        from benchmark.page import render_page

        return render_page(self)

    def to_json(self) -> str:
        """The report as JSON, one object, indented."""
        return msgspec.json.format(msgspec.json.encode(self.to_dict()), indent=2).decode()


def _named(tally: Tally, rows: Matrix) -> list[dict[str, int]]:
    """Rows of counts by the names of their columns, those that the gold carries."""
    names = [name for one in ordered_measures(tally.measures) for name in one.columns]
    chosen = rows[:, [COLUMN[name] for name in names]].tolist()
    return [dict(zip(names, row, strict=True)) for row in chosen]


def build_report(
    tally: Tally,
    judged: Judged,
    *,
    by: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Report:
    """Turn counts into figures. Raises ValueError for an unknown breakdown."""
    unknown = [key for key in by if key not in GROUPS]
    if unknown:
        raise ValueError(f"no breakdown {unknown[0]!r}; there are {', '.join(GROUPS)}")
    measures = ordered_measures(tally.measures)
    counts = tally.by_unit()
    sums = counts.sum(axis=0)
    drawn = resample(counts, draws, seed) if draws else None
    intervals = {
        measure.name: interval(statistic(measure)(drawn)) if drawn is not None else None
        for measure in measures
    }
    figures = _figures(measures, judged.task, sums, intervals)
    return Report(
        signature=judged.signature(draws, seed),
        unit=tally.unit,
        gold=judged.gold,
        predictions=judged.predictions,
        measures=_of_kind(figures, Figure),
        accuracies=_of_kind(figures, Accuracy),
        errors=_of_kind(figures, ErrorCount),
        groups={
            key: {
                name: _figures(measures, judged.task, row, {}, recall_only=key in _GOLD_ONLY)
                for name, row in tally.groups(key)
            }
            for key in by
        },
        fabricated=[{"doc_id": doc_id, "quote": words} for doc_id, words in tally.fabricated],
        approximate=tally.approximate,
        worded=tally.worded,
        verbatim=tally.verbatim,
        excused=tally.excused,
        risk_coverage=risk_coverage(tally),
        contrast=consistency(judged.answers, draws, seed),
        judged=judged,
    )


def _figures(
    measures: Sequence[Measure],
    task: Task,
    sums: Matrix,
    intervals: Mapping[str, tuple[float, float] | None],
    *,
    recall_only: bool = False,
) -> dict[str, AnyFigure]:
    """Every measure of the task; those that the gold does not carry are undefined."""
    figures: dict[str, AnyFigure] = {}
    for measure in MEASURES:
        if task not in measure.tasks:
            continue
        values: list[int | None] = [None] * len(measure.columns)
        if measure in measures:
            values = [int(sums[COLUMN[column]]) for column in measure.columns]
        bounds = intervals.get(measure.name)
        if measure.kind == "retrieval":
            right, predicted, gold = values
            figures[measure.name] = Figure(right, None if recall_only else predicted, gold, bounds)
        elif measure.kind == "accuracy":
            right, asked = values
            figures[measure.name] = Accuracy(right, asked, bounds)
        else:
            figures[measure.name] = ErrorCount(values[0])
    return figures


def _of_kind(figures: Mapping[str, AnyFigure], kind: type[F]) -> dict[str, F]:
    return {name: figure for name, figure in figures.items() if isinstance(figure, kind)}
