"""Judging: pairs of gold document and prediction, checked and scored, batch by batch.

With several workers each batch goes to a process of its own as bytes, and its counts come
back; as counts add up, the result is the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from benchmark.agencies import load_agencies
from benchmark.consistency import Answer, answers
from benchmark.counts import Tally
from benchmark.faults import Fault
from benchmark.items import Scored, score_document
from benchmark.joining import Entry, Pair
from benchmark.measures import Task
from benchmark.records import Document
from benchmark.validation import check_gold, check_prediction
from benchmark.words import Words

# Enough that handing a batch over costs little, little enough to keep all workers busy.
_BATCH_DOCUMENTS = 200
_BATCH_BYTES = 2 * 2**20
# An entry as it goes to a worker: its line and its canonical JSON.
_Encoded = tuple[int, bytes] | None


@dataclass(frozen=True)
class Job:
    """What judging needs to know beside the documents. `details`: whether items are kept."""

    task: Task
    gold_file: str
    prediction_file: str
    details: bool


@dataclass
class Batch:
    """What came of some pairs: faults, or counts. Both lists of ids are for the caller to judge.

    unanswered: gold documents without a prediction; unknown: (line, doc_id) of predictions
    without a gold document.
    """

    faults: list[Fault] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    scored: list[Scored] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def extend(self, other: Batch) -> None:
        """Take in what came of further pairs. Counts beside faults are of no use."""
        self.faults += other.faults
        self.unanswered += other.unanswered
        self.unknown += other.unknown
        if not self.faults:
            self.tally.extend(other.tally)
            self.scored += other.scored
            self.answers += other.answers


def judge_pairs(pairs: Iterable[Pair], job: Job, workers: int = 1) -> Iterator[Batch]:
    """Judge pairs in batches, in their order, here or in that many processes.

    With more than one, `pairs` is read as far ahead as keeps the workers busy, and the
    program's main module must be safe to import (the rule of `multiprocessing`).
    """
    batches = _batches(pairs)
    if workers == 1 or job.details:
        for batch in batches:
            yield judge_batch(batch, job)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork of a program with threads, such as that of a progress bar, may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        ahead: deque[Future[Batch]] = deque()
        for batch in batches:
            ahead.append(pool.submit(_judge_encoded, [_encoded(pair) for pair in batch], job))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    size = 0
    for pair in pairs:
        batch.append(pair)
        size += sum(len(entry.canonical) for entry in pair if entry is not None)
        if len(batch) == _BATCH_DOCUMENTS or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def judge_batch(pairs: Sequence[Pair], job: Job) -> Batch:
    """Check and score some pairs. Once there is a fault, nothing more is scored."""
    batch = Batch()
    agencies = load_agencies()
    for entry, answer in pairs:
        if entry is None:
            assert answer is not None
            batch.unknown.append((answer.line, answer.document.doc_id))
            continue
        gold = entry.document
        words = Words(gold.text)
        batch.faults += check_gold(gold, job.gold_file, entry.line, words)
        if answer is None:
            batch.unanswered.append(gold.doc_id)
        else:
            batch.faults += _check_answer(gold, answer, job)
        if not batch.faults:
            quotes = () if answer is None else answer.document.quotes
            scored = score_document(gold, quotes, agencies, job.task, words)
            batch.tally.add(scored)
            batch.answers += answers(scored, words)
            if job.details:
                batch.scored.append(scored)
    return batch


def _check_answer(gold: Document, answer: Entry, job: Job) -> list[Fault]:
    prediction, file, line = answer.document, job.prediction_file, answer.line
    faults = check_prediction(prediction, file, line, text=gold.text, task=job.task)
    if job.task == "attribution":
        known = {quote.quote_id for quote in gold.quotes}
        faults += [
            Fault(
                file,
                line,
                f"quotes[{index}].quote_id",
                f"{quote.quote_id!r} is not a quote of gold document {gold.doc_id!r}: "
                "answer by the quote_id of the gold",
            )
            for index, quote in enumerate(prediction.quotes)
            if quote.quote_id and quote.quote_id not in known
        ]
    return faults


def _encoded(pair: Pair) -> tuple[_Encoded, _Encoded]:
    one, other = pair
    return (
        None if one is None else (one.line, one.canonical),
        None if other is None else (other.line, other.canonical),
    )


def _judge_encoded(pairs: Sequence[tuple[_Encoded, _Encoded]], job: Job) -> Batch:
    """Judge a batch in a worker."""
    return judge_batch([(_decoded(one), _decoded(other)) for one, other in pairs], job)


def _decoded(entry: _Encoded) -> Entry | None:
    return None if entry is None else Entry(entry[0], _decode(entry[1]), entry[1])


_decode = msgspec.json.Decoder(Document).decode
