"""Phenomena that follow from the spans and labels of an attribution.

`gold/guidelines.md` lists the phenomena. An annotator marks them by hand; those that a
program can tell are held against the spans here, so that a mark is neither missing nor wrong.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from benchmark.records import Document, Phenomenon, Quote, words_of

Found = tuple[str, str]

_PRONOUNS = frozenset("i we you he she it they his her its their our my him them".split())
_POSITIONS: frozenset[Phenomenon] = frozenset(("agency_head", "agency_middle", "agency_tail"))


def check_phenomena(document: Document) -> list[Found]:
    """What is wrong with the phenomena of a gold document: the field, and what to do."""
    kinds = {entity.name: entity.kind for entity in document.entities}
    return [
        (f"quotes[{index}].phenomena", f"{what} ({quote.quote!r:.60})")
        for index, quote in enumerate(document.quotes)
        for what in _faults(document.text, quote, kinds)
    ]


def _faults(text: str, quote: Quote, kinds: Mapping[str, str]) -> Iterator[str]:
    marked = set(quote.phenomena)
    for name, due in _certain(text, quote, kinds).items():
        if due != (name in marked):
            yield f"{name} is due: mark it" if due else f"{name} is not due: remove it"
    positions = len(marked & _POSITIONS)
    if positions != (quote.agency_role == "carrier"):
        yield "mark one of agency_head, agency_middle, agency_tail for a carrier, none else"
    if "partial_quote" in marked and quote.quote_type == "indirect":
        yield "partial_quote is not due: no word stands in quotation marks"
    if len(quote.speakers) > 1 and "plural_speaker" not in marked:
        yield "plural_speaker is due: several speak"
    if "nested" in marked and quote.status == "core":
        yield "nested is not due in a core quote: make it optional"
    if quote.status == "core" and quote.quote_type == "mixed" and "partial_quote" not in marked:
        yield "partial_quote is due: some words stand in quotation marks"


def _certain(text: str, quote: Quote, kinds: Mapping[str, str]) -> dict[Phenomenon, bool]:
    """Phenomena that spans and labels decide, and whether each is due."""
    content = quote.content or ()
    gaps = [text[a.end : b.start] for a, b in pairwise(content)]
    cue = words_of(text, quote.cue).lower()
    source = words_of(text, quote.source).lower()
    found: dict[Phenomenon, bool] = {
        "multi_paragraph": any("\n\n" in gap for gap in gaps)
        or any("\n\n" in text[part.start : part.end] for part in content),
        "pronoun_speaker": source in _PRONOUNS,
        "no_cue": not quote.cue,
        "according_to": cue.startswith("according to"),
        "agency_recipient": quote.agency_role == "recipient",
        "agency_inherited": quote.agency is None and any(quote.agency_alternatives),
    }
    speaks = quote.agency is not None and any(kinds[name] == "agency" for name in quote.speakers)
    if quote.status == "core":
        # A shell is split by what interrupts it, and so is what stands around a nested one.
        found["split_quote"] = any("\n\n" not in gap for gap in gaps)
        found["agency_only"] = speaks
        if not cue.startswith("according to") and "nominal_cue" not in quote.phenomena:
            found["inverted_cue"] = _inverted(text, quote, cue)
    return found


def _inverted(text: str, quote: Quote, cue: str) -> bool:
    """Whether the source stands right behind the verb that it is the subject of."""
    if len(quote.cue) != 1 or not quote.source or cue.endswith("ing"):
        return False  # "citing two people": they are the object
    return text[quote.cue[0].end : quote.source[0].start] == " "
