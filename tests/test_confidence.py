"""Risk and coverage by hand, and against scikit-learn."""

import numpy as np
import pytest
from msgspec.structs import replace
from sklearn.metrics import average_precision_score

from benchmark import Quote, score
from benchmark.confidence import calibration_error, risk_coverage
from tests.build import QUOTES, gold, predictions, span


def sure(one: Quote, confidence: float) -> Quote:
    return replace(one, confidence=confidence)


WRONG = Quote(content=(span("Ana Ruiz, the mayor"),))


def test_by_hand():
    # Right at .9 and .5, wrong at .7; four core quotes.
    answers = [sure(QUOTES[0], 0.9), sure(WRONG, 0.7), sure(QUOTES[1], 0.5)]
    report = score([predictions(*answers)], [gold()])
    curve = report.risk_coverage["content:overlap"]
    assert [(one.threshold, one.right, one.predicted) for one in curve.points] == [
        (0.9, 1, 1),
        (0.7, 1, 2),
        (0.5, 2, 3),
    ]
    # Steps in recall of 1/4 at precision 1, 0 at 1/2, 1/4 at 2/3.
    assert curve.average_precision == pytest.approx(1 / 4 + 1 / 4 * 2 / 3)
    assert "average precision by confidence" in str(report)
    assert report.to_dict()["risk_coverage"]["content:overlap"]["gold"] == 4


def test_equal_confidences_come_together():
    answers = [sure(QUOTES[0], 0.5), sure(WRONG, 0.5)]
    curve = score([predictions(*answers)], [gold()]).risk_coverage["content:overlap"]
    assert [(one.right, one.predicted) for one in curve.points] == [(1, 2)]


def test_calibration_error_by_hand():
    # Two bins of ten: .92 right and .94 wrong, 1/2 right against .93; .3 wrong, against .3.
    answers = [sure(QUOTES[0], 0.92), sure(WRONG, 0.94), sure(QUOTES[1], 0.3)]
    answers[2] = replace(answers[2], content=(span("Reuters"),))
    tally = score([predictions(*answers)], [gold()]).judged.tally
    assert calibration_error(tally) == pytest.approx(2 / 3 * (0.93 - 0.5) + 1 / 3 * 0.3)
    # One bin: 1 of 3 right, mean confidence .72.
    assert calibration_error(tally, bins=1) == pytest.approx(0.72 - 1 / 3)


def test_calibration_error_of_the_sure_and_of_none():
    right = score([predictions(sure(QUOTES[0], 1.0))], [gold()]).judged.tally
    assert calibration_error(right) == 0
    for answers in ((), (sure(QUOTES[0], 0.5), QUOTES[1])):
        assert np.isnan(calibration_error(score([predictions(*answers)], [gold()]).judged.tally))


def test_a_prediction_without_confidence_leaves_no_curve():
    report = score([predictions(sure(QUOTES[0], 0.5), QUOTES[1])], [gold()])
    assert report.risk_coverage == {}
    assert score([predictions()], [gold()]).risk_coverage == {}


def test_excused_predictions_need_none():
    answers = [sure(QUOTES[0], 0.5), QUOTES[4]]
    report = score([predictions(*answers)], [gold()])
    assert report.excused == 1
    assert report.risk_coverage["attribution"].points[0].predicted == 1


def test_equals_scikit_learn():
    generator = np.random.default_rng(5)
    golds, answers, truth, confidences = [], [], [], []
    for number in range(150):
        right, confidence = generator.random() < 0.6, round(float(generator.random()), 1)
        golds.append(gold(f"d{number}"))
        one = sure(QUOTES[0] if right else WRONG, confidence)
        answers.append(predictions(one, doc_id=f"d{number}"))
        truth.append(right)
        confidences.append(confidence)
    report = score(answers, golds, draws=0)
    expected = average_precision_score(truth, confidences) * sum(truth) / (4 * 150)
    curve = report.risk_coverage["content:overlap"]
    assert curve.average_precision == pytest.approx(expected)
    assert risk_coverage(report.judged.tally) == report.risk_coverage
