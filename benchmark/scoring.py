"""Scoring: predictions against gold, from files or records to a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmark.agencies import load_agencies
from benchmark.consistency import Answer, orphans
from benchmark.counts import Tally
from benchmark.faults import Fault, InputRefused
from benchmark.items import Scored
from benchmark.joining import Input, Reader, Source, joined
from benchmark.judging import Batch, Job, judge_pairs
from benchmark.measures import Task
from benchmark.reading import MOST_FAULTS, Progress, read_all
from benchmark.records import Document
from benchmark.report import Report, build_report
from benchmark.sets import locate
from benchmark.signature import Signature
from benchmark.statistics import DRAWS, SEED

Missing = Literal["error", "empty"]


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
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Score predictions against gold.

    Both may be paths ("-" is standard input), names of shipped sets (gold only) or lists
    of records. `missing` says what a gold document without a prediction is: a fault, or a
    document in which nothing was found. `by` names the breakdowns of `counts.GROUPS`;
    `draws` = 0 leaves the intervals out. Without `details`, which errors and pages are made
    from, a file of any length needs little memory, and more than one of `workers` judges in
    as many processes. Raises InputRefused with every fault of
    both inputs.
    """
    judged = judge(
        predictions,
        gold,
        task=task,
        missing=missing,
        details=details,
        workers=workers,
        progress=progress,
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
    answers: tuple[Answer, ...] = ()

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
    workers: int = 1,
    progress: Progress | None = None,
) -> Judged:
    """Read both inputs side by side, match and judge every document.

    `workers` is the number of processes to judge in, where no details are kept. `progress`
    is told now and then which share of the gold file has been read.
    """
    gold_reader = Reader(gold, is_gold=True, progress=progress)
    prediction_reader = Reader(predictions, is_gold=False)
    job = Job(task, gold_reader.file, prediction_reader.file, details)
    whole = Batch()
    for batch in judge_pairs(joined(gold_reader, prediction_reader), job, workers):
        whole.extend(batch)
        if len(whole.faults) > MOST_FAULTS:
            break
    faults = gold_reader.faults + prediction_reader.faults + whole.faults
    # A line that could not be read may be the one that seems to be missing in its file.
    if missing == "error" and not prediction_reader.faults:
        faults += [_unanswered(doc_id, job) for doc_id in whole.unanswered]
    if not gold_reader.faults:
        faults += [_unknown(line, doc_id, job) for line, doc_id in whole.unknown]
    faults += [
        Fault(job.gold_file, 0, "pairs", f"no core quote {quote!r} in {parent!r}: add the parent")
        for parent, quote in ([] if faults else orphans(whole.answers))
    ]
    if not whole.tally.doc_ids and not faults:
        faults.append(Fault(job.gold_file, 0, "", "no documents: nothing can be scored"))
    if faults:
        faults.sort(key=lambda fault: (fault.file != job.gold_file, fault.line))
        if len(faults) > MOST_FAULTS:
            file, line = faults[MOST_FAULTS].file, faults[MOST_FAULTS].line
            what = f"{MOST_FAULTS} faults up to here: mend these, then check the rest"
            faults[MOST_FAULTS:] = [Fault(file, line, "", what)]
        raise InputRefused(faults)
    return Judged(
        whole.tally.ordered(),
        tuple(sorted(whole.scored, key=lambda one: one.document.doc_id)) if details else None,
        gold_reader.summary(),
        prediction_reader.summary(),
        task,
        missing,
        tuple(sorted(whole.answers)),
    )


def _unknown(line: int, doc_id: str, job: Job) -> Fault:
    what = (
        f"{doc_id!r} is not in the gold ({job.gold_file}): remove the line, "
        "or score against the gold that has it"
    )
    return Fault(job.prediction_file, line, "doc_id", what)


def _unanswered(doc_id: str, job: Job) -> Fault:
    what = (
        f"no prediction for gold document {doc_id!r}: add a line for it "
        'with "quotes": [] if nothing was found, or score with --missing empty'
    )
    return Fault(job.prediction_file, 0, "doc_id", what)
