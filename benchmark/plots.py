"""Plots: SVG from templates, in the colours of the page around them, readable in both themes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from benchmark.confidence import Curve

if TYPE_CHECKING:
    from benchmark.comparison import Comparison

# A row of a forest plot: name, value, interval.
Row = tuple[str, float | None, tuple[float, float] | None]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the package; whatever goes into them is escaped."""
    return Environment(
        loader=PackageLoader("benchmark"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def forest(
    rows: Sequence[Row], low: float = 0.0, high: float = 1.0, title: str = "F1 with 95 % intervals"
) -> Markup:
    """A value and its interval for each row, on one scale from `low` to `high`."""
    svg = (
        environment().get_template("forest.svg").render(rows=rows, low=low, high=high, title=title)
    )
    return Markup(svg)


def curves(found: Mapping[str, Curve]) -> Markup | None:
    """Precision against recall for each curve; None where there is none."""
    if not found:
        return None
    svg = environment().get_template("curves.svg").render(curves=list(found.values()))
    return Markup(svg)


def comparison_plot(comparison: "Comparison", measure: str = "attribution") -> str:
    """A forest plot of the differences between systems in one measure, as an SVG file."""
    rows: list[Row] = [
        (f"{pair.b} - {pair.a}", row.difference, row.interval)
        for pair in comparison.pairs
        for row in pair.rows
        if row.name == measure
    ]
    reach = max((abs(x) for _, _, bounds in rows if bounds for x in bounds), default=1.0)
    reach = max(0.1, -(-10 * reach // 1) / 10)
    return str(forest(rows, -reach, reach, f"{measure}: difference with 95 % interval")) + "\n"
