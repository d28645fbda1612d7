"""Compile the annotation files to the gold that ships.

python scripts/build_gold.py            write gold/article/*.jsonl, its annotators' layers,
                                        and gold/newsroom/*.jsonl
python scripts/build_gold.py --check    exit 1 if a file is out of date
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmark.annotation import compile_annotation, flat_rows
from benchmark.faults import Fault, InputRefused
from benchmark.frame import read_frame
from benchmark.phenomena import check_phenomena
from benchmark.records import Document, encode
from benchmark.sets import gold_root
from benchmark.validation import check_gold
from benchmark.writing import write_bytes

ARTICLE = gold_root() / "article"
TEXT = ARTICLE / "medvedev-dushanbe.txt"
SHA256 = "33a5f8a53b1f32e01d7a8a98611347f1f94614efb553ced2843db04456ee8f5b"
FIELDS = {
    "doc_id": "medvedev-dushanbe",
    "title": "Medvedev Disappointed in Dushanbe",
    "language": "en",
    "origin": "news article",
    "license": "text: its publisher, for research and evaluation; annotations: CC BY 4.0",
    "canary": "quotebench-canary-2d2f3b87-247a-4655-9205-3d4674fb0f7c",
}
NEWSROOM = gold_root() / "newsroom"
NEWSROOM_FIELDS = {
    "language": "en",
    "origin": "constructed",
    "license": "CC BY 4.0",
    "canary": "quotebench-canary-7c0b9a52-5f0e-4a41-9d3e-2c1f86a7b6d4",
}


def build() -> dict[Path, bytes]:
    """Every derived file and its bytes. Raises InputRefused with every fault of the sources."""
    return build_article() | build_newsroom()


def build_article() -> dict[Path, bytes]:
    """The article, its rows, and the layers of its annotators."""
    data = TEXT.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise InputRefused([Fault(str(TEXT), 0, "", "not the article as published: restore it")])
    text = data.decode()
    gold = compiled(ARTICLE / "annotation.toml", text, FIELDS)
    files = {ARTICLE / "documents.jsonl": lines([gold]), ARTICLE / "quotes.jsonl": rows([gold])}
    for layer in sorted((ARTICLE / "annotators").glob("*.toml")):
        files[layer.with_suffix(".jsonl")] = lines([compile_annotation(layer, text, FIELDS)])
    return files


def build_newsroom() -> dict[Path, bytes]:
    """Documents and rows of each split, sorted by `doc_id`, which is the file's name."""
    files: dict[Path, bytes] = {}
    faults: list[Fault] = []
    for folder in sorted((NEWSROOM / "annotations").iterdir()):
        documents = []
        for path in sorted(folder.glob("*.toml")):
            try:
                documents.append(newsroom_article(path))
            except InputRefused as refused:
                faults += refused.faults
        files[NEWSROOM / f"{folder.name}.jsonl"] = lines(documents)
        files[NEWSROOM / f"quotes-{folder.name}.jsonl"] = rows(documents)
    if faults:
        raise InputRefused(faults)
    return files


def newsroom_article(path: Path) -> Document:
    """One constructed article. Raises InputRefused with the faults of its file."""
    read_frame(path)
    if not path.stem.startswith(f"nr-{path.parent.name}-"):
        what = f"call it nr-{path.parent.name}-NN-slug: the doc_id names the split"
        raise InputRefused([Fault(str(path), 0, "doc_id", what)])
    return compiled(path, None, {"doc_id": path.stem, **NEWSROOM_FIELDS})


def compiled(path: Path, text: str | None, fields: Mapping[str, str]) -> Document:
    """The document of an annotation file. Raises InputRefused where it is no sound gold."""
    document = compile_annotation(path, text, fields)
    faults = check_gold(document, str(path), 0)
    faults += [Fault(str(path), 0, field, what) for field, what in check_phenomena(document)]
    if faults:
        raise InputRefused(faults)
    return document


def lines(documents: Iterable[Document]) -> bytes:
    """Documents as the lines of a file."""
    return b"".join(encode(document) + b"\n" for document in documents)


def rows(documents: Iterable[Document]) -> bytes:
    """The attributions of documents as the lines of a file."""
    return b"".join(row + b"\n" for document in documents for row in flat_rows(document))


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    try:
        files = build()
    except InputRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        if check:
            print(f"{path} is out of date: run python scripts/build_gold.py", file=sys.stderr)
        else:
            write_bytes(path, files[path])
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
