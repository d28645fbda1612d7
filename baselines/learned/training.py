"""Training: from gold documents to a model, with every second-step figure held out.

The chain is trained on all folds but one and proposes candidates in the one left out; from
these the trees learn which candidates and sources are right (stacked generalisation, Wolpert
1992). The lowest chance to predict with and the calibration come from trees that had not
seen the fold either. Last the chain is trained on all documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baselines.learned import crf, trees
from baselines.learned.candidates import (
    DARING,
    Proposals,
    dice,
    paragraph_lengths,
    propose,
)
from baselines.learned.features import columns
from baselines.learned.labels import LABELS, Parts, chunks_of, label, parts_of
from baselines.learned.lessons import has_speakers, learn, shipped
from baselines.learned.model import Header, Model, digests
from baselines.learned.ranking import (
    candidate_table,
    choose,
    is_right,
    pick_sources,
    source_choices,
    source_right,
    source_table,
)
from baselines.learned.reading import Reading, read_text
from baselines.rules.layout import Range
from benchmark.records import Document
from benchmark.signature import Digest

FOLDS = 5
_RARE = 5
_LEAST = tuple(round(0.2 + 0.05 * step, 2) for step in range(9))
# What going beyond `rules` must gain on held-out folds (both F1 together) to be done.
_GAIN = 0.02
Step = Callable[[str, float], None]


@dataclass(frozen=True)
class _Text:
    """A training document, read: features, labels and the true attributions."""

    reading: Reading
    hashes: npt.NDArray[np.uint64]
    labels: npt.NDArray[np.int8]
    lengths: npt.NDArray[np.int64]
    gold: list[Parts]


@dataclass(frozen=True)
class _Tables:
    """What the trees of one document learn from."""

    candidates: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    exact: npt.NDArray[np.bool_]
    sources: npt.NDArray[np.float64]
    source_right: npt.NDArray[np.bool_]


def train(documents: Sequence[Document], *, seed: int = 1, step: Step | None = None) -> Model:
    """Train on gold documents. `step` is told what is being done and how much of all is done.

    The order of the documents does not matter. Raises ValueError with fewer than two
    documents or without a content to learn from.
    """
    documents = sorted(documents, key=lambda one: one.doc_id)
    told: Step = step or (lambda _what, _share: None)
    core = [tuple(quote for quote in one.quotes if quote.status == "core") for one in documents]
    if len(documents) < 2 or not any(core):
        raise ValueError("training needs two documents or more, with attributions")
    texts = []
    for index, (document, quotes) in enumerate(zip(documents, core, strict=True)):
        told("reading", 0.1 * index / len(documents))
        reading = read_text(document.text)
        gold = [parts for parts in parts_of(reading, quotes) if parts.content]
        labels = label(len(reading.tokens), (one for parts in gold for one in chunks_of(parts)))
        texts.append(_Text(reading, columns(reading), labels, paragraph_lengths(reading), gold))
    folds = min(FOLDS, len(texts))
    fold = np.random.default_rng(seed).permutation(np.arange(len(texts)) % folds)
    proposals = _held_out(texts, fold, folds, seed, told)
    told("trees", 0.8)
    tables = [_tables(found, one.gold) for found, one in zip(proposals, texts, strict=True)]
    chances = _cross_fitted(tables, fold, folds, seed)
    own, least, held_out = _threshold(texts, proposals, chances, tables, fold, folds, seed)
    slope, intercept = _platt(proposals, chances, tables, own, least)
    told("last chain", 0.9)
    chain = _chain(texts, seed)
    told("speakers", 0.95)
    # A corpus without speakers teaches none: then it is the shipped documents that do.
    labelled = sum(map(has_speakers, documents)) > 1
    ranker = learn(documents if labelled else shipped(), seed)
    held_out |= {"speaker": _share(ranker.right, ranker.asked),
                 "rules_speaker": _share(ranker.by_rules, ranker.asked)}  # fmt: skip
    learned_from = [*documents, *ranker.documents]
    digest = Digest()
    for document in documents:
        digest.add(document)
    every = list(range(len(texts)))
    header = Header(
        seed, len(documents), digest.hexdigest(),
        digests(one.text for one in learned_from), least, slope, intercept, own, ranker.useful,
        (("gold" if labelled else "newsroom") if ranker.documents else "nothing"), held_out,
    )  # fmt: skip
    right, exact = _candidate_trees(tables, every, seed)
    source = _source_trees(tables, every, seed)
    return Model(chain, right, exact, source, ranker.weights, header)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _chain(texts: Sequence[_Text], seed: int) -> crf.Chain:
    chain = crf.train(
        [one.hashes for one in texts], [one.labels for one in texts],
        [one.lengths for one in texts], len(LABELS), seed=seed,
        # A small corpus has few features that occur often, and needs more rounds.
        rare=_RARE if len(texts) >= 100 else 2,
        epochs=6 if len(texts) >= 100 else 10,
        batch=16 if len(texts) >= 100 else 4,
    )  # fmt: skip
    # As the file has it, so that a model predicts the same before and after it is saved.
    weights = chain.weights.astype(np.float16).astype(np.float32)
    return crf.Chain(chain.vocabulary, weights, chain.transitions, chain.first)


def _held_out(
    texts: Sequence[_Text], fold: npt.NDArray[np.int64], folds: int, seed: int, told: Step
) -> list[Proposals]:
    """The proposals for each text by a chain that has not seen it."""
    found: dict[int, Proposals] = {}
    for number in range(folds):
        told(f"chain {number + 1} of {folds}", 0.1 + 0.7 * number / folds)
        chain = _chain([one for one, at in zip(texts, fold, strict=True) if at != number], seed)
        for index in np.flatnonzero(fold == number).tolist():
            one = texts[index]
            found[index] = propose(one.reading, chain, one.hashes)
    return [found[index] for index in range(len(texts))]


def _tables(found: Proposals, gold: list[Parts]) -> _Tables:
    matched = [is_right(one, gold) for one in found.candidates]
    exact = [index >= 0 and dice(one.content, gold[index].content) > 0.95
             for one, index in zip(found.candidates, matched, strict=True)]  # fmt: skip
    sources, answers = [], []
    for one, index in zip(found.candidates, matched, strict=True):
        choices = source_choices(found, one) if index >= 0 else []
        if choices:
            sources.append(source_table(found, one, choices))
            answers += [source_right(place, gold[index].source) for place in choices]
    return _Tables(
        candidate_table(found),
        np.array(matched, np.int64) >= 0,
        np.array(exact, bool),
        np.concatenate(sources) if sources else np.zeros((0, 0)),
        np.array(answers, bool),
    )


def _candidate_trees(
    tables: Sequence[_Tables], chosen: Sequence[int], seed: int
) -> tuple[trees.Trees, trees.Trees]:
    some = [tables[index] for index in chosen if len(tables[index].right)]
    table = np.concatenate([one.candidates for one in some]) if some else np.zeros((0, 1))
    right = np.concatenate([one.right for one in some]) if some else np.zeros(0, bool)
    exact = np.concatenate([one.exact for one in some]) if some else np.zeros(0, bool)
    return trees.train(table, right, seed), trees.train(table, exact, seed)


def _source_trees(tables: Sequence[_Tables], chosen: Sequence[int], seed: int) -> trees.Trees:
    some = [tables[index] for index in chosen if len(tables[index].source_right)]
    table = np.concatenate([one.sources for one in some]) if some else np.zeros((0, 1))
    right = np.concatenate([one.source_right for one in some]) if some else np.zeros(0, bool)
    return trees.train(table, right, seed)


Chances = list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]


def _cross_fitted(
    tables: Sequence[_Tables], fold: npt.NDArray[np.int64], folds: int, seed: int
) -> Chances:
    """The chances of each text's candidates, by trees that have not seen it."""
    nothing = np.zeros(0)
    found: Chances = [(nothing, nothing)] * len(tables)
    for number in range(folds):
        right, exact = _candidate_trees(tables, np.flatnonzero(fold != number).tolist(), seed)
        for index in np.flatnonzero(fold == number).tolist():
            table = tables[index].candidates
            found[index] = right.probability(table), exact.probability(table)
    return found


def _threshold(
    texts: Sequence[_Text],
    proposals: Sequence[Proposals],
    chances: Chances,
    tables: Sequence[_Tables],
    fold: npt.NDArray[np.int64],
    folds: int,
    seed: int,
) -> tuple[bool, float, dict[str, float]]:
    """Whether to go beyond `rules`, the lowest chance to predict with, and held-out measures.

    What is made greatest is the F1 of contents with their sources.
    """
    sources = [_source_trees(tables, np.flatnonzero(fold != number).tolist(), seed)
               for number in range(folds)]  # fmt: skip
    gold = sum(len(one.gold) for one in texts)
    picked: dict[tuple[int, int], Range | None] = {}

    def measure(chosen: Sequence[tuple[int, list[int]]], ruled: bool) -> tuple[float, float]:
        predicted = content = both = 0
        for index, candidates in chosen:
            found, truth = proposals[index], texts[index].gold
            predicted += len(candidates)
            matches: dict[int, int] = {}
            for at in candidates:
                match = is_right(found.candidates[at], truth)
                if match >= 0 and match not in matches.values():
                    matches[at] = match
            content += len(matches)
            if ruled:
                both += sum(
                    any(
                        source_right(place, truth[match].source)
                        for place in found.candidates[at].sources
                    )
                    for at, match in matches.items()
                )
                continue
            new = [at for at in matches if (index, at) not in picked]
            places = pick_sources(found, [found.candidates[at] for at in new], sources[fold[index]])
            picked.update(zip([(index, at) for at in new], places, strict=True))
            both += sum(
                (place := picked[index, at]) is not None
                and source_right(place, truth[match].source)
                for at, match in matches.items()
            )
        total = predicted + gold
        return (2 * content / total, 2 * both / total) if total else (0.0, 0.0)

    by_rules = [(index, [at for at, one in enumerate(found.candidates) if one.by[len(DARING)]])
                for index, found in enumerate(proposals)]  # fmt: skip
    rules = measure(by_rules, True)
    tried = []
    for least in _LEAST:
        chosen = [(index, choose(found, *chances[index], least))
                  for index, found in enumerate(proposals)]  # fmt: skip
        tried.append((least, measure(chosen, False)))
    least, best = max(tried, key=lambda one: (sum(one[1]), -one[0]))
    own = sum(best) > sum(rules) + _GAIN
    held_out = {"content": best[0], "content_and_source": best[1],
                "rules_content": rules[0], "rules_content_and_source": rules[1]}  # fmt: skip
    return own, least if own else 0.0, {name: round(one, 4) for name, one in held_out.items()}


def _platt(
    proposals: Sequence[Proposals],
    chances: Chances,
    tables: Sequence[_Tables],
    own: bool,
    least: float,
) -> tuple[float, float]:
    """Slope and intercept (Platt 1999) that make held-out chances of chosen candidates true."""
    odds: list[float] = []
    right: list[bool] = []
    for found, (chance, exact), one in zip(proposals, chances, tables, strict=True):
        if own:
            chosen = choose(found, chance, exact, least)
        else:
            chosen = [at for at, other in enumerate(found.candidates) if other.by[len(DARING)]]
        for at in chosen:
            clipped = min(max(float(chance[at]), 1e-6), 1 - 1e-6)
            odds.append(float(np.log(clipped / (1 - clipped))))
            right.append(bool(one.right[at]))
    if len(set(right)) < 2:
        return 1.0, 0.0
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0).fit(np.array(odds)[:, None], np.array(right))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
