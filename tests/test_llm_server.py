"""`llm` goes on where a server fails, refuses or is slow: nothing is lost or paid for twice."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest

pytest.importorskip("openai")

from baselines.llm import Llm
from benchmark.writing import write_documents
from tests.llm_calls import KEY, articles, ledger, output, predict, rows, run_json
from tests.model_server import Reply, article_of, claims, completion, well

# Nothing is lost and nothing is paid for twice.


def test_an_answer_is_never_asked_for_again(server, source):
    assert predict(source).exit_code == 0
    first = source.with_name("out.jsonl").read_bytes()
    done = predict(source, "--price-input", 1)
    assert len(server.bodies) == 12
    assert "12 of them from the ledger" in done.stderr
    # 1200 tokens at 1 per million, none of them now.
    assert "cost at the given prices: 0.001200, now 0.000000" in done.stderr
    assert source.with_name("out.jsonl").read_bytes() == first


def test_another_question_is_asked(server, source):
    predict(source)
    predict(source, "--prompt", "b")
    predict(source, "--option", "temperature=0.5")
    assert len(server.bodies) == 36


def test_a_run_that_is_refused_goes_on_where_it_ended(server, source):
    server.behave = lambda number, body: (
        well(body) if number < 7 else Reply({"error": {"message": f"no such key {KEY}"}}, 401)
    )
    done = predict(source, "--workers", 1)
    assert done.exit_code == 1
    assert "HTTP 401: no such key [key]: check QUOTEBENCH_API_KEY" in done.stderr
    assert not source.with_name("out.jsonl").exists()
    assert len(server.bodies) == 8
    assert len(rows(ledger(source))) == 7
    server.behave = lambda number, body: well(body)
    assert predict(source).exit_code == 0
    assert sorted(server.answered) == sorted(one.text for one in articles(12))


def test_a_document_without_an_answer_keeps_the_file_from_being_written(server, source):
    server.behave = lambda number, body: (
        Reply({}, 500) if "Road 3 " in article_of(body) else well(body)
    )
    done = predict(source, "--option", "retries=1")
    assert done.exit_code == 1
    assert "a3: HTTP 500" in done.stderr
    assert not source.with_name("out.jsonl").exists()
    assert len(rows(ledger(source))) == 11
    server.behave = lambda number, body: well(body)
    assert predict(source).exit_code == 0
    assert len(server.answered) == 12


def test_a_killed_run_pays_only_for_what_was_under_way(server, source):
    server.behave = lambda number, body: Reply(well(body).body, seconds=0.05)
    arguments = ["predict", "llm", str(source), str(source.with_name("out.jsonl"))]
    command = [sys.executable, "-m", "benchmark", *arguments, "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if ledger(source).exists() and len(ledger(source).read_bytes().splitlines()) >= 4:
                break
            time.sleep(0.01)
        process.kill()
    kept = ledger(source).read_bytes().count(b"\n")
    assert 4 <= kept < 12
    before = len(server.bodies)
    server.behave = lambda number, body: well(body)
    assert predict(source).exit_code == 0
    assert len(server.bodies) - before == 12 - kept
    assert before - kept <= 2


def test_a_run_left_in_the_middle_keeps_what_was_under_way(server, source):
    output = source.with_name("out.jsonl")
    server.behave = lambda number, body: Reply(well(body).body, seconds=0.05)
    found = Llm(workers=2).predict_all(articles(12), output)
    assert len(next(found)) == 1
    found.close()  # As an interrupt from the keyboard does.
    kept = len(rows(ledger(source)))
    assert kept == len(server.bodies) < 12
    assert predict(source).exit_code == 0
    assert len(server.bodies) == 12


def test_a_torn_line_is_asked_again_and_a_foreign_one_refused(server, source):
    predict(source)
    whole = ledger(source).read_bytes()
    ledger(source).write_bytes(whole[:-10])
    assert predict(source).exit_code == 0
    assert len(server.bodies) == 13
    assert len(rows(ledger(source))) == 12
    ledger(source).write_bytes(b'{"key": 3}\n' + whole)
    done = predict(source)
    assert done.exit_code == 1
    assert "ledger.jsonl:1: " in done.stderr
    assert len(server.bodies) == 13


def test_the_key_is_in_no_file_and_no_message(server, source, tmp_path):
    def behave(number: int, body: dict[str, Any]) -> Reply:
        if number == 0:
            return Reply({"error": {"message": f"try again with {KEY}"}}, 503)
        return Reply(completion(f'{{"attributions": [{{"quote": "key {KEY}"}}]}}'))

    server.behave = behave
    done = predict(source)
    assert done.exit_code == 0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 4  # articles, predictions, ledger, record
    assert not any(KEY in path.read_text() for path in files)
    assert KEY not in done.output


# What goes wrong on the way.


@pytest.mark.parametrize(
    "bad",
    [
        Reply({"error": {"message": "busy"}}, 500),
        Reply({"error": "overloaded"}, 529),
        Reply("<html>", 502),
        Reply("{not json"),
        Reply({"error": {"message": "a 200 that is none"}}),
        Reply(completion("x"), failure="half"),
        Reply(failure="reset"),
        Reply(failure="hang"),
    ],
    ids=["500", "529", "502", "not-json", "no-choices", "half", "reset", "hang"],
)
def test_what_passes_is_asked_again(server, source, bad):
    write_documents(source, articles(1))
    server.behave = lambda number, body: bad if number < 2 else well(body)
    done = predict(source, "--option", "timeout=0.3")
    assert done.exit_code == 0, done.stderr
    assert len(server.bodies) == 3
    assert rows(ledger(source))[0]["answer"]["attempts"] == 3
    assert "2 further request(s)" in done.stderr
    assert len(output(source)[0]["quotes"]) == 1


def test_all_workers_wait_as_long_as_the_server_says(server, source):
    busy = Reply({"error": {"message": "slow down"}}, 429, {"Retry-After": "0.4"})
    server.behave = lambda number, body: busy if number == 0 else well(body)
    assert predict(source, "--workers", 1).exit_code == 0
    assert server.moments[1] - server.moments[0] >= 0.4
    assert len(server.bodies) == 13


def test_too_long_a_wait_is_no_wait(server, source):
    server.behave = lambda number, body: Reply({}, 429, {"Retry-After": "86400"})
    begin = time.monotonic()
    assert predict(source).exit_code == 1
    assert time.monotonic() - begin < 10


def test_a_limit_of_requests_in_a_minute(server, source):
    write_documents(source, articles(5))
    # 1200 a minute: one each 0.05 seconds.
    assert predict(source, "--rpm", 1200).exit_code == 0
    assert server.moments[-1] - server.moments[0] >= 4 * 0.05 - 0.02


def test_a_server_that_never_answers_is_given_up(server, source):
    server.behave = lambda number, body: Reply({}, 500)
    done = predict(source, "--workers", 1, "--option", "retries=0")
    assert done.exit_code == 1
    assert "5 questions in a row got none" in done.stderr
    assert len(server.bodies) == 5


def test_nobody_there(server, source):
    done = predict(source, "--base-url", "http://127.0.0.1:9/v1", "--option", "retries=0")
    assert done.exit_code == 1
    assert "APIConnectionError" in done.stderr


@pytest.mark.parametrize(
    ("status", "error", "advice"),
    [
        (404, {"message": "no model"}, "check --base-url"),
        (403, {"message": "no"}, "check QUOTEBENCH_API_KEY"),
        (429, {"message": "pay", "code": "insufficient_quota"}, "pay"),
        (400, {"message": "maximum context length is 10"}, "give a smaller window"),
    ],
)
def test_what_stays_is_not_asked_again(server, source, status, error, advice):
    server.behave = lambda number, body: Reply({"error": error}, status)
    done = predict(source, "--workers", 1)
    assert done.exit_code == 1
    assert advice in done.stderr
    assert len(server.bodies) == 1


# Servers that take less.


def test_a_server_without_schemas_is_asked_for_an_object_then_for_text(server, source):
    def behave(number: int, body: dict[str, Any]) -> Reply:
        if "response_format" in body:
            return Reply({"error": {"message": "response_format is not supported"}}, 400)
        return Reply(completion(f"Here:\n```json\n{json.dumps(claims(article_of(body)))}\n```"))

    server.behave = behave
    done = predict(source, "--workers", 1)
    assert done.exit_code == 0, done.stderr
    asked = [body.get("response_format", {}).get("type") for body in server.bodies]
    assert asked == ["json_schema", "json_object"] + [None] * 12
    assert all(len(row["quotes"]) == 1 for row in output(source))
    assert "|format:text|" in run_json(source)["signature"]


def test_a_format_that_was_asked_for_stays(server, source):
    server.behave = lambda number, body: Reply({"error": {"message": "no schemas"}}, 400)
    assert predict(source, "--workers", 1, "--option", "format=schema").exit_code == 1
    assert len(server.bodies) == 1


def test_parameters_that_a_model_refuses_are_left_out(server, source):
    def behave(number: int, body: dict[str, Any]) -> Reply:
        for name in ("max_tokens", "temperature"):
            if name in body:
                return Reply({"error": {"message": f"Unsupported parameter: '{name}'"}}, 400)
        return well(body)

    server.behave = behave
    assert predict(source, "--workers", 1).exit_code == 0
    assert len(server.bodies) == 14
    assert server.bodies[-1]["max_completion_tokens"] == 8192
    assert "response_format" in server.bodies[-1]
    assert run_json(source)["taken_by_the_server"]["temperature"] is False
