"""The newsroom set: in step with its sources, its parts kept apart, its quotas met."""

import json
import runpy
from itertools import combinations

import pytest

from benchmark import InputRefused
from benchmark.frame import read_frame
from benchmark.records import LAYERS
from benchmark.sets import gold_root

ROOT = gold_root().parent
NEWSROOM = gold_root() / "newsroom"
SPLITS = ("train", "validation", "test")
CANARY = "quotebench-canary-7c0b9a52-5f0e-4a41-9d3e-2c1f86a7b6d4"
REPORT = runpy.run_path(str(ROOT / "scripts" / "newsroom_report.py"))


@pytest.fixture(scope="module")
def parts():
    return {split: REPORT["read_split"](split) for split in SPLITS}


def rows(name):
    return [json.loads(line) for line in (NEWSROOM / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("split", SPLITS)
def test_each_file_has_its_document(split):
    names = sorted(path.stem for path in (NEWSROOM / "annotations" / split).glob("*.toml"))
    documents = rows(f"{split}.jsonl")
    assert names
    assert [one["doc_id"] for one in documents] == names
    assert all(one["title"] and tuple(one["layers"]) == LAYERS for one in documents)
    assert not any("frame" in one for one in documents)


@pytest.mark.parametrize("split", SPLITS)
def test_every_row_has_the_canary_and_the_same_keys(split):
    for name in (f"{split}.jsonl", f"quotes-{split}.jsonl"):
        found = rows(name)
        assert {row["canary"] for row in found} == {CANARY}
        assert {row["origin"] for row in found} == {"constructed"}
        assert len({tuple(row) for row in found}) == 1


def test_the_splits_share_no_name_and_no_text(parts):
    for a, b in combinations(SPLITS, 2):
        assert not REPORT["named"](parts[a]) & REPORT["named"](parts[b])
    texts = {one.doc_id: one.text for articles in parts.values() for one, _ in articles}
    assert not REPORT["near_duplicates"](texts)


@pytest.mark.parametrize("split", SPLITS)
def test_quotas_are_met(parts, split):
    have = dict(zip(REPORT["NAMES"], REPORT["counted"](parts[split]), strict=True))
    need = dict(zip(REPORT["NAMES"], REPORT["QUOTAS"][split], strict=True))
    assert {name: have[name] for name in need if have[name] < need[name]} == {}


def test_near_duplicates_are_found():
    texts = {"a": "one two three four five six", "b": "one two three four five seven", "c": "x y"}
    # Two shingles each, one of them shared: 1 of 3.
    assert REPORT["near_duplicates"](texts) == [(pytest.approx(1 / 3), "a", "b")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('beat = "sport"', 'beat = "gossip"'), "Invalid enum value 'gossip'"),
        (('["none"]', '["none", "inherited"]'), "alone"),
        (('"Irish"', '" "'), "empty"),
        (("[frame]", "[farme]"), "frame"),
    ],
)
def test_a_frame_outside_its_words_is_refused(tmp_path, change, fault):
    table = (
        '[frame]\nregion = "Irish"\nbeat = "sport"\nform = "interview"\nagency = ["none"]\n'
        'style = { marks = "curly", english = "british", tense = "past" }\n'
    )
    path = tmp_path / "a.toml"
    path.write_text(table)
    assert read_frame(path).beat == "sport"
    path.write_text(table.replace(*change))
    with pytest.raises(InputRefused, match=fault):
        read_frame(path)
