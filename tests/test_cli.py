"""The command line: what is printed where, and the exit codes."""

import json
import subprocess
import sys

import pytest

from benchmark.measures import MEASURES
from benchmark.records import Document, Quote
from benchmark.sets import gold_root
from benchmark.writing import write_documents
from tests.build import gold

GOLD = gold_root() / "article" / "documents.jsonl"


def quotebench(*arguments: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmark", *map(str, arguments)],
        input=stdin, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture
def gold_file(tmp_path):
    path = tmp_path / "gold.jsonl"
    write_documents(path, [gold()])
    return path


def test_score_prints_a_table_of_80_columns_with_its_signature(tmp_path):
    output = tmp_path / "report.json"
    done = quotebench("score", GOLD, "--by", "quote_type", "--json", output)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    report = json.loads(output.read_text())
    assert report["schema_version"] == 1
    assert report["measures"]["attribution"]["f1"] == 1.0
    assert set(report["groups"]["quote_type"]) == {"direct", "indirect", "mixed"} & set(
        report["groups"]["quote_type"]
    )
    assert report["groups"]["quote_type"]["direct"]["attribution"]["precision"] is None
    assert report["signature"] == "".join(done.stdout.split())[-len(report["signature"]) :]


def test_standard_input_is_a_file_too():
    done = quotebench("score", "-", stdin=GOLD.read_bytes())
    assert done.returncode == 0, done.stderr


def test_bad_input_lists_every_fault_and_scores_nothing(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(
        '{"doc_id": "medvedev-dushanbe", "quotes": [{"quote": "x", "agencey": "Reuters"}]}\n'
        '{"doc_id": "other", "quotes": [{"speaker": 3}]}\n'
    )
    report = tmp_path / "report.json"
    done = quotebench("score", path, "--json", report)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"{path}:1: quotes[0].agencey: unknown field: did you mean 'agency'?" in done.stderr
    assert f"{path}:2: quotes[0].speaker: " in done.stderr
    assert not report.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("score",),
        ("score", GOLD, "--task", "other"),
        ("score", GOLD, "--by", "weather"),
        ("score", GOLD, "--missing", "perhaps"),
        ("compare", GOLD),
        ("errors", GOLD, "--kind", "nonsense"),
        ("run", "no-such-baseline"),
        ("predict", "no_such.module:Thing", GOLD, "-"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_2(arguments):
    done = quotebench(*arguments)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["absent.jsonl", ""])
def test_a_missing_file_or_a_folder_is_exit_1(tmp_path, name):
    for command in ("score", "validate"):
        done = quotebench(command, tmp_path / name)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def test_compare_a_file_with_itself():
    done = quotebench("compare", GOLD, GOLD)
    assert done.returncode == 0, done.stderr
    assert "1.0000" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_errors_are_listed_and_filtered(tmp_path, gold_file):
    path = tmp_path / "p.jsonl"
    write_documents(path, [Document(doc_id="d", quotes=(Quote(quote="It never was so."),))])
    done = quotebench("errors", path, "--gold", gold_file, "--kind", "fabricated")
    assert "It never was so." in done.stdout
    assert "1 error(s) in 1 item(s): fabricated 1" in done.stdout


def test_predict_writes_what_score_reads(tmp_path, gold_file):
    for workers in (1, 2):
        path = tmp_path / f"{workers}.jsonl.gz"
        done = quotebench("predict", "nearest", gold_file, path, "--workers", workers)
        assert done.returncode == 0, done.stderr
        assert quotebench("score", path, "--gold", gold_file).returncode == 0
    assert (tmp_path / "1.jsonl.gz").read_bytes() == (tmp_path / "2.jsonl.gz").read_bytes()


def test_predict_a_text_file_and_print(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text('"It is late enough," said Ana Ruiz.')
    done = quotebench("predict", "nearest", path, "-")
    assert json.loads(done.stdout)["doc_id"] == "note"


def test_predict_resumes(tmp_path, gold_file):
    path = tmp_path / "p.jsonl"
    kept = Document(doc_id="d", quotes=(Quote(quote="kept from before"),))
    write_documents(path, [kept])
    assert quotebench("predict", "empty", gold_file, path, "--resume").returncode == 0
    assert "kept from before" in path.read_text()


def test_run_keeps_predictions_and_reports(tmp_path, gold_file):
    done = quotebench("run", "oracle", "empty", "--gold", gold_file, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "oracle*" in done.stdout
    assert (tmp_path / "gold" / "oracle.jsonl").exists()
    report = json.loads((tmp_path / "gold" / "oracle.report.json").read_text())
    assert report["measures"]["attribution"]["f1"] == 1.0


def test_validate():
    assert "no faults" in quotebench("validate", GOLD).stdout


def test_listings_name_everything():
    measures = quotebench("measures").stdout
    assert all(measure.name in measures for measure in MEASURES)
    assert "article" in quotebench("sets").stdout
    assert "nearest" in quotebench("baselines").stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['quotebench', '--help']\n"
        "from benchmark.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'rapidfuzz', 'msgspec', 'rich.console'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
