"""Errors: classes by hand, and sums that equal the counts of the table."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from benchmark import Quote, score
from benchmark.cli import app
from benchmark.errors import KINDS, Error, find_errors
from benchmark.excerpts import excerpt
from benchmark.records import Document, Entity, encode
from tests.build import QUOTES, WORDS, gold, plain, predictions, quote, said, words

SPEAKERS = ("Ana Ruiz", "Otto Brandt", "Reuters", None)


def errors(*predicted: Quote, document: Document | None = None) -> list[Error]:
    document = document or gold()
    report = score([predictions(*predicted)], [document], draws=0)
    return list(find_errors(report.judged.scored))


def kinds(found: list[Error]) -> list[tuple[str, str]]:
    return [(error.side, error.kind) for error in found]


def test_gold_against_itself_has_no_errors():
    assert errors(*QUOTES) == []


def test_a_quote_predicted_in_three_pieces_is_split():
    # Pieces of 3, 3 and 2 of 8 words: Dice 6/11, 6/11, 4/10; the first is paired (text order).
    found = errors(said(0, 2), said(3, 5), said(6, 7), document=plain((0, 7)))
    assert kinds(found) == [("pair", "boundary"), ("predicted", "split"), ("predicted", "split")]
    # Pieces of 2 of 8 words: Dice 4/10 < 1/2, so none is paired.
    found = errors(said(0, 1), said(4, 5), document=plain((0, 7)))
    assert kinds(found) == [("gold", "split"), ("predicted", "split"), ("predicted", "split")]


def test_one_piece_alone_splits_nothing():
    assert kinds(errors(said(0, 1), document=plain((0, 7)))) == [
        ("gold", "missed"),
        ("predicted", "split"),
    ]


def test_quotes_predicted_as_one_are_merged():
    # Dice of 9 words with 3 is 6/12 = 1/2: the first is paired, the others are merged.
    found = errors(said(0, 8), document=plain((0, 2), (3, 5), (6, 8)))
    assert kinds(found) == [("pair", "boundary"), ("gold", "merged"), ("gold", "merged")]
    # Of 10 words with 3: 6/13 < 1/2.
    found = errors(said(0, 9), document=plain((0, 2), (3, 5), (6, 8)))
    assert kinds(found) == [("gold", "merged")] * 3 + [("predicted", "merged")]


def test_two_that_only_touch_are_missed_and_spurious():
    found = errors(said(3, 4), document=plain((0, 2)))
    assert kinds(found) == [("gold", "missed"), ("predicted", "spurious")]


def test_a_copy_is_a_duplicate_and_invented_words_are_fabricated():
    found = errors(*QUOTES, QUOTES[0], Quote(quote="Nobody ever said any of this at all"))
    assert sorted(kinds(found)) == [("predicted", "duplicate"), ("predicted", "fabricated")]


@pytest.mark.parametrize(
    ("speaker", "agency", "expected"),
    [
        ("Otto Brandt", "Reuters", ["wrong_speaker"]),
        (None, "Reuters", ["wrong_speaker"]),
        ("Reuters", "Reuters", ["agency_as_speaker"]),
        ("Ruiz", None, ["missed_agency"]),
        ("Ruiz", "Interfax", ["wrong_agency"]),
        ("Reuters", None, ["agency_as_speaker", "missed_agency"]),
    ],
)
def test_wrong_labels_of_a_pair(speaker, agency, expected):
    others = (QUOTES[0], QUOTES[2], QUOTES[3])
    found = errors(
        *others, quote(2, "We were lucky,", speaker=speaker, agency=agency, agency_role=None)
    )
    assert [error.kind for error in found] == expected


def test_an_agency_where_there_is_none_is_invented():
    changed = quote(1, "the dam had held", speaker="Ana Ruiz", agency="AFP", agency_role=None)
    assert [one.kind for one in errors(*QUOTES[1:], changed)] == ["invented_agency"]


def test_what_gold_does_not_label_is_no_error():
    document = plain((0, 2))
    bare = Document(
        **{
            **{name: getattr(document, name) for name in document.__struct_fields__},
            "layers": ("content", "quote_type"),
            "quotes": (Quote(quote_id="d-0", quote=WORDS[:8], content=words(0, 2),
                             quote_type="indirect"),),
        }
    )  # fmt: skip
    predicted = Quote(content=words(0, 2), speaker="Otto Brandt", agency="AFP")
    assert errors(predicted, document=bare) == []


spans = st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda p: (p[0], min(9, sum(p))))
labels = st.tuples(spans, st.sampled_from(SPEAKERS), st.sampled_from(("Reuters", "Interfax", None)))


@settings(max_examples=300, deadline=None)
@given(st.lists(labels, max_size=5, unique_by=lambda one: one[0]), st.lists(labels, max_size=6))
def test_classes_sum_to_the_counts_of_the_table(in_gold, predicted):
    document = gold(
        text=WORDS,
        entities=tuple(
            Entity(name=name, kind="agency" if name == "Reuters" else "person")
            for name in SPEAKERS
            if name
        ),
        quotes=tuple(
            Quote(
                quote_id=f"d-{number}",
                quote=WORDS[3 * a : 3 * b + 2],
                content=words(a, b),
                speaker=(speaker,) if speaker else (),
                agency=agency,
                agency_role="carrier" if agency else None,
                quote_type="indirect",
            )
            for number, ((a, b), speaker, agency) in enumerate(in_gold)
        ),
    )
    answers = [
        Quote(content=words(a, b), speaker=speaker, agency=agency)
        for (a, b), speaker, agency in predicted
    ]
    report = score([predictions(*answers)], [document], draws=0)
    found = list(find_errors(report.judged.scored))
    numbers = Counter((error.side, error.kind) for error in found)
    overlap, exact = report.measures["content:overlap"], report.measures["content:exact"]
    assert sum(n for (side, _), n in numbers.items() if side == "gold") == (
        overlap.gold - overlap.right
    )
    assert sum(n for (side, _), n in numbers.items() if side == "predicted") == (
        overlap.predicted - overlap.right
    )
    assert numbers["pair", "boundary"] == overlap.right - exact.right
    assert numbers["pair", "agency_as_speaker"] == report.errors["agency:as_speaker"].count
    wrong = {
        (one.doc_id, one.item) for one in found if "speaker" in one.kind or "agency" in one.kind
    }
    assert len(wrong) == overlap.right - report.measures["attribution"].right
    assert {kind for _, kind in numbers} <= set(KINDS)


def test_an_excerpt_marks_both_sides():
    # Words 2 to 4 in gold, 3 to 5 predicted.
    assert excerpt(WORDS, ((6, 14),), ((9, 17),)) == "aa bb ⟦cc ⟨dd ee⟧ ff⟩ gg hh ii jj kk ll"
    assert excerpt(WORDS, ((6, 14),), ((6, 14),)) == "aa bb ⟦⟨cc dd ee⟩⟧ ff gg hh ii jj kk ll"
    assert excerpt(WORDS, (), ()) == ""


def test_an_excerpt_leaves_out_what_is_far_from_a_mark():
    text = " ".join(["word"] * 200)
    found = excerpt(text, ((500, 704),), ())
    # Forty characters on each side of each mark, to the ends of words.
    assert found.startswith("…word")
    assert found.endswith("word…")
    assert " … " in found
    assert len(found) < 220


@pytest.fixture
def files(tmp_path):
    gold_file, predicted = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold_file.write_bytes(encode(gold()) + b"\n" + encode(gold("e")) + b"\n")
    lines = [predictions(), predictions(*QUOTES[:2], doc_id="e")]
    predicted.write_bytes(b"".join(encode(one) + b"\n" for one in lines))
    return ["errors", str(predicted), "--gold", str(gold_file)]


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_filters_and_json(files, tmp_path):
    out = tmp_path / "errors.json"
    assert "6 error(s)" in shown(*files)
    assert "4 error(s)" in shown(*files, "--doc", "d", "--json", str(out))
    content = json.loads(out.read_text())
    assert [one["doc_id"] for one in content["errors"]] == ["d"] * 4
    assert content["errors"][0]["gold"]["speakers"] == ["Ana Ruiz"]
    assert content["signature"].startswith("quotebench|set:gold|")
    # One quote of each document was split by its reporting clause.
    assert "2 error(s)" in shown(*files, "--phenomenon", "split_quote")
    assert "no errors" in shown(*files, "--kind", "spurious")


def test_words_that_are_no_filter_are_refused(files):
    for option, word in (("--kind", "x"), ("--doc", "x"), ("--phenomenon", "x")):
        assert CliRunner().invoke(app, [*files, option, word]).exit_code == 2
