"""Finding predicted words in the text: what is found how, and what must not be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.alignment import Aligner
from benchmark.words import word_spans

TEXT = (
    "“We don’t want to talk — not yet,” Ruiz said. “But we’re working … with 26 partners.”\n"
    "He called on them “not to leave [the port] alone.” The café was open. It rained. It rained."
)


def place(*strings: str):
    return [
        None if one is None else (one.method, [TEXT[span.start : span.end] for span in one.spans])
        for one in Aligner(TEXT).place(strings)
    ]


@pytest.mark.parametrize(
    ("string", "method", "parts"),
    [
        ("But we’re working", "exact", ["But we’re working"]),
        ('"But we\'re working..."', "folded", ["But we’re working"]),
        ("we don't want to talk - not yet", "folded", ["We don’t want to talk — not yet"]),
        ("the cafe\u0301 was open", "folded", ["The café was open"]),
        ("We don’t want to talk — not yet. But we’re working", "parts",
         ["We don’t want to talk — not yet", "But we’re working"]),
        ("not to leave alone", "parts", ["not to leave", "alone"]),
    ],
)  # fmt: skip
def test_is_found(string, method, parts):
    assert place(string) == [(method, parts)]


@pytest.mark.parametrize(
    "string",
    [
        "",
        "…",
        "But we’re working … with 27 partners",
        "We want to talk right now and at length",
        "The port authority never existed at all.",
    ],
)
def test_is_not_found(string):
    assert place(string) == [None]


def test_repeated_words_take_their_occurrences_in_order():
    places = Aligner(TEXT).place(["It rained", "It rained", "It rained"])
    starts = [place.spans[0].start for place in places if place is not None]
    first = TEXT.index("It rained")
    second = TEXT.index("It rained", first + 1)
    assert starts == [first, second, second]


@given(st.text(max_size=80), st.text(max_size=40))
def test_never_raises_and_stays_in_the_text(text, string):
    for place in Aligner(text).place([string]):
        if place is not None:
            assert all(0 <= span.start < span.end <= len(text) for span in place.spans)


@given(st.text(alphabet="ab é’—\n", min_size=1, max_size=60), st.data())
def test_a_stretch_of_words_is_found_exactly(text, data):
    spans = word_spans(text)
    if spans:
        first = data.draw(st.integers(0, len(spans) - 1))
        last = data.draw(st.integers(first, len(spans) - 1))
        (found,) = Aligner(text).place([text[spans[first][0] : spans[last][1]]])
        assert found is not None
        assert found.method == "exact"
