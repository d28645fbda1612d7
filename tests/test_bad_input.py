"""Input of every bad kind, on the command line: faults and exit code 1, no traceback."""

import gzip
import os
import subprocess
import sys

import pytest

from benchmark.records import encode
from tests.build import QUOTES, gold, predictions

LINE = encode(predictions(*QUOTES))


@pytest.fixture
def gold_file(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(encode(gold()) + b"\n")
    return path


def run(*arguments: object, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "benchmark", *map(str, arguments)],
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )


BAD = {
    "utf-16": (LINE.decode().encode("utf-16"), "not UTF-8"),
    "latin-1": ('{"doc_id": "d", "quotes": [{"quote": "Köln"}]}'.encode("latin-1"), "not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbf" + LINE, "byte order mark"),
    "NUL": (LINE.replace(b"lucky", b"lu\x00ky"), "not JSON"),
    "a file of NUL": (b"\x00" * 1000, "not JSON"),
    "duplicate ids": (LINE + b"\n" + LINE + b"\n", "on line 1 already"),
    "duplicate keys": (b'{"doc_id": "d", "doc_id": "d", "quotes": []}', "doc_id"),
    "NaN": (b'{"doc_id": "d", "quotes": [{"quote": "x", "confidence": NaN}]}', "NaN is not a"),
    "huge integer": (b'{"doc_id": "d", "quotes": [{"content": [{"start": 0, "end": 1'
                     + b"0" * 300 + b"}]}]}", "content[0].end"),
    "deep nesting": (b'{"doc_id": ' + b"[" * 50_000, "nested too deeply"),
    "half a line": (LINE[:-7], "not JSON"),
    "two documents on a line": (LINE + LINE, "not JSON"),
    "nothing": (b"", "empty file"),
    "a list": (b"[" + LINE + b"]", "list"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_predictions(tmp_path, gold_file, kind):
    data, what = BAD[kind]
    path = tmp_path / "p.jsonl"
    path.write_bytes(data)
    done = run("score", path, "--gold", gold_file, "--json", tmp_path / "report.json")
    message = done.stderr.decode()
    assert done.returncode == 1, message
    assert f"{path}:" in message
    assert what in message
    assert "Traceback" not in message
    assert not (tmp_path / "report.json").exists()
    assert path.read_bytes() == data


def test_bad_gold_is_refused_alike(tmp_path, gold_file):
    path = tmp_path / "p.jsonl"
    path.write_bytes(LINE)
    gold_file.write_bytes(encode(gold())[:-20])
    done = run("score", path, "--gold", gold_file)
    assert done.returncode == 1
    assert f"{gold_file}:1: " in done.stderr.decode()


def test_carriage_returns_are_fine(tmp_path, gold_file):
    path = tmp_path / "p.jsonl"
    path.write_bytes(LINE + b"\r\n")
    assert run("score", path, "--gold", gold_file).returncode == 0


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(LINE)[:-9], "damaged gzip"),
        (gzip.compress(LINE) + b"garbage", "damaged gzip"),
        (b"\x1f\x8b" + b"\x00" * 40, "damaged gzip"),
        (LINE, "damaged gzip"),
        (b"", "empty file"),
    ],
)
def test_bad_gzip(tmp_path, gold_file, data, what):
    path = tmp_path / "p.jsonl.gz"
    path.write_bytes(data)
    done = run("score", path, "--gold", gold_file)
    assert done.returncode == 1
    assert what in done.stderr.decode()


def test_standard_input(tmp_path, gold_file):
    assert run("score", "-", "--gold", gold_file, data=LINE).returncode == 0
    path = tmp_path / "p.jsonl"
    path.write_bytes(LINE)
    assert run("score", path, "--gold", "-", data=encode(gold())).returncode == 0
    done = run("score", "-", "--gold", "-", data=LINE)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()
    assert run("score", "-", "--gold", gold_file, data=b"").returncode == 1


def test_names_that_are_no_files(tmp_path, gold_file):
    for path in (tmp_path, tmp_path / "none.jsonl", tmp_path / ("x" * 300)):
        done = run("score", path, "--gold", gold_file)
        assert done.returncode == 1, path
        assert "Traceback" not in done.stderr.decode()
    assert run("score", gold_file, "--gold", tmp_path / "none.jsonl").returncode == 1


def test_a_name_with_a_nul():
    from benchmark.faults import InputRefused
    from benchmark.reading import read_all

    with pytest.raises(InputRefused, match="NUL"):
        read_all("a\0b", gold=False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_a_file_that_may_not_be_read(tmp_path, gold_file):
    path = tmp_path / "p.jsonl"
    path.write_bytes(LINE)
    path.chmod(0)
    assert "Permission" in run("score", path, "--gold", gold_file).stderr.decode()


def test_a_long_line_is_read(tmp_path, gold_file):
    # Some megabytes on a line are legal; LONGEST_LINE is the limit.
    path = tmp_path / "p.jsonl"
    note = "x" * (4 * 2**20)
    path.write_bytes(LINE.replace(b'"note":""', f'"note":"{note}"'.encode(), 1))
    assert run("score", path, "--gold", gold_file).returncode == 0
