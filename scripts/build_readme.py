"""Keep the generated parts of README.md in step: the data card's front matter and the table.

    python scripts/build_readme.py            rewrite README.md
    python scripts/build_readme.py --check    exit 1 if it is out of date

The front matter tells the Hugging Face `datasets` library where the rows are and pins
their types, which come from `benchmark.records`. The table is what `quotebench run` prints.
"""

import argparse
import hashlib
import os
import re
import sys
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from baselines.registry import by_default, load
from benchmark.annotation import FLAT_FIELDS
from benchmark.choice import Question
from benchmark.records import Document, Pair, Quote
from benchmark.running import run
from benchmark.sets import SETS, TEST_SETS, gold_root
from benchmark.tables import render, run_parts
from benchmark.writing import write_text

ROOT = Path(__file__).parent.parent
PREDICTION_ONLY = {"confidence"}
# What only the documents of a contrast set have.
CONTRAST_ONLY = {"parent", "perturbation", "pairs"}
SPLITS = ("train", "validation", "test")
CARD: dict[str, Any] = {
    "pretty_name": "quotebench",
    "language": ["en"],
    "license": "other",
    "license_name": "annotations-cc-by-4.0-text-of-its-publisher",
    "license_link": "gold/README.md",
    "annotations_creators": ["machine-generated"],
    "language_creators": ["found", "machine-generated"],
    "multilinguality": ["monolingual"],
    "size_categories": ["1K<n<10K"],
    "source_datasets": ["original"],
    "task_categories": ["token-classification", "text-generation"],
    "tags": [
        "quote-attribution",
        "quotation-extraction",
        "speaker-attribution",
        "news",
        "journalism",
        "benchmark",
        "stand-off",
    ],
}


def feature(name: str, kind: Any) -> dict[str, Any]:
    """The feature entry of one field, in the form that `datasets` reads."""
    if get_origin(kind) is Annotated:
        return feature(name, get_args(kind)[0])
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return feature(name, next(one for one in get_args(kind) if one is not type(None)))
    if get_origin(kind) is tuple:
        item = feature("", get_args(kind)[0])
        nested = {"list": item["list"]} if "list" in item else None
        return {"name": name, "list": nested or item.get("struct") or item["dtype"]}
    if get_origin(kind) is Literal:
        return {"name": name, "dtype": "string"}
    if issubclass(kind, msgspec.Struct):
        return {"name": name, "struct": features(kind)}
    return {"name": name, "dtype": {str: "string", int: "int64"}[kind]}


def features(record: type[msgspec.Struct], contrast: bool = False) -> list[dict[str, Any]]:
    """The feature entries of a record, without the fields that its rows do not have."""
    left_out = PREDICTION_ONLY if contrast else PREDICTION_ONLY | CONTRAST_ONLY
    fields = msgspec.structs.fields(record)
    if record is Pair:
        left_out = PREDICTION_ONLY
    return [feature(one.name, one.type) for one in fields if one.name not in left_out]


def flat_features() -> list[dict[str, Any]]:
    """The feature entries of the flat rows: one attribution and where it is from."""
    known = {one["name"]: one for one in features(Document) + features(Quote)}
    return [known[name] for name in FLAT_FIELDS]


def configurations() -> list[tuple[str, dict[str, Path], list[dict[str, Any]]]]:
    """Each configuration of the data set: its name, the file of each split, its features."""
    flat, documents = flat_features(), features(Document)
    choice = {split: gold_root() / "choice" / f"{split}.jsonl" for split in SPLITS}
    return [
        ("quotes", files("article", "rows"), flat),
        ("documents", files("article", "file"), documents),
        ("newsroom", files("newsroom", "rows"), flat),
        ("newsroom_documents", files("newsroom", "file"), documents),
        ("contrast", files("contrast", "file"), features(Document, contrast=True)),
        ("speaker_choice", choice, features(Question)),
    ]


def files(folder: str, kind: str) -> dict[str, Path]:
    """The file of each split of the sets in a folder."""
    sets = [known for known in SETS if known.file.startswith(f"{folder}/")]
    sets.sort(key=lambda known: SPLITS.index(known.split))
    return {known.split: gold_root() / getattr(known, kind) for known in sets}


def front_matter() -> str:
    """The YAML block: the card's keys, the files of each configuration, and their types.

    The version follows the bytes of the files: `datasets` keys its cache by this block
    alone, and would go on serving the old rows of an edited file.
    """
    configs, info = [], []
    for name, paths, types in configurations():
        data = b"".join(path.read_bytes() for path in paths.values())
        stamp = int(hashlib.sha256(data).hexdigest()[:6], 16)
        configs.append(
            {
                "config_name": name,
                **({"default": True} if not configs else {}),
                "version": f"0.1.{stamp}",
                "data_files": [
                    {"split": split, "path": [path.relative_to(ROOT).as_posix()]}
                    for split, path in paths.items()
                ],
            }
        )
        info.append({"config_name": name, "features": types})
    content = {**CARD, "configs": configs, "dataset_info": info}
    return "---\n" + msgspec.yaml.encode(content).decode() + "---\n"


def table() -> str:
    """The table of `quotebench run`, as a code block."""
    systems = [load(entry.name) for entry in by_default()]
    workers = os.cpu_count() or 1
    tables = [render(run_parts(run(systems, known.name, workers=workers))) for known in TEST_SETS]
    return f"```text\n{chr(10).join(tables)}```\n"


def filled(readme: str) -> str:
    """The README with its generated parts made anew."""
    if readme.startswith("---\n"):
        readme = readme[readme.index("\n---\n", 4) + 5 :]
    begin, end = "<!-- table:begin -->\n", "<!-- table:end -->"
    before, rest = readme.split(begin)
    _, after = rest.split(end)
    return front_matter() + before + begin + table() + end + after


_DECIMAL = re.compile(r"[-+]?\d\.\d{3}!?")
_ROW = re.compile(r"^ [a-z_]+ +\d+(?: +\d\.\d{3}!?)+ *$")


def in_step(old: str, new: str) -> bool:
    """Whether two READMEs say the same.

    `learned` is trained where it runs, and the last digits of its training are the machine's:
    in its own lines and in the rows of consistency, figures may differ by 0.05.
    """
    lines, others = old.splitlines(), new.splitlines()
    return len(lines) == len(others) and all(map(_alike, lines, others))


def _alike(line: str, other: str) -> bool:
    if line == other:
        return True
    trained = "learned" in line or _ROW.match(line) is not None
    if not trained or _DECIMAL.sub("#", line).split() != _DECIMAL.sub("#", other).split():
        return False
    figures, others = (
        [float(one.rstrip("!")) for one in _DECIMAL.findall(text)] for text in (line, other)
    )
    return all(abs(a - b) <= 0.05 for a, b in zip(figures, others, strict=True))


def main() -> int:
    """Rewrite or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    path = ROOT / "README.md"
    old = path.read_text(encoding="utf-8")
    new = filled(old)
    if new == old or (check and in_step(old, new)):
        return 0
    if check:
        print("README.md is out of date: run python scripts/build_readme.py", file=sys.stderr)
        return 1
    write_text(path, new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
