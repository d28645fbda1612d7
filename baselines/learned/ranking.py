"""Which candidates are right: features of candidates and of their sources, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baselines.learned.candidates import Candidate, Proposals, dice, distance
from baselines.learned.features import hashed
from baselines.learned.labels import Parts
from baselines.learned.trees import Trees
from baselines.rules import verbs as lexicon
from baselines.rules.layout import Range

Floats = npt.NDArray[np.float64]

# A source less likely than this is none.
_LEAST_SOURCE = 0.25
_FARTHEST = 60


@dataclass(frozen=True)
class Chosen:
    """A candidate that was chosen, its source, and how likely each is right."""

    candidate: Candidate
    chance: float
    source: Range | None


def candidate_table(found: Proposals) -> Floats:
    """One row for each candidate."""
    reading, chances = found.reading, found.chances
    tokens = reading.tokens
    ruled = found.ruled
    logs = {role: np.log(values.clip(1e-4)).cumsum() for role, values in chances.items()}

    def mean(role: str, ranges: tuple[Range, ...]) -> float:
        sums = logs[role]
        total = sum(sums[last - 1] - (sums[first - 1] if first else 0) for first, last in ranges)
        return float(total / sum(last - first for first, last in ranges))

    rows = []
    for one in found.candidates:
        first, last = one.content[0][0], one.content[-1][1]
        words = sum(b - a for a, b in one.content)
        near = [(dice(one.content, parts.content), index) for index, parts in enumerate(ruled)
                if parts.content and parts.content[0][0] < last
                and parts.content[-1][1] > first]  # fmt: skip
        alike, index = max(near, default=(0.0, -1), key=lambda pair: (pair[0], -pair[1]))
        rival = [other for other in found.candidates if other is not one
                 and other.content[0][0] < last and other.content[-1][1] > first]  # fmt: skip
        quoted = sum(tokens[i].quotation >= 0 for a, b in one.content for i in range(a, b))
        cue = one.cue[0] if one.cue else None
        verb = tokens[cue[0]].text.lower() if cue is not None else ""
        form = lexicon.VERBS.get(verb)
        edges = [chances["begin"][a] for a, _ in one.content]
        ends = [chances["end"][b - 1] if b - a > 1 else chances["begin"][a]
                for a, b in one.content]  # fmt: skip
        before = tokens[first - 1].text if first else ""
        after = tokens[last].text if last < len(tokens) else ""
        rows.append([
            *one.by, len(one.content), words, quoted / words,
            mean("content", one.content), min(mean("content", (part,)) for part in one.content),
            min(edges), min(ends), max(edges), max(ends),
            mean("cue", one.cue) if cue is not None else -9,
            float(chances["cue"][cue[0]]) if cue is not None else -1,
            cue[1] - cue[0] if cue is not None else 0,
            0 if cue is None else -1 if cue[0] < first else 1 if cue[0] >= last else 0,
            0 if cue is None else min(abs(first - cue[1]), abs(cue[0] - last), _FARTHEST),
            # A hash tells frequent words apart: equal words get equal numbers.
            hashed(verb) % 997,
            -1 if form is None else sorted(("base", "third", "past", "ing")).index(form.form),
            form is not None and form.public,
            cue is not None and tokens[cue[0]].quotation >= 0,
            alike, dice(one.cue, ruled[index].cue) if index >= 0 else -1,
            float(reading.rules[index].confidence or 0) if index >= 0 else -1,
            len(near), len(rival), sum(other.cue == one.cue for other in rival),
            max((dice(one.content, other.content) for other in rival), default=0.0),
            sum(other.by[0] for other in rival),
            max((mean("content", other.content) for other in rival), default=-9.0),
            len(one.sources), mean("source", one.sources) if one.sources else -9,
            min((distance(s, cue) for s in one.sources), default=_FARTHEST) if cue else _FARTHEST,
            tokens[first].sentence != tokens[last - 1].sentence,
            first == 0 or tokens[first - 1].sentence != tokens[first].sentence,
            last == len(tokens) or tokens[last].sentence != tokens[last - 1].sentence,
            before == "that", before in (",", ":", '"', "“"), after in (",", ".", '"', "”"),
        ])  # fmt: skip
    return np.array(rows, np.float64)


def source_choices(found: Proposals, one: Candidate) -> list[Range]:
    """The places that may be the source of a candidate: those of its paragraph, and its own."""
    tokens = found.reading.tokens
    anchor = one.cue[0][0] if one.cue else one.content[0][0]
    paragraph = tokens[anchor].paragraph
    near = [place for place in found.sources
            if tokens[place[0]].paragraph == paragraph
            and abs(place[0] - anchor) < _FARTHEST]  # fmt: skip
    return sorted({*near, *one.sources})


def source_table(found: Proposals, one: Candidate, choices: list[Range]) -> Floats:
    """One row for each source that a candidate may have."""
    tokens, chances = found.reading.tokens, found.chances
    cue = one.cue[0] if one.cue else (one.content[0][0], one.content[0][0])
    ruled = [parts for parts in found.ruled
             if dice(parts.cue, one.cue) > 0
             or dice(parts.content, one.content) >= 0.5]  # fmt: skip
    order = {place: rank for rank, place in
             enumerate(sorted(choices, key=lambda place: distance(place, cue)))}  # fmt: skip
    verb = tokens[cue[0]].text.lower() if cue[0] < len(tokens) else ""
    form = lexicon.VERBS.get(verb)
    inside = {index for a, b in one.content for index in range(a, b)}
    source = np.log(chances["source"].clip(1e-4))
    cues = chances["cue"]
    rows = []
    for place in choices:
        a, b = place
        low, high = (b, cue[0]) if b <= cue[0] else (cue[1], a)
        between = range(low, high)
        rows.append([
            b <= cue[0], high - low, order[place], len(choices), b - a,
            source[a:b].mean(), source[a], source[b - 1],
            source[b] if b < len(tokens) else -9, source[a - 1] if a else -9,
            place in one.sources, any(place in parts.source for parts in ruled), len(ruled),
            max((dice((place,), parts.source) for parts in ruled), default=0.0),
            tokens[a].sentence - tokens[min(cue[0], len(tokens) - 1)].sentence,
            sum(float(cues[i]) for i in between),
            sum(float(chances["source"][i]) for i in between),
            sum(float(chances["content"][i]) for i in between) / (len(between) + 1),
            sum(i in inside for i in between), sum(i in inside for i in range(a, b)),
            sum(tokens[i].text == "," for i in between),
            tokens[a].quotation >= 0, tokens[a].text[0].isupper(),
            tokens[a].text.lower() in lexicon.PRONOUNS,
            -1 if form is None else sorted(("base", "third", "past", "ing")).index(form.form),
            hashed(verb) % 997, max((dice((place,), (other,)) for other in choices
                                     if other != place), default=0.0),
            tokens[b].text == "," if b < len(tokens) else False,
            tokens[a].sentence != tokens[a - 1].sentence if a else True,
        ])  # fmt: skip
    return np.array(rows, np.float64)


def is_right(one: Candidate, gold: list[Parts]) -> int:
    """Of which gold attribution a candidate is a prediction, or -1."""
    alike, index = max(
        ((dice(one.content, parts.content), -index) for index, parts in enumerate(gold)),
        default=(0.0, 0),
    )
    return -index if alike >= 0.5 else -1


def source_right(place: Range, gold: tuple[Range, ...]) -> bool:
    """Whether a source is right: alike, or inside the gold one."""
    inside = any(first <= place[0] and place[1] <= last for first, last in gold)
    return inside or dice((place,), gold) >= 0.5


def choose(found: Proposals, chance: Floats, exact: Floats, least: float) -> list[int]:
    """The candidates to predict: the likeliest first, none that overlaps an earlier one."""
    taken = np.zeros(len(found.reading.tokens), bool)
    chosen = []
    worth = chance + 0.5 * exact
    for index in sorted(range(len(chance)), key=lambda i: (-worth[i], i)):
        if chance[index] < least:
            continue
        one = found.candidates[index]
        if any(taken[first:last].any() for first, last in one.content):
            continue
        for first, last in one.content:
            taken[first:last] = True
        chosen.append(index)
    return sorted(chosen, key=lambda i: found.candidates[i].content)


def pick_sources(
    found: Proposals, candidates: Sequence[Candidate], trees: Trees
) -> list[Range | None]:
    """The likeliest source of each candidate, or None; all are judged at once."""
    choices = [source_choices(found, one) for one in candidates]
    tables = [source_table(found, one, places)
              for one, places in zip(candidates, choices, strict=True) if places]  # fmt: skip
    chances = trees.probability(np.concatenate(tables)) if tables else np.zeros(0)
    picked: list[Range | None] = []
    at = 0
    for places in choices:
        own = chances[at : at + len(places)]
        at += len(places)
        best = int(own.argmax()) if places else -1
        picked.append(places[best] if places and own[best] >= _LEAST_SOURCE else None)
    return picked
