"""The command that trains a baseline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmark.cli.shared import app, refusals


@app.command()
def train(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="learned")],
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="A gold file or a shipped set.")],
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="The file to write.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same model.")] = 1,
) -> None:
    """Train a baseline on gold documents."""
    if baseline != "learned":
        raise typer.BadParameter(f"no trainable baseline {baseline!r}; there is learned")
    from benchmark.scoring import load_gold

    with refusals():
        documents = load_gold(gold)
        try:
            import sklearn  # noqa: F401
        except ImportError:
            raise typer.BadParameter(
                "training needs scikit-learn: pip install 'quotebench[learned]'"
            ) from None
        from rich.console import Console
        from rich.progress import Progress

        from baselines.learned.model import save
        from baselines.learned.training import train as train_model

        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("reading", total=1.0)
            made = train_model(
                documents,
                seed=seed,
                step=lambda what, share: bar.update(task, description=what, completed=share),
            )
        save(made, model)
        found = made.header.held_out
        print(
            f"{model}: trained on {len(documents)} document(s); on held-out folds content F1 "
            f"{found['content']:.3f}, with the source {found['content_and_source']:.3f} "
            f"(rules {found['rules_content']:.3f}, {found['rules_content_and_source']:.3f})",
            file=sys.stderr,
        )
