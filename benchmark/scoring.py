"""Scoring: predictions against gold, from files or records to a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal, NamedTuple

from benchmark.agencies import load_agencies
from benchmark.counts import Tally
from benchmark.faults import Fault, InputRefused
from benchmark.items import Scored, score_document
from benchmark.measures import Task
from benchmark.reading import MOST_FAULTS, Progress, read_all, read_canonical
from benchmark.records import Document, Quote, encode
from benchmark.report import Report, build_report
from benchmark.sets import locate
from benchmark.signature import Digest, Signature
from benchmark.statistics import DRAWS, SEED
from benchmark.validation import Unique, check_gold, check_prediction
from benchmark.words import Words

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
    details: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Score predictions against gold.

    Both may be paths ("-" is standard input), names of shipped sets (gold only) or lists
    of records. `missing` says what a gold document without a prediction is: a fault, or a
    document in which nothing was found. `by` names the breakdowns of `counts.GROUPS`;
    `draws` = 0 leaves the intervals out. Without `details`, which errors and pages are made
    from, a file of any length needs little memory. Raises InputRefused with every fault of
    both inputs.
    """
    judged = judge(
        predictions, gold, task=task, missing=missing, details=details, progress=progress
    )
    return build_report(judged.tally, judged, by=by, draws=draws, seed=seed)


@dataclass(frozen=True)
class Judged:
    """Everything that a report is made of, before any ratio is taken."""

    tally: Tally
    details: tuple[Scored, ...] | None
    gold: Input
    predictions: Input
    task: Task
    missing: Missing

    @property
    def scored(self) -> tuple[Scored, ...]:
        """Every document with its items, by `doc_id`. Raises ValueError if they were not kept."""
        if self.details is None:
            raise ValueError("the items were not kept: score with details=True")
        return self.details

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


def judge(
    predictions: Source,
    gold: Source,
    *,
    task: Task,
    missing: Missing,
    details: bool = True,
    progress: Progress | None = None,
) -> Judged:
    """Read both inputs side by side, match and judge every document.

    `progress` is told now and then which share of the gold file has been read.
    """
    gold_reader = _Reader(gold, is_gold=True, progress=progress)
    prediction_reader = _Reader(predictions, is_gold=False)
    faults: list[Fault] = []
    unanswered: list[Document] = []
    tally = Tally()
    scored: list[Scored] = []
    agencies = load_agencies()

    def take(document: Document, words: Words, quotes: Sequence[Quote]) -> None:
        if not (faults or gold_reader.faults or prediction_reader.faults):
            result = score_document(document, quotes, agencies, task, words)
            tally.add(result)
            if details:
                scored.append(result)

    for entry, answer in _joined(gold_reader, prediction_reader):
        if entry is None:
            assert answer is not None
            faults.append(_unknown(answer, prediction_reader.file, gold_reader.file))
            continue
        document = entry.document
        words = Words(document.text)
        faults += check_gold(document, gold_reader.file, entry.line, words)
        if answer is None:
            if missing == "error":
                unanswered.append(document)
            take(document, words, ())
            continue
        where = prediction_reader.file
        prediction = answer.document
        faults += check_prediction(prediction, where, answer.line, text=document.text, task=task)
        if task == "attribution":
            faults += _unknown_answers(document, prediction, where, answer.line)
        take(document, words, prediction.quotes)
        if len(faults) >= MOST_FAULTS:
            what = f"{MOST_FAULTS} faults up to here: mend these, then check the rest"
            faults.append(Fault(where, answer.line, "", what))
            break
    # A line that could not be read may be the one that seems to be missing in its file.
    if prediction_reader.faults:
        unanswered.clear()
    if gold_reader.faults:
        faults = [fault for fault in faults if not isinstance(fault, _Unknown)]
    faults += [_unanswered(document, prediction_reader.file) for document in unanswered]
    faults += gold_reader.faults + prediction_reader.faults
    if not tally.doc_ids and not faults:
        faults.append(Fault(gold_reader.file, 0, "", "no documents: nothing can be scored"))
    if faults:
        raise InputRefused(
            sorted(faults, key=lambda fault: (fault.file != gold_reader.file, fault.line))
        )
    return Judged(
        tally.ordered(),
        tuple(sorted(scored, key=lambda one: one.document.doc_id)) if details else None,
        gold_reader.summary(),
        prediction_reader.summary(),
        task,
        missing,
    )


class _Entry(NamedTuple):
    """A document of a file, and the line that it stands on."""

    line: int
    document: Document


class _Reader:
    """Reads a source once, taking its digest and counting as it goes.

    `faults` are those of lines that could not be read and of ids that are there twice.
    """

    def __init__(self, source: Source, *, is_gold: bool, progress: Progress | None = None) -> None:
        self.faults: list[Fault] = []
        self._source = source
        self._gold = is_gold
        self._progress = progress
        self._digest = Digest()
        self._documents = 0
        self._quotes = 0
        self._unique = Unique(gold=is_gold)
        if isinstance(source, str | Path):
            self.name, self._path = locate(source) if is_gold else (Path(source).name, Path(source))
            self.file = str(self._path)
        else:
            self.name = self.file = "records"

    def __iter__(self) -> Iterator[_Entry]:
        for line, document, canonical in self._entries():
            fault = self._unique.check(document, self.file, line)
            if fault is not None:
                self.faults.append(fault)
                continue
            self._digest.add_canonical(canonical)
            self._documents += 1
            self._quotes += len(document.quotes)
            yield _Entry(line, document)

    def summary(self) -> Input:
        """What has been read."""
        return Input(self.name, self._digest.hexdigest(), self._documents, self._quotes)

    def _entries(self) -> Iterable[tuple[int, Document, bytes]]:
        if isinstance(self._source, str | Path):
            return read_canonical(self._path, self.faults, gold=self._gold, progress=self._progress)
        return (
            (number, document, encode(document)) for number, document in enumerate(self._source, 1)
        )


def _joined(gold: _Reader, predictions: _Reader) -> Iterator[tuple[_Entry | None, _Entry | None]]:
    """Gold documents beside their predictions, joined by `doc_id`, those without one at the end.

    Both files are read in step, and an entry waits only until its partner has come: files in
    the same order need no memory, others as much as they are apart.
    """
    waiting: tuple[dict[str, _Entry], dict[str, _Entry]] = ({}, {})
    for pair in zip_longest(gold, predictions):
        one, other = pair
        if one is not None and other is not None and one.document.doc_id == other.document.doc_id:
            yield pair
            continue
        for side, entry in enumerate(pair):
            if entry is None:
                continue
            partner = waiting[1 - side].pop(entry.document.doc_id, None)
            if partner is None:
                waiting[side][entry.document.doc_id] = entry
            else:
                yield (partner, entry) if side else (entry, partner)
    for entry in waiting[0].values():
        yield entry, None
    for entry in waiting[1].values():
        yield None, entry


class _Unknown(Fault):
    """A prediction without a gold document."""


def _unknown(answer: _Entry, file: str, gold_file: str) -> Fault:
    what = (
        f"{answer.document.doc_id!r} is not in the gold ({gold_file}): remove the line, "
        "or score against the gold that has it"
    )
    return _Unknown(file, answer.line, "doc_id", what)


def _unanswered(document: Document, file: str) -> Fault:
    what = (
        f"no prediction for gold document {document.doc_id!r}: add a line for it "
        'with "quotes": [] if nothing was found, or score with --missing empty'
    )
    return Fault(file, 0, "doc_id", what)


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
