"""Precision and recall of the aligner over a corpus of cases written for it.

A row of `alignment_cases.jsonl` gives a text, the strings of a document, and for each of
them the words of every part with the number of its occurrence, or null for "not there".
"""

from pathlib import Path

from scripts.measure_alignment import measure

PAGE = Path(__file__).parent.parent / "docs" / "metrics.md"


def test_precision_and_recall_are_those_of_the_page():
    right, found, there = (counts.total() for counts in measure())
    assert there >= 180
    assert right / found >= 0.97
    assert right / there >= 0.97
    stated = f"precision {right / found:.3f} ({right} of {found}), recall {right / there:.3f}"
    assert stated in " ".join(PAGE.read_text(encoding="utf-8").split())
