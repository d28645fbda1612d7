"""How often the intervals contain the true value, by simulation.

python scripts/simulate_coverage.py [--samples 2000] [--draws 1000] [--write]

A world is made in which the true F1 is known: documents differ in their number of quotes
(1 + Poisson with mean 6) and in how hard they are (a chance drawn from a beta distribution
for each document, so that quotes of one document are right or wrong together: correlation
1 / (a + b + 1)). From it samples of documents are drawn, each gets an interval with the
project's own functions, and the share of intervals that contain the true value is counted,
as is the mean of their widths. The true F1 is that of the sums' expectations. Beside the
bootstrap over documents stands that over items, which takes quotes of a document for
independent. With --write the table goes into docs/statistics.md.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.counts import Matrix
from benchmark.measures import COLUMN, COLUMNS, MEASURES
from benchmark.statistics import interval, resample, statistic
from benchmark.writing import write_text

PAGE = Path(__file__).parent.parent / "docs" / "statistics.md"
BEGIN, END = "<!-- coverage:begin -->\n", "<!-- coverage:end -->"
DOCUMENTS = (10, 20, 50, 100, 200)
# Mean chance of being right, and how alike the quotes of a document are.
WORLDS = ((0.6, 0.0), (0.6, 0.2), (0.85, 0.2), (0.6, 0.5))
MEAN_QUOTES = 6
MEASURE = next(measure for measure in MEASURES if measure.name == "content:overlap")
RIGHT, PREDICTED, GOLD = (COLUMN[name] for name in MEASURE.columns)
Numbers = NDArray[np.int64]


def sample(
    documents: int, chance: float, alike: float, generator: np.random.Generator
) -> tuple[Matrix, Matrix]:
    """The counts of a sample, by document and by item. Spurious predictions vary likewise."""
    core = 1 + generator.poisson(MEAN_QUOTES, documents)
    chances = np.full(documents, chance)
    if alike:
        total = 1 / alike - 1
        chances = generator.beta(chance * total, (1 - chance) * total, documents)
    right = generator.binomial(core, chances)
    spurious = generator.binomial(core, 1 - chances)
    table = np.zeros((documents, len(COLUMNS)), dtype=np.int64)
    table[:, RIGHT], table[:, PREDICTED], table[:, GOLD] = right, right + spurious, core
    # An item is a core quote, right or not, or a spurious prediction.
    found, missed, wrong = int(right.sum()), int((core - right).sum()), int(spurious.sum())
    items = np.zeros((found + missed + wrong, len(COLUMNS)), dtype=np.int64)
    items[:found, RIGHT] = 1
    items[: found + missed, GOLD] = 1
    items[:found, PREDICTED] = items[found + missed :, PREDICTED] = 1
    return table, items


def coverage(
    documents: int, chance: float, alike: float, samples: int, draws: int
) -> tuple[float, float, float, float]:
    """Share of intervals that contain the true F1 and their mean width: documents, items."""
    generator = np.random.default_rng([documents, round(100 * chance), round(100 * alike)])
    value = statistic(MEASURE)
    # E right = c·n, E predicted = c·n + (1 - c)·n = n: F1 = 2·c·n / 2·n = c.
    true = chance
    hits, widths = np.zeros(2), np.zeros(2)
    for number in range(samples):
        for unit, counts in enumerate(sample(documents, chance, alike, generator)):
            bounds = interval(value(resample(counts, draws, seed=number)))
            assert bounds is not None
            hits[unit] += bounds[0] <= true <= bounds[1]
            widths[unit] += bounds[1] - bounds[0]
    return (*(hits / samples), *(widths / samples))


def table(samples: int, draws: int) -> str:
    """The figures as Markdown."""
    lines = [
        "| documents | true F1 | correlation | over documents | width | over items | width |",
        "|---|---|---|---|---|---|---|",
    ]
    for documents in DOCUMENTS:
        for chance, alike in WORLDS:
            by_document, by_item, wide, narrow = coverage(documents, chance, alike, samples, draws)
            lines.append(
                f"| {documents} | {chance} | {alike} | {by_document:.3f} | {wide:.3f} "
                f"| {by_item:.3f} | {narrow:.3f} |"
            )
            print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="into docs/statistics.md")
    arguments = parser.parse_args()
    figures = table(arguments.samples, arguments.draws)
    if arguments.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        _, after = rest.split(END)
        write_text(PAGE, before + BEGIN + figures + END + after)


if __name__ == "__main__":
    main()
