"""Running baselines: predict over files, and score several systems on the shipped sets."""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import msgspec

from benchmark.faults import Fault, InputRefused
from benchmark.reading import read_all, read_documents
from benchmark.records import Document, Quote, words_of
from benchmark.report import Report
from benchmark.scoring import load_gold, score
from benchmark.sets import locate
from benchmark.validation import Unique
from benchmark.words import count_words
from benchmark.writing import write_documents, write_text

Progress = Callable[[Iterable[Document], str], Iterable[Document]]


class Attributor(Protocol):
    """Anything that finds attributions in a document."""

    name: str

    def predict(self, document: Document) -> list[Quote]:
        """The attributions of `document.text`."""
        ...


@dataclass(frozen=True)
class System:
    """A system and its report. `reads_gold` marks a ceiling, which is no competitor.

    seen: how many of the gold texts the system was trained on.
    """

    name: str
    report: Report
    reads_gold: bool
    seen: int = 0


@dataclass(frozen=True)
class Run:
    """Several systems on one gold set, best first, ceilings last."""

    systems: tuple[System, ...]

    def steps(self) -> Iterator[tuple[System, System, float, tuple[float, float] | None]]:
        """Each competitor and the next one below it, with the difference and its interval."""
        from benchmark.comparison import difference

        rivals = [system for system in self.systems if not system.reads_gold]
        for above, below in pairwise(rivals):
            found = difference(above.report, below.report)
            if found is not None:
                yield above, below, *found


@dataclass(frozen=True)
class Predicted:
    """The predictions of a file, in its order. seen: as in `System`, of the texts predicted."""

    documents: list[Document]
    seen: int


def run(
    attributors: Sequence[Attributor],
    gold: str | Path = "article",
    *,
    out: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Run:
    """Predict with each attributor and score it. With `out` predictions and reports are kept.

    An attributor sees the text alone, unless it says that it reads the gold. A large set is
    predicted in `workers` processes, where the attributor can be sent to them; the program's
    main module must then be safe to import (the rule of `multiprocessing`).
    """
    name, _ = locate(gold)
    documents = load_gold(gold)
    shown = [bare(document) for document in documents]
    apart = workers > 1 and len(documents) >= _MANY
    sent = [one for one in attributors if apart and _can_be_sent(one)]
    systems = []
    with _in_processes(sent, shown, workers) as ahead:
        for attributor in attributors:
            ceiling = reads_gold(attributor)
            output = None if out is None else out / name / f"{attributor.name}.jsonl"
            if attributor in sent:
                found = ahead[sent.index(attributor)]
            else:
                found = predictions_of(attributor, documents if ceiling else shown, output)
            predictions = list(_collect(found, shown, progress, attributor.name).values())
            report = score(predictions, gold)
            if out is not None and output is not None:
                write_documents(output, predictions)
                write_text(out / name / f"{attributor.name}.report.json", report.to_json())
            seen = seen_texts(attributor, documents)
            systems.append(System(attributor.name, report, ceiling, seen))
    return Run(tuple(sorted(systems, key=_rank)))


def predictions_of(
    attributor: Attributor, documents: Sequence[Document], output: Path | None
) -> Iterator[Document]:
    """The prediction of each document, in their order.

    An attributor with `predict_all` is given all of them and the name of the file that they
    go to, so that it can work on several at a time and keep what it must beside the file.
    """
    together = getattr(attributor, "predict_all", None)
    if together is None:
        return (predict_one(attributor, document) for document in documents)
    found = together(documents, output)
    return (_with_words(*pair) for pair in zip(documents, found, strict=True))


def predict_one(attributor: Attributor, document: Document) -> Document:
    """The prediction of one document: its id and the quotes found, each with its words."""
    return _with_words(document, attributor.predict(document))


def _with_words(document: Document, found: Iterable[Quote]) -> Document:
    quotes = tuple(
        quote
        if quote.quote is not None or quote.content is None
        else msgspec.structs.replace(quote, quote=words_of(document.text, quote.content))
        for quote in found
    )
    return Document(doc_id=document.doc_id, quotes=quotes)


def bare(document: Document) -> Document:
    """The document as a system sees it: id and text, no label."""
    return Document(
        doc_id=document.doc_id,
        title=document.title,
        text=document.text,
        language=document.language,
        quotes=(),
    )


def read_texts(source: Path) -> Iterator[Document]:
    """Documents to predict: records that need only `doc_id` and `text`, or one `.txt` file.

    Raises InputRefused with every fault.
    """
    faults: list[Fault] = []
    if source.suffix == ".txt":
        yield _from_text(source)
        return
    unique = Unique(gold=False)
    documents = []
    for line, document in read_documents(source, faults, gold=False, quotes_needed=False):
        fault = unique.check(document, str(source), line)
        if fault is not None:
            faults.append(fault)
        if not document.text:
            faults.append(
                Fault(str(source), line, "text", "missing or empty: give the article's text")
            )
        documents.append(document)
    if faults:
        raise InputRefused(faults)
    yield from documents


def _from_text(source: Path) -> Document:
    try:
        text = source.read_bytes().decode()
    except UnicodeDecodeError as error:
        what = f"not UTF-8 at byte {error.start}: convert the file to UTF-8"
        raise InputRefused([Fault(str(source), 0, "", what)]) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror}): check the name"
        raise InputRefused([Fault(str(source), 0, "", what)]) from None
    if not count_words(text):
        raise InputRefused([Fault(str(source), 0, "text", "no words: nothing to attribute")])
    return Document(doc_id=source.stem, text=text, quotes=())


def _rank(system: System) -> tuple[bool, float]:
    headline = system.report.measures["attribution"].f1
    return system.reads_gold, -(headline if headline is not None else 0.0)


def predict_file(
    name: str,
    attributor: Attributor,
    source: Path,
    output: Path,
    *,
    options: Mapping[str, object] | None = None,
    workers: int = 1,
    resume: bool = False,
    progress: Progress | None = None,
) -> Predicted:
    """Predict every document of a file and write the predictions, whole or not at all.

    With `resume` the documents that `output` already has are kept as they are. With more
    than one worker each process makes its own attributor from `name` and `options`, unless it
    works on all documents together by itself. `output` "-" writes nothing.
    """
    documents = list(read_texts(source))
    done: dict[str, Document] = {}
    if resume and output.is_file():
        done = {one.doc_id: one for one in read_all(output, gold=False)}
    todo = [one if reads_gold(attributor) else bare(one) for one in documents
            if one.doc_id not in done]  # fmt: skip
    if workers == 1 or len(todo) < 2 or hasattr(attributor, "predict_all"):
        kept = None if str(output) == "-" else output
        predicted: Iterable[Document] = predictions_of(attributor, todo, kept)
        done |= _collect(predicted, todo, progress, attributor.name)
    else:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(
            workers, initializer=_start_worker, initargs=(name, options)
        ) as pool:
            predicted = pool.map(partial(_predict_in_worker, 0), todo, chunksize=8)
            done |= _collect(predicted, todo, progress, attributor.name)
    made = [done[one.doc_id] for one in documents]
    if str(output) != "-":
        write_documents(output, made)
    return Predicted(made, seen_texts(attributor, documents))


def reads_gold(attributor: Attributor) -> bool:
    """Whether an attributor is a ceiling that is shown the labels."""
    return bool(getattr(attributor, "reads_gold", False))


def seen_texts(attributor: Attributor, documents: Iterable[Document]) -> int:
    """How many texts an attributor says, by `trained_on`, that it was trained on.

    `trained_on` holds the first 16 hex digits of the sha256 of each text.
    """
    known: frozenset[str] = getattr(attributor, "trained_on", frozenset())
    if not known:
        return 0
    return sum(
        hashlib.sha256(one.text.encode(errors="surrogatepass")).hexdigest()[:16] in known
        for one in documents
    )


def _collect(
    predicted: Iterable[Document], todo: Sequence[Document], progress: Progress | None, what: str
) -> dict[str, Document]:
    watched = todo if progress is None else progress(todo, what)
    return {one.doc_id: made for one, made in zip(watched, predicted, strict=True)}


# Fewer documents than this are predicted before a second process has started.
_MANY = 200


def _can_be_sent(attributor: Attributor) -> bool:
    """Whether an attributor works on one document at a time and can be pickled."""
    if hasattr(attributor, "predict_all") or reads_gold(attributor):
        return False
    try:
        pickle.dumps(attributor)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


@contextmanager
def _in_processes(
    attributors: Sequence[Attributor], todo: Sequence[Document], workers: int
) -> Iterator[list[Iterator[Document]]]:
    """The predictions of each attributor, made in processes, one attributor after another.

    While those of one are scored here, those of the next are being made.
    """
    if not attributors:
        yield []
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork of a program with threads, such as that of a progress bar, may hang.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _take_workers, (tuple(attributors),)) as pool:
        try:
            yield [
                pool.map(partial(_predict_in_worker, number), todo, chunksize=16)
                for number in range(len(attributors))
            ]
        finally:
            pool.shutdown(cancel_futures=True)


_workers: tuple[Attributor, ...] = ()


def _take_workers(attributors: tuple[Attributor, ...]) -> None:
    global _workers
    _workers = attributors


def _start_worker(name: str, options: Mapping[str, object] | None) -> None:
    from baselines.registry import load

    _take_workers((load(name, options),))


def _predict_in_worker(number: int, document: Document) -> Document:
    return predict_one(_workers[number], document)
