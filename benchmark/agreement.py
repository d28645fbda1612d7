"""Agreement: how far annotators of the same texts say the same.

Each annotator is scored against each other one with the project's own measures, in both
directions. A figure is the mean of the two F1s (accuracies likewise). agr(a||b) is the share
of a's core attributions that b has too (Wiebe, Wilson and Cardie 2005, section 4.2).
Krippendorff's alpha (2011) is nominal over the words of the texts: a word is part of a core
content, of optional contents only, or of none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmark.agencies import load_agencies
from benchmark.counts import FEWEST_DOCUMENTS, Matrix, Tally
from benchmark.faults import Fault, InputRefused
from benchmark.items import score_document
from benchmark.measures import COLUMN, MEASURES
from benchmark.reading import read_documents
from benchmark.records import Document
from benchmark.signature import MATCH, Digest
from benchmark.statistics import DRAWS, SEED, Values, interval, resample, statistic
from benchmark.validation import Unique, check_prediction
from benchmark.version import __version__
from benchmark.words import Words, word_spans

Labels = NDArray[np.int64]
# What a word is part of: nothing, optional contents only, a core content.
_LABELS = 3
_SHOWN = tuple(measure for measure in MEASURES if measure.kind != "errors")


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha and its interval; None where all words have the same label."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Pairwise:
    """Two annotators. `figures` are means of both directions; agr is directional."""

    a: str
    b: str
    figures: Mapping[str, float | None]
    agr_ab: float | None
    agr_ba: float | None
    alpha: Alpha
    alpha_core: Alpha


@dataclass(frozen=True)
class Agreement:
    """What `agree` returns. `alpha` is over all annotators; `unit` is what its interval draws."""

    names: tuple[str, ...]
    pairs: tuple[Pairwise, ...]
    alpha: Alpha
    alpha_core: Alpha
    unit: str
    signature: str

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return asdict(self)

    def to_json(self) -> str:
        """Everything as JSON, indented."""
        return msgspec.json.format(msgspec.json.encode(self.to_dict()), indent=2).decode()

    def __str__(self) -> str:
        from benchmark.tables import agreement_parts, render

        return render(agreement_parts(self))


def agree(*paths: str | Path, draws: int = DRAWS, seed: int = SEED) -> Agreement:
    """The agreement of two or more annotation files of the same documents.

    A file is gold as its annotator left it: slips that `validate` would refuse are scored as
    they are. Raises ValueError for fewer than two files, InputRefused with every fault where
    they do not have the same documents and texts.
    """
    if len(paths) < 2:
        raise ValueError("agreement needs two or more annotation files")
    names, files = layer_names(paths), read_layers(paths)
    doc_ids = sorted(files[0])
    unit = "documents" if len(doc_ids) >= FEWEST_DOCUMENTS else "paragraphs"
    labels = [[word_labels(file[doc_id]) for doc_id in doc_ids] for file in files]
    units = _units([files[0][doc_id].text for doc_id in doc_ids], unit)

    def both(chosen: Sequence[int]) -> tuple[Alpha, Alpha]:
        rows = np.array([np.concatenate(labels[index]) for index in chosen])
        return (
            _alpha(rows, units, _LABELS, draws, seed),
            _alpha((rows == _LABELS - 1).astype(np.int64), units, 2, draws, seed),
        )

    pairs = []
    for one, other in combinations(range(len(files)), 2):
        figures, ab, ba = _both_ways(files[one], files[other])
        pairs.append(Pairwise(names[one], names[other], figures, ab, ba, *both([one, other])))
    whole = both(range(len(files)))
    return Agreement(
        names, tuple(pairs), *whole, unit, _signature(names, files, f"{draws}/{unit}", seed)
    )


def read_layers(paths: Sequence[str | Path]) -> list[dict[str, Document]]:
    """The documents of annotation files, by `doc_id`.

    Raises InputRefused with every fault where the files do not have the same documents.
    """
    files = [_read(Path(path)) for path in paths]
    _check_same(files, [str(path) for path in paths])
    return files


def layer_names(paths: Sequence[str | Path]) -> tuple[str, ...]:
    """The names of annotation files, without folder and ending."""
    return tuple(Path(path).name.removesuffix(".gz").removesuffix(".jsonl") for path in paths)


def word_labels(document: Document) -> Labels:
    """For each word of the text: 2 in a core content, 1 in optional ones only, 0 in none."""
    words = Words(document.text)
    places = {start: index for index, (start, _) in enumerate(word_spans(document.text))}
    found = np.zeros(len(places), dtype=np.int64)
    for status, value in (("optional", 1), ("core", 2)):
        for quote in document.quotes:
            if quote.status == status:
                starts = words.starts(words.region(quote.content or ()))
                found[[places[start] for start in starts]] = value
    return found


def coincidences(rows: Labels, units: Labels, labels: int) -> Matrix:
    """Coincidences of labels (Krippendorff 2011, step B), units × labels², times raters - 1.

    `rows` is raters × words, `units` the number of each word's unit; nothing is missing.
    """
    counts = (rows[:, :, None] == np.arange(labels)).sum(axis=0)
    pairs = counts[:, :, None] * (counts[:, None, :] - np.eye(labels, dtype=np.int64))
    table = np.zeros((units.max(initial=-1) + 1, labels, labels), dtype=np.int64)
    np.add.at(table, units, pairs)
    return table.reshape(len(table), -1)


def alpha_of(sums: NDArray[np.float64], raters: int, labels: int) -> Values:
    """Nominal alpha from summed coincidences (… × labels²); NaN where only one label occurs."""
    table = sums.reshape(*sums.shape[:-1], labels, labels) / (raters - 1)
    totals = table.sum(axis=-1)
    values = totals.sum(axis=-1)
    observed = values - np.trace(table, axis1=-2, axis2=-1)
    expected = values**2 - (totals**2).sum(axis=-1)
    result: Values = np.full(np.shape(values), np.nan)
    np.divide((values - 1) * observed, expected, out=result, where=expected > 0)
    return 1 - result


def _alpha(rows: Labels, units: Labels, labels: int, draws: int, seed: int) -> Alpha:
    table = coincidences(rows, units, labels)
    value = float(alpha_of(table.sum(axis=0).astype(float), len(rows), labels))
    if np.isnan(value):
        return Alpha(None, None)
    drawn = alpha_of(resample(table, draws, seed), len(rows), labels) if draws else None
    return Alpha(value, None if drawn is None else interval(drawn))


def _units(texts: Sequence[str], unit: str) -> Labels:
    """The number of the document or paragraph of each word of the texts, in order."""
    numbers: list[int] = []
    first = 0
    for text in texts:
        if unit == "documents":
            own = [0] * len(word_spans(text))
        else:
            lines = [text.count("\n", 0, start) for start, _ in word_spans(text)]
            ranks = {line: rank for rank, line in enumerate(dict.fromkeys(lines))}
            own = [ranks[line] for line in lines]
        numbers += [first + number for number in own]
        first += max(own, default=-1) + 1
    return np.array(numbers, dtype=np.int64)


def _both_ways(
    a: Mapping[str, Document], b: Mapping[str, Document]
) -> tuple[dict[str, float | None], float | None, float | None]:
    """Each figure as the mean of both directions, agr(a||b) and agr(b||a)."""
    figures, recalls = [], []
    for gold, predicted in ((a, b), (b, a)):
        tally = Tally()
        for doc_id, document in gold.items():
            tally.add(score_document(document, predicted[doc_id].quotes, load_agencies()))
        sums = tally.by_item().sum(axis=0).astype(float)
        figures.append([float(statistic(measure)(sums)) for measure in _SHOWN])
        right, core = (sums[COLUMN[f"content:overlap.{part}"]] for part in ("right", "gold"))
        recalls.append(float(right / core) if core else None)
    means = {
        measure.name: None if np.isnan(pair).all() else float(np.nanmean(pair))
        for measure, pair in zip(_SHOWN, np.array(figures).T, strict=True)
    }
    return means, recalls[0], recalls[1]


def _read(path: Path) -> dict[str, Document]:
    faults: list[Fault] = []
    unique = Unique(gold=False)
    documents = {}
    for line, document in read_documents(path, faults, gold=False):
        if (fault := unique.check(document, str(path), line)) is not None:
            faults.append(fault)
        if not document.text:
            faults.append(Fault(str(path), line, "text", "empty: an annotation file has the text"))
        faults += check_prediction(document, str(path), line, text=document.text, task="end-to-end")
        documents[document.doc_id] = document
    if faults:
        raise InputRefused(faults)
    return documents


def _check_same(files: Sequence[Mapping[str, Document]], paths: Sequence[str]) -> None:
    faults = []
    first = files[0]
    for file, path in zip(files[1:], paths[1:], strict=True):
        for doc_id in sorted(first.keys() | file.keys()):
            if doc_id not in file or doc_id not in first:
                where, other = (path, paths[0]) if doc_id in first else (paths[0], path)
                what = f"{doc_id!r} is only in {other}: annotate the same documents"
                faults.append(Fault(where, 0, "doc_id", what))
            elif file[doc_id].text != first[doc_id].text:
                what = f"{doc_id!r} has another text than in {paths[0]}: annotate the same text"
                faults.append(Fault(path, 0, "text", what))
    if faults:
        raise InputRefused(faults)


def _signature(
    names: Sequence[str], files: Sequence[Mapping[str, Document]], boot: str, seed: int
) -> str:
    parts = ["quotebench"]
    for name, file in zip(names, files, strict=True):
        digest = Digest()
        for document in file.values():
            digest.add(document)
        parts.append(f"{name}:{digest.hexdigest()[:8]}")
    parts += [f"agencies:{load_agencies().digest[:8]}", f"docs:{len(files[0])}", f"match:{MATCH}"]
    parts += [f"boot:{boot}", f"seed:{seed}", f"version:{__version__}"]
    return "|".join(parts)
