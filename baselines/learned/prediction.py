"""From a model and a text to attributions: choose candidates, add names and agencies."""

from collections.abc import Iterable

from baselines.learned.candidates import DARING, propose
from baselines.learned.features import columns
from baselines.learned.model import Model
from baselines.learned.naming import named, overlap, ranked
from baselines.learned.ranking import candidate_table, choose, pick_sources
from baselines.learned.reading import Reading, read_text
from baselines.rules.layout import Range
from benchmark.records import Quote, Span


def predict(model: Model, text: str, *, by_rank: bool | None = None) -> list[Quote]:
    """The attributions of a text, in its order. No two contents overlap.

    `by_rank` says whether speakers are ranked or those of `rules`; None leaves it to the model.
    """
    reading = read_text(text)
    found = propose(reading, model.chain, columns(reading))
    table = candidate_table(found)
    chance = model.right.probability(table)
    if model.header.own:
        chosen = choose(found, chance, model.exact.probability(table), model.header.least)
    else:
        ruled = [one.by[len(DARING)] for one in found.candidates]
        chosen = choose(found, chance * ruled, chance * 0, 1e-9)
    candidates = [found.candidates[index] for index in chosen]
    if model.header.own:
        sources = pick_sources(found, candidates, model.source)
    else:
        sources = [one.sources[0] if one.sources else None for one in candidates]
    quotes = []
    for index, one, source in zip(chosen, candidates, sources, strict=True):
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
    with_names = named(reading, quotes)
    ranking = model.header.ranked if by_rank is None else by_rank
    return ranked(reading, with_names, model.speaker) if ranking else with_names


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
        and not any(overlap(one, other) for other in quotes)
    ]
