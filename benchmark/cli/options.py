"""Options of baselines that take any: how a language model is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

UrlOption = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="llm: the endpoint, up to /v1.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="llm: the model's name there.")
]
PromptOption = Annotated[
    str | None, typer.Option("--prompt", metavar="a|b|c", help="llm: which paraphrase; a.")
]
PriceInOption = Annotated[
    float | None, typer.Option("--price-input", help="llm: price of a million tokens read.")
]
PriceOutOption = Annotated[
    float | None, typer.Option("--price-output", help="llm: price of a million tokens written.")
]
RpmOption = Annotated[float | None, typer.Option("--rpm", help="llm: most requests in a minute.")]
MoreOption = Annotated[
    list[str] | None,
    typer.Option("--option", metavar="NAME=VALUE", help="Another option; repeatable."),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes (1); llm: requests at a time (4)."),
]


def gather(more: Sequence[str] | None, **named: object) -> dict[str, object]:
    """The options that were given. Raises BadParameter for one without a value."""
    options = {name: value for name, value in named.items() if value is not None}
    for one in more or ():
        name, separator, value = one.partition("=")
        if not separator or not name:
            raise typer.BadParameter(f"--option takes NAME=VALUE, not {one!r}")
        options[name.strip().replace("-", "_")] = value
    return options


def refuse_unknown(options: Iterable[str], systems: Iterable[object]) -> None:
    """Raise BadParameter for an option that none of the systems takes."""
    takes = {name for system in systems for name in getattr(system, "options", ())}
    for name in options:
        if name not in takes:
            what = f"takes an option {name!r}"
            there = f"; there are {', '.join(sorted(takes))}" if takes else ""
            raise typer.BadParameter(f"no baseline named here {what}{there}")
