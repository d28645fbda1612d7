"""Finds a baseline by name: shipped ones, those of installed packages, `module:Class`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Protocol, cast, runtime_checkable

from benchmark.records import Document, Quote

GROUP = "quotebench.baselines"


@runtime_checkable
class Baseline(Protocol):
    """What an attributor must offer. `reads_gold = True` on the object marks a ceiling."""

    name: str

    def predict(self, document: Document) -> list[Quote]:
        """The attributions found in `document.text`."""
        ...


@dataclass(frozen=True)
class Entry:
    """A shipped baseline and where its class is, imported only when it is used."""

    name: str
    target: str
    summary: str


SHIPPED: tuple[Entry, ...] = (
    Entry("rules", "baselines.rules:Rules", "grammar and lexicon, no model: the default"),
    Entry("nearest", "baselines.nearest:Nearest", "quotation marks and the nearest name"),
    Entry("random", "baselines.chance:Random", "sentences and names drawn by a seeded chance"),
    Entry("empty", "baselines.empty:Empty", "finds nothing"),
    Entry("oracle", "baselines.oracle:Oracle", "repeats the gold: the ceiling, not a competitor"),
)

# These need a model, or the means to train one: they run when they are named.
TRAINED: tuple[Entry, ...] = (
    Entry(
        "llm",
        "baselines.llm:Llm",
        "a language model behind an endpoint: llm:MODEL or --model, and --base-url",
    ),
    Entry(
        "learned",
        "baselines.learned:Learned",
        "trained on gold documents (quotebench train); learned:MODEL takes a model file",
    ),
)


def by_default() -> tuple[Entry, ...]:
    """What runs when nothing is named: the shipped ones, and `learned` where it can train."""
    if find_spec("sklearn") is None:
        return SHIPPED
    learned = tuple(entry for entry in TRAINED if entry.name == "learned")
    return SHIPPED[:1] + learned + SHIPPED[1:]


def entries() -> tuple[Entry, ...]:
    """Shipped ones, trained ones, then those that installed packages register under `GROUP`."""
    registered = [Entry(point.name, point.value, "registered by an installed package")
                  for point in entry_points(group=GROUP)]  # fmt: skip
    return SHIPPED + TRAINED + tuple(sorted(registered, key=lambda entry: entry.name))


def load(name: str, options: Mapping[str, object] | None = None) -> Baseline:
    """Make a baseline by its name, `name:ARGUMENT` or `package.module:Class`.

    A class may name the options that it takes, as a set `options`; it is given those alone.

    Raises LookupError, saying what there is, when nothing answers to the name, and
    TypeError when the object has no `name` or no `predict`.
    """
    targets = {entry.name: entry.target for entry in entries()}
    known, separator, argument = name.partition(":")
    given = [argument] if separator and known in targets else []
    target = targets.get(known if given else name, name)
    module_name, separator, attribute = target.partition(":")
    if not separator:
        raise LookupError(
            f"no baseline {name!r}: choose one of {', '.join(targets)}, "
            "or give package.module:Class"
        )
    try:
        make = cast(Callable[..., object], getattr(import_module(module_name), attribute))
    except (ImportError, AttributeError) as error:
        raise LookupError(f"{target} cannot be loaded: {error}") from error
    takes = getattr(make, "options", ())
    made = make(*given, **{key: one for key, one in (options or {}).items() if key in takes})
    if not isinstance(made, Baseline):
        raise TypeError(f"{target} has no name or no predict(document)")
    return made
