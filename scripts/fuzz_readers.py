"""Feed the readers and the scorer with mutated files until one of them falls over.

    pip install -e '.[fuzz]'
    python scripts/fuzz_readers.py -runs=1000000

Further arguments are those of libFuzzer. It starts from small valid files, mutates them under
the guidance of what code they reach, and fails on anything but records or refusals: another
exception, a fault without a message, gold that is read and does not score 1.0 against itself.
"""

import gzip
import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["benchmark"]):
    from benchmark.faults import InputRefused
    from benchmark.reading import read_all
    from benchmark.records import LAYERS, Document, Entity, Quote, Span, encode
    from benchmark.scoring import score

FOLDER = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
# A short text keeps the inputs short, so that mutations hit something and runs are quick.
TEXT = 'Ana Ruiz said the dam had held. "We slept," she told Reuters.'


def gold() -> Document:
    """A gold document of two quotes."""
    said = {"speaker": ("Ana Ruiz",), "cue": (Span(9, 13),), "source": (Span(0, 8),)}
    return Document(
        doc_id="a",
        text=TEXT,
        language="en",
        origin="constructed",
        license="CC0",
        layers=LAYERS,
        entities=(Entity(name="Ana Ruiz", kind="person"),),
        quotes=(
            Quote(quote_id="1", quote=TEXT[14:30], content=(Span(14, 30),), quote_type="indirect",
                  **said),
            Quote(quote_id="2", quote=TEXT[33:42], content=(Span(33, 42),), quote_type="direct",
                  agency="Reuters", agency_role="recipient", **said),
        ),
        canary="none",
    )  # fmt: skip


GOLD = [gold()]


def seeds() -> list[bytes]:
    """Valid files to begin with: predictions by words and by offsets, and gold."""
    by_words = Document(doc_id="a", quotes=(Quote(quote="the dam had held", speaker="Ana Ruiz"),))
    by_offsets = Document(doc_id="a", quotes=(Quote(content=(Span(14, 30),), confidence=0.5),))
    short = b'{"doc_id":"a","quotes":[{"quote":"We slept,","agency":"Reuters"}]}'
    return [encode(by_words), encode(by_offsets), short, encode(GOLD[0])]


def one_input(data: bytes) -> None:
    """The first byte says what the rest is taken for."""
    if not data:
        return
    kind, rest = data[0] % 4, data[1:]
    path = FOLDER / ("f.jsonl.gz" if kind == 3 else "f.jsonl")
    path.write_bytes(rest if data[0] < 128 or kind != 3 else gzip.compress(rest, 1))
    try:
        if kind == 0:
            documents = read_all(path, gold=True)
            report = score(documents, documents, draws=0, details=False)
            assert all(one.right == one.gold for one in report.measures.values())
        elif kind == 1:
            score(path, GOLD, missing="empty", draws=0)
        else:
            read_all(path, gold=False)
    except InputRefused as refused:
        if not (refused.faults and all(fault.what for fault in refused.faults)):
            raise RuntimeError("refused without a reason") from refused


def main() -> None:
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    chance = random.Random(1)
    for number, seed in enumerate(seeds()):
        for kind in range(4):
            (corpus / f"{number}-{kind}").write_bytes(
                bytes([kind + 4 * chance.randint(0, 9)]) + seed
            )
    atheris.Setup([sys.argv[0], "-max_len=3000", *sys.argv[1:], str(corpus)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
