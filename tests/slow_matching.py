"""A slow twin of `benchmark.matching`: the rules of the contract read literally.

Every one-to-one pairing is listed and the best one is chosen by comparing tuples.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

WordSet = frozenset[int]


def dice(a: WordSet, b: WordSet) -> Fraction:
    return Fraction(2 * len(a & b), len(a) + len(b)) if a or b else Fraction(0)


def all_pairings(
    predicted: Sequence[WordSet],
    core: Sequence[WordSet],
    at: int = 0,
    used: frozenset[int] = frozenset(),
) -> Iterator[tuple[tuple[int, int], ...]]:
    if at == len(core):
        yield ()
        return
    for rest in all_pairings(predicted, core, at + 1, used):
        yield rest
    for index, words in enumerate(predicted):
        copied = any(predicted[other] == words for other in used)
        if not copied and words and dice(words, core[at]) >= Fraction(1, 2):
            for rest in all_pairings(predicted, core, at + 1, used | {index}):
                yield ((index, at), *rest)


def best_pairing(
    predicted: Sequence[WordSet], core: Sequence[WordSet], optional: Sequence[WordSet]
) -> set[tuple[WordSet, WordSet]]:
    """The pairs, as word sets, of the best pairing. `core` is in text order."""
    ranks = {words: rank for rank, words in enumerate(sorted(set(predicted), key=sorted))}

    def value(pairs: tuple[tuple[int, int], ...]) -> tuple[object, ...]:
        by_core = {c: ranks[predicted[p]] for p, c in pairs}
        order = tuple(-by_core.get(c, len(ranks)) for c in range(len(core)))
        return (
            sum(predicted[p] == core[c] for p, c in pairs),
            len(pairs),
            -sum(predicted[p] in optional for p, _ in pairs),
            sum((dice(predicted[p], core[c]) for p, c in pairs), Fraction(0)),
            order,
        )

    best = max(all_pairings(predicted, core), key=value)
    return {(predicted[p], core[c]) for p, c in best}


def excused_wordings(
    left: Sequence[WordSet], core: Sequence[WordSet], optional: Sequence[tuple[WordSet, bool]]
) -> dict[WordSet, int]:
    """How many of the predictions left over are excused, by their words."""
    counts: dict[WordSet, int] = {}
    for words in set(left):
        if not words:
            continue
        nearest = max((dice(words, other) for other in core), default=Fraction(0))
        excuses = 0
        for other, shell in optional:
            similar = dice(words, other)
            inside = not shell and 2 * len(words & other) >= len(words)
            if similar > nearest and (similar >= Fraction(1, 2) or inside):
                excuses += 1
        excused = min(excuses, list(left).count(words))
        if excused:
            counts[words] = excused
    return counts
