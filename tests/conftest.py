"""A model server and articles to ask it about, for the tests of `llm`."""

import os
from pathlib import Path

import pytest

from benchmark.writing import write_documents
from tests.llm_calls import KEY, articles
from tests.model_server import serve


@pytest.fixture
def server(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("QUOTEBENCH_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEBENCH_BACKOFF", "0.001")
    monkeypatch.setenv("QUOTEBENCH_API_KEY", KEY)
    with serve() as model:
        monkeypatch.setenv("QUOTEBENCH_BASE_URL", model.url)
        monkeypatch.setenv("QUOTEBENCH_MODEL", "small")
        yield model


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "in.jsonl"
    write_documents(path, articles(12))
    return path
