"""Importers of corpora: miniature files in each shape, with counts and spans by hand."""

import json
import os
from pathlib import Path

import msgspec
import pytest

from benchmark.faults import InputRefused
from benchmark.importing import brat, directquote, parc3, pdnc, polnear, spkatt, wikinews
from benchmark.importing.building import NO_CONTENT, NO_WORD, REPEATED, Options
from benchmark.importing.communication import is_communication
from benchmark.importing.exporting import export_brat, with_texts
from benchmark.importing.registry import IMPORTERS, find
from benchmark.reading import read_all
from benchmark.records import Document, Quote, words_of
from benchmark.scoring import load_gold, score
from benchmark.writing import write_documents
from tests.build import gold
from tests.test_cli import quotebench

#        0123456789012345678901234567890123456789012345678901234567890
TEXT = 'Ana said the dam "held". Otto wanted rain. All is well, Ana said.\n'
MARKS = """T1\tSource 0 3\tAna
T2\tCue 4 8\tsaid
T3\tContent 9 23\tthe dam "held"
E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1
T4\tSource 25 29\tOtto
T5\tCue 30 36\twanted
T6\tContent 37 41\train
E2\tAttribution:T5 Content:T6 Cue:T5 Source:T4
T7\tContent 43 46;47 54\tAll
is well
T8\tCue 60 64\tsaid
E3\tAttribution-no-source:T8 Content:T7 Cue:T8
E4\tAttribution:T8 Content:T7 Cue:T8
E5\tAttribution:T8 Cue:T8
T9\tContent 23 24\t.
E6\tAttribution:T8 Content:T9
"""
CORPORA = Path(
    os.environ.get("QUOTEBENCH_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora"
)


@pytest.fixture
def split(tmp_path):
    """A PolNeAR split of one article that two people annotated."""
    folder = tmp_path / "mine"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "a_1.txt").write_text(TEXT)
    (folder / "attributions" / "a_1_x.ann").write_text(MARKS)
    (folder / "attributions" / "a_1_y.ann").write_text("\n".join(MARKS.split("\n")[:4]))
    return folder


def refused(read, source, options=None) -> str:
    options = options or Options()
    with pytest.raises(InputRefused) as caught:
        read(source, options)
    return str(caught.value)


def contents(document: Document) -> list[str]:
    return [words_of(document.text, quote.content or ()) for quote in document.quotes]


def test_polnear_spans_types_and_what_is_dropped(split):
    imported = polnear.read(split, Options())
    (document,) = imported.documents
    assert document.doc_id == "a_1"
    assert contents(document) == ['the dam "held"', "rain", "All is well"]
    assert [quote.quote_type for quote in document.quotes] == ["mixed", "indirect", "indirect"]
    assert [words_of(TEXT, quote.source) for quote in document.quotes] == ["Ana", "Otto", ""]
    assert [words_of(TEXT, quote.cue) for quote in document.quotes] == ["said", "wanted", "said"]
    assert imported.dropped == {REPEATED: 1, NO_CONTENT: 1, NO_WORD: 1}
    assert imported.found == {"documents": 1, "attributions": 5}


def test_polnear_annotators(split):
    assert set(polnear.read(split, Options(annotator="all")).files) == {"x", "y"}
    (second,) = polnear.read(split, Options(annotator="y")).documents
    assert contents(second) == ['the dam "held"']
    with pytest.raises(ValueError, match="first, all, x, y"):
        polnear.read(split, Options(annotator="z"))


def test_speech_only_leaves_attitudes_optional(split):
    (document,) = polnear.read(split, Options(speech_only=True)).documents
    assert [quote.status for quote in document.quotes] == ["core", "optional", "core"]


@pytest.mark.parametrize(
    "cue", ["said", "has repeatedly denied", "according to", ":", "", "tweets"]
)
def test_cues_of_communication(cue):
    assert is_communication(cue)


@pytest.mark.parametrize("cue", ["believes", "wanted", "hopes", "planned to", "thought", "knew"])
def test_other_cues(cue):
    assert not is_communication(cue)


def test_words_that_differ_are_refused_with_line_and_advice(split):
    (split / "text" / "a_1.txt").write_text(TEXT.replace("rain", "snow"))
    message = refused(polnear.read, split)
    assert "a_1_x.ann:7: T6: the corpus has 'rain', the text has 'snow' there: use" in message


def test_a_missing_text_says_whom_to_ask(split):
    (split / "text" / "a_1.txt").unlink()
    message = refused(polnear.read, split)
    assert "text/a_1.txt: no text for a_1_x.ann: ask the authors" in message


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("T1\tContent 0 3000\tAna", "1: T1: 0 3000 is no range of a text of 66 characters"),
        ("T1\tContent 3 3\t", "1: T1: 3 3 is no range"),
        ("T1\tContent\tAna", "1: T1: 'Content' is no label with offsets"),
        ("E1\tAttribution:T9", "1: Attribution: 'T9' is no text-bound annotation"),
        ("hello", "1: no line of brat's format"),
    ],
)
def test_faulty_standoff(tmp_path, line, expected):
    (tmp_path / "d.txt").write_text(TEXT)
    (tmp_path / "d.ann").write_text(line)
    assert f"d.ann:{expected}" in refused(brat.read, tmp_path)


def test_what_the_corpus_does_not_label_is_not_scored(split):
    documents = list(polnear.read(split, Options()).documents)
    report = score(documents, documents)
    assert report.measures["content:exact"].f1 == 1.0
    assert report.measures["source"].f1 == 1.0
    for name in ("speaker", "agency", "attribution"):
        assert report.measures[name].f1 is None
        assert report.measures[name].gold is None


def test_the_command_writes_gold_that_validates_and_says_what_it_did(split, tmp_path):
    output = tmp_path / "out.jsonl"
    done = quotebench("import", "polnear", split, output)
    assert done.returncode == 0, done.stderr
    assert "dropped: no content" in done.stderr
    assert "cite: Newell" in done.stderr
    assert "polnear" in read_all(output, gold=True)[0].canary
    done = quotebench("import", "polnear", split, output, "--annotator", "all")
    assert (tmp_path / "out.x.jsonl").exists()
    assert quotebench("import", "nothing", split, output).returncode == 2
    assert quotebench("import", "pdnc", split, output, "--speech-only").returncode == 2


def test_a_differing_count_is_a_note(split, tmp_path):
    dev = split.rename(split.with_name("dev"))
    done = quotebench("import", "polnear", dev, tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert "NOTE: 84 recorded" in done.stderr


def test_export_and_import_give_the_same_gold(tmp_path):
    shipped = load_gold("article")
    for documents in ([gold(), gold("e/%2F", title="two\u2028lines")], shipped):
        folder = tmp_path / documents[0].doc_id
        export_brat(documents, folder)
        back = brat.read(folder, Options()).documents
        assert {one.doc_id: one for one in back} == {one.doc_id: one for one in documents}


def test_corrections_in_brat_come_back(tmp_path):
    export_brat([gold()], tmp_path)
    file = tmp_path / "d.ann"
    text = file.read_text().replace("Type E1 indirect", "Type E1 mixed")
    file.write_text(text + "T99\tContent 0 8\tAna Ruiz\nE99\tAttribution:T99 Content:T99\n"
                    "A99\tType E99 indirect\n")  # fmt: skip
    (document,) = brat.read(tmp_path, Options()).documents
    assert document.quotes[0].quote_type == "mixed"
    assert contents(document)[-1] == "Ana Ruiz"
    file.write_text(text.replace("#1\tAnnotatorNotes E1\t{", "#1\tAnnotatorNotes E1\t"))
    assert "note of E1: the note is no JSON object" in refused(brat.read, tmp_path)


def test_predictions_are_exported_with_the_texts_of_the_gold():
    answer = Document(doc_id="d", quotes=(Quote(quote="more rain would come"), Quote(quote="zzz")))
    (placed,), lost = with_texts([answer], [gold()])
    assert lost == 1
    assert contents(placed) == ["more rain would come"]


def test_german_wikinews(tmp_path):
    text = "Ana sagte, der Damm halte. Otto dachte nach."

    def part(*spans):
        given = [{"charBegin": a, "charEnd": b} for a, b in spans]
        return {"spans": given, "text": " ".join(text[a:b] for a, b in spans)}

    one = {"type": "Indirect", "medium": "Speech", "isNested": True,
           "quote": part((11, 25)), "cue": part((4, 9)), "speaker": part((0, 3))}  # fmt: skip
    thought = one | {"medium": "Thought", "quote": part((38, 43)), "cue": part(), "isNested": False}
    article = {"documentName": "7 - Damm", "originalText": text, "annotations": [one, thought]}
    file = tmp_path / "7.json"
    file.write_text(json.dumps(article))
    (document,) = wikinews.read(tmp_path, Options(speech_only=True)).documents
    assert document.title == "Damm"
    assert contents(document) == ["der Damm halte", " nach"]
    assert [quote.status for quote in document.quotes] == ["core", "optional"]
    assert document.quotes[0].phenomena == ("nested",)
    assert document.quotes[0].note == "type Indirect, medium Speech"
    assert document.quotes[0].quote_type == "indirect"
    assert words_of(text, document.quotes[0].source) == "Ana"
    one["quote"]["text"] = "der Deich halte"
    file.write_text(json.dumps(article))
    assert "annotations[0].quote: the corpus has 'der Deich" in refused(wikinews.read, tmp_path)
    file.write_text("{")
    assert "7.json:1: no JSON" in refused(wikinews.read, tmp_path)


def test_spkatt_joins_tokens_and_runs(tmp_path):
    roles = {"Source": ["0:0"], "Cue": ["0:1"], "PTC": ["0:3"]}
    speech = {
        "Sentences": [
            {"SentenceId": 0, "Tokens": ["Wir", "rufen", "laut", "aus", ":"]},
            {"SentenceId": 1, "Tokens": ["Der", "Damm", "hält", "."]},
        ],
        "Annotations": [{"Message": ["1:2", "1:0", "1:1"], **roles}, {"Message": [], **roles}],
    }
    file = tmp_path / "s.json"
    file.write_text(json.dumps(speech))
    imported = spkatt.read(tmp_path, Options())
    (document,) = imported.documents
    assert document.text == "Wir rufen laut aus :\nDer Damm hält ."
    assert contents(document) == ["Der Damm hält"]
    assert words_of(document.text, document.quotes[0].cue) == "rufen aus"
    assert imported.found == {"documents": 1, "tokens": 9, "events": 2, "attributions": 1}
    assert imported.dropped == {NO_CONTENT: 1}
    file.write_text(json.dumps(speech).replace("1:2", "9:9"))
    assert "Annotations[0].Message: '9:9' is no token" in refused(spkatt.read, tmp_path)


def test_pdnc_names_and_parts(tmp_path):
    novel = tmp_path / "Novel"
    novel.mkdir()
    (novel / "novel_text.txt").write_text('"Go," said Ana, " now." "No."')
    (novel / "character_info.csv").write_text(
        "Character ID,Main Name,Aliases\n"
        "0,Ana Ruiz,\"['Ana', 'Miss', 'Ana Ruiz']\"\n1,Eva,\"{'Eva', 'Miss'}\"\n"
    )
    table = novel / "quotation_info.csv"
    table.write_text(
        "quoteID,quoteText,subQuotationList,quoteByteSpans,speaker,quoteType\n"
        'Q0,"Go, now.","[\'Go,\', \'now.\']","[[1, 4], [17, 22]]",Ana,Explicit\n'
        "Q1,No.,['No.'],\"[[25, 28]]\",Miss,Implicit\n"
    )
    imported = pdnc.read(tmp_path, Options())
    (document,) = imported.documents
    assert contents(document) == ["Go, now.", "No."]
    assert [quote.speaker for quote in document.quotes] == [("Ana Ruiz",), ()]
    assert document.entities[0].aliases == ("Ana",)
    assert sorted(imported.dropped.values()) == [1, 1]
    table.write_text(table.read_text().replace("[25, 28]", "[24, 26]"))
    assert "quotation_info.csv:3: quoteByteSpans: the corpus" in refused(pdnc.read, tmp_path)
    table.write_text("speaker\nAna\n")
    assert "quotation_info.csv:1: subQuotationList: no such column" in refused(pdnc.read, tmp_path)
    (novel / "novel_text.txt").unlink()
    assert "no text of the novel: ask" in refused(pdnc.read, tmp_path)


def test_parc3_needs_the_treebank(tmp_path):
    def word(text, start, role="", of="a0"):
        inner = f'<attribution id="{of}"><attributionRole roleValue="{role}"/></attribution>'
        count = f"{start},{start + len(text)}"
        return f'<WORD ByteCount="{count}" text="{text}">{inner if role else ""}</WORD>'

    words = [word("Ana", 0, "source"), word("said", 4, "cue"), word("it", 9, "content"),
             word("held", 12, "content"), word(".", 16)]  # fmt: skip
    source = tmp_path / "xml"
    source.mkdir()
    (source / "wsj_0001.xml").write_text(f"<root><SENTENCE>{''.join(words)}</SENTENCE></root>")
    with pytest.raises(ValueError, match="--texts"):
        parc3.read(source, Options())
    options = Options(texts=tmp_path / "raw")
    (tmp_path / "raw").mkdir()
    assert "raw/wsj_0001: no text: ask the LDC" in refused(parc3.read, source, options)
    (tmp_path / "raw" / "wsj_0001").write_text("Ana said it held.\n")
    (document,) = parc3.read(source, options).documents
    assert contents(document) == ["it held"]
    assert words_of(document.text, document.quotes[0].source) == "Ana"
    (tmp_path / "raw" / "wsj_0001").write_text("Ana says it held.\n")
    assert "WORD[1]: the corpus has 'said'" in refused(parc3.read, source, options)


def test_directquote_sides(tmp_path):
    file = tmp_path / "mine.txt"
    file.write_text(
        "Ana B-Speaker\nRuiz I-Speaker\nsaid O\nGo LeftSpeaker\non LeftSpeaker\n"
        "Stop RightSpeaker\nOtto Speaker\n\nWell Unknown\n"
    )
    imported = directquote.read(file, Options())
    first, second = imported.documents
    assert contents(first) == ["Go on", "Stop"]
    assert [words_of(first.text, one.source) for one in first.quotes] == ["Ana Ruiz", "Otto"]
    assert second.quotes[0].source == ()
    file.write_text("Ana Narrator\n")
    assert "mine.txt:1: label: 'Ana Narrator' is no token" in refused(directquote.read, file)


def test_the_registry_is_sound():
    assert len({one.name for one in IMPORTERS}) == len(IMPORTERS)
    with pytest.raises(LookupError, match="polnear"):
        find("nothing")
    for one in IMPORTERS:
        assert one.licence
        assert one.citation
        assert find(one.name) is one


@pytest.mark.parametrize(
    ("name", "part", "documents"),
    [
        ("polnear", "polnear/data/dev", 84),
        ("german-wikinews", "german-wikinews/data/dev", 150),
        ("spkatt", "spkatt/data/dev", 18),
    ],
)
def test_real_corpora_if_they_are_there(name, part, documents, tmp_path):
    source = CORPORA / part
    if not source.is_dir():
        pytest.skip("set QUOTEBENCH_CORPORA to a folder with the corpora")
    imported = find(name).read(source, Options())
    assert imported.recorded["documents"] == documents
    assert {key: imported.found[key] for key in imported.recorded} == imported.recorded
    write_documents(tmp_path / "gold.jsonl", imported.documents)
    assert read_all(tmp_path / "gold.jsonl", gold=True) == list(imported.documents)
    assert msgspec.json.encode(imported.documents[0])
