"""Precision and recall of the aligner over a corpus of cases written for it.

A row of `alignment_cases.jsonl` gives a text, the strings of a document, and for each of
them the words of every part with the number of its occurrence, or null for "not there".
"""

from pathlib import Path

import jsonlines

from benchmark.alignment import Aligner


def offset(text: str, words: str, occurrence: int) -> int:
    at = -1
    for _ in range(occurrence):
        at = text.index(words, at + 1)
    return at


def test_precision_and_recall():
    right = found = expected = 0
    with jsonlines.open(Path(__file__).parent / "alignment_cases.jsonl") as rows:
        cases = list(rows)
    assert len(cases) >= 200
    for case in cases:
        text = case["text"]
        for place, parts in zip(Aligner(text).place(case["quotes"]), case["expected"], strict=True):
            found += place is not None
            expected += parts is not None
            if place is not None and parts is not None:
                spans = [(span.start, span.end) for span in place.spans]
                starts = [(offset(text, words, n), words) for words, n in parts]
                right += spans == [(at, at + len(words)) for at, words in starts]
    print(f"precision {right / found:.3f}, recall {right / expected:.3f} of {expected}")
    assert right / found >= 0.97
    assert right / expected >= 0.97
