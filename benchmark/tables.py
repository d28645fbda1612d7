"""Tables for people: 80 columns, plain text when not on a terminal."""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from benchmark.errors import KINDS, Error
from benchmark.excerpts import GOLD_MARKS, LEGEND, PREDICTED_MARKS
from benchmark.measures import AnyFigure, Figure
from benchmark.records import Document

if TYPE_CHECKING:
    from benchmark.agreement import Agreement
    from benchmark.comparison import Comparison
    from benchmark.consistency import Consistency
    from benchmark.report import Report
    from benchmark.running import Run, System

WIDTH = 80
# Columns of pairs that fit into it.
_PAIRS = 5
DASH = "–"
_WORSE = "! answered worse than in the parents, beyond chance (95 % interval) and by .02 or more"
_TOO_NARROW = (
    "Fewer than 10 documents: intervals are drawn over items, as if the quotes of a "
    "document were independent. They are too narrow; no ranking follows from them."
)


def render(parts: Iterable[RenderableType]) -> str:
    """Plain text, 80 columns, as it looks when piped."""
    console = Console(
        file=io.StringIO(),
        width=WIDTH,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    show(console, parts)
    output = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in output.splitlines()) + "\n"


def show(console: Console, parts: Iterable[RenderableType]) -> None:
    """Print renderables one below the other. Text of the data is never read as markup."""
    for part in parts:
        console.print(part, markup=False, highlight=False)


def render_report(report: "Report") -> str:
    """The table of a report as plain text."""
    return render(report_parts(report))


def number(value: float | None) -> str:
    """A ratio with three decimals, a dash where it is undefined."""
    return DASH if value is None else f"{value:.3f}"


def bounds(interval: tuple[float, float] | None) -> str:
    """An interval in brackets."""
    return DASH if interval is None else f"[{interval[0]:.3f}, {interval[1]:.3f}]"


def count(value: int | None) -> str:
    """A count, a dash where it is undefined."""
    return DASH if value is None else str(value)


def report_parts(report: "Report") -> list[RenderableType]:
    """The pieces of the table of a report."""
    table = _table("measure", "P", "R", "F1", "95 % interval", "right", "pred", "gold")
    for name, figure in report.measures.items():
        table.add_row(
            name,
            number(figure.precision),
            number(figure.recall),
            number(figure.f1),
            bounds(figure.interval),
            count(figure.right),
            count(figure.predicted),
            count(figure.gold),
        )
    shares = _table("accuracy", "share", "95 % interval", "right", "asked")
    for name, share in report.accuracies.items():
        shares.add_row(
            name,
            number(share.value),
            bounds(share.interval),
            count(share.right),
            count(share.asked),
        )
    facts = [f"{name}: {count(one.count)}" for name, one in report.errors.items()]
    facts.append(f"fabricated: {len(report.fabricated)}")
    facts.append(f"found only approximately: {report.approximate}")
    facts.append(f"excused: {report.excused}")
    if verbatim := _verbatim(report):
        facts.append(verbatim)
    parts: list[RenderableType] = [
        Text(f"{report.predictions.name} against {report.gold.name}"),
        table,
        shares,
        Text(" · ".join(facts)),
    ]
    if report.risk_coverage:
        areas = [f"{n} {number(one.average_precision)}" for n, one in report.risk_coverage.items()]
        parts.append(Text(f"average precision by confidence: {', '.join(areas)}"))
    for entry in report.fabricated[:10]:
        parts.append(Text(f"  not in {entry['doc_id']}: {entry['quote']}", overflow="ellipsis"))
    if len(report.fabricated) > 10:
        parts.append(Text(f"  and {len(report.fabricated) - 10} more, in the JSON"))
    if report.contrast:
        parts += [_contrast_table(report.contrast), Text(_WORSE)]
    for key, groups in report.groups.items():
        parts += [Text(""), _group_table(key, groups)]
    return [*parts, *_footer(report)]


def _contrast_table(contrast: Mapping[str, "Consistency"]) -> Table:
    table = _table("perturbation", "pairs", "parent", "variant", "change", "95 % interval", "both")
    for name, one in contrast.items():
        change = DASH if one.change is None else f"{one.change:+.3f}"
        table.add_row(
            name,
            str(one.pairs),
            number(one.parent / one.pairs),
            number(one.variant / one.pairs),
            change + ("!" if one.lacking else " "),
            bounds(one.change_interval),
            number(one.value),
        )
    return table


def _consistency_parts(systems: Sequence["System"]) -> list[RenderableType]:
    """Consistency by perturbation, a column for each system, and what each of them lacks."""
    rivals = [one for one in systems if one.report.contrast]
    if not rivals:
        return []
    table = _table("consistency", "pairs", *(one.name for one in rivals))
    for name, first in rivals[0].report.contrast.items():
        cells = []
        for one in rivals:
            figure = one.report.contrast[name]
            cells.append(number(figure.value) + ("!" if figure.lacking else " "))
        table.add_row(name, str(first.pairs), *cells)
    parts: list[RenderableType] = [
        table,
        Text(_WORSE),
    ]
    for one in rivals:
        lacking = [n for n, figure in one.report.contrast.items() if figure.lacking and n != "all"]
        if lacking:
            parts.append(
                Text(f"{one.name} lacks: {', '.join(n.replace('_', ' ') for n in lacking)}")
            )
    return parts


def run_parts(run: "Run") -> list[RenderableType]:
    """The table of several systems on one gold set, the headline first."""
    table = _table("system", "attribution F1", "content", "speaker", "agency", "as spk.", "fabr.")
    # A long name is broken, not the figures beside it.
    table.columns[0].no_wrap = False
    for system in run.systems:
        report = system.report
        headline = report.measures["attribution"]
        table.add_row(
            system.name + ("*" if system.reads_gold else ""),
            f"{number(headline.f1)} {bounds(headline.interval)}",
            number(report.measures["content:overlap"].f1),
            number(report.measures["speaker"].f1),
            number(report.measures["agency"].f1),
            count(report.errors["agency:as_speaker"].count),
            str(len(report.fabricated)),
        )
    first = run.systems[0].report
    core = first.measures["attribution"].gold
    title = f"{first.gold.name}: {first.gold.documents} document(s), {core} core attributions"
    if first.unit == "parents":
        title += f" ({len(set(first.judged.tally.clusters))} documents and variants of them)"
    parts: list[RenderableType] = [Text(title), table]
    if any(system.reads_gold for system in run.systems):
        parts.append(Text("* reads the gold: the ceiling, not a competitor"))
    for system in run.systems:
        if system.seen:
            parts.append(
                Text(
                    f"{system.name} was trained on {system.seen} of these documents: "
                    "its figures say nothing about others"
                )
            )
    parts += [
        Text(f"{system.name}: {verbatim}")
        for system in run.systems
        if (verbatim := _verbatim(system.report))
    ]
    if first.unit != "items":
        parts += _told_apart(run)
    parts += _consistency_parts(run.systems)
    return [*parts, *_footer(first)]


def _told_apart(run: "Run") -> list[RenderableType]:
    """Which neighbours of the table the set can tell apart."""
    lines = []
    for above, below, found, ends in run.steps():
        apart = ends is not None and ends[0] > 0
        verdict = "" if apart else ": not told apart"
        lines.append(f"  {above.name} - {below.name}: {found:+.3f} {bounds(ends)}{verdict}")
    return [Text("\n".join(["differences of attribution F1:", *lines]))] if lines else []


def _verbatim(report: "Report") -> str:
    """How faithful a system is that gives words instead of offsets; empty for any other."""
    if not report.worded:
        return ""
    share = number(report.verbatim / report.worded)
    return f"verbatim {share} ({report.verbatim} of {report.worded} quotes given as words)"


def compare_parts(comparison: "Comparison") -> list[RenderableType]:
    """The tables of a comparison: one per pair of systems."""
    parts: list[RenderableType] = []
    for pair in comparison.pairs:
        table = _table("measure", "A", "B", "B - A", "95 % interval", "p", "detectable")
        for row in pair.rows:
            table.add_row(
                row.name,
                number(row.a),
                number(row.b),
                DASH if row.difference is None else f"{row.difference:+.3f}",
                bounds(row.interval),
                DASH if row.p is None else f"{row.p:.4f}",
                number(row.detectable),
            )
        parts += [Text(f"A: {pair.a}\nB: {pair.b}"), table]
    note = (
        "p: paired approximate randomisation over the same units"
        + (", Holm-corrected over the pairs" if len(comparison.pairs) > 1 else "")
        + ". detectable: the smallest difference that this set finds with power 0.8. "
        "A difference that is not significant is not evidence that two systems are equal."
    )
    parts.append(Text(note))
    if comparison.unit == "items":
        parts.append(Text(_TOO_NARROW))
    return [*parts, _signature(comparison.signature)]


def error_parts(found: Sequence[Error], limit: int) -> list[RenderableType]:
    """One block for each item with errors, up to a limit, then how many there are of each class."""
    parts: list[RenderableType] = []
    blocks = [list(block) for _, block in groupby(found, lambda one: (one.doc_id, one.item))]
    for block in blocks[: limit or None]:
        error = block[0]
        kinds = ", ".join(one.kind for one in block)
        head = Text(f"{kinds}  ", style="bold") + Text(error.quote_id or error.doc_id)
        if error.phenomena:
            head.append(f"  ({', '.join(error.phenomena)})", style="dim")
        parts.append(head)
        if error.context:
            parts.append(Padding(_marked(error.context), (0, 0, 0, 2)))
        elif error.predicted is not None:
            parts.append(Padding(Text(f"not in the text: {error.predicted.quote}"), (0, 0, 0, 2)))
        parts += [Padding(Text(sides), (0, 0, 0, 2)) for one in block if (sides := _sides(one))]
        parts.append(Text(""))
    numbers = Counter(error.kind for error in found)
    summary = ", ".join(f"{kind} {numbers[kind]}" for kind in KINDS if numbers[kind])
    total = f"{len(found)} error(s) in {len(blocks)} item(s): {summary}"
    parts.append(Text(total if found else "no errors"))
    if any(error.context for error in found):
        parts.append(_marked(f"marks: {LEGEND}"))
    if limit and len(blocks) > limit:
        parts.append(Text(f"{limit} items shown; --limit 0 shows all"))
    return parts


def _marked(context: str) -> Text:
    """A context with its marks in colour, where there is colour."""
    text = Text(context)
    text.highlight_regex("[" + "".join(GOLD_MARKS) + "]", "bold green")
    text.highlight_regex("[" + "".join(PREDICTED_MARKS) + "]", "bold magenta")
    return text


def _sides(error: Error) -> str | None:
    """What gold and prediction say, where the error is one of labels."""
    if error.gold is None or error.predicted is None or error.kind == "boundary":
        return None
    if "speaker" in error.kind:
        gold, predicted = (", ".join(one.speakers) for one in (error.gold, error.predicted))
        return f"speaker: {predicted or 'nobody'}, right is {gold or 'nobody'}"
    named, due = error.predicted.agency or "none", error.gold.agency or "none"
    return f"agency: {named}, right is {due}"


def agreement_parts(agreement: "Agreement") -> list[RenderableType]:
    """The tables of agreement: a column for each pair of annotators, some pairs in a table."""
    parts: list[RenderableType] = []
    for first in range(0, len(agreement.pairs), _PAIRS):
        pairs = agreement.pairs[first : first + _PAIRS]
        table = _table("measure", *(f"{pair.a}, {pair.b}" for pair in pairs))
        for name in pairs[0].figures:
            table.add_row(name, *(number(pair.figures[name]) for pair in pairs))
        table.add_row("agr(1||2)", *(number(pair.agr_ab) for pair in pairs))
        table.add_row("agr(2||1)", *(number(pair.agr_ba) for pair in pairs))
        for label, alphas in (
            ("alpha", [pair.alpha for pair in pairs]),
            ("alpha, core", [pair.alpha_core for pair in pairs]),
        ):
            table.add_row(label, *(number(one.value) for one in alphas))
            table.add_row("  from", *(number(one.interval and one.interval[0]) for one in alphas))
            table.add_row("  to", *(number(one.interval and one.interval[1]) for one in alphas))
        parts.append(table)
    if len(agreement.names) > 2:
        for label, one in (("alpha", agreement.alpha), ("alpha, core", agreement.alpha_core)):
            parts.append(Text(f"{label}, all: {number(one.value)} {bounds(one.interval)}"))
    note = (
        "Measures: mean of both directions. agr(1||2): the share of the first's core "
        "attributions that the second has too. alpha: Krippendorff's, nominal over words (in a "
        "core content, in optional ones, in none; core: in a core content or not), with its "
        f"95 % interval, drawn over {agreement.unit}."
    )
    return [*parts, Text(note), _signature(agreement.signature)]


def prediction_parts(documents: Sequence[Document]) -> list[RenderableType]:
    """The attributions of predicted documents, one row each."""
    rows = [
        (", ".join(quote.speakers) or DASH, quote.agency or DASH, quote.quote or "")
        for document in documents
        for quote in document.quotes
    ]
    return [listing(rows, "speaker", "agency", "quote"), Text(f"{len(rows)} attribution(s)")]


def listing(rows: Sequence[Sequence[str]], *headers: str) -> Table:
    """A plain listing."""
    table = _table(*headers, left=len(headers))
    for row in rows:
        table.add_row(*row)
    return table


def _group_table(key: str, groups: Mapping[str, Mapping[str, AnyFigure]]) -> Table:
    whole = key in ("document", "origin")
    names = ["attribution", "content:overlap", "speaker", "agency"]
    table = _table(key, *(f"{name} {'F1' if whole else 'R'}" for name in names), "gold")
    for group, figures in groups.items():
        cells = []
        for name in names:
            figure = figures.get(name)
            if not isinstance(figure, Figure):
                cells.append(DASH)
                continue
            cells.append(number(figure.f1 if whole else figure.recall))
        headline = figures["attribution"]
        assert isinstance(headline, Figure)
        table.add_row(group, *cells, count(headline.gold))
    return table


def _footer(report: "Report") -> list[RenderableType]:
    parts: list[RenderableType] = []
    if report.unit == "items" and any(one.interval for one in report.measures.values()):
        parts.append(Text(_TOO_NARROW))
    return [*parts, _signature(str(report.signature))]


def _signature(signature: str) -> Padding:
    """A signature is to be copied: broken where the line ends, not at words."""
    return Padding(Text(signature, overflow="fold", no_wrap=False), (1, 0, 0, 0))


def _table(*headers: str, left: int = 1) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for index, header in enumerate(headers):
        table.add_column(
            header,
            justify="left" if index < left else "right",
            no_wrap=index >= left or index == 0,
            overflow="fold",
        )
    return table
