"""Units: the rows of counts that a paired test is made over, of a report new or saved."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.counts import Matrix, Tally, ordered_measures, summed
from benchmark.faults import Fault, InputRefused
from benchmark.measures import COLUMN, COLUMNS, MEASURES, Measure

if TYPE_CHECKING:
    from benchmark.report import Report

SCHEMA_VERSION = 1


@dataclass(frozen=True, eq=False)
class Units:
    """Counts (units × columns) of one system, with a key for each unit and the signature."""

    name: str
    sha256: str
    signature: str
    unit: str
    keys: tuple[Hashable, ...]
    counts: Matrix
    measures: tuple[Measure, ...]


def units_of(report: Report) -> Units:
    """The units of a report."""
    tally = report.judged.tally
    return Units(
        report.predictions.name,
        report.predictions.sha256,
        str(report.signature),
        tally.unit,
        unit_keys(tally),
        tally.by_unit(),
        ordered_measures(tally.measures),
    )


def unit_keys(tally: Tally) -> tuple[Hashable, ...]:
    """What names each unit: a document's id, or what makes an item the same for two systems."""
    if tally.unit == "items":
        return tuple(tally.keys)
    return tuple(tally.doc_ids if tally.unit == "documents" else sorted(set(tally.clusters)))


def read_units(path: Path) -> Units:
    """The units of a report that was saved as JSON. Raises InputRefused where it is none."""
    try:
        content = json.loads(path.read_bytes())
        if content["schema_version"] != SCHEMA_VERSION:
            raise InputRefused(
                [
                    Fault(
                        str(path),
                        0,
                        "schema_version",
                        f"{content['schema_version']!r} where this program reads "
                        f"{SCHEMA_VERSION}: score the predictions again",
                    )
                ]
            )
        unit = content["interval_unit"]
        rows = content["items"] if unit == "items" else content["documents"]
        names = {name for row in rows for name in row["counts"]}
        counts = np.zeros((len(rows), len(COLUMNS)), dtype=np.int64)
        for number, row in enumerate(rows):
            for column, value in row["counts"].items():
                counts[number, COLUMN[column]] = value
        keys: Sequence[Hashable]
        if unit == "items":
            keys = [_frozen(row["key"]) for row in rows]
        else:
            names_of_units = [row.get("parent", row["doc_id"]) for row in rows]
            keys, counts = summed(counts, names_of_units)
        return Units(
            content["inputs"]["predictions"]["name"],
            content["inputs"]["predictions"]["sha256"],
            content["signature"],
            unit,
            tuple(keys),
            counts,
            tuple(one for one in MEASURES if names.issuperset(one.columns)),
        )
    except (OSError, UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        what = f"no report as --json writes it ({error}): score the predictions again"
        raise InputRefused([Fault(str(path), 0, "", what)]) from None


def _frozen(value: Any) -> Hashable:
    """JSON lists as tuples, so that they can be keys."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
