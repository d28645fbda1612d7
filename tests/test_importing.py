"""Importers on small files in the shape of each corpus and system, made for this."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmark import InputRefused, load_gold, score
from benchmark.cli import app
from benchmark.importing.building import Options
from benchmark.importing.registry import IMPORTERS, find
from benchmark.records import Document

TEXT = "Ana Ruiz said the dam had held. The mayor believes that rain will come."
ANN = """T1\tSource 0 8\tAna Ruiz
T2\tCue 9 13\tsaid
T3\tContent 14 30\tthe dam had held
T4\tAttribution 9 13\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tSource 32 41\tThe mayor
T6\tCue 42 50\tbelieves
T7\tContent 51 70\tthat rain will come
T8\tAttribution 42 50\tbelieves
E2\tAttribution:T8 Source:T5 Cue:T6 Content:T7
"""


def read(name: str, source: Path, **options: object) -> tuple[Document, ...]:
    return find(name).read(source, Options(**options)).documents  # type: ignore[arg-type]


def refused(name: str, source: Path) -> str:
    with pytest.raises(InputRefused) as found:
        find(name).read(source, Options())
    return str(found.value)


@pytest.fixture
def polnear(tmp_path):
    for folder, name, content in (("text", "a.txt", TEXT), ("attributions", "a_one.ann", ANN)):
        (tmp_path / "dev" / folder).mkdir(parents=True)
        (tmp_path / "dev" / folder / name).write_text(content, encoding="utf-8")
    return tmp_path / "dev"


def test_polnear(polnear):
    (document,) = read("polnear", polnear)
    assert [one.quote for one in document.quotes] == ["the dam had held", "that rain will come"]
    assert [(one.start, one.end) for one in document.quotes[0].cue] == [(9, 13)]
    assert {one.quote_type for one in document.quotes} == {"indirect"}
    # Neither speakers nor agencies are labelled: what needs them is undefined, never 0 or 1.
    report = score([document], [document])
    assert report.measures["content:exact"].f1 == 1
    for name in ("attribution", "speaker", "agency"):
        assert report.measures[name].right is None


def test_beliefs_are_optional_where_only_speech_counts(polnear):
    (document,) = read("polnear", polnear, speech_only=True)
    assert [one.status for one in document.quotes] == ["core", "optional"]


def test_a_span_that_does_not_say_what_the_corpus_says(polnear):
    path = polnear / "attributions" / "a_one.ann"
    path.write_text(ANN.replace("Content 14 30", "Content 15 31"), encoding="utf-8")
    assert f"{path}:3: " in refused("polnear", polnear)


def test_what_is_written_for_brat_is_read_again(tmp_path):
    done = CliRunner().invoke(app, ["export", "brat", "article", str(tmp_path / "brat")])
    assert done.exit_code == 0, done.output
    output = tmp_path / "back.jsonl"
    done = CliRunner().invoke(app, ["import", "brat", str(tmp_path / "brat"), str(output)])
    assert done.exit_code == 0, done.output
    (back,), (gold,) = load_gold(output), load_gold("article")
    for name in ("content", "cue", "source", "speaker", "agency", "status"):
        assert [getattr(one, name) for one in back.quotes] == [
            getattr(one, name) for one in gold.quotes
        ], name


def test_german_wikinews(tmp_path):
    text = 'Ruiz sagte: "Wir schlafen."'

    def part(start: int, end: int) -> dict:
        span = {"begin": 0, "end": 1, "charBegin": start, "charEnd": end}
        return {"spans": [span] if end else [], "text": text[start:end], "tokenIds": [0]}

    annotation = {
        "id": 0, "type": "Direct", "medium": "Speech", "isNested": False, "hasNested": False,
        "quote": part(12, 27), "speaker": part(0, 4), "cue": part(5, 10), "frame": part(0, 11),
        "addressee": part(0, 0),
    }  # fmt: skip
    content = {"annotations": [annotation], "documentName": "x", "originalText": text,
               "sentences": []}  # fmt: skip
    (tmp_path / "x.json").write_text(json.dumps(content))
    (document,) = read("german-wikinews", tmp_path)
    (quote,) = document.quotes
    assert quote.quote_type == "direct"
    assert "Direct" in quote.note
    assert document.text[quote.source[0].start : quote.source[0].end] == "Ruiz"


def test_spkatt(tmp_path):
    content = {
        "Sentences": [{"SentenceId": 0, "Tokens": ["Wir", "sagen", ",", "es", "regnet", "."]}],
        "Annotations": [{"Source": ["0:0"], "Cue": ["0:1"], "Message": ["0:3", "0:4"],
                         "PTC": [], "Addr": [], "Topic": [], "Medium": [], "Evidence": []}],
    }  # fmt: skip
    (tmp_path / "x.json").write_text(json.dumps(content))
    (document,) = read("spkatt", tmp_path)
    assert [one.quote for one in document.quotes] == ["es regnet"]


def test_pdnc(tmp_path):
    folder = tmp_path / "Novel"
    folder.mkdir()
    text = 'Then "Come in," said Ann. "It rains."'
    (folder / "novel_text.txt").write_text(text)
    (folder / "character_info.csv").write_text(
        "Character ID,Main Name,Aliases,Gender,Category\n"
        "0,Ann Lee,\"{'Ann', 'Miss Lee'}\",F,major\n"
    )
    (folder / "quotation_info.csv").write_text(
        "quoteID,quoteText,subQuotationList,quoteByteSpans,speaker,addressees,quoteType,"
        "referringExpression,mentionTextsList,mentionSpansList,mentionEntitiesList\n"
        "Q0,x,\"['Come in,', 'It rains.']\",\"[[6, 14], [27, 36]]\",Ann Lee,[],Explicit,"
        "said Ann,[],[],[]\n"
    )
    (document,) = read("pdnc", tmp_path)
    (quote,) = document.quotes
    assert quote.quote == "Come in, It rains."
    assert quote.speaker == ("Ann Lee",)
    assert score([document], [document]).measures["speaker"].f1 == 1


def test_directquote(tmp_path):
    path = tmp_path / "truecased.txt"
    rows = 'Ann Speaker\nsaid O\n" O\nCome I-LeftSpeaker\nin I-LeftSpeaker\n" O\n\n'
    path.write_text(rows.replace("Ann Speaker", "Ann I-Speaker"))
    (document,) = read("directquote", path)
    assert [one.quote for one in document.quotes] == ["Come in"]


SYSTEMS = {
    "citron": {"quotes": [{"contents": [{"text": "We slept", "start": 3, "end": 5}],
                           "sources": [{"text": "Ana Ruiz", "start": 0, "end": 2}],
                           "cue": {"text": "said", "start": 2, "end": 3}, "confidence": 0.5}]},
    "gendergaptracker": [{"quote": "We slept", "speaker": "Ana Ruiz", "verb": "said"}],
    "textacy": [["Ana Ruiz", "said", "We slept"]],
    "corenlp": {"quotes": [{"id": 0, "text": '"We slept"', "beginIndex": 0, "endIndex": 10,
                            "speaker": "Ana Ruiz", "canonicalSpeaker": "Unknown"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_output_of_a_system(tmp_path, name):
    (tmp_path / "d.json").write_text(json.dumps(SYSTEMS[name]))
    (document,) = read(name, tmp_path)
    assert document.doc_id == "d"
    (quote,) = document.quotes
    assert (quote.quote or "").strip('"') == "We slept"
    assert quote.speakers == ("Ana Ruiz",)


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_is_not_the_output_of_that_system(tmp_path, name):
    path = tmp_path / "d.json"
    path.write_text('{"other": 1}')
    assert "not the shape" in refused(name, path)
    path.write_text("{")
    assert f"{path}:1: " in refused(name, path)


def test_booknlp(tmp_path):
    (tmp_path / "d.quotes").write_text(
        "quote_start\tquote_end\tmention_start\tmention_end\tmention_phrase\tchar_id\tquote\n"
        "0\t4\t5\t5\tAnn\t1\tWe slept .\n"
    )
    (document,) = read("booknlp", tmp_path)
    assert document.quotes[0].speakers == ("Ann",)


def test_csv(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text('doc_id,quote,speaker,agency\na,"Come, in",Ann,Reuters\nb,It rains,,\n')
    one, other = read("csv", path)
    assert (one.quotes[0].quote, one.quotes[0].speakers, one.quotes[0].agency) == (
        "Come, in", ("Ann",), "Reuters",
    )  # fmt: skip
    assert other.quotes[0].speakers == ()
    path.write_text("doc_id,words\na,b\n")
    assert f"{path}:1: quote: no such column" in refused("csv", path)


def test_every_importer_names_its_terms():
    for one in IMPORTERS:
        assert one.licence
        assert one.citation
        assert find(one.name) is one
    assert CliRunner().invoke(app, ["import", "nonsense", "a", "b"]).exit_code == 2
    assert "polnear" in CliRunner().invoke(app, ["importers"]).output


@pytest.mark.parametrize("one", IMPORTERS, ids=lambda one: one.name)
def test_a_source_that_is_not_there_is_refused(tmp_path, one):
    output = tmp_path / "out.jsonl"
    arguments = ["import", one.name, str(tmp_path / "none"), str(output)]
    if one.name == "parc3":
        arguments += ["--texts", str(tmp_path)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1, done.output
    assert not output.exists()
