"""What can be imported, on which terms, and how it is cited. Readers load when they are used."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from benchmark.importing.building import Imported, Options

Kind = Literal["corpus", "system"]
Read = Callable[[Path, Options], Imported]


@dataclass(frozen=True)
class Importer:
    """A corpus that becomes gold, or a system whose output becomes predictions.

    `function` names the reader as `module:function` of this package; `options` are the
    options it understands; `where` says whom to ask for what is missing.
    """

    name: str
    kind: Kind
    summary: str
    licence: str
    citation: str
    function: str
    options: frozenset[str] = frozenset()
    where: str = ""

    def read(self, source: Path, options: Options) -> Imported:
        """Read `source`. Raises InputRefused with every fault, ValueError for a wrong option."""
        module, _, name = self.function.partition(":")
        read = cast(Read, getattr(import_module(f"benchmark.importing.{module}"), name))
        return read(source, options)


def _system(name: str, summary: str, licence: str, citation: str) -> Importer:
    return Importer(
        name, "system", summary, licence, citation, f"systems:read_{name}", frozenset({"gold"})
    )


IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "polnear", "corpus", "US political news: content, cue, source",
        "none stated for the data; the articles belong to their publishers: do not pass them on",
        "Newell, Margolin and Ruths (2018), An Attribution Relations Corpus for Political News, "
        "LREC",
        "polnear:read", frozenset({"annotator", "speech_only"}),
        "the authors' repository (networkdynamics/PolNeAR)",
    ),
    Importer(
        "brat", "corpus", "a folder of .txt and .ann in brat's standoff format",
        "that of the texts", "Stenetorp et al. (2012), brat: a Web-based Tool for NLP-Assisted "
        "Text Annotation, EACL demonstrations",
        "brat:read", frozenset({"speech_only"}),
        "whoever made the annotation",
    ),
)  # fmt: skip


def find(name: str) -> Importer:
    """An importer by its name. Raises LookupError that lists what there is."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    names = ", ".join(importer.name for importer in IMPORTERS)
    raise LookupError(f"no corpus or system {name!r}; there are {names}")
