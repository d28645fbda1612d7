"""One test for each fault found in the scorers that people use: none of them is here.

The name of a test is the fault, its docstring says whose it is. The gold document is in
`tests/build.py`: core quotes 1 to 4 with 4, 3, 4 and 2 + 4 = 6 words, an agency shell.
"""

import json
import random

import pytest

from benchmark import InputRefused, Quote, Span, compare, score
from benchmark.comparison import Comparison
from benchmark.records import Entity, encode
from benchmark.report import Report
from benchmark.statistics import interval, resample, statistic
from tests.build import QUOTES, gold, plain, predictions, said, span


def counts(report: Report, name: str = "content:overlap") -> tuple[int | None, ...]:
    figure = report.measures[name]
    return figure.right, figure.predicted, figure.gold


def test_zero_overlap_pairs():
    """German Wikinews eval.py: a prediction elsewhere with the same speaker has roles F1 1.0."""
    report = score([predictions(said(6, 8))], [plain((0, 2))])
    assert counts(report) == (0, 1, 1)
    assert counts(report, "speaker") == (0, 1, 1)
    assert report.accuracies["quote_type:accuracy"].asked == 0


def test_invented_quotes_of_an_unknown_document_are_ignored():
    """German Wikinews eval.py: documents that only the system has cost nothing."""
    with pytest.raises(InputRefused, match="is not in the gold"):
        score([predictions(*QUOTES), predictions(*QUOTES, doc_id="other")], [gold()])


def test_division_by_zero_when_nothing_is_predicted():
    """German Wikinews eval.py: ZeroDivisionError."""
    report = score([predictions()], [gold()])
    figure = report.measures["attribution"]
    assert (figure.precision, figure.recall, figure.f1) == (None, 0, 0)


def test_division_by_zero_when_there_is_nothing_to_find():
    """jiwer, seqeval, HIPE in turn: a crash, 0 or 1."""
    figure = score([predictions()], [plain()]).measures["attribution"]
    assert (figure.precision, figure.recall, figure.f1) == (None, None, None)


def test_an_empty_quote_breaks_the_scorer():
    """German Wikinews eval.py: ZeroDivisionError for a prediction with an empty quote."""
    with pytest.raises(InputRefused, match="empty"):
        score([predictions(Quote(quote=""))], [gold()])
    # Marks alone are a wrong prediction, and no crash.
    assert counts(score([predictions(Quote(quote="—"))], [gold()])) == (0, 1, 4)


def test_a_merged_prediction_counts_for_both_quotes():
    """German Wikinews eval.py: mean over groups weighs the 10-word quote like the 60-word one."""
    # Words 0..8 against gold 0..5 (6 words) and 6..8 (3): Dice 12/15 and 6/12; one pair.
    report = score([predictions(said(0, 8))], [plain((0, 5), (6, 8))])
    assert counts(report) == (1, 1, 2)


def test_a_prediction_of_the_whole_article_is_right():
    """GenderGapTracker evaluate_quotes.py: coverage is one-sided."""
    report = score([predictions(said(0, 11))], [plain((0, 2))])
    # Dice 2·3/(12 + 3) = 6/15.
    assert counts(report) == (0, 1, 1)
    assert counts(report, "content:words") == (3, 12, 3)


def test_a_missing_prediction_file_drops_the_document():
    """GenderGapTracker evaluate_quotes.py: its gold is not counted as missed."""
    with pytest.raises(InputRefused, match="no prediction for gold document 'e'"):
        score([predictions(*QUOTES)], [gold(), gold("e")])
    report = score([predictions(*QUOTES)], [gold(), gold("e")], missing="empty")
    assert counts(report) == (4, 4, 8)


def test_an_identical_prediction_is_removed():
    """GenderGapTracker evaluate_quotes.py: a duplicate is no false positive."""
    assert counts(score([predictions(QUOTES[0], QUOTES[0])], [gold()])) == (1, 2, 4)


def test_recall_above_one():
    """GenderGapTracker `indep`, Citron overlap: all pairs are counted, recall reaches 200 %."""
    same = [said(0, 3), said(0, 3), said(0, 4), said(0, 2)]
    report = score([predictions(*same)], [plain((0, 3), (1, 3))])
    for figure in report.measures.values():
        for value in (figure.precision, figure.recall, figure.f1):
            assert value is None or 0 <= value <= 1
    assert counts(report)[0] <= 2


def test_a_fault_in_one_document_drops_it():
    """GenderGapTracker evaluate_quotes.py: the exception is printed, the document is left out."""
    bad = Quote(content=(Span(5, 5),))
    with pytest.raises(InputRefused) as refused:
        score([predictions(*QUOTES), predictions(bad, doc_id="e")], [gold(), gold("e")])
    assert "not before end" in str(refused.value)


def test_precision_and_recall_swapped():
    """Citron metrics.py: the two lengths are exchanged in the call."""
    # One right prediction of two, of four core quotes: P 1/2, R 1/4.
    wrong = Quote(content=(span("Ana Ruiz, the mayor"),))
    figure = score([predictions(QUOTES[0], wrong)], [gold()]).measures["content:exact"]
    assert (figure.precision, figure.recall) == (1 / 2, 1 / 4)


def test_touching_spans_overlap():
    """Citron metrics.py: `<=` on a half-open end."""
    report = score([predictions(said(3, 5))], [plain((0, 2))])
    assert counts(report) == (0, 1, 1)
    assert counts(report, "content:words") == (0, 3, 3)


def test_repeated_or_nested_spans_are_counted_again():
    """Citron metrics.py: overlap over all pairs."""
    report = score([predictions(said(0, 3), said(0, 3), said(1, 2))], [plain((0, 3))])
    # Four words are right once; nothing else is predicted.
    assert counts(report, "content:words") == (4, 4, 4)
    assert counts(report) == (1, 3, 1)


def test_substrings_are_right():
    """Spangher qa_dataset.py, `test_in`: containment either way is a match."""
    # Two words of six: Dice 4/8 = 1/2 is a pair; one of six, 2/7, is none. Exact is neither.
    report = score([predictions(said(0, 1))], [plain((0, 5))])
    assert counts(report) == (1, 1, 1)
    assert counts(report, "content:exact") == (0, 1, 1)
    assert counts(score([predictions(said(0, 0))], [plain((0, 5))])) == (0, 1, 1)


def test_direct_and_indirect_inverted():
    """Spangher qa_dataset.py: the two labels are exchanged."""
    report = score([predictions(QUOTES[0], QUOTES[1])], [gold()], by=["quote_type"])
    groups = report.groups["quote_type"]
    # Gold: quotes 1 and 3 are indirect, 2 and 4 direct; 1 and 2 are found.
    assert groups["indirect"]["content:overlap"].recall == 1 / 2  # type: ignore[union-attr]
    assert groups["direct"]["content:overlap"].recall == 1 / 2  # type: ignore[union-attr]
    only = score([predictions(QUOTES[0])], [gold()], by=["quote_type"]).groups["quote_type"]
    assert only["direct"]["content:overlap"].recall == 0  # type: ignore[union-attr]


def test_the_result_of_the_last_annotation_only():
    """SpkAtt check_submission.py: a variable is overwritten in each turn of the loop."""
    bad = [Quote(content=(Span(9, 9),)), QUOTES[0], Quote(quote=""), QUOTES[1]]
    with pytest.raises(InputRefused) as refused:
        score([predictions(*bad)], [gold()])
    assert [fault.field for fault in refused.value.faults] == [
        "quotes[0].content[0]",
        "quotes[2].quote",
    ]


def test_annotations_that_are_disliked_are_deleted(tmp_path):
    """SpkAtt check_submission.py repairs its input."""
    path = tmp_path / "p.jsonl"
    path.write_bytes(encode(predictions(Quote(content=(Span(0, 99999),)))) + b"\n")
    before = path.read_bytes()
    with pytest.raises(InputRefused, match="behind the end of the text"):
        score(path, [gold()])
    assert path.read_bytes() == before


def test_order_of_predictions_changes_the_score():
    """nervaluate 1.2.1 (issue 40): strict F1 0.667 or 0.0 for the same two predictions."""
    contents = [(0, 3), (2, 5), (4, 7), (6, 9), (8, 11)]
    guesses = [said(0, 2), said(1, 4), said(3, 7), said(6, 8), said(6, 11), said(8, 10)]
    chance = random.Random(5)
    seen = set()
    for _ in range(30):
        shuffled = plain(*chance.sample(contents, len(contents)))
        report = score([predictions(*chance.sample(guesses, len(guesses)))], [shuffled], draws=20)
        content = report.to_dict()
        for name in ("signature", "inputs", "items"):
            del content[name]
        seen.add(json.dumps(content))
    assert len(seen) == 1


def test_a_gold_quote_is_used_twice():
    """nervaluate (issues 29, 39), GenderGapTracker: matching is not one to one."""
    # Both predictions have Dice 6/7 with the one quote.
    assert counts(score([predictions(said(0, 2), said(1, 3))], [plain((0, 3))])) == (1, 2, 1)


def test_greedy_matching_loses_a_pair():
    """nervaluate, NER-Evaluation (issue 6), sed_eval 3: the first candidate is taken."""
    # P0 has Dice 10/12 with G0 and 8/11 with G1; P1 has 6/9 with G0 alone: greedy leaves G1.
    report = score(
        [predictions(said(1, 5), said(0, 2))],
        [plain((0, 5), (3, 5))],
    )
    # P1 {0,1,2} with G0 {0..5}: 6/9; P0 {1..5} with G1 {3,4,5}: 6/8.
    assert counts(report) == (2, 2, 2)


def test_backward_spans_are_scored():
    """nervaluate 1.2.1: start > end is accepted and may be right."""
    with pytest.raises(InputRefused, match="not before end"):
        score([predictions(Quote(content=(Span(8, 0),)))], [plain((0, 2))])


def test_a_label_outside_the_list_disappears(tmp_path):
    """nervaluate 1.2.1: a label outside `tags` is dropped without a word."""
    path = tmp_path / "p.jsonl"
    path.write_text('{"doc_id": "d", "quotes": [{"quote": "x", "quote_type": "scare"}]}\n')
    with pytest.raises(InputRefused, match="quote_type"):
        score(path, [gold()])


def test_the_list_of_errors_breaks_on_a_missed_quote():
    """nervaluate 1.2.1: summary_report_indices raises IndexError."""
    from benchmark.errors import find_errors

    found = list(find_errors(score([predictions()], [gold()]).judged.scored))
    assert [error.kind for error in found] == ["missed"] * 4


def test_merging_documents_loses_partial_credit():
    """nervaluate <= 1.1.0 (PR 109): half credit was lost with two documents."""
    one = score([predictions(said(0, 4))], [plain((0, 5))])
    both = score(
        [predictions(said(0, 4)), predictions(said(0, 4), doc_id="e")],
        [plain((0, 5)), plain((0, 5), doc_id="e")],
    )
    for name, figure in both.measures.items():
        expected = tuple(None if n is None else 2 * n for n in counts(one, name))
        assert (figure.right, figure.predicted, figure.gold) == expected


def test_a_spurious_span_is_charged_to_every_class():
    """nervaluate (issue 42): precision by class charges each class with it."""
    wrong = Quote(content=(span("Ana Ruiz, the mayor"),))
    report = score([predictions(*QUOTES, wrong)], [gold()], by=["quote_type", "agency"])
    for groups in report.groups.values():
        for figures in groups.values():
            assert figures["content:overlap"].precision is None  # type: ignore[union-attr]


def test_documents_without_quotes_are_skipped():
    """nervaluate's loader fails on an empty first document; others skip it and its errors."""
    golds = [plain(doc_id="a"), plain((0, 2), doc_id="b")]
    report = score(
        [predictions(said(0, 1), doc_id="a"), predictions(said(0, 2), doc_id="b")], golds
    )
    assert counts(report) == (1, 2, 1)


def test_discontinuous_quotes_are_torn():
    """GenderGapTracker, nervaluate, flair 824: one span for each quote."""
    # Quote 4 is "Nobody slept," and "Not one of us.": its parts are one item.
    whole = score([predictions(QUOTES[3])], [gold()])
    assert counts(whole, "content:exact") == (1, 1, 4)
    parts = [Quote(content=(part,)) for part in QUOTES[3].content or ()]
    # 4 of 6 words: Dice 8/10; 2 of 6: 4/8 = 1/2. One pair, the other part is wrong.
    core = gold(quotes=gold().quotes[:4])
    assert counts(score([predictions(*parts)], [core])) == (1, 2, 4)
    # With the agency shell beside it the shorter part is nearer to that, and is excused.
    assert counts(score([predictions(*parts)], [gold()])) == (1, 1, 4)


def same_twice(**labels: object) -> Comparison:
    golds = [gold(f"d{i}") for i in range(12)]
    system = [predictions(*QUOTES[: i % 4], doc_id=f"d{i}") for i in range(12)]
    return compare(system, system, gold=golds)


def test_identical_systems_are_significantly_different():
    """sacreBLEU 2.6.0, MultEval 3 and 5: p = 0.0001 for byte-identical outputs."""
    for row in same_twice().pairs[0].rows:
        assert row.p in (1, None)


def test_a_win_is_also_counted_as_a_tie():
    """compare-mt: the left system's wins are ties too, and samples have half the size."""
    rows = {row.name: row for row in same_twice().pairs[0].rows}
    assert rows["attribution"].difference == 0
    assert rows["attribution"].interval == (0, 0)


def test_the_interval_is_divided_twice():
    """lighteval 3fd1526: the bootstrap's spread is divided by the root of the draws."""
    import numpy as np

    from benchmark.measures import COLUMN, COLUMNS, MEASURES

    # 400 items, 200 right: the standard error of the share is sqrt(.25/400) = .025, so the
    # interval is about ±.049 wide.
    table = np.zeros((400, len(COLUMNS)), dtype=np.int64)
    table[:, COLUMN["speaker:accuracy.asked"]] = 1
    table[:200, COLUMN["speaker:accuracy.right"]] = 1
    accuracy = next(one for one in MEASURES if one.name == "speaker:accuracy")
    bounds = interval(statistic(accuracy)(resample(table, 2000)))
    assert bounds is not None
    assert bounds[0] == pytest.approx(0.5 - 0.049, abs=0.006)
    assert bounds[1] == pytest.approx(0.5 + 0.049, abs=0.006)


def test_unseeded_intervals():
    """neleval, compare-mt: the same files give other intervals each time."""
    golds = [gold(f"d{i}") for i in range(12)]
    system = [predictions(*QUOTES[: i % 5], doc_id=f"d{i}") for i in range(12)]
    assert score(system, golds).to_json() == score(system, golds).to_json()


def test_a_malformed_answer_only_draws_a_warning(tmp_path):
    """seqeval 1.2.2: a malformed tag warns, and the score is 1.0."""
    path = tmp_path / "p.jsonl"
    path.write_bytes(encode(predictions(*QUOTES)).replace(b'"indirect"', b'"xx"') + b"\n")
    with pytest.raises(InputRefused, match="quote_type"):
        score(path, [gold()])


def test_files_are_joined_by_position():
    """sacreBLEU (issues 48, 120): a list in another order gives a plausible number."""
    golds = [gold("a"), gold("b")]
    system = [predictions(*QUOTES, doc_id="b"), predictions(doc_id="a")]
    report = score(system, golds, by=["document"])
    documents = report.groups["document"]
    assert documents["b"]["content:overlap"].right == 4  # type: ignore[union-attr]
    assert documents["a"]["content:overlap"].right == 0  # type: ignore[union-attr]


def test_an_agency_is_taken_for_the_speaker():
    """Every attributor that was tried names Reuters or Interfax as the speaker."""
    quote = Quote(content=QUOTES[3].content, speaker="Interfax", agency="Interfax")
    report = score([predictions(quote)], [gold()])
    assert report.errors["agency:as_speaker"].count == 1
    assert counts(report, "agency")[0] == 1
    assert counts(report, "speaker")[0] == 0


def test_speakers_are_judged_on_found_quotes_only():
    """GenderGapTracker, PDNC: accuracy on gold or found quotes hides what was not extracted."""
    report = score([predictions(QUOTES[0])], [gold()])
    assert report.accuracies["speaker:accuracy"].value == 1
    assert report.measures["speaker"].recall == 1 / 4


def test_boundary_punctuation_decides():
    """Citron exact, Pareti's strict span: a comma or a quotation mark makes it wrong."""
    words = span('"We were lucky,"')
    report = score([predictions(Quote(content=(words,)))], [gold()])
    assert counts(report, "content:exact") == (1, 1, 4)


def test_two_people_of_one_name_are_one():
    """Comparison of surnames as strings: Mr Ruiz would be Ana Ruiz."""
    people = (
        Entity(name="Ana Ruiz", kind="person"),
        Entity(name="Leo Ruiz", kind="person"),
        Entity(name="Otto Brandt", kind="person"),
        Entity(name="Interfax", kind="agency"),
    )
    quote = Quote(content=QUOTES[0].content, speaker="Ruiz")
    assert counts(score([predictions(quote)], [gold(entities=people)]), "speaker")[0] == 0
