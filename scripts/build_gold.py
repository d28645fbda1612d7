"""Compile the annotation files to the gold that ships.

python scripts/build_gold.py            write gold/article/*.jsonl and the annotators' layers
python scripts/build_gold.py --check    exit 1 if a file is out of date
"""

import argparse
import hashlib
import sys
from pathlib import Path

from benchmark.annotation import compile_annotation, flat_rows
from benchmark.faults import Fault, InputRefused
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


def build() -> dict[Path, bytes]:
    """Every derived file and its bytes. Raises InputRefused with every fault of the sources."""
    data = TEXT.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise InputRefused([Fault(str(TEXT), 0, "", "not the article as published: restore it")])
    text = data.decode()
    source = ARTICLE / "annotation.toml"
    gold = compile_annotation(source, text, FIELDS)
    if faults := list(check_gold(gold, str(source), 0)):
        raise InputRefused(faults)
    files = {ARTICLE / "documents.jsonl": line(gold)}
    files[ARTICLE / "quotes.jsonl"] = b"".join(row + b"\n" for row in flat_rows(gold))
    for layer in sorted((ARTICLE / "annotators").glob("*.toml")):
        files[layer.with_suffix(".jsonl")] = line(compile_annotation(layer, text, FIELDS))
    return files


def line(document: Document) -> bytes:
    """A document as one line of its file."""
    return encode(document) + b"\n"


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
