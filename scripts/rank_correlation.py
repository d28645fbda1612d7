"""Does newsroom rank systems as real news does? Kendall's tau, for docs/validity.md.

    python scripts/rank_correlation.py REAL [--system rules ...] [--write]

REAL is real news as records, such as PolNeAR's development part imported with
`--speech-only`. Each system is run as it is and in eight versions that are worse in one
respect, on REAL and on the test part of newsroom. Where REAL names no speakers, systems are
ranked by contents, and by contents with the right source. The interval draws documents of
both sets (2,000 draws), the same ones for all systems.
"""

import argparse
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from scipy.stats import kendalltau

from baselines.registry import load
from benchmark.measures import COLUMN
from benchmark.reading import read_all
from benchmark.records import Document, Quote, Span, words_of
from benchmark.running import bare, predict_one
from benchmark.scoring import load_gold, score
from benchmark.statistics import DRAWS, SEED, interval, resample
from benchmark.tables import bounds, number
from benchmark.titles import PRONOUNS
from benchmark.writing import write_text

PAGE = Path(__file__).parent.parent / "docs" / "validity.md"
BEGIN, END = "<!-- tau:begin -->\n", "<!-- tau:end -->"
SYSTEMS = ("rules", "learned")
ALONE = ("nearest", "random")
Worse = Callable[[Quote, str], Quote | None]


def cue_of(quote: Quote, text: str) -> str:
    """The cue in lower case."""
    return words_of(text, quote.cue).lower()


def half_of_the_cues(quote: Quote, text: str) -> Quote | None:
    """Cues by a coin that falls the same way for the same word."""
    cue = cue_of(quote, text)
    return quote if not cue or sha256(cue.encode()).digest()[0] % 2 else None


def only_say(quote: Quote, text: str) -> Quote | None:
    """No cue but forms of say."""
    return quote if cue_of(quote, text) in ("said", "says", "say", "saying") else None


def no_inversion(quote: Quote, _: str) -> Quote | None:
    """None whose source stands behind its cue."""
    behind = quote.cue and quote.source and quote.cue[0].start < quote.source[0].start
    return None if behind else quote


def no_pronouns(quote: Quote, text: str) -> Quote:
    """Pronouns are no sources."""
    pronoun = words_of(text, quote.source).lower() in PRONOUNS
    return replace(quote, source=(), speaker=()) if pronoun else quote


def no_indirect(quote: Quote, _: str) -> Quote | None:
    """Quotation marks or nothing."""
    return None if quote.quote_type == "indirect" else quote


def no_direct(quote: Quote, _: str) -> Quote | None:
    """Nothing that stands in quotation marks throughout."""
    return None if quote.quote_type == "direct" else quote


def first_part(quote: Quote, _: str) -> Quote:
    """Quotations end where they are interrupted."""
    return replace(quote, content=(quote.content or ())[:1])


def short(quote: Quote, _: str) -> Quote:
    """Contents lose their second half."""
    parts = quote.content or ()
    middle = (parts[0].start + parts[-1].end) // 2
    kept = tuple(Span(one.start, min(one.end, middle)) for one in parts if one.start < middle)
    return replace(quote, content=kept or parts[:1])


WORSE: tuple[Worse, ...] = (
    half_of_the_cues, only_say, no_inversion, no_pronouns, no_indirect, no_direct, first_part,
    short,
)  # fmt: skip


def predictions(system: str, gold: list[Document]) -> dict[str, list[Document]]:
    """The predictions of a system and of its worse versions."""
    attributor = load(system)
    made = {system: [predict_one(attributor, bare(one)) for one in gold]}
    if system in ALONE:
        return made
    for change in WORSE:
        made[f"{system}, {change.__name__.replace('_', ' ')}"] = [
            Document(
                doc_id=one.doc_id,
                quotes=tuple(
                    replace(kept, quote=None)
                    for quote in one.quotes
                    if (kept := change(quote, text.text)) is not None
                ),
            )
            for one, text in zip(made[system], gold, strict=True)
        ]
    return made


Figures = dict[str, tuple[np.ndarray, np.ndarray]]


def figures(gold: list[Document], systems: list[str]) -> Figures:
    """F1 of contents, and of contents with the right source, of each system.

    Row 0 is the figure itself, the rows behind it those of the draws.
    """
    found = {}
    for system in systems:
        for name, made in predictions(system, gold).items():
            counts = score(made, gold, draws=0).judged.tally.by_unit()
            drawn = np.vstack([counts.sum(axis=0), resample(counts, DRAWS, SEED)])
            predicted, core = (drawn[:, COLUMN[f"content:overlap.{part}"]]
                               for part in ("predicted", "gold"))  # fmt: skip
            with np.errstate(invalid="ignore"):
                found[name] = tuple(
                    np.nan_to_num(2 * drawn[:, COLUMN[f"{measure}.right"]] / (predicted + core))
                    for measure in ("content:overlap", "source")
                )
    return found


def taus(real: Figures, made: Figures, measure: int) -> tuple[float, tuple[float, float] | None]:
    """Kendall's tau-b of the systems on both sets, and its interval."""
    a, b = (np.array([one[measure] for one in part.values()]) for part in (real, made))
    values = np.array([kendalltau(a[:, n], b[:, n]).statistic for n in range(a.shape[1])])
    return float(values[0]), interval(values[1:])


def table(real: Figures, made: Figures) -> str:
    """The figures on both sets and tau, in Markdown."""
    head = ["system", "real: content", "newsroom: content", "real: with source",
            "newsroom: with source"]  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name in sorted(real, key=lambda one: -real[one][0][0]):
        cells = [number(float(part[name][m][0])) for m in (0, 1) for part in (real, made)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines.append("")
    for measure, label in enumerate(("contents", "contents with the right source")):
        tau, ends = taus(real, made, measure)
        lines.append(f"Kendall's tau by {label}: {tau:.3f} {bounds(ends)}, {len(real)} systems.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("real", type=Path)
    parser.add_argument("--system", action="append")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    systems = [*(arguments.system or SYSTEMS), *ALONE]
    real = figures(read_all(arguments.real, gold=True), systems)
    found = table(real, figures(load_gold("newsroom"), systems))
    print(found)
    if arguments.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        _, after = rest.split(END)
        write_text(PAGE, before + BEGIN + found + END + after)


if __name__ == "__main__":
    main()
