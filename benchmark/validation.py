"""Validation: what a record must satisfy beyond its types.

Gold is held to the guidelines as far as a program can tell; a prediction only to what
scoring needs. A wrong prediction is no fault: it is scored.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence

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


def check_gold(document: Document, file: str, line: int, words: Words | None = None) -> list[Fault]:
    """Every fault of a gold document. `words` are those of its text, if known already."""
    found: list[Found] = []
    _gold(document, words or Words(document.text), found)
    return [Fault(file, line, field, what) for field, what in found]


def check_prediction(
    document: Document, file: str, line: int, *, text: str | None, task: str
) -> list[Fault]:
    """Every fault of a predicted document; `text` is that of the gold, where it is known."""
    found: list[Found] = []
    _prediction(document, text, task, found)
    return [Fault(file, line, field, what) for field, what in found]


# Each check adds what it finds to a list. Generators would read better, but a large corpus
# is checked at each scoring, and half of the time would go into them.
def _gold(document: Document, words: Words, found: list[Found]) -> None:
    for name in ("text", "language", "origin", "license", "canary"):
        if not getattr(document, name):
            found.append((name, "empty: fill it in"))
    if not document.layers:
        found.append(("layers", "empty: list what this gold labels"))
    for name in ("doc_id", "title", "language", "origin", "license", "canary"):
        _no_date(getattr(document, name), name, found)
    _entities(document, found)
    entities = {entity.name for entity in document.entities}
    unlabelled = [
        (layer, name)
        for layer, names in _LAYER_FIELDS.items()
        if layer not in document.layers
        for name in names
    ]
    _variant(document, found)
    seen: dict[Region, int] = {}
    ids = Counter([quote.quote_id for quote in document.quotes])
    for index, quote in enumerate(document.quotes):
        at = f"quotes[{index}]"
        if not quote.quote_id:
            found.append((f"{at}.quote_id", "empty: give each quote an id"))
        elif ids[quote.quote_id] > 1:
            what = f"{quote.quote_id!r} is used twice: give each quote its own"
            found.append((f"{at}.quote_id", what))
        for layer, name in unlabelled:
            if getattr(quote, name):
                what = f"given, but {layer!r} is not among the document's layers"
                found.append((f"{at}.{name}", what))
        _gold_quote(document, quote, at, entities, found)
        content = quote.content or ()
        sound = len(found)
        _spans(content, at, "content", document.text, found)
        if len(found) > sound:
            continue
        region = words.region(content)
        if not region:
            found.append((f"{at}.content", "no word in it: a content is at least one word"))
        elif (first := seen.setdefault(region, index)) != index:
            what = f"the same words as quotes[{first}]: keep one of the two"
            found.append((f"{at}.content", what))
        if quote.quote != words_of(document.text, content):
            found.append((f"{at}.quote", "not the words of content: derive it from the spans"))


def _gold_quote(
    document: Document, quote: Quote, at: str, entities: Container[str], found: list[Found]
) -> None:
    _spans(quote.cue, at, "cue", document.text, found)
    _spans(quote.source, at, "source", document.text, found)
    # One type for a field, whatever the layers: readers of tables need it.
    if not isinstance(quote.speaker, tuple):
        found.append((f"{at}.speaker", "not a list: gold lists canonical names"))
    _no_date(quote.quote_id, at + ".quote_id", found)
    _no_date(quote.quote or "", at + ".quote", found)
    _no_date(quote.note, at + ".note", found)
    if quote.quote_type is None and "quote_type" in document.layers:
        found.append((f"{at}.quote_type", "null: write direct, indirect or mixed"))
    if quote.phenomena:
        if quote.status == "core" and "agency_shell" in quote.phenomena:
            what = "an agency shell is optional: the agency is not the speaker"
            found.append((f"{at}.status", what))
        if len(set(quote.phenomena)) < len(quote.phenomena):
            found.append((f"{at}.phenomena", "one of them twice: keep one"))
    if quote.confidence is not UNSET:
        found.append((f"{at}.confidence", "gold has no confidence: remove it"))
    if "speaker" in document.layers:
        _speakers(quote, at, entities, found)
    if "agency" in document.layers:
        _agency(quote, at, found)


def _speakers(quote: Quote, at: str, entities: Container[str], found: list[Found]) -> None:
    _answer(quote.speakers, f"{at}.speaker", entities, found)
    for index, alternative in enumerate(quote.speaker_alternatives):
        field = f"{at}.speaker_alternatives[{index}]"
        if not alternative:
            found.append((field, "an empty list: an answer names somebody"))
        if set(alternative) == set(quote.speakers):
            found.append((field, "the same as speaker: remove it"))
        _answer(alternative, field, entities, found)
    if quote.speaker_alternatives and not quote.speakers and quote.status == "core":
        found.append((f"{at}.speaker", "empty beside alternatives: make one of them the speaker"))


def _answer(
    answer: Sequence[str], field: str, entities: Container[str], found: list[Found]
) -> None:
    if len(answer) > 1 and len(set(answer)) < len(answer):
        found.append((field, "a name twice: keep one"))
    for name in answer:
        if name not in entities:
            what = f"{name!r} is not among the document's entities: add it there"
            found.append((field, what))


def _agency(quote: Quote, at: str, found: list[Found]) -> None:
    if (quote.agency is None) != (quote.agency_role is None):
        found.append((f"{at}.agency_role", "goes with agency: give both, or null for both"))
    if quote.agency is None and not quote.agency_alternatives:
        return
    if quote.agency in quote.agency_alternatives:
        found.append((f"{at}.agency_alternatives", "repeats agency: remove it there"))
    known = load_agencies().names
    answers = [("agency", quote.agency)]
    answers += [(f"agency_alternatives[{i}]", n) for i, n in enumerate(quote.agency_alternatives)]
    for field, name in answers:
        if name is not None and name not in known:
            what = f"{name!r} is no canonical name in gold/agencies.json: use one, or add it"
            found.append((f"{at}.{field}", what))


def _variant(document: Document, found: list[Found]) -> None:
    """The fields of a contrast set: all or none, and pairs that name quotes of the document."""
    given = [getattr(document, name) is not UNSET for name in ("parent", "perturbation", "pairs")]
    if any(given) and not all(given):
        found.append(("pairs", "give parent, perturbation and pairs together, or none of them"))
    known = {quote.quote_id for quote in document.quotes if quote.status == "core"}
    for index, pair in enumerate(document.pairs or ()):
        at = f"pairs[{index}]"
        if pair.quote is not None and pair.quote not in known:
            found.append((f"{at}.quote", f"{pair.quote!r} is no core quote of this document"))
        if pair.quote is None and not pair.content:
            found.append((f"{at}.content", "empty: say where the words stand now"))
        _spans(pair.content, at, "content", document.text, found)


def _entities(document: Document, found: list[Found]) -> None:
    owners: dict[str, str] = {}
    for index, entity in enumerate(document.entities):
        at = f"entities[{index}]"
        if not entity.name.strip():
            found.append((f"{at}.name", "empty: give the canonical name"))
        if not all(alias.strip() for alias in entity.aliases):
            found.append((f"{at}.aliases", "an empty alias: remove it"))
        for name in (entity.name, *entity.aliases):
            _no_date(name, at, found)
            # Names are found without their case, so two must differ in more than that.
            owner = owners.setdefault(fold(name), entity.name)
            if owner != entity.name:
                what = f"{name!r} is also a name of {owner!r}: a name belongs to one entity"
                found.append((at, what))
    names = Counter([entity.name for entity in document.entities])
    for name, times in names.items():
        if times > 1:
            found.append(("entities", f"{name!r} is listed {times} times: keep one"))


def _prediction(document: Document, text: str | None, task: str, found: list[Found]) -> None:
    ids = Counter([quote.quote_id for quote in document.quotes if quote.quote_id])
    for index, quote in enumerate(document.quotes):
        at = f"quotes[{index}]"
        if task == "attribution":
            if not quote.quote_id:
                found.append((f"{at}.quote_id", "missing: answer by the quote_id of the gold"))
            elif ids[quote.quote_id] > 1:
                found.append((f"{at}.quote_id", f"{quote.quote_id!r} is used twice: answer once"))
        elif quote.content is None and quote.quote is None:
            found.append((at, "neither quote nor content: give the words or their offsets"))
        if quote.content is None:
            if quote.quote == "":
                found.append((f"{at}.quote", "empty: give the words, or leave the quote out"))
        elif not quote.content:
            what = "an empty list: give a span, or leave the quote out"
            found.append((f"{at}.content", what))
        else:
            _spans(quote.content, at, "content", text, found)
        _spans(quote.cue, at, "cue", text, found)
        _spans(quote.source, at, "source", text, found)
        if quote.confidence is not UNSET and not 0 <= quote.confidence <= 1:
            what = f"{quote.confidence}: write a number from 0 to 1"
            found.append((f"{at}.confidence", what))
        for name in quote.speakers:
            if not name or name.isspace():
                what = "an empty name: write null where nobody is named"
                found.append((f"{at}.speaker", what))
        if quote.agency is not None and not quote.agency.strip():
            found.append((f"{at}.agency", "an empty name: write null where there is none"))


def _spans(spans: Spans, at: str, name: str, text: str | None, found: list[Found]) -> None:
    before = 0
    for index, span in enumerate(spans):
        start, end = span.start, span.end
        if start >= end:
            what = f"start {start} is not before end {end}: offsets are half-open"
            found.append((f"{at}.{name}[{index}]", what))
        if text is not None and end > len(text):
            what = (
                f"end {end} lies behind the end of the text ({len(text)} characters): "
                "offsets count Unicode code points, not bytes"
            )
            found.append((f"{at}.{name}[{index}].end", what))
        if start < before:
            what = "overlaps or precedes the part before it: list parts in order"
            found.append((f"{at}.{name}[{index}]", what))
        before = end


def _no_date(value: str, field: str, found: list[Found]) -> None:
    if value[4:5] == "-" and _DATE.fullmatch(value):
        found.append((field, "looks like an ISO date, which Arrow turns into a time: reword it"))
