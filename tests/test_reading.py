"""Reading and validation: one smallest bad line for each fault, and never a traceback."""

import gzip
import io
import json
import os
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.faults import Fault, InputRefused
from benchmark.reading import MOST_FAULTS, read_all, read_documents
from benchmark.records import encode
from benchmark.validation import check_gold
from benchmark.writing import write_documents, write_text
from tests.build import gold

BAD = Path(__file__).parent / "bad"
EXPECTED = json.loads((BAD / "expected.json").read_text())


def faults_of(path: Path, *, is_gold: bool) -> str:
    with pytest.raises(InputRefused) as refused:
        read_all(path, gold=is_gold)
    return str(refused.value)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bad_predictions_are_refused(name):
    message = faults_of(BAD / name, is_gold=False)
    assert message.removeprefix(f"{BAD / name}:1: ").startswith(EXPECTED[name])


def test_every_bad_file_is_expected():
    assert {path.name for path in BAD.glob("*.jsonl")} == set(EXPECTED)


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ({"text": ""}, "text", "empty"),
        ({"layers": ()}, "layers", "empty"),
        ({"canary": ""}, "canary", "empty"),
        ({"title": "2008-08-29"}, "title", "ISO date"),
        ({"entities": ()}, "quotes[0].speaker", "not among the document's entities"),
        ({"quote.content": ({"start": 5, "end": 5},)}, "quotes[0].content[0]", "not before end"),
        ({"quote.content": ({"start": 0, "end": 9999},)}, "quotes[0].content[0].end", "behind"),
        ({"quote.content": ({"start": 8, "end": 10},)}, "quotes[0].content", "no word"),
        ({"quote.quote": "other"}, "quotes[0].quote", "not the words of content"),
        ({"quote.quote_type": None}, "quotes[0].quote_type", "null"),
        ({"quote.agency": "Nowhere Press"}, "quotes[0].agency", "no canonical name"),
        ({"quote.agency_role": "carrier"}, "quotes[0].agency_role", "goes with agency"),
        ({"quote.speaker_alternatives": ((),)}, "quotes[0].speaker_alternatives[0]", "empty list"),
        ({"quote.status": "core", "quote.phenomena": ("agency_shell",)}, "quotes[0].status",
         "optional"),
        ({"quote.quote_id": "d-2"}, "quotes[0].quote_id", "used twice"),
    ],
)  # fmt: skip
def test_faulty_gold_is_refused(change, where, what):
    plain = msgspec.to_builtins(gold())
    for key, value in change.items():
        target = plain["quotes"][0] if key.startswith("quote.") else plain
        target[key.removeprefix("quote.")] = value
    faults = list(check_gold(msgspec.convert(plain, type(gold())), "f", 1))
    assert any(fault.field == where and what in fault.what for fault in faults), faults


def test_equal_words_in_two_quotes_are_a_fault():
    twice = gold(quotes=(gold().quotes[0], msgspec.structs.replace(gold().quotes[0], quote_id="x")))
    assert any("the same words as" in fault.what for fault in check_gold(twice, "f", 1))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty file"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{"doc_id": "\xff"}', "not UTF-8 at byte 12"),
        (b"\n", "empty line"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"doc_id": "a\x00"}', "not JSON"),
    ],
)
def test_bytes_that_are_no_records(tmp_path, data, what):
    path = tmp_path / "f.jsonl"
    path.write_bytes(data)
    assert what in faults_of(path, is_gold=False)


def test_a_truncated_gzip_file(tmp_path):
    path = tmp_path / "f.jsonl.gz"
    path.write_bytes(gzip.compress(encode(gold()) + b"\n")[:-20])
    assert "damaged gzip" in faults_of(path, is_gold=True)


def test_every_fault_in_one_go(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text('{"quotes": 3}\n{"doc_id": 4, "quotes": [{"agency": 1, "speaker": {}}]}\n')
    message = faults_of(path, is_gold=False)
    assert message.count("\n") == 4
    for field in ("1: doc_id", "1: quotes", "2: doc_id", "2: quotes[0].agency",
                  "2: quotes[0].speaker"):  # fmt: skip
        assert field in message


def test_crlf_and_spaces_are_fine(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_bytes(b'{ "doc_id" : "a", "quotes" : [] }\r\n{"doc_id":"b","quotes":[]}\r\n')
    assert [one.doc_id for one in read_all(path, gold=False)] == ["a", "b"]


@pytest.mark.parametrize("name", ["f.jsonl", "f.jsonl.gz"])
def test_what_is_written_is_read(tmp_path, name):
    write_documents(tmp_path / name, [gold(), gold("e")])
    assert read_all(tmp_path / name, gold=True) == [gold(), gold("e")]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text("old")
    with pytest.raises(TypeError):
        write_documents(path, [gold(), object()])  # type: ignore[list-item]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_may_be_a_string(tmp_path):
    path = str(tmp_path / "f.jsonl.gz")
    write_documents(path, [gold()])
    assert read_all(path, gold=True) == [gold()]


@pytest.mark.parametrize("confidence", ["1e999", "-1e999", "1" + "0" * 400])
@pytest.mark.parametrize("quotes_needed", [True, False])
def test_a_number_beyond_all_bounds(tmp_path, confidence, quotes_needed):
    path = tmp_path / "f.jsonl"
    path.write_text(f'{{"doc_id":"a","quotes":[{{"quote":"x","confidence":{confidence}}}]}}')
    faults: list[Fault] = []
    assert not list(read_documents(path, faults, gold=False, quotes_needed=quotes_needed))
    assert [fault.field for fault in faults] == ["quotes[0].confidence"]


def test_quotes_are_filled_in_only_where_none_are_needed(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text('{"doc_id": "a", "text": "x"}\n')
    faults: list[Fault] = []
    found = list(read_documents(path, faults, gold=False, quotes_needed=False))
    assert [document.quotes for _, document in found] == [()]
    assert faults == []
    assert "quotes: missing" in faults_of(path, is_gold=False)


@pytest.mark.parametrize("line", ["{", '{"doc_id":"a","quotes":[{}]}'])
def test_faults_without_end_are_cut_short(tmp_path, line):
    path = tmp_path / "f.jsonl"
    path.write_text((line + "\n") * (MOST_FAULTS + 500))
    lines = faults_of(path, is_gold=False).splitlines()
    assert len(lines) == MOST_FAULTS + 1
    assert "1000 faults up to here" in lines[-1]


def test_a_line_of_endless_length_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmark.reading.LONGEST_LINE", 2**20)
    path = tmp_path / "f.jsonl"
    path.write_bytes(b"x" * (2**20 + 1))
    assert f"{path}:1: line of over" in faults_of(path, is_gold=False)


def test_folders_and_missing_files(tmp_path):
    assert "Is a directory" in faults_of(tmp_path, is_gold=False)
    assert "No such file" in faults_of(tmp_path / "none.jsonl", is_gold=False)


def test_standard_input_stays_open(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(encode(gold())))
    monkeypatch.setattr(sys, "stdin", stream)
    assert read_all("-", gold=True) == [gold()]
    assert "empty file" in faults_of(Path("-"), is_gold=True)


def test_standard_output_is_utf8_whatever_the_locale(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write_documents("-", [gold(title="Überschwemmung")])
    assert raw.getvalue() == encode(gold(title="Überschwemmung")) + b"\n"


def test_equal_documents_give_equal_bytes(tmp_path):
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        write_documents(tmp_path / name, [gold()])
    data = (tmp_path / "a.jsonl.gz").read_bytes()
    assert data == (tmp_path / "b.jsonl.gz").read_bytes()
    assert data[3:8] == bytes(5)  # no name, no time


def test_a_failed_compressed_write_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        write_documents(tmp_path / "f.jsonl.gz", [gold(), object()])  # type: ignore[list-item]
    assert list(tmp_path.iterdir()) == []


def test_the_file_behind_a_link_changes_and_the_link_stays(tmp_path):
    target, link = tmp_path / "f", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_a_pipe_or_device_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(pipe, "words")
        assert os.read(reader, 10) == b"words"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


VALID = encode(gold())


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.tuples(st.integers(0, len(VALID)), st.integers(0, 40), st.binary(max_size=5)).map(
            lambda cut: VALID[: cut[0]] + cut[2] + VALID[cut[0] + cut[1] :]
        ),
    )
)
def test_any_bytes_give_faults_or_documents(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzz.jsonl"
    path.write_bytes(data)
    for is_gold in (False, True):
        faults: list[Fault] = []
        found = list(read_documents(path, faults, gold=is_gold))
        assert found or faults


ODD = ["null", "true", "-1", "1.5", "1e999", str(2**70), '""', '"x"', '"\\ud800"', "[]", "{}",
       "[null]", "[[]]", "[{}]"]  # fmt: skip


def places(value, path=()):
    """The path of every value in a tree."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


PLAIN = json.loads(encode(gold(quotes=gold().quotes[:1])))
PLAIN["quotes"][0]["confidence"] = 0.5


@pytest.mark.parametrize("place", [one for one in places(PLAIN) if one], ids=str)
def test_any_value_anywhere_gives_faults_or_documents(tmp_path, place):
    tree = json.loads(json.dumps(PLAIN))
    holder = tree
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = "@"
    path = tmp_path / "f.jsonl"
    for odd in ODD:
        path.write_text(json.dumps(tree).replace('"@"', odd))
        for is_gold in (False, True):
            faults: list[Fault] = []
            assert list(read_documents(path, faults, gold=is_gold)) or faults
