"""From a model and a text to attributions: choose candidates, add names and agencies."""

from bisect import bisect_right
from collections.abc import Iterable

from baselines.learned.candidates import DARING, propose
from baselines.learned.features import columns
from baselines.learned.model import Model
from baselines.learned.ranking import candidate_table, choose, pick_source
from baselines.learned.reading import Reading, read_text
from baselines.rules.layout import Range
from baselines.rules.names import People
from benchmark.agencies import load_agencies
from benchmark.quotation import QuoteTypes
from benchmark.records import Quote, Span


def predict(model: Model, text: str) -> list[Quote]:
    """The attributions of a text, in its order. No two contents overlap."""
    reading = read_text(text)
    found = propose(reading, model.chain, columns(reading))
    table = candidate_table(found)
    chance = model.right.probability(table)
    if model.header.own:
        chosen = choose(found, chance, model.exact.probability(table), model.header.least)
    else:
        ruled = [one.by[len(DARING)] for one in found.candidates]
        chosen = choose(found, chance * ruled, chance * 0, 1e-9)
    quotes = []
    for index in chosen:
        one = found.candidates[index]
        source = pick_source(found, one, model.source)[0] if model.header.own else (
            one.sources[0] if one.sources else None)  # fmt: skip
        content = spans(reading, one.content)
        if content:
            quotes.append(
                Quote(
                    content=content,
                    cue=spans(reading, one.cue),
                    source=() if source is None else spans(reading, (source,)),
                    confidence=model.confidence(float(chance[index])),
                )
            )
    quotes += _carried(reading, quotes)
    quotes.sort(key=lambda one: one.content[0].start if one.content else 0)
    return _named(reading, quotes)


def spans(reading: Reading, ranges: Iterable[Range]) -> tuple[Span, ...]:
    """Ranges of tokens as ranges of characters, without the marks at their edges."""
    tokens = reading.tokens
    made = []
    for first, last in ranges:
        while first < last and not tokens[first].text[0].isalnum():
            first += 1
        while first < last and not tokens[last - 1].text[0].isalnum():
            last -= 1
        if first < last:
            made.append(Span(tokens[first].start, tokens[last - 1].end))
    return tuple(made)


def _carried(reading: Reading, quotes: list[Quote]) -> list[Quote]:
    """What `rules` finds in sentences that an agency carries and the model finds nothing in.

    There the agency itself is the source, and its words are no tokens of the reading.
    """
    shells = [one for one in reading.sentences if one.shell.cue is not None]
    return [
        one
        for one in reading.rules
        if one.content
        and any(a.start <= one.content[0].start < a.end for a in shells)
        and not any(_overlap(one, other) for other in quotes)
    ]


def _overlap(one: Quote, other: Quote) -> bool:
    return any(
        a.start < b.end and b.start < a.end for a in one.content or () for b in other.content or ()
    )


def _named(reading: Reading, quotes: list[Quote]) -> list[Quote]:
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
        named = "" if place is None else text[place.start : place.end]
        at = None if place is None else (place.start, place.end)
        speaker = people.resolve(named, at) if named else ()
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


def _alike(one: Quote, rule: Quote) -> bool:
    """Whether `rules` found the same attribution: its cue, or without one its content."""
    if one.cue and rule.cue:
        return one.cue[0].start == rule.cue[0].start
    return _overlap(one, rule)
