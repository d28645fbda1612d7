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
    Importer(
        "german-wikinews", "corpus", "German news: content, cue, source",
        "CC BY-NC-SA 4.0: not for commercial use",
        "Petersen-Frey and Biemann (2024), Dataset of Quotation Attribution in German News "
        "Articles, LREC-COLING",
        "wikinews:read", frozenset({"speech_only"}), "the authors' repository (uhh-lt)",
    ),
    Importer(
        "spkatt", "corpus", "German parliament: content, cue, source",
        "CC BY-SA 4.0", "Rehbein et al. (2023), Overview of the GermEval 2023 Shared Task on "
        "Speaker Attribution in Newswire and Parliamentary Debates",
        "spkatt:read", frozenset(), "the shared task's repository (SpkAtt-2023)",
    ),
    Importer(
        "pdnc", "corpus", "English novels: direct speech and canonical speakers",
        "none stated for the annotation", "Vishnubhotla, Hammond and Hirst (2022), The Project "
        "Dialogism Novel Corpus, LREC",
        "pdnc:read", frozenset(),
        "the authors' repository (Priya22/project-dialogism-novel-corpus)",
    ),
    Importer(
        "parc3", "corpus", "Wall Street Journal: content, cue, source",
        "that of the annotation's authors; the texts are the LDC's: do not pass them on",
        "Pareti (2012), A Database of Attribution Relations, LREC; Pareti (2015), Attribution: A "
        "Computational Approach, PhD thesis, Edinburgh",
        "parc3:read", frozenset({"speech_only", "texts"}), "the LDC (LDC95T7)",
    ),
    Importer(
        "directquote", "corpus", "English news: direct quotations and their source",
        "none stated; the articles belong to their publishers: do not pass them on",
        "Zhang and Liu (2022), DirectQuote: A Dataset for Direct Quotation Extraction and "
        "Attribution in News Articles, LREC",
        "directquote:read", frozenset(), "the authors' repository (thuzhang/DirectQuote)",
    ),
    _system("citron", "Citron's JSON", "Apache-2.0; its model CC BY-NC-SA 4.0",
            "BBC R&D, Citron"),
    _system("gendergaptracker", "the quote extractor's JSON", "MIT",
            "Asr et al. (2021), The Gender Gap Tracker, PLOS ONE"),
    _system("textacy", "triples of direct_quotations, as JSON", "Apache-2.0",
            "DeWilde, textacy"),
    _system("corenlp", "JSON with quotes", "GPL-3.0-or-later",
            "Muzny et al. (2017), A Two-stage Sieve Approach for Quote Attribution, EACL"),
    _system("booknlp", "tables .quotes", "MIT",
            "Bamman, BookNLP"),
    _system("csv", "columns doc_id, quote, speaker, agency", "yours", "your own"),
)  # fmt: skip


def find(name: str) -> Importer:
    """An importer by its name. Raises LookupError that lists what there is."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    names = ", ".join(importer.name for importer in IMPORTERS)
    raise LookupError(f"no corpus or system {name!r}; there are {names}")
