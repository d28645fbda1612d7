"""Laws of scoring, and figures derived by hand. The gold document is in `tests/build.py`:

core quotes 1 to 4 with 4, 3, 4 and 2 + 4 = 6 words, one optional agency shell.
"""

import random
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import InputRefused, Quote, Span, compare, score
from benchmark.records import encode
from benchmark.report import Report
from benchmark.words import word_spans
from tests.build import QUOTES, TEXT, gold, predictions, span


def counts(report: Report, name: str) -> tuple[int | None, int | None, int | None]:
    figure = report.measures[name]
    return figure.right, figure.predicted, figure.gold


def say(words: str, **labels: object) -> Quote:
    return Quote(content=(span(words),), **labels)  # type: ignore[arg-type]


def test_gold_against_itself_is_one_everywhere():
    report = score([gold()], [gold()])
    for figure in report.measures.values():
        assert figure.right == figure.predicted == figure.gold
    for accuracy in report.accuracies.values():
        assert accuracy.right == accuracy.asked
    assert counts(report, "attribution") == (4, 4, 4)
    # Words of the core contents: 4 + 3 + 4 + 6.
    assert counts(report, "content:words") == (17, 17, 17)
    # Quotes 2 and 4 have an agency.
    assert counts(report, "agency") == (2, 2, 2)
    assert report.errors["agency:as_speaker"].count == 0
    assert report.excused == 1


def test_nothing_predicted():
    report = score([predictions()], [gold()])
    headline = report.measures["attribution"]
    assert (headline.precision, headline.recall, headline.f1) == (None, 0.0, 0.0)
    assert report.accuracies["speaker:accuracy"].value is None


def test_gold_without_quotes_and_nothing_predicted_is_undefined():
    report = score([predictions()], [gold(quotes=())])
    headline = report.measures["attribution"]
    assert (headline.precision, headline.recall, headline.f1) == (None, None, None)
    assert "–" in str(report)


def test_gold_without_quotes_still_counts_false_positives():
    report = score([predictions(say("We were lucky,"))], [gold(quotes=())])
    assert counts(report, "attribution") == (0, 1, 0)
    assert report.measures["attribution"].precision == 0.0


def test_figures_by_hand():
    # "We were": 2 of 3 words, Dice 2·2/(2+3) = 4/5, a pair but not exact; speaker and agency
    # right. "the dam had held": exact, speaker wrong. "told": one word, shares none.
    report = score(
        [
            predictions(
                say("We were", speaker="Ruiz", agency="Reuters"),
                say("the dam had held", speaker="Otto Brandt"),
                say("warned", speaker="Otto Brandt"),
            )
        ],
        [gold()],
    )
    assert counts(report, "content:overlap") == (2, 3, 4)
    assert counts(report, "content:exact") == (1, 3, 4)
    # 2 + 4 words right, "warned" is a seventh predicted one.
    assert counts(report, "content:words") == (6, 7, 17)
    assert counts(report, "speaker") == (1, 3, 4)
    assert counts(report, "agency") == (1, 1, 2)
    assert counts(report, "attribution") == (1, 3, 4)
    assert report.measures["attribution"].f1 == pytest.approx(Fraction(2, 7))
    assert report.accuracies["speaker:accuracy"].value == pytest.approx(Fraction(1, 2))


def test_agency_as_speaker_is_seen():
    report = score([predictions(say("We were lucky,", speaker="Reuters"))], [gold()])
    assert report.errors["agency:as_speaker"].count == 1
    assert counts(report, "speaker") == (0, 1, 4)


def test_invented_words_are_fabricated():
    report = score([predictions(Quote(quote="The dam is gone for good, I fear."))], [gold()])
    assert len(report.fabricated) == 1
    assert counts(report, "content:overlap") == (0, 1, 4)
    # Its eight words count as predicted.
    assert counts(report, "content:words") == (0, 8, 17)


def test_a_zero_overlap_pair_is_no_pair_even_with_the_right_labels():
    report = score([predictions(say("told", speaker="Ana Ruiz"))], [gold()])
    assert counts(report, "speaker") == (0, 1, 4)


def test_the_whole_article_as_one_quote_is_not_right():
    everything = Quote(content=(Span(0, len(TEXT)),), speaker="Ana Ruiz")
    assert counts(score([predictions(everything)], [gold()]), "content:overlap") == (0, 1, 4)


def test_a_repeated_prediction_is_wrong():
    twice = [say("the dam had held", speaker="Ana Ruiz")] * 2
    assert counts(score([predictions(*twice)], [gold()]), "attribution") == (1, 2, 4)


def test_naming_two_speakers_in_two_copies_does_not_pay():
    both = [say("the dam had held", speaker=name) for name in ("Ana Ruiz", "Otto Brandt")]
    assert counts(score([predictions(*both)], [gold()]), "speaker") == (0, 2, 4)


def test_a_layer_that_gold_lacks_is_undefined():
    bare = [msgspec.structs.replace(q, agency=None, agency_role=None) for q in QUOTES]
    document = gold(
        layers=("content", "cue", "source", "speaker", "quote_type"), quotes=tuple(bare)
    )
    report = score([predictions(say("We were lucky,", agency="Reuters"))], [document])
    assert counts(report, "agency") == (None, None, None)
    assert report.measures["attribution"].f1 is None
    assert report.measures["speaker"].gold == 4
    assert '"agency"' in report.to_json()


def test_alternatives_and_null_agency():
    # Null and Reuters are both right: neither answer is asked for or held against anyone.
    first = msgspec.structs.replace(QUOTES[0], agency_alternatives=("Reuters",))
    document = gold(quotes=(first,))
    for agency, predicted in ((None, 0), ("Reuters", 0), ("AFP", 1)):
        report = score(
            [predictions(say("the dam had held", speaker="Ana Ruiz", agency=agency))], [document]
        )
        assert counts(report, "agency") == (0, predicted, 0)
        assert counts(report, "attribution")[0] == (agency != "AFP")


def test_attribution_task_answers_by_id():
    answers = predictions(
        Quote(quote_id="d-1", speaker="Ana Ruiz"), Quote(quote_id="d-3", speaker="Ana Ruiz")
    )
    report = score([answers], [gold()], task="attribution")
    assert counts(report, "attribution") == (1, 2, 4)
    assert "content:overlap" not in report.measures
    with pytest.raises(InputRefused, match="is not a quote of gold"):
        score([predictions(Quote(quote_id="x"))], [gold()], task="attribution")


def test_missing_and_unknown_documents_are_faults():
    with pytest.raises(InputRefused, match="no prediction for gold document 'e'"):
        score([predictions()], [gold(), gold("e")])
    with pytest.raises(InputRefused, match="'x' is not in the gold"):
        score([predictions(), predictions(doc_id="x")], [gold()])
    report = score([predictions()], [gold(), gold("e")], missing="empty")
    assert counts(report, "attribution") == (0, 0, 8)


def test_a_line_that_cannot_be_read_is_one_fault(tmp_path):
    broken, whole = tmp_path / "broken.jsonl", tmp_path / "whole.jsonl"
    broken.write_bytes(encode(gold())[:-9] + b"\n")
    whole.write_bytes(encode(gold()) + b"\n")
    for predicted, expected in ((broken, whole), (whole, broken)):
        with pytest.raises(InputRefused) as refused:
            score(predicted, expected)
        assert [fault.file for fault in refused.value.faults] == [str(broken)]


def test_figures_of_merged_documents_are_sums():
    one = score([predictions(*QUOTES[:2])], [gold()])
    other = score([predictions(*QUOTES[2:4], doc_id="e")], [gold("e")])
    both = score([predictions(*QUOTES[:2]), predictions(*QUOTES[2:4], doc_id="e")],
                 [gold(), gold("e")])  # fmt: skip
    for name, figure in both.measures.items():
        expected = [
            (a or 0) + (b or 0) for a, b in zip(counts(one, name), counts(other, name), strict=True)
        ]
        assert [figure.right, figure.predicted, figure.gold] == expected


pieces = st.tuples(
    st.integers(0, len(word_spans(TEXT)) - 1),
    st.integers(1, 8),
    st.sampled_from(["Ana Ruiz", "Ruiz", "Otto Brandt", "Interfax", None]),
    st.sampled_from([None, "Reuters", "Interfax"]),
)


def piece(first: int, length: int, speaker: str | None, agency: str | None) -> Quote:
    words = word_spans(TEXT)[first : first + length]
    return Quote(content=(Span(words[0][0], words[-1][1]),), speaker=speaker, agency=agency)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=7), st.randoms())
def test_order_never_matters(drawn, chance):
    quotes = [piece(*one) for one in drawn]
    shuffled = list(quotes)
    chance.shuffle(shuffled)
    upside_down = gold(quotes=tuple(reversed(gold().quotes)))
    first = score([predictions(*quotes)], [gold()], draws=0)
    second = score([predictions(*shuffled)], [upside_down], draws=0)
    assert first.measures == second.measures
    assert first.accuracies == second.accuracies
    assert first.errors == second.errors


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=6), st.integers(0, 1), st.sampled_from(["Ana Ruiz", None]))
def test_a_spurious_quote_never_raises_a_score(drawn, kind, speaker):
    quotes = [piece(*one) for one in drawn]
    extra = (
        Quote(quote="Words that stand nowhere in it.", speaker=speaker)
        if kind or not quotes
        else msgspec.structs.replace(quotes[0], speaker=speaker)
    )
    before = score([predictions(*quotes)], [gold()], draws=0)
    after = score([predictions(*quotes, extra)], [gold()], draws=0)
    for name, figure in after.measures.items():
        assert (figure.f1 or 0) <= (before.measures[name].f1 or 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=6))
def test_counts_stay_within_bounds(drawn):
    report = score([predictions(*(piece(*one) for one in drawn))], [gold()], draws=0)
    for figure in report.measures.values():
        assert 0 <= figure.right <= min(figure.predicted, figure.gold)


def test_a_system_against_itself_has_p_one():
    one = [predictions(*QUOTES[:3])]
    comparison = compare(one, one, gold=[gold()])
    for row in comparison.pairs[0].rows:
        assert row.p in (1.0, None)
        assert row.difference in (0.0, None)
    assert "p: paired" in str(comparison)


def test_intervals_hold_their_figure_and_are_repeatable():
    documents = [gold(f"d{n}") for n in range(12)]
    chance = random.Random(1)
    systems = [predictions(*chance.sample(QUOTES[:4], 3), doc_id=one.doc_id) for one in documents]
    first, second = (score(systems, documents) for _ in range(2))
    assert str(first) == str(second)
    assert "boot:2000/documents" in str(first.signature)
    for figure in first.measures.values():
        low, high = figure.interval
        assert low <= figure.f1 <= high
