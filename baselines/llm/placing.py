"""Placing: the claims of all chunks as the quotes of one document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import UNSET

from baselines.llm.parsing import Claim
from benchmark.alignment import Aligner
from benchmark.quotation import QuoteTypes
from benchmark.records import Quote, Span, Spans
from benchmark.words import Region, Words

_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_REACH = 500  # characters around a quote in which its cue and its source are looked for


@dataclass(frozen=True)
class Part:
    """A chunk's range in the text, and what was claimed of it."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def merge(text: str, parts: Sequence[Part]) -> list[Claim]:
    """The claims of all parts, in their order; what two parts found in common counts once.

    Two claims of different parts are one where their words have Dice >= 0.5 (the scorer's
    own bound); the one with more words stays, for the other was cut off. Of claims whose
    words are not in the text, equal ones count once.
    """
    if len(parts) == 1:
        return list(parts[0].claims)
    words = Words(text)
    kept: list[tuple[int, Claim, Region]] = []
    for number, part in enumerate(parts):
        places = Aligner(text[part.start : part.end]).place([one.quote for one in part.claims])
        for claim, place in zip(part.claims, places, strict=True):
            spans = () if place is None else place.spans
            region = words.region(Span(s.start + part.start, s.end + part.start) for s in spans)
            for at, (other, earlier, there) in enumerate(kept):
                if other == number or not _same(words, claim, region, earlier, there):
                    continue
                if words.size(region) > words.size(there):
                    kept[at] = (other, claim, region)
                break
            else:
                kept.append((number, claim, region))
    return [claim for _, claim, _ in kept]


def to_quotes(text: str, claims: Sequence[Claim]) -> list[Quote]:
    """Claims as quotes. The words stay as the model gave them: the harness finds them itself.

    Cue and source are looked up near the place where the harness will find the quote.
    """
    types = QuoteTypes(text)
    places = Aligner(text).place([claim.quote for claim in claims])
    quotes = []
    for claim, place in zip(claims, places, strict=True):
        content = () if place is None else place.spans
        quotes.append(
            Quote(
                quote=claim.quote,
                cue=_near(text, claim.cue, content),
                source=_near(text, claim.source, content),
                speaker=claim.speaker,
                agency=claim.agency,
                agency_role=claim.agency_role,
                quote_type=types(content) if content else None,
                confidence=UNSET if claim.confidence is None else claim.confidence,
            )
        )
    return quotes


def _same(words: Words, a: Claim, region: Region, b: Claim, there: Region) -> bool:
    if not region or not there:
        return not region and not there and a.quote == b.quote
    shared = words.common(region, there)
    return 4 * shared >= words.size(region) + words.size(there)


def _near(text: str, wanted: str, content: Spans) -> Spans:
    """The occurrence nearest to a quote, outside it; none where there is none near."""
    if not wanted or not content:
        return ()
    pattern = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, wanted.split())) + r"(?!\w)", re.IGNORECASE
    )
    low = max(0, content[0].start - _REACH)
    found = [
        Span(*match.span())
        for match in pattern.finditer(text, low, content[-1].end + _REACH)
        if all(match.end() <= span.start or span.end <= match.start() for span in content)
    ]
    return tuple(sorted(found, key=lambda span: _distance(text, span, content))[:1])


def _distance(text: str, span: Span, content: Spans) -> tuple[bool, int]:
    """Whether a sentence ends between, then characters: what is near may be another's."""
    gaps = [
        (one.end, span.start) if one.end <= span.start else (span.end, one.start) for one in content
    ]
    return min((_SENTENCE_END.search(text, *gap) is not None, gap[1] - gap[0]) for gap in gaps)
