"""The record: one shape for gold, predictions and imported corpora.

A file is JSON Lines in UTF-8, one `Document` per line. Offsets count Unicode
code points and are half-open: the words of a span are `text[start:end]`.
Gold fills every field; a prediction needs `doc_id` and, for each quote, either
`content` or `quote`. `gold/README.md` describes each field for readers of the
data; `benchmark.validation` holds what a record must satisfy beyond its types.
"""

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

QuoteType = Literal["direct", "indirect", "mixed"]
Status = Literal["core", "optional"]
AgencyRole = Literal["carrier", "recipient"]
EntityKind = Literal["person", "organization", "state", "agency", "document", "group"]
Layer = Literal["content", "cue", "source", "speaker", "agency", "quote_type"]
Phenomenon = Literal[
    "split_quote",
    "multi_paragraph",
    "partial_quote",
    "pronoun_speaker",
    "surname_speaker",
    "description_speaker",
    "metonym_speaker",
    "document_speaker",
    "plural_speaker",
    "unnamed_speaker",
    "nominal_cue",
    "according_to",
    "inverted_cue",
    "no_cue",
    "relative_clause",
    "distant_source",
    "agency_head",
    "agency_middle",
    "agency_tail",
    "agency_inherited",
    "agency_recipient",
    "agency_only",
    "agency_shell",
    "nested",
]

LAYERS: tuple[Layer, ...] = get_args(Layer)
PHENOMENA: tuple[Phenomenon, ...] = get_args(Phenomenon)
QUOTE_TYPES: tuple[QuoteType, ...] = get_args(QuoteType)

Offset = Annotated[int, Meta(ge=0, le=2**40)]
Identifier = Annotated[str, Meta(min_length=1)]


class Span(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Half-open range of code points in the document's text."""

    start: Offset
    end: Offset


Spans = tuple[Span, ...]


class Entity(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """Somebody or something that can speak, under its canonical name."""

    name: Identifier
    kind: EntityKind
    aliases: tuple[str, ...] = ()


class Quote(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """One attribution: content, cue and source as spans; speaker and agency as names.

    `content` is None only in a prediction that gives the words in `quote` instead.
    `speaker` is a tuple of canonical names in gold; a prediction may also give one
    string, or None for nobody. `confidence` is for predictions; unset, it is not written.
    """

    quote_id: str = ""
    quote: str | None = None
    content: Spans | None = None
    cue: Spans = ()
    source: Spans = ()
    speaker: tuple[str, ...] | str | None = ()
    speaker_alternatives: tuple[tuple[str, ...], ...] = ()
    agency: str | None = None
    agency_alternatives: tuple[str | None, ...] = ()
    agency_role: AgencyRole | None = None
    quote_type: QuoteType | None = None
    status: Status = "core"
    phenomena: tuple[Phenomenon, ...] = ()
    note: str = ""
    confidence: float | UnsetType = UNSET

    @property
    def speakers(self) -> tuple[str, ...]:
        """The named speakers as a tuple, whichever way the record gives them."""
        if isinstance(self.speaker, str):
            return (self.speaker,)
        return self.speaker or ()


class Pair(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A core quote of a parent and what became of it in a variant.

    `quote` is its `quote_id` in the variant, None where a right answer finds none any more;
    `content` is where its words stand in the variant.
    """

    parent: Identifier
    quote: Identifier | None
    content: Spans


class Document(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A text and the attributions found in it.

    A variant in a contrast set (`benchmark.contrast`) names the document that it was made
    from and the perturbation, and pairs the quotes concerned. In its parent both name the
    document itself and "none". Unset, the three fields are not written.
    """

    doc_id: Identifier
    title: str = ""
    text: str = ""
    language: str = ""
    origin: str = ""
    license: str = ""
    layers: tuple[Layer, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...]
    canary: str = ""
    parent: Identifier | UnsetType = UNSET
    perturbation: Identifier | UnsetType = UNSET
    pairs: tuple[Pair, ...] | UnsetType = UNSET


def encode(record: Document | Quote) -> bytes:
    """The canonical JSON of a record: every field, in the order of the class, no spaces."""
    return _ENCODER.encode(record)


def words_of(text: str, spans: Spans) -> str:
    """The characters that the spans cover, parts joined by one space."""
    return " ".join(text[span.start : span.end] for span in spans)


_ENCODER = msgspec.json.Encoder()
