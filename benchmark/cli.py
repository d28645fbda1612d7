"""The command line. Heavy imports happen in the commands that need them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from benchmark.measures import Task
    from benchmark.scoring import Missing

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Score who said what in news, and which agency carried it.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

GoldOption = Annotated[
    str, typer.Option("--gold", metavar="SET|PATH", help="A shipped set or a gold file.")
]
TaskOption = Annotated[
    str, typer.Option("--task", metavar="TASK", help="end-to-end (text given) or attribution.")
]
MissingOption = Annotated[
    str,
    typer.Option(
        "--missing",
        metavar="error|empty",
        help="A gold document without a prediction: a fault, or nothing found in it.",
    ),
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Also write everything as JSON.")
]
DEFAULT_TASK = "end-to-end"


@app.command()
def run(
    baselines: Annotated[
        list[str] | None, typer.Argument(metavar="[BASELINE]...", help="All, when left out.")
    ] = None,
    gold: Annotated[
        list[str] | None,
        typer.Option("--gold", metavar="SET|PATH", help="Repeatable; every shipped test set."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Keep predictions and reports in this folder."),
    ] = None,
) -> None:
    """Predict with baselines and score them."""
    from baselines.registry import SHIPPED
    from benchmark.running import run as run_systems
    from benchmark.sets import SETS
    from benchmark.tables import run_parts

    with _refusals():
        systems = [_baseline(name) for name in baselines or [entry.name for entry in SHIPPED]]
        for name in gold or [known.name for known in SETS]:
            _print(run_parts(run_systems(systems, name, out=out, progress=_progress)))


@app.command()
def predict(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE")],
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="Records, or a .txt file.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A file; - prints.")],
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Keep what OUTPUT already has.")] = False,
) -> None:
    """Find attributions in documents that have only doc_id and text."""
    from benchmark.running import predict_file

    with _refusals():
        made = predict_file(
            baseline, _baseline(baseline), source, output,
            workers=workers, resume=resume, progress=_progress,
        )  # fmt: skip
        if str(output) != "-":
            print(f"{len(made)} document(s) written to {output}", file=sys.stderr)
        elif sys.stdout.isatty():
            from benchmark.tables import prediction_parts

            _print(prediction_parts(made))
        else:
            from benchmark.writing import write_documents

            write_documents(output, made)


@app.command()
def score(
    predictions: Annotated[str, typer.Argument(metavar="PREDICTIONS", help="A file, or -.")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="KEY",
            help="Break down by document, origin, quote_type, phenomena or agency; repeatable.",
        ),
    ] = None,
    missing: MissingOption = "error",
    json: JsonOption = None,
) -> None:
    """Score a predictions file."""
    from benchmark.scoring import score as score_file
    from benchmark.tables import report_parts
    from benchmark.writing import write_text

    with _refusals():
        report = score_file(
            predictions, gold, task=_task(task), missing=_missing(missing), by=by or ()
        )
        if json is not None:
            write_text(json, report.to_json() + "\n")
        _print(report_parts(report))


@app.command()
def compare(
    predictions: Annotated[list[str], typer.Argument(metavar="PREDICTIONS...")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    missing: MissingOption = "error",
    json: JsonOption = None,
) -> None:
    """Compare two or more predictions files, with paired tests."""
    if len(predictions) < 2:
        raise typer.BadParameter("give two or more predictions files")
    from benchmark.comparison import compare as compare_files
    from benchmark.tables import compare_parts
    from benchmark.writing import write_text

    with _refusals():
        comparison = compare_files(
            *predictions, gold=gold, task=_task(task), missing=_missing(missing)
        )
        if json is not None:
            write_text(json, comparison.to_json() + "\n")
        _print(compare_parts(comparison))


@app.command()
def errors(
    predictions: Annotated[str, typer.Argument(metavar="PREDICTIONS")],
    gold: GoldOption = "article",
    task: TaskOption = DEFAULT_TASK,
    missing: MissingOption = "error",
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only errors of this kind.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="0 shows all.")] = 20,
) -> None:
    """List what is wrong and what is missing, with the words."""
    from benchmark.errors import KINDS, find_errors
    from benchmark.scoring import judge
    from benchmark.tables import error_parts

    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    with _refusals():
        judged = judge(predictions, gold, task=_task(task), missing=_missing(missing))
        found = [one for one in find_errors(judged.scored) if kind in (None, one.kind)]
        _print(error_parts(found, limit))


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    predictions: Annotated[
        bool, typer.Option("--predictions", help="A predictions file, not gold.")
    ] = False,
) -> None:
    """Check a gold file, or a predictions file, and list every fault."""
    from benchmark.reading import read_all

    with _refusals():
        documents = read_all(file, gold=not predictions)
        quotes = sum(len(document.quotes) for document in documents)
        print(f"{file}: {len(documents)} document(s), {quotes} quote(s), no faults")


@app.command("baselines")
def list_baselines() -> None:
    """List the baselines."""
    from baselines.registry import entries
    from benchmark.tables import listing

    _print([listing([(entry.name, entry.summary) for entry in entries()], "baseline", "what")])


@app.command("sets")
def list_sets() -> None:
    """List the shipped gold sets."""
    from benchmark.scoring import load_gold
    from benchmark.sets import SETS
    from benchmark.tables import listing

    rows = []
    for known in SETS:
        documents = load_gold(known.name)
        core = sum(quote.status == "core" for one in documents for quote in one.quotes)
        rows.append((known.name, str(len(documents)), str(core), known.summary))
    _print([listing(rows, "set", "documents", "core", "what")])


@app.command("measures")
def list_measures() -> None:
    """List the measures."""
    from benchmark.measures import MEASURES
    from benchmark.tables import listing

    rows = [(one.name, ", ".join(one.needs), one.right_when) for one in MEASURES]
    _print([listing(rows, "measure", "needs layers", "right when")])


def main() -> None:
    """Run the program; a reader that stops early (`| head`) is no error."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn refused input into messages and exit code 1, wrong words into exit code 2."""
    from benchmark.faults import InputRefused

    try:
        yield
    except InputRefused as refused:
        print(refused, file=sys.stderr)
        number = len(refused.faults)
        print(f"refused: {number} fault(s), nothing was written", file=sys.stderr)
        raise typer.Exit(1) from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        where = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(where, file=sys.stderr)
        raise typer.Exit(1) from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _baseline(name: str) -> Any:
    from baselines.registry import load

    try:
        return load(name)
    except (LookupError, TypeError) as error:
        raise typer.BadParameter(str(error)) from None


def _task(name: str) -> Task:
    if name == "end-to-end" or name == "attribution":
        return name  # type: ignore[return-value]
    raise typer.BadParameter(f"no task {name!r}; there are end-to-end and attribution")


def _missing(name: str) -> Missing:
    if name == "error" or name == "empty":
        return name  # type: ignore[return-value]
    raise typer.BadParameter(f"--missing is error or empty, not {name!r}")


def _console() -> Console:
    from rich.console import Console

    from benchmark.tables import WIDTH

    # Piped output is always as wide as the tables are made for.
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


def _print(parts: Iterable[Any]) -> None:
    from benchmark.tables import show

    show(_console(), parts)


def _progress(documents: Iterable[T], what: str) -> Iterable[T]:
    """A progress bar with the time left, on a terminal only."""
    if not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, description=what, console=Console(stderr=True), transient=True)


Progress = Callable[[Iterable[T], str], Iterable[T]]

if __name__ == "__main__":
    main()
