"""Calls of `llm` in tests, and what they leave behind."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from benchmark.cli import app
from benchmark.records import Document

KEY = "sk-a-secret-of-this-test"


def articles(number: int) -> list[Document]:
    """Each has one quotation of its own."""
    return [
        Document(doc_id=f"a{n}", text=f'"Road {n} is closed," Ana Ruiz said.\n', quotes=())
        for n in range(number)
    ]


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def predict(source: Path, *arguments: object) -> Result:
    return call("predict", "llm", source, source.with_name("out.jsonl"), *arguments)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def output(source: Path) -> list[dict[str, Any]]:
    return rows(source.with_name("out.jsonl"))


def ledger(source: Path) -> Path:
    return source.with_name("out.jsonl.ledger.jsonl")


def run_json(source: Path) -> dict[str, Any]:
    return json.loads(source.with_name("out.jsonl.run.json").read_text())
