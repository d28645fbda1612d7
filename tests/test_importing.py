"""The commands that import and export, over every importer; outputs of systems without gold."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmark import InputRefused, load_gold
from benchmark.cli import app
from benchmark.importing.building import Options
from benchmark.importing.registry import IMPORTERS, find


def refused(name: str, source: Path) -> str:
    with pytest.raises(InputRefused) as found:
        find(name).read(source, Options())
    return str(found.value)


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
    (document,) = find(name).read(tmp_path, Options()).documents
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


def test_the_importers_are_listed():
    listed = CliRunner().invoke(app, ["importers"]).output
    assert [one.name for one in IMPORTERS if one.name not in listed] == []


@pytest.mark.parametrize("one", IMPORTERS, ids=lambda one: one.name)
def test_a_source_that_is_not_there_is_refused(tmp_path, one):
    output = tmp_path / "out.jsonl"
    arguments = ["import", one.name, str(tmp_path / "none"), str(output)]
    if one.name == "parc3":
        arguments += ["--texts", str(tmp_path)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1, done.output
    assert not output.exists()
