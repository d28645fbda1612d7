"""Candidates: attributions that the chain, at several levels of daring, or `rules` finds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baselines.learned import crf
from baselines.learned.features import runs
from baselines.learned.labels import LABELS, Chunk, Parts, chunks, parts_of
from baselines.learned.reading import Reading
from baselines.rules.layout import Range

# What is added to the scores of cues in each decoding: more daring, more candidates.
DARING = (0.0, 0.5, 1.0)
_CUES = slice(LABELS.index("cue-B"), LABELS.index("cue-I") + 1)
_ROLES = {
    "cue": _CUES,
    "source": slice(LABELS.index("source-B"), LABELS.index("source-E") + 1),
    "content": slice(LABELS.index("before-B"), LABELS.index("behind-E") + 1),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that may be right, as ranges of tokens, and who proposes it."""

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    sources: tuple[Range, ...]
    by: tuple[bool, ...]


@dataclass(frozen=True)
class Proposals:
    """What may be in a text: candidates, and places that may be sources.

    `chances` holds the probability of each role (cue, source, content, and the beginning and
    the end of a content) at each token.
    """

    reading: Reading
    candidates: tuple[Candidate, ...]
    sources: tuple[Range, ...]
    chances: dict[str, npt.NDArray[np.float32]]
    ruled: tuple[Parts, ...]


def paragraph_lengths(reading: Reading) -> npt.NDArray[np.int64]:
    """How many tokens each paragraph has."""
    found = runs([token.paragraph for token in reading.tokens])
    return np.array([last - first for first, last in found], np.int64)


def propose(reading: Reading, chain: crf.Chain, hashes: npt.NDArray[np.uint64]) -> Proposals:
    """All candidates of a text."""
    found: dict[tuple[tuple[Range, ...], tuple[Range, ...]], Candidate] = {}
    lengths = paragraph_lengths(reading)
    scores = chain.scores(hashes)
    chance = crf.marginals(chain, scores, lengths)
    number = len(reading.tokens)
    sources: set[Range] = set()
    if number:
        dared = [scores.copy() for _ in DARING]
        for one, extra in zip(dared, DARING, strict=True):
            one[:, _CUES] += extra
        labels = crf.viterbi(chain, np.concatenate(dared), np.tile(lengths, len(DARING)))
        for level in range(len(DARING)):
            runs_found = chunks(labels[level * number : (level + 1) * number])
            sources.update((c.first, c.last) for c in runs_found if c.kind == "source")
            for content, cue, source in linked(reading, runs_found):
                _add(found, content, cue, source, level)
    ruled = tuple(parts_of(reading, reading.rules))
    for parts in ruled:
        if parts.content:
            sources.update(parts.source)
            _add(found, parts.content, parts.cue, parts.source, len(DARING))
    roles = {name: chance[:, places].sum(1) for name, places in _ROLES.items()}
    roles["begin"] = chance[:, [LABELS.index("before-B"), LABELS.index("behind-B")]].sum(1)
    roles["end"] = chance[:, [LABELS.index("before-E"), LABELS.index("behind-E")]].sum(1)
    ordered = sorted(found.values(), key=lambda one: (one.content, one.cue))
    return Proposals(reading, tuple(ordered), tuple(sorted(sources)), roles, ruled)


def _add(
    found: dict[tuple[tuple[Range, ...], tuple[Range, ...]], Candidate],
    content: tuple[Range, ...],
    cue: tuple[Range, ...],
    source: tuple[Range, ...],
    by: int,
) -> None:
    key = content, cue
    known = found.get(key)
    before = known.by if known is not None else (False,) * (len(DARING) + 1)
    sources = {*(known.sources if known is not None else ()), *source}
    flags = tuple(flag or index == by for index, flag in enumerate(before))
    found[key] = Candidate(content, cue, tuple(sorted(sources)), flags)


def linked(
    reading: Reading, found: Sequence[Chunk]
) -> list[tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]]:
    """Chunks to attributions: each content goes to the next cue of its paragraph on its side,
    each cue takes the nearest source of its sentence, or of its paragraph."""
    tokens = reading.tokens
    cues = [one for one in found if one.kind == "cue"]
    sources = [one for one in found if one.kind == "source"]
    contents: list[list[Range]] = [[] for _ in cues]
    for one in found:
        if one.kind not in ("before", "behind"):
            continue
        near = [index for index, cue in enumerate(cues)
                if tokens[cue.first].paragraph == tokens[one.first].paragraph]  # fmt: skip
        left = [index for index in near if cues[index].last <= one.first][-1:]
        right = [index for index in near if cues[index].first >= one.last][:1]
        for index in (right or left) if one.kind == "before" else (left or right):
            contents[index].append((one.first, one.last))
    made: list[tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]] = []
    for cue, content in zip(cues, contents, strict=True):
        if not content:
            continue
        here = [one for one in sources if tokens[one.first].sentence == tokens[cue.first].sentence]
        here = here or [one for one in sources
                        if tokens[one.first].paragraph == tokens[cue.first].paragraph]  # fmt: skip
        place = cue.first, cue.last
        nearest = min(here, key=lambda one: distance((one.first, one.last), place), default=None)
        source = () if nearest is None else ((nearest.first, nearest.last),)
        made.append((tuple(sorted(content)), ((cue.first, cue.last),), source))
    return made


def distance(source: Range, cue: Range) -> float:
    """How far a source is from a cue; behind it a little farther."""
    return cue[0] - source[1] if source[1] <= cue[0] else source[0] - cue[1] + 0.5


def dice(a: Sequence[Range], b: Sequence[Range]) -> float:
    """The similarity of two sets of tokens, each in the order of the text."""
    if a and b and (a[-1][1] <= b[0][0] or b[-1][1] <= a[0][0]):
        return 0.0
    one = {index for first, last in a for index in range(first, last)}
    other = {index for first, last in b for index in range(first, last)}
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
