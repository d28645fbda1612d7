"""Public implementations on what they and we both define: the numbers must be the same."""

import random

import numpy as np
import pytest
from nervaluate import Evaluator
from scipy.optimize import linear_sum_assignment
from seqeval.metrics import f1_score, precision_score, recall_score
from sklearn.metrics import precision_recall_fscore_support

from benchmark import Quote, Span, score
from benchmark.assignment import best_assignment
from benchmark.records import Document
from tests.build import gold, predictions

SIZE = 40
TEXT = " ".join(f"w{index:02}" for index in range(SIZE))
Runs = list[tuple[int, int]]


def flat_runs(chance: random.Random) -> Runs:
    """Runs of words that do not overlap, in order."""
    runs, at = [], 0
    while (at := at + chance.randint(0, 4)) < SIZE - 5:
        end = at + chance.randint(1, 4)
        runs.append((at, end))
        at = end
    return runs


def spans(run: tuple[int, int]) -> tuple[Span, ...]:
    return (Span(4 * run[0], 4 * run[1] - 1),)


def pair(number: int, chance: random.Random) -> tuple[Document, Document, Runs, Runs]:
    """A document and predictions for it, some of them the same runs."""
    core = flat_runs(chance)
    guessed = sorted({run for run in core if chance.random() < 0.5} | set(flat_runs(chance)))
    # Flat: a run that overlaps the one before it is left out.
    flat: Runs = []
    for run in guessed:
        if not flat or run[0] >= flat[-1][1]:
            flat.append(run)
    doc_id = f"d{number}"
    quotes = tuple(
        Quote(
            quote_id=f"{doc_id}-{index}",
            quote=TEXT[4 * a : 4 * b - 1],
            content=spans((a, b)),
            speaker=("Ana Ruiz",),
            quote_type="indirect",
        )
        for index, (a, b) in enumerate(core)
    )
    answers = tuple(Quote(content=spans(run)) for run in flat)
    return gold(doc_id, text=TEXT, quotes=quotes), predictions(*answers, doc_id=doc_id), core, flat


@pytest.fixture(scope="module")
def corpus():
    chance = random.Random(20261124)
    return [pair(number, chance) for number in range(60)]


@pytest.fixture(scope="module")
def exact(corpus):
    report = score([one[1] for one in corpus], [one[0] for one in corpus], draws=0)
    figure = report.measures["content:exact"]
    assert figure.right
    return figure


def test_nervaluate_strict_on_flat_spans(corpus, exact):
    def listed(runs: Runs) -> list[dict[str, object]]:
        return [{"label": "quote", "start": a, "end": b - 1} for a, b in runs]

    evaluator = Evaluator(
        [listed(one[2]) for one in corpus],
        [listed(one[3]) for one in corpus],
        tags=["quote"],
        loader="dict",
    )
    strict = evaluator.evaluate()["overall"]["strict"]
    assert (strict.correct, strict.actual, strict.possible) == (
        exact.right,
        exact.predicted,
        exact.gold,
    )
    assert strict.f1 == pytest.approx(exact.f1)


def test_seqeval_on_flat_spans(corpus, exact):
    def tags(runs: Runs) -> list[str]:
        found = ["O"] * SIZE
        for a, b in runs:
            found[a:b] = ["B-Q", *["I-Q"] * (b - a - 1)]
        return found

    true, guessed = ([tags(one[side]) for one in corpus] for side in (2, 3))
    assert precision_score(true, guessed) == pytest.approx(exact.precision)
    assert recall_score(true, guessed) == pytest.approx(exact.recall)
    assert f1_score(true, guessed) == pytest.approx(exact.f1)


def test_sklearn_on_words(corpus):
    def labels(runs: Runs) -> list[int]:
        return [int(any(a <= word < b for a, b in runs)) for word in range(SIZE)]

    true, guessed = ([x for one in corpus for x in labels(one[side])] for side in (2, 3))
    report = score([one[1] for one in corpus], [one[0] for one in corpus], draws=0)
    figure = report.measures["content:words"]
    precision, recall, f1, _ = precision_recall_fscore_support(true, guessed, average="binary")
    assert (figure.precision, figure.recall, figure.f1) == pytest.approx((precision, recall, f1))


def test_sklearn_on_agencies():
    # One quote in each document, always found, so that the label is all that is judged.
    chance = random.Random(3)
    names = ("Reuters", "Interfax", None)
    true, guessed, golds, answers = [], [], [], []
    for number in range(80):
        due, named = chance.choice(names), chance.choice(names)
        true.append(due or "none")
        guessed.append(named or "none")
        role = "carrier" if due else None
        quote = Quote(
            quote_id=f"d{number}-0",
            quote="w00 w01",
            content=spans((0, 2)),
            speaker=("Ana Ruiz",),
            agency=due,
            agency_role=role,
            quote_type="indirect",
        )
        golds.append(gold(f"d{number}", text=TEXT, quotes=(quote,)))
        answers.append(predictions(Quote(content=spans((0, 2)), agency=named), doc_id=f"d{number}"))
    figure = score(answers, golds, draws=0).measures["agency"]
    precision, recall, f1, _ = precision_recall_fscore_support(
        true, guessed, labels=["Reuters", "Interfax"], average="micro"
    )
    assert (figure.precision, figure.recall, figure.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.parametrize("seed", range(40))
def test_scipy_on_random_matrices(seed):
    generator = np.random.default_rng(seed)
    rows, columns = generator.integers(1, 12, 2)
    weights = generator.integers(0, 50, (rows, columns))
    weights[generator.random((rows, columns)) < 0.4] = 0
    chosen = best_assignment(weights.tolist())
    used = [column for column in chosen if column is not None]
    assert len(used) == len(set(used))
    total = sum(
        int(weights[row][column]) for row, column in enumerate(chosen) if column is not None
    )
    best = weights[linear_sum_assignment(weights, maximize=True)].sum()
    assert total == best
