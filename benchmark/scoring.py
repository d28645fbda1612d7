"""Scoring: predictions against gold, from files or records to a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmark.agencies import load_agencies
from benchmark.counts import Tally
from benchmark.faults import Fault, InputRefused
from benchmark.items import Scored, score_document
from benchmark.measures import Task
from benchmark.reading import read_all, read_documents
from benchmark.records import Document
from benchmark.report import Report, build_report
from benchmark.sets import locate
from benchmark.signature import Digest, Signature
from benchmark.statistics import DRAWS, SEED
from benchmark.validation import Unique, check_gold, check_prediction

Missing = Literal["error", "empty"]
Source = str | Path | Sequence[Document]


@dataclass(frozen=True)
class Input:
    """What was read: its name, the digest of its records, how many documents and quotes."""

    name: str
    sha256: str
    documents: int
    quotes: int


def load_gold(gold: str | Path = "article") -> list[Document]:
    """Read a gold set, by the name of a shipped one or from a file.

    Raises InputRefused with every fault, FileNotFoundError where there is no such set.
    """
    return read_all(locate(gold)[1], gold=True)


def read_predictions(path: str | Path) -> list[Document]:
    """Read a predictions file. Raises InputRefused with every fault."""
    return read_all(Path(path), gold=False)


def score(
    predictions: Source,
    gold: Source = "article",
    *,
    task: Task = "end-to-end",
    missing: Missing = "error",
    by: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Report:
    """Score predictions against gold.

    Both may be paths ("-" is standard input), names of shipped sets (gold only) or lists
    of records. `missing` says what a gold document without a prediction is: a fault, or a
    document in which nothing was found. `by` names the breakdowns of `counts.GROUPS`;
    `draws` = 0 leaves the intervals out. Raises InputRefused with every fault of both inputs.
    """
    judged = judge(predictions, gold, task=task, missing=missing)
    return build_report(judged.tally, judged, by=by, draws=draws, seed=seed)


@dataclass(frozen=True)
class Judged:
    """Everything that a report is made of, before any ratio is taken."""

    tally: Tally
    scored: tuple[Scored, ...]
    gold: Input
    predictions: Input
    task: Task
    missing: Missing

    def signature(self, draws: int, seed: int) -> Signature:
        """The signature of numbers made from this."""
        return Signature(
            set=self.gold.name,
            gold=self.gold.sha256,
            agencies=load_agencies().digest,
            docs=self.gold.documents,
            task=self.task,
            missing=self.missing,
            boot=f"{draws}/{self.tally.unit}" if draws else "none",
            seed=seed,
        )


def judge(predictions: Source, gold: Source, *, task: Task, missing: Missing) -> Judged:
    """Read both inputs, match and judge every document."""
    faults: list[Fault] = []
    predicted: dict[str, tuple[int, Document]] = {}
    # Apart from the rest: a gold line that cannot be read may be the one that a prediction lacks.
    gold_faults: list[Fault] = []
    gold_reader = _Reader(gold, gold_faults, is_gold=True)
    prediction_reader = _Reader(predictions, faults, is_gold=False)
    for line, document in prediction_reader:
        predicted[document.doc_id] = (line, document)
    # A line that could not be read may be the one that seems to be missing.
    readable = not faults
    tally = Tally()
    scored = []
    agencies = load_agencies()
    for line, document in gold_reader:
        faults.extend(check_gold(document, gold_reader.file, line))
        at, prediction = predicted.pop(document.doc_id, (0, None))
        if prediction is None and missing == "error" and readable:
            faults.append(
                Fault(
                    prediction_reader.file,
                    0,
                    "doc_id",
                    f"no prediction for gold document {document.doc_id!r}: add a line for it "
                    'with "quotes": [] if nothing was found, or score with --missing empty',
                )
            )
        if prediction is not None:
            where = prediction_reader.file
            faults.extend(check_prediction(prediction, where, at, text=document.text, task=task))
            if task == "attribution":
                faults.extend(_unknown_answers(document, prediction, where, at))
        if not faults and not gold_faults:
            quotes = () if prediction is None else prediction.quotes
            result = score_document(document, quotes, agencies, task)
            tally.add(result)
            scored.append(result)
    faults.extend(
        Fault(
            prediction_reader.file,
            line,
            "doc_id",
            f"{doc_id!r} is not in the gold ({gold_reader.file}): remove the line, "
            "or score against the gold that has it",
        )
        for doc_id, (line, _) in predicted.items()
        if not gold_faults
    )
    faults = gold_faults + faults
    if not tally.doc_ids and not faults:
        faults.append(Fault(gold_reader.file, 0, "", "no documents: nothing can be scored"))
    if faults:
        raise InputRefused(faults)
    return Judged(
        tally, tuple(scored), gold_reader.summary(), prediction_reader.summary(), task, missing
    )


class _Reader:
    """Reads a source once, taking its digest and counting as it goes."""

    def __init__(self, source: Source, faults: list[Fault], *, is_gold: bool) -> None:
        self._source = source
        self._faults = faults
        self._gold = is_gold
        self._digest = Digest()
        self._documents = 0
        self._quotes = 0
        self._unique = Unique(gold=is_gold)
        if isinstance(source, str | Path):
            self.name, self._path = locate(source) if is_gold else (Path(source).name, Path(source))
            self.file = str(self._path)
        else:
            self.name = self.file = "records"

    def __iter__(self) -> Iterator[tuple[int, Document]]:
        for line, document in self._entries():
            fault = self._unique.check(document, self.file, line)
            if fault is not None:
                self._faults.append(fault)
                continue
            self._digest.add(document)
            self._documents += 1
            self._quotes += len(document.quotes)
            yield line, document

    def summary(self) -> Input:
        """What has been read."""
        return Input(self.name, self._digest.hexdigest(), self._documents, self._quotes)

    def _entries(self) -> Iterable[tuple[int, Document]]:
        if isinstance(self._source, str | Path):
            return read_documents(self._path, self._faults, gold=self._gold)
        return enumerate(self._source, 1)


def _unknown_answers(gold: Document, prediction: Document, file: str, line: int) -> Iterator[Fault]:
    known = {quote.quote_id for quote in gold.quotes}
    for index, quote in enumerate(prediction.quotes):
        if quote.quote_id and quote.quote_id not in known:
            yield Fault(
                file,
                line,
                f"quotes[{index}].quote_id",
                f"{quote.quote_id!r} is not a quote of gold document {gold.doc_id!r}: "
                "answer by the quote_id of the gold",
            )
