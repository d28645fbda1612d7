"""`rules`: grammar and lexicon, no model and no download.

From the text as it lies: paragraphs, quotations and sentences (`layout`), the agency
shell of each sentence (`agency`), cues with source and content (`clauses`), and at last
who that is (`names`).
"""

import dataclasses

import msgspec

from baselines.rules.agency import Shell, patterns_for, shell
from baselines.rules.clauses import Found, clauses, first_noun
from baselines.rules.layout import Quotation, Range, paragraphs, quotations, sentences
from baselines.rules.names import People
from benchmark.annotation import QuoteTypes
from benchmark.records import Document, Quote, Span
from benchmark.words import count_words

_FEWEST_WORDS = 3


class Rules:
    """A deterministic attributor for English news."""

    name = "rules"

    def predict(self, document: Document) -> list[Quote]:
        """The attributions of the text, in its order."""
        text = document.text
        people = People(text, QuoteTypes(text), patterns_for(text))
        quotes: list[Quote] = []
        open_quote = False
        for start, end in paragraphs(text):
            quoted = quotations(text, start, end)
            if open_quote and quotes and quoted and not text[start : quoted[0].start - 1].strip():
                one = quoted[0]
                quotes[-1] = _longer(people.types, quotes[-1], (one.start, one.end))
                open_quote = not one.closed
                continue
            _paragraph(text, start, end, quoted, people, quotes)
            open_quote = bool(quoted) and not quoted[-1].closed and bool(quotes)
        return quotes


def _paragraph(
    text: str, start: int, end: int, quoted: list[Quotation], people: People, quotes: list[Quote]
) -> None:
    masked = _mask(text, quoted)
    begun = len(quotes)
    for first, last in sentences(text, start, end, quoted):
        carried = shell(masked, first, last, people.patterns)
        found = list(clauses(text, masked, carried.start, carried.end, quoted))
        if not found and carried.role == "carrier" and carried.agency:
            quotes.append(_agency_alone(people, carried))
            continue
        inside = [one for one in quoted if first <= one.start and one.end <= last]
        rest = _with_rest(found, inside)
        if not found and _follow_up(text, first, last, inside, begun, people, quotes):
            continue
        found += _without_cue(text, masked, first, last, rest)
        found.sort(key=lambda one: one.content[:1])
        quotes += [_quote(text, one, carried, people) for one in found if one.content]


def _with_rest(found: list[Found], inside: list[Quotation]) -> list[Quotation]:
    """Give quotations that no content holds to the reporting clause between them and theirs.

    Changes `found`; returns the quotations that are still nobody's.
    """
    rest = []
    for one in inside:
        if any(a <= one.start and one.end <= b for each in found for a, b in each.content):
            continue
        for index, each in enumerate(found):
            if each.fronted and each.cue[1] <= one.start:
                longer = (*each.content, (one.start, one.end))
                found[index] = dataclasses.replace(each, content=longer)
                break
        else:
            rest.append(one)
    return rest


def _without_cue(
    text: str, masked: str, first: int, last: int, rest: list[Quotation]
) -> list[Found]:
    """Quotations of some length by whoever the sentence is about."""
    long = [one for one in rest if count_words(text[one.start : one.end]) >= _FEWEST_WORDS]
    source = first_noun(masked, first, last) if long else None
    if source is None:
        return []
    ranges = tuple((one.start, one.end) for one in long)
    return [Found(ranges, (source[1], source[1]), source, confidence=0.3)]


def _follow_up(
    text: str, first: int, last: int, inside: list[Quotation], begun: int,
    people: People, quotes: list[Quote],
) -> bool:  # fmt: skip
    """A sentence without a cue that is a quotation: the last speaker goes on."""
    words = count_words(text[first:last])
    said = sum(count_words(text[one.start : one.end]) for one in inside)
    if not quotes or said < _FEWEST_WORDS or said < words:
        return False
    if len(quotes) > begun and quotes[-1].quote_type == "direct":
        for one in inside:
            quotes[-1] = _longer(people.types, quotes[-1], (one.start, one.end))
        return True
    content = tuple(Span(one.start, one.end) for one in inside)
    quotes.append(
        Quote(
            content=content,
            source=quotes[-1].source,
            speaker=(people.last,) if people.last else (),
            quote_type="direct",
            confidence=0.5,
        )
    )
    return True


def _quote(text: str, found: Found, carried: Shell, people: People) -> Quote:
    content = _spans(found.content)
    source = () if found.source is None else _spans((found.source,))
    named = "" if found.source is None else text[found.source[0] : found.source[1]]
    agency = None if found.relative else carried.agency
    return Quote(
        content=content,
        cue=_spans((found.cue,)) if found.cue[0] < found.cue[1] else (),
        source=source,
        speaker=people.resolve(named) if named else (),
        agency=agency,
        agency_role=carried.role if agency else None,
        quote_type=people.types(content),
        confidence=found.confidence,
    )


def _agency_alone(people: People, carried: Shell) -> Quote:
    content = (Span(carried.start, carried.end),)
    return Quote(
        content=content,
        cue=() if carried.cue is None else _spans((carried.cue,)),
        source=() if carried.source is None else _spans((carried.source,)),
        speaker=(carried.agency or "",),
        agency=carried.agency,
        agency_role="carrier",
        quote_type=people.types(content),
        confidence=0.6,
    )


def _longer(types: QuoteTypes, quote: Quote, part: Range) -> Quote:
    """A quote with one more part of content."""
    content = (*(quote.content or ()), Span(*part))
    ordered = tuple(sorted(content, key=lambda span: span.start))
    return msgspec.structs.replace(quote, content=ordered, quote_type=types(ordered))


def _mask(text: str, quoted: list[Quotation]) -> str:
    """The text with quotations, marks included, blanked out."""
    pieces = []
    at = 0
    for one in quoted:
        pieces.append(text[at : one.start - 1])
        stop = one.end + one.closed
        pieces.append("\x00" * (stop - one.start + 1))
        at = stop
    return "".join([*pieces, text[at:]])


def _spans(ranges: tuple[Range, ...]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in sorted(ranges))
