"""What the commands share: the program, options, refusals and the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from benchmark.measures import Task
    from benchmark.scoring import Missing

# Starting a process takes as long as scoring some megabytes; one reader feeds only so many.
_LARGE = 32 * 2**20
_MOST_WORKERS = 4

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


@contextmanager
def refusals() -> Iterator[None]:
    """Turn refused input into messages and exit code 1, wrong words into exit code 2."""
    from benchmark.faults import InputRefused, RunFailed

    try:
        yield
    except InputRefused as refused:
        print(refused, file=sys.stderr)
        number = len(refused.faults)
        print(f"refused: {number} fault(s), nothing was written", file=sys.stderr)
        raise typer.Exit(1) from None
    except RunFailed as failed:
        print(failed, file=sys.stderr)
        raise typer.Exit(1) from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        where = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(where, file=sys.stderr)
        raise typer.Exit(1) from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def find_baseline(name: str, options: Mapping[str, object] | None = None) -> Any:
    """A baseline by its name, with those of the options that it takes.

    Exit code 2 where there is none.
    """
    from baselines.registry import load

    try:
        return load(name, options)
    except (LookupError, TypeError) as error:
        raise typer.BadParameter(str(error)) from None


def to_task(name: str) -> Task:
    """A task by its name; exit code 2 where there is none."""
    if name == "end-to-end" or name == "attribution":
        return name  # type: ignore[return-value]
    raise typer.BadParameter(f"no task {name!r}; there are end-to-end and attribution")


def to_missing(name: str) -> Missing:
    """What a document without a prediction is; exit code 2 for another word."""
    if name == "error" or name == "empty":
        return name  # type: ignore[return-value]
    raise typer.BadParameter(f"--missing is error or empty, not {name!r}")


def console() -> Console:
    """The terminal, or a page of the width that the tables are made for."""
    from rich.console import Console

    from benchmark.tables import WIDTH

    # Piped output is always as wide as the tables are made for.
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


def show(parts: Iterable[Any]) -> None:
    """Print the parts of a report."""
    from benchmark import tables

    tables.show(console(), parts)


def watched(documents: Iterable[T], what: str) -> Iterable[T]:
    """A progress bar with the time left, on a terminal only."""
    if not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, description=what, console=Console(stderr=True), transient=True)


@contextmanager
def share_bar(what: str) -> Iterator[Callable[[float], None] | None]:
    """A progress bar with the time left that is told shares; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def workers_for(gold: str) -> int:
    """How many processes pay for a file of this size."""
    path = Path(gold)
    if not path.is_file() or path.stat().st_size < _LARGE:
        return 1
    usable = (
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    return min(len(usable), _MOST_WORKERS)
