"""Names: speakers and agencies of attributions, as `rules` has them and as ranked."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from baselines.learned.reading import Reading
from baselines.learned.speakers import Asked, Cast, Floats, rank
from baselines.rules.names import People
from benchmark.agencies import load_agencies
from benchmark.quotation import QuoteTypes
from benchmark.records import Quote
from benchmark.titles import PRONOUNS


def named(reading: Reading, quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes with speaker, agency, type and id.

    A source goes to its name as in `rules`; where `rules` has the same attribution with the
    same source, its answer is taken, since it has followed the text from its beginning.
    """
    text = reading.text
    kinds = QuoteTypes(text)
    people = People(text, load_agencies())
    starts = [one.start for one in reading.sentences]
    done: list[Quote] = []
    for number, one in enumerate(quotes, 1):
        content = one.content or ()
        anchor = (one.cue or content)[0].start
        shell = reading.sentences[max(0, bisect_right(starts, anchor) - 1)].shell
        same = next((rule for rule in reading.rules if _alike(one, rule)), None)
        place = one.source[0] if one.source else None
        words = "" if place is None else text[place.start : place.end]
        at = None if place is None else (place.start, place.end)
        speaker = people.resolve(words, at) if words else ()
        if same is not None and (not speaker or same.source == one.source):
            speaker = same.speakers or speaker
        agency, role = shell.agency, shell.role
        if same is not None:
            agency, role = same.agency, same.agency_role
        elif agency is None and speaker and speaker[0] in people.agencies.names:
            agency, role = speaker[0], "carrier"
        done.append(
            Quote(
                quote_id=f"l{number}",
                content=content,
                cue=one.cue,
                source=one.source,
                speaker=speaker,
                agency=agency,
                agency_role=role if agency else None,
                quote_type=kinds(content),
                confidence=one.confidence,
            )
        )
    return done


def ranked(reading: Reading, quotes: Sequence[Quote], weights: Floats) -> list[Quote]:
    """Quotes that `named` made, each with the speaker that is ranked first."""
    asked = questions(reading, quotes)
    agencies = load_agencies().names
    done = []
    for one, speaker in zip(quotes, rank(Cast(reading, asked), asked, weights), strict=True):
        agency, role = one.agency, one.agency_role
        if speaker != one.speakers:
            # An agency that was there as the speaker alone goes, one that speaks now comes.
            if agency is not None and one.speakers == (agency,):
                agency, role = None, None
            if agency is None and speaker and speaker[0] in agencies:
                agency, role = speaker[0], "carrier"
        done.append(replace(one, speaker=speaker, agency=agency, agency_role=role))
    return done


def questions(reading: Reading, quotes: Sequence[Quote]) -> tuple[Asked, ...]:
    """What is asked of quotes that `named` made; where one has no source, that of `rules` counts.

    Whom an agency carries is told by the sentence around it and needs no ranking.
    """
    agencies = load_agencies().names
    asked = []
    for one in quotes:
        same = next((rule for rule in reading.rules if _alike(one, rule)), None)
        source = one.source or (same.source if same is not None else ())
        words = " ".join(reading.text[part.start : part.end] for part in source)
        settled = bool(agencies.intersection(one.speakers)) and words.lower() not in PRONOUNS
        asked.append(Asked(one.content or (), one.cue, source, one.speakers, settled))
    return tuple(asked)


def _alike(one: Quote, rule: Quote) -> bool:
    """Whether `rules` found the same attribution: its cue, or without one its content."""
    if one.cue and rule.cue:
        return one.cue[0].start == rule.cue[0].start
    return overlap(one, rule)


def overlap(one: Quote, other: Quote) -> bool:
    """Whether the contents of two attributions share a place."""
    return any(
        a.start < b.end and b.start < a.end for a in one.content or () for b in other.content or ()
    )
