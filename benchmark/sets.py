"""The gold sets that ship with the project, and where they lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class GoldSet:
    """A shipped gold set. Its files are relative to the gold folder: documents, flat rows."""

    name: str
    file: str
    rows: str | None
    summary: str
    split: str = "test"


SETS: tuple[GoldSet, ...] = (
    GoldSet(
        "article", "article/documents.jsonl", "article/quotes.jsonl",
        "one news article, annotated exhaustively",
    ),
    GoldSet(
        "newsroom", "newsroom/test.jsonl", "newsroom/quotes-test.jsonl",
        "constructed articles of many forms: the test part",
    ),
    GoldSet(
        "newsroom-validation", "newsroom/validation.jsonl", "newsroom/quotes-validation.jsonl",
        "constructed articles: to choose settings by", "validation",
    ),
    GoldSet(
        "newsroom-train", "newsroom/train.jsonl", "newsroom/quotes-train.jsonl",
        "constructed articles: to train on", "train",
    ),
    GoldSet(
        "contrast", "contrast/documents.jsonl", None,
        "variants of article and newsroom that differ in one respect",
    ),
)  # fmt: skip

# What systems are ranked on; the other splits are scored only when they are asked for.
TEST_SETS: tuple[GoldSet, ...] = tuple(known for known in SETS if known.split == "test")


def gold_root() -> Path:
    """The folder that holds the gold: inside an installed package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "_gold"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "gold"


def locate(gold: str | Path) -> tuple[str, Path]:
    """The name and the file of a gold set, given as a shipped set's name or as a path.

    A path wins where it exists, so a file called like a set can be scored.
    Raises FileNotFoundError, naming the shipped sets, when it is neither.
    """
    path = Path(gold)
    if path.is_file() or str(gold) == "-":
        return path.name.removesuffix(".gz").removesuffix(".jsonl"), path
    for known in SETS:
        if known.name == str(gold):
            return known.name, gold_root() / known.file
    names = ", ".join(known.name for known in SETS)
    raise FileNotFoundError(f"{gold}: neither a file nor a shipped set (shipped: {names})")
