"""Readers of other systems' outputs: invented outputs in each shape."""

import json

import pytest

from benchmark.faults import InputRefused
from benchmark.importing.building import Options
from benchmark.importing.registry import find
from benchmark.records import words_of
from benchmark.scoring import score
from tests.build import TEXT, gold

OUTPUTS = {
    "citron": {"quotes": [
        {"sources": [{"start": 0, "end": 2, "text": "Otto Brandt"}], "coreferences": [],
         "cue": {"start": 2, "end": 3, "text": "warned"}, "confidence": "0.9000",
         "contents": [{"start": 4, "end": 6, "text": "more rain"},
                      {"start": 6, "end": 8, "text": "would come"}]}]},
    "gendergaptracker": [
        {"speaker": "Otto Brandt", "speaker_index": "(0,11)", "quote": "more rain would come",
         "quote_index": "(1,2)", "verb": "warned", "is_floating_quote": False}],
    "textacy": [[["Otto", "Brandt"], ["warned"], "more rain would come"]],
    "corenlp": {"quotes": [
        {"id": 0, "text": "more rain would come", "beginIndex": 5, "endIndex": 9,
         "mention": "he", "speaker": "Unknown", "canonicalSpeaker": "Otto Brandt"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", OUTPUTS)
def test_json_outputs_score_as_they_are(name, tmp_path):
    (tmp_path / "d.json").write_text(json.dumps(OUTPUTS[name]))
    imported = find(name).read(tmp_path, Options(gold=(gold(),)))
    (document,) = imported.documents
    assert (document.doc_id, document.quotes[0].speakers) == ("d", ("Otto Brandt",))
    report = score([document], [gold()])
    assert report.measures["content:exact"].right == 1
    assert report.measures["speaker"].right == 1
    if name == "citron":
        assert document.quotes[0].confidence == 0.9


def test_booknlp_tokens_get_offsets_from_the_text(tmp_path):
    header = "quote_start\tquote_end\tmention_start\tmention_end\tmention_phrase\tchar_id\tquote\n"
    (tmp_path / "d.quotes").write_text(header + '1\t5\t6\t7\tRuiz\t0\t" We were lucky , "\n')
    read = find("booknlp").read
    (bare,) = read(tmp_path, Options()).documents
    assert bare.quotes[0].quote == '" We were lucky , "'
    (placed,) = read(tmp_path, Options(gold=(gold(),))).documents
    assert words_of(TEXT, placed.quotes[0].content or ()) == "We were lucky,"


def test_csv(tmp_path):
    file = tmp_path / "out.csv"
    file.write_text('doc_id,quote,speaker,agency\nd,"We were lucky,",Ana Ruiz,Reuters\n')
    (document,) = find("csv").read(file, Options()).documents
    assert score([document], [gold()]).measures["attribution"].right == 1
    file.write_text("doc_id,quote,speaker,agency\nd,It rains,,\n")
    (document,) = find("csv").read(file, Options()).documents
    assert (document.quotes[0].speakers, document.quotes[0].agency) == ((), None)
    # A line separator in the words is no end of a row.
    file.write_text("doc_id,quote\nd,a\u2028b\n", encoding="utf-8")
    (document,) = find("csv").read(file, Options()).documents
    assert document.quotes[0].quote == "a\u2028b"
    file.write_text("doc_id,quote\nd,a,b\n,c\n")
    with pytest.raises(InputRefused) as caught:
        find("csv").read(file, Options())
    assert "out.csv:2: more or fewer fields" in str(caught.value)
    file.write_text("doc,quote\nd,a\n")
    with pytest.raises(InputRefused, match=r"out\.csv:1: doc_id: no such column"):
        find("csv").read(file, Options())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", "d.json:1: no JSON"),
        ("{}", "d.json: quotes: not the shape of this system's output"),
        ('{"quotes": [{"contents": [{"text": "a"}], "sources": [], "confidence": "2"}]}',
         "quotes[0].confidence: 2.0: write a number from 0 to 1"),
    ],
)  # fmt: skip
def test_faulty_outputs(tmp_path, content, expected):
    file = tmp_path / "d.json"
    file.write_text(content)
    with pytest.raises(InputRefused) as caught:
        find("citron").read(file, Options())
    assert expected in str(caught.value)


def test_an_output_of_no_gold_document_is_refused(tmp_path):
    (tmp_path / "other.json").write_text('{"quotes": []}')
    with pytest.raises(InputRefused, match="'other' is no document of the gold"):
        find("citron").read(tmp_path, Options(gold=(gold(),)))
