"""Validation: what a record must satisfy beyond its types.

Gold is held to the guidelines as far as a program can tell; a prediction only to what
scoring needs. A wrong prediction is no fault: it is scored.
"""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import UNSET

from benchmark.agencies import load_agencies
from benchmark.faults import Fault
from benchmark.folding import fold
from benchmark.records import Document, Quote, Spans, words_of
from benchmark.words import Region, Words

Found = tuple[str, str]

# The Arrow JSON reader turns a column of such strings into time stamps.
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")


_LAYER_FIELDS = {
    "cue": ("cue",),
    "source": ("source",),
    "speaker": ("speaker", "speaker_alternatives"),
    "agency": ("agency", "agency_alternatives", "agency_role"),
    "quote_type": ("quote_type",),
}


class Unique:
    """Sees every document of a file once and finds those whose id was there before.

    Quote ids are watched in gold only: a system may number its quotes as it likes.
    """

    def __init__(self, *, gold: bool) -> None:
        self._gold = gold
        self._documents: dict[str, int] = {}
        self._quotes: dict[str, int] = {}

    def check(self, document: Document, file: str, line: int) -> Fault | None:
        """The fault of a repeated `doc_id` or `quote_id`, which names the first line."""
        first = self._documents.setdefault(document.doc_id, line)
        if first != line:
            what = f"{document.doc_id!r} is on line {first} already: keep one of the two"
            return Fault(file, line, "doc_id", what)
        for index, quote in enumerate(document.quotes if self._gold else ()):
            first = self._quotes.setdefault(quote.quote_id, line) if quote.quote_id else line
            if first != line:
                what = f"{quote.quote_id!r} is on line {first} already: give each quote its own"
                return Fault(file, line, f"quotes[{index}].quote_id", what)
        return None


def check_gold(document: Document, file: str, line: int) -> Iterator[Fault]:
    """Every fault of a gold document."""
    for field, what in _gold(document):
        yield Fault(file, line, field, what)


def check_prediction(
    document: Document, file: str, line: int, *, text: str | None, task: str
) -> Iterator[Fault]:
    """Every fault of a predicted document; `text` is that of the gold, where it is known."""
    for field, what in _prediction(document, text, task):
        yield Fault(file, line, field, what)


def _gold(document: Document) -> Iterator[Found]:
    for name in ("text", "language", "origin", "license", "canary"):
        if not getattr(document, name):
            yield name, "empty: fill it in"
    if not document.layers:
        yield "layers", "empty: list what this gold labels"
    for name in ("doc_id", "title", "language", "origin", "license", "canary"):
        yield from _no_date(getattr(document, name), name)
    yield from _entities(document)
    words = Words(document.text)
    seen: dict[Region, int] = {}
    ids = Counter(quote.quote_id for quote in document.quotes)
    for index, quote in enumerate(document.quotes):
        at = f"quotes[{index}]"
        if not quote.quote_id:
            yield f"{at}.quote_id", "empty: give each quote an id"
        elif ids[quote.quote_id] > 1:
            yield f"{at}.quote_id", f"{quote.quote_id!r} is used twice: give each quote its own"
        yield from _gold_quote(document, quote, at)
        spans = list(_spans(quote.content or (), f"{at}.content", document.text))
        yield from spans
        if spans:
            continue
        region = words.region(quote.content or ())
        if not region:
            yield f"{at}.content", "no word in it: a content is at least one word"
        elif (first := seen.setdefault(region, index)) != index:
            yield f"{at}.content", f"the same words as quotes[{first}]: keep one of the two"
        if quote.quote != words_of(document.text, quote.content or ()):
            yield f"{at}.quote", "not the words of content: derive it from the spans"


def _gold_quote(document: Document, quote: Quote, at: str) -> Iterator[Found]:
    layers = document.layers
    for name in ("cue", "source"):
        yield from _spans(getattr(quote, name), f"{at}.{name}", document.text)
    for layer, names in _LAYER_FIELDS.items():
        for name in names:
            if layer not in layers and getattr(quote, name):
                yield f"{at}.{name}", f"given, but {layer!r} is not among the document's layers"
    # One type for a field, whatever the layers: readers of tables need it.
    if not isinstance(quote.speaker, tuple):
        yield f"{at}.speaker", "not a list: gold lists canonical names"
    yield from _no_date(quote.quote_id, f"{at}.quote_id")
    yield from _no_date(quote.quote or "", f"{at}.quote")
    yield from _no_date(quote.note, f"{at}.note")
    if "quote_type" in layers and quote.quote_type is None:
        yield f"{at}.quote_type", "null: write direct, indirect or mixed"
    if quote.status == "core" and "agency_shell" in quote.phenomena:
        yield f"{at}.status", "an agency shell is optional: the agency is not the speaker"
    if len(set(quote.phenomena)) < len(quote.phenomena):
        yield f"{at}.phenomena", "one of them twice: keep one"
    if quote.confidence is not UNSET:
        yield f"{at}.confidence", "gold has no confidence: remove it"
    if "speaker" in layers:
        yield from _speakers(document, quote, at)
    if "agency" in layers:
        yield from _agency(quote, at)


def _speakers(document: Document, quote: Quote, at: str) -> Iterator[Found]:
    names = {entity.name for entity in document.entities}
    answers = [(f"{at}.speaker", quote.speakers)]
    for index, alternative in enumerate(quote.speaker_alternatives):
        field = f"{at}.speaker_alternatives[{index}]"
        answers.append((field, alternative))
        if not alternative:
            yield field, "an empty list: an answer names somebody"
        if set(alternative) == set(quote.speakers):
            yield field, "the same as speaker: remove it"
    if quote.speaker_alternatives and not quote.speakers and quote.status == "core":
        yield f"{at}.speaker", "empty beside alternatives: make one of them the speaker"
    for field, answer in answers:
        if len(set(answer)) < len(answer):
            yield field, "a name twice: keep one"
        for name in answer:
            if name not in names:
                yield field, f"{name!r} is not among the document's entities: add it there"


def _agency(quote: Quote, at: str) -> Iterator[Found]:
    known = load_agencies().names
    if (quote.agency is None) != (quote.agency_role is None):
        yield f"{at}.agency_role", "goes with agency: give both, or null for both"
    if quote.agency in quote.agency_alternatives:
        yield f"{at}.agency_alternatives", "repeats agency: remove it there"
    answers = [("agency", quote.agency)]
    answers += [(f"agency_alternatives[{i}]", n) for i, n in enumerate(quote.agency_alternatives)]
    for field, name in answers:
        if name is not None and name not in known:
            what = f"{name!r} is no canonical name in gold/agencies.json: use one, or add it"
            yield f"{at}.{field}", what


def _entities(document: Document) -> Iterator[Found]:
    owners: dict[str, str] = {}
    for index, entity in enumerate(document.entities):
        at = f"entities[{index}]"
        if not entity.name.strip():
            yield f"{at}.name", "empty: give the canonical name"
        if not all(alias.strip() for alias in entity.aliases):
            yield f"{at}.aliases", "an empty alias: remove it"
        for name in (entity.name, *entity.aliases):
            yield from _no_date(name, at)
            # Names are found without their case, so two must differ in more than that.
            owner = owners.setdefault(fold(name), entity.name)
            if owner != entity.name:
                yield at, f"{name!r} is also a name of {owner!r}: a name belongs to one entity"
    names = Counter(entity.name for entity in document.entities)
    for name, times in names.items():
        if times > 1:
            yield "entities", f"{name!r} is listed {times} times: keep one"


def _prediction(document: Document, text: str | None, task: str) -> Iterator[Found]:
    ids = Counter(quote.quote_id for quote in document.quotes if quote.quote_id)
    for index, quote in enumerate(document.quotes):
        at = f"quotes[{index}]"
        if task == "attribution":
            if not quote.quote_id:
                yield f"{at}.quote_id", "missing: answer by the quote_id of the gold"
        elif quote.content is None and quote.quote is None:
            yield at, "neither quote nor content: give the words or their offsets"
        if quote.content == ():
            yield f"{at}.content", "an empty list: give a span, or leave the quote out"
        if quote.content is None and quote.quote == "":
            yield f"{at}.quote", "empty: give the words, or leave the quote out"
        if task == "attribution" and ids[quote.quote_id] > 1:
            yield f"{at}.quote_id", f"{quote.quote_id!r} is used twice: answer once"
        for name in ("content", "cue", "source"):
            yield from _spans(getattr(quote, name) or (), f"{at}.{name}", text)
        if quote.confidence is not UNSET and not 0 <= quote.confidence <= 1:
            yield f"{at}.confidence", f"{quote.confidence}: write a number from 0 to 1"
        if any(not name.strip() for name in quote.speakers):
            yield f"{at}.speaker", "an empty name: write null where nobody is named"
        if quote.agency is not None and not quote.agency.strip():
            yield f"{at}.agency", "an empty name: write null where there is none"


def _spans(spans: Spans, at: str, text: str | None) -> Iterator[Found]:
    for index, span in enumerate(spans):
        if span.start >= span.end:
            what = f"start {span.start} is not before end {span.end}: offsets are half-open"
            yield f"{at}[{index}]", what
        if text is not None and span.end > len(text):
            what = (
                f"end {span.end} lies behind the end of the text ({len(text)} characters): "
                "offsets count Unicode code points, not bytes"
            )
            yield f"{at}[{index}].end", what
    for index in range(1, len(spans)):
        if spans[index].start < spans[index - 1].end:
            yield f"{at}[{index}]", "overlaps or precedes the part before it: list parts in order"


def _no_date(value: str, field: str) -> Iterator[Found]:
    if _DATE.fullmatch(value):
        yield field, "looks like an ISO date, which Arrow turns into a time: write it otherwise"
