"""The attributor: documents in, quotes out, with several questions under way at a time."""

import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from baselines.llm.chunking import chunks
from baselines.llm.client import Client, NoAnswer, Refused
from baselines.llm.ledger import Ledger, Row, key_of
from baselines.llm.pace import Pace, Stopped
from baselines.llm.parsing import parse
from baselines.llm.placing import Part, merge, to_quotes
from baselines.llm.prompts import load_prompt
from baselines.llm.record import record, totals
from baselines.llm.settings import OPTIONS, read_key, read_settings
from benchmark.faults import RunFailed
from benchmark.records import Document, Quote
from benchmark.writing import write_text

# After so many questions in a row without an answer nobody is there.
_MOST_WITHOUT = 5


@dataclass(frozen=True)
class Job:
    """One question: a chunk of a document."""

    key: str
    doc_id: str
    chunk: int
    start: int
    end: int


class Llm:
    """A language model behind an endpoint. `llm:MODEL` names the model, options the rest."""

    options = frozenset(OPTIONS)

    def __init__(self, model: str | None = None, /, **options: object) -> None:
        if find_spec("openai") is None:
            raise LookupError("llm needs a client: pip install 'quotebench[llm]'")
        if model is not None:
            options["model"] = model
        self.settings = read_settings(options)
        self.prompt = load_prompt(self.settings.prompt)
        model_name = re.sub(r"[^\w.-]+", "-", self.settings.model).strip("-.")
        self.name = f"llm-{model_name}-{self.settings.prompt}"

    def predict(self, document: Document) -> list[Quote]:
        """The attributions of one text; nothing is kept beside them."""
        (quotes,) = self.predict_all([document], None)
        return quotes

    def predict_all(
        self, documents: Sequence[Document], output: Path | None
    ) -> Iterator[list[Quote]]:
        """The attributions of each text, in their order.

        With `output`, the name of the predictions' file, a ledger and a record of the run are
        kept beside it, and answers in the ledger are not asked for again. Raises RunFailed at
        the end where a document got no answer, and at once where none will.
        """
        ledger = Ledger(None if output is None else Path(f"{output}.ledger.jsonl"))
        run = _Run(self, ledger)
        pool = ThreadPoolExecutor(self.settings.workers)
        try:
            jobs = [self._jobs(document) for document in documents]
            futures = [
                [pool.submit(run.row, job, document.text) for job in of_one]
                for document, of_one in zip(documents, jobs, strict=True)
            ]
            for document, of_one, asked in zip(documents, jobs, futures, strict=True):
                yield run.quotes(document, of_one, asked)
            run.finish(len(documents), output)
        except BaseException:
            run.pace.stop()
            raise
        finally:
            # What was sent is paid for: its answer is waited for and kept.
            pool.shutdown(wait=True, cancel_futures=True)
            run.client.close()
            ledger.close()

    def _jobs(self, document: Document) -> list[Job]:
        text, asked = document.text, self.settings.asked()
        found = []
        ranges = chunks(text, self.settings.window, self.settings.overlap)
        for number, (start, end) in enumerate(ranges):
            key = key_of(asked, self.prompt.sha256, document.doc_id, number, text[start:end])
            found.append(Job(key, document.doc_id, number, start, end))
        return found


class _Run:
    """One pass over documents: its client, and what is known of it so far."""

    def __init__(self, llm: Llm, ledger: Ledger) -> None:
        self._settings, self._prompt, self._ledger = llm.settings, llm.prompt, ledger
        self.pace = Pace(llm.settings.rpm)
        self.client = Client(llm.settings, read_key(), self.pace)
        self._rows: list[Row] = []
        self._new: set[str] = set()
        self._left_out = 0
        self._without: list[str] = []
        self._in_a_row = 0
        self._refusal = ""

    def row(self, job: Job, text: str) -> Row:
        """The answer to one question, from the ledger or asked for now. Runs in a worker."""
        row = self._ledger.get(job.key)
        if row is not None:
            return row
        try:
            answer = self.client.ask(self._prompt.messages(text[job.start : job.end]))
        except NoAnswer as error:
            self._in_a_row += 1
            if self._in_a_row >= _MOST_WITHOUT:
                self._give_up(f"{error}; {_MOST_WITHOUT} questions in a row got none")
            raise
        except Refused as error:
            self._give_up(str(error))
            raise
        self._in_a_row = 0
        fault = parse(answer.text, answer.finish).fault
        row = Row(key=job.key, doc_id=job.doc_id, chunk=job.chunk, fault=fault, answer=answer)
        self._ledger.add(row)
        self._new.add(row.key)
        return row

    def quotes(
        self, document: Document, jobs: Sequence[Job], asked: Sequence[Future[Row]]
    ) -> list[Quote]:
        """The quotes of a document, from the answers about its chunks."""
        parts = []
        for job, future in zip(jobs, asked, strict=True):
            try:
                row = future.result()
            except NoAnswer as error:
                if self._refusal:
                    raise self._failed(self._refusal) from None
                self._without.append(f"{job.doc_id}: {error}")
                continue
            except (Refused, Stopped):
                raise self._failed(self._refusal) from None
            self._rows.append(row)
            parsed = parse(row.answer.text, row.answer.finish)
            self._left_out += parsed.left_out
            parts.append(Part(job.start, job.end, parsed.claims))
        return to_quotes(document.text, merge(document.text, parts)) if parts else []

    def finish(self, documents: int, output: Path | None) -> None:
        """Tell the totals and write the record, if every question got its answer."""
        if self._without:
            raise self._failed("\n".join(self._without))
        made = totals(self._settings, documents, self._rows, self._new, self._left_out)
        for line in made.lines():
            print(f"llm: {line}", file=sys.stderr)
        if output is not None:
            written = record(self._settings, self._prompt, self.client.shape, self._rows, made)
            write_text(f"{output}.run.json", written)

    def _give_up(self, why: str) -> None:
        self._refusal = self._refusal or why
        self.pace.stop()

    def _failed(self, why: str) -> RunFailed:
        return RunFailed(
            f"{why}\nllm: no predictions were written; answers so far are in the ledger, if one "
            "is kept, and the same command goes on from there"
        )
