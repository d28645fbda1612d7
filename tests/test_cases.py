"""Runs the tables of `tests/cases/README.md`."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import Quote, Span, score
from benchmark.records import Document, words_of

LETTERS = "abcdefghijklmnop"
TEXT = " ".join(LETTERS)
README = (Path(__file__).parent / "cases" / "README.md").read_text()
ROWS = [
    [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split("|")]
    for line in README.splitlines()
    if line.startswith("| ") and not line.startswith("| gold")
]


def quote(index: int, letters: str) -> Quote:
    content = []
    for part in letters.lstrip("?!").split("¦"):
        start = 2 * LETTERS.index(part[0])
        assert part in LETTERS
        content.append(Span(start, start + 2 * len(part) - 1))
    return Quote(
        quote_id=f"q{index}",
        quote=words_of(TEXT, tuple(content)),
        content=tuple(content),
        status="optional" if letters[0] in "?!" else "core",
        phenomena=("agency_shell",) if letters[0] == "!" else (),
    )


def quotes(cell: str) -> tuple[Quote, ...]:
    return tuple(quote(i, one) for i, one in enumerate(cell.split()) if one != "-")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} / {row[1]}")
def test_case(row):
    gold = Document(
        doc_id="d", text=TEXT, language="en", origin="letters", license="none",
        layers=("content",), quotes=quotes(row[0]), canary="none",
    )  # fmt: skip
    report = score([Document(doc_id="d", quotes=quotes(row[1]))], [gold], draws=0)
    names = ("content:overlap", "content:exact", "content:words")
    for name, expected in zip(names, row[2:5], strict=True):
        figure = report.measures[name]
        assert [figure.right, figure.predicted, figure.gold] == [int(n) for n in expected.split()]


def test_the_tables_are_read():
    assert len(ROWS) == 25


stretches = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 4)).map(lambda at: LETTERS[at[0] : sum(at)]),
    unique=True,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(stretches, stretches)
def test_swapping_gold_and_predictions_swaps_precision_and_recall(one, other):
    def document(cells: list[str]) -> Document:
        return Document(
            doc_id="d", text=TEXT, language="en", origin="letters", license="none",
            layers=("content",), quotes=quotes(" ".join(cells)), canary="none",
        )  # fmt: skip

    there = score([document(one)], [document(other)], draws=0).measures
    back = score([document(other)], [document(one)], draws=0).measures
    for name in ("content:overlap", "content:exact", "content:words"):
        assert there[name].precision == back[name].recall
        assert there[name].f1 == back[name].f1
