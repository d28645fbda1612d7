"""The README and the data card: generated parts in step, commands that work, rows that load."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["build_gold.py", "build_readme.py", "agreement.py"])
def test_generated_files_are_in_step(script):
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_commands_run(tmp_path):
    # In a copy of what they read, as they write where they stand.
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    lines = [line for block in blocks("console") for line in block.splitlines()]
    commands = [line.split("#")[0].split() for line in lines if line.startswith("quotebench")]
    assert len(commands) >= 3
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "benchmark", *command[1:]],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr.decode())
        assert done.stdout


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_example_file_is_the_one_shown():
    (shown,) = blocks("json")
    assert json.loads(shown) == json.loads((ROOT / "examples/predictions.jsonl").read_text())
    assert len(shown.splitlines()) == 10


def test_the_python_example_runs():
    code = blocks("python")[0]
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_linked_files_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


LOAD = """
import json, sys
from datasets import load_dataset
root, name, streaming, cache = sys.argv[1:]
rows = load_dataset(root, name, split="test", streaming=streaming == "1", cache_dir=cache)
print(json.dumps([dict(row) for row in rows]))
"""


FILES = {
    "quotes": "article/quotes",
    "documents": "article/documents",
    "newsroom": "newsroom/quotes-test",
    "newsroom_documents": "newsroom/test",
    "contrast": "contrast/documents",
    "speaker_choice": "choice/test",
}


@pytest.mark.parametrize(
    ("name", "streaming"),
    [*((name, False) for name in FILES), ("quotes", True), ("contrast", True)],
)
def test_datasets_gives_exactly_the_rows(tmp_path, name, streaming):
    pytest.importorskip("datasets", reason="the extra `datasets` is not installed")
    done = subprocess.run(
        [sys.executable, "-c", LOAD, ROOT, name, str(int(streaming)), tmp_path],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines = (ROOT / "gold" / f"{FILES[name]}.jsonl").read_text("utf-8").split("\n")[:-1]
    assert json.loads(done.stdout) == [json.loads(line) for line in lines]


def test_every_split_is_there():
    datasets = pytest.importorskip("datasets", reason="the extra `datasets` is not installed")
    parts = {"train", "validation", "test"}
    wanted = {name: {"test"} for name in FILES} | dict.fromkeys(
        ("newsroom", "newsroom_documents", "speaker_choice"), parts
    )
    names = datasets.get_dataset_config_names(str(ROOT))
    assert {
        name: set(datasets.get_dataset_split_names(str(ROOT), name)) for name in names
    } == wanted


def test_figures_of_learned_may_differ_a_little_and_others_not_at_all():
    in_step = runpy.run_path(str(ROOT / "scripts" / "build_readme.py"))["in_step"]
    rules, learned = " rules    0.665 [0.615, 0.710]", " learned  0.704 [0.659, 0.748]"
    row = " inversion             24    0.625   0.625!   1.000"
    assert in_step(rules, rules)
    assert not in_step(rules, rules.replace("0.665", "0.666"))
    assert in_step(learned, learned.replace("0.704", "0.740"))
    assert not in_step(learned, learned.replace("0.704", "0.760"))
    assert in_step(row, row.replace("24    0.625 ", "24    0.583!"))
    assert not in_step(row, row.replace("24", "25"))


def test_features_are_those_of_the_records():
    datasets = pytest.importorskip("datasets", reason="the extra `datasets` is not installed")
    script = runpy.run_path(str(ROOT / "scripts" / "build_readme.py"))
    from benchmark.records import Document

    pinned = datasets.Features._from_yaml_list(script["features"](Document))
    loaded = datasets.load_dataset_builder(str(ROOT), "documents").info.features
    assert pinned == loaded
