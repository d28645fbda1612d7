"""Building: what every importer shares, from spans with roles to a checked gold document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmark.faults import Fault, InputRefused
from benchmark.importing.communication import is_communication
from benchmark.quotation import QuoteTypes
from benchmark.records import Document, Entity, Layer, Quote, QuoteType, Span, Spans, words_of
from benchmark.validation import check_gold
from benchmark.words import Region, Words

NO_CONTENT = "no content"
NO_WORD = "content without a word"
REPEATED = "same words as another content"
NOT_SPEECH = "the cue is no cue of communication"


@dataclass(frozen=True)
class Options:
    """What the user asks for; the registry says which of it an importer understands."""

    annotator: str = "first"
    speech_only: bool = False
    gold: tuple[Document, ...] = ()
    texts: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What was read: files by suffix, what was dropped and why, counts and recorded counts.

    The one file of most importers has the suffix "". `recorded` is empty where no count of
    a complete copy is known.
    """

    files: Mapping[str, tuple[Document, ...]]
    dropped: Mapping[str, int]
    found: Mapping[str, int]
    recorded: Mapping[str, int]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the only file."""
        (documents,) = self.files.values()
        return documents


@dataclass(frozen=True)
class Draft:
    """An attribution as a corpus has it. `quote_type` None is found by the quotation marks.

    `speech` says whether it is communication; None leaves that to the cue.
    """

    content: Sequence[Span]
    cue: Sequence[Span] = ()
    source: Sequence[Span] = ()
    speaker: tuple[str, ...] = ()
    quote_type: QuoteType | None = None
    nested: bool = False
    speech: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Terms:
    """What is the same for all documents of a corpus."""

    corpus: str
    language: str
    license: str
    layers: tuple[Layer, ...]


@dataclass
class Log:
    """What happens while a corpus is read: counts, what is dropped, faults."""

    dropped: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, file: Path, line: int, name: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(str(file), line, name, what))

    def imported(
        self, files: Mapping[str, Iterable[Document]], recorded: Mapping[str, int]
    ) -> Imported:
        """The result. Raises InputRefused if there was any fault."""
        if self.faults:
            raise InputRefused(self.faults)
        whole = {suffix: tuple(documents) for suffix, documents in files.items()}
        return Imported(whole, dict(self.dropped), dict(self.found), recorded)


def canary(corpus: str) -> str:
    """The fixed string that marks documents made from a corpus."""
    return f"quotebench import of {corpus}: evaluation data, keep out of training corpora"


def build(
    terms: Terms,
    file: Path,
    doc_id: str,
    text: str,
    drafts: Iterable[Draft],
    log: Log,
    *,
    title: str = "",
    entities: tuple[Entity, ...] = (),
    speech_only: bool = False,
) -> Document:
    """A gold document; what our record cannot hold is dropped and counted in `log`."""
    words = Words(text)
    types = QuoteTypes(text) if "quote_type" in terms.layers else None
    quotes: list[Quote] = []
    seen: set[Region] = set()
    for draft in drafts:
        content = in_order(draft.content)
        if not content:
            log.dropped[NO_CONTENT] += 1
            continue
        region = words.region(content)
        if not region or region in seen:
            log.dropped[REPEATED if region else NO_WORD] += 1
            continue
        seen.add(region)
        cue = in_order(draft.cue)
        speech = draft.speech
        if speech is None:
            speech = is_communication(words_of(text, cue))
        optional = speech_only and not speech
        quotes.append(
            Quote(
                quote_id=f"{doc_id}-{len(quotes)}",
                quote=words_of(text, content),
                content=content,
                cue=cue,
                source=in_order(draft.source),
                speaker=draft.speaker,
                quote_type=(draft.quote_type or types(content)) if types else None,
                status="optional" if optional else "core",
                phenomena=("nested",) if draft.nested else (),
                note="; ".join(filter(None, (draft.note, NOT_SPEECH if optional else ""))),
            )
        )
    document = Document(
        doc_id=doc_id, title=title, text=text, language=terms.language, origin=terms.corpus,
        license=terms.license, layers=terms.layers, entities=entities, quotes=tuple(quotes),
        canary=canary(terms.corpus),
    )  # fmt: skip
    log.faults.extend(check_gold(document, str(file), 0, words))
    return document


def in_order(spans: Iterable[Span]) -> Spans:
    """Spans in text order, without empty ones; overlapping ones are joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        elif span.start < span.end:
            joined.append(span)
    return tuple(joined)


def same_words(a: str, b: str) -> bool:
    """Whether two strings are the same but for white space."""
    return "".join(a.split()) == "".join(b.split())


def differs(words: str, text: str) -> str:
    """What is wrong where the corpus's own words are not those of the text."""
    return (
        f"the corpus has {_short(words)}, the text has {_short(text)} there: "
        "use the text that belongs to this annotation, unchanged"
    )


def read_text(file: Path, log: Log, missing: str = "") -> str | None:
    """A text file in UTF-8 with its line ends as they are, or None and a fault."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        log.fault(file, 0, "", f"not UTF-8 (byte {error.start}): save it as UTF-8")
    except OSError as error:
        log.fault(file, 0, "", missing or f"cannot be read ({error.strerror}): check the name")
    return None


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else words[:40] + "…")
