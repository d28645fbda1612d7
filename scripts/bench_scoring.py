"""Time and memory of `quotebench score` beside two others on the same files, in one run.

python scripts/bench_scoring.py [--size 1000x10 ...] [--runs 3] [--keep FOLDER]

For each size (documents x quotes in each) it writes gold and predictions with a seed, then
times whole processes, start-up included, in turn:

floor       decodes both files with msgspec into records, and does nothing with them
score       quotebench score without intervals, in as many processes as it chooses
one process the same in one
draws       quotebench score with 2,000 bootstrap draws
nervaluate  nervaluate 1.2.1 on the same spans (`pip install nervaluate==1.2.1`), left out
            where it is not installed or where it took over `--limit` seconds at a smaller size

Printed are medians, ratios to the floor and peak memory (resident set). Machines differ and
are shared: the ratios are what can be compared.
"""

import argparse
import importlib.util
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmark.records import LAYERS, Document, Entity, Quote, Span, encode, words_of

SIZES = ("1000x10", "10000x10", "100000x10", "100x1000")
SEED = 20261124
SPEAKERS = 6  # in a document
AGENCIES = (None, None, None, "Reuters", "Interfax")
SYLLABLES = "ba co di fu ga ho ke li mo nu pa ri so ta ve wi".split()

FLOOR = """
import sys, msgspec
from benchmark.records import Document
decode = msgspec.json.Decoder(Document).decode
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        for line in file:
            decode(line)
"""
NERVALUATE = """
import sys, msgspec
from benchmark.records import Document
from nervaluate import Evaluator
decode = msgspec.json.Decoder(Document).decode
def spans(name):
    with open(name, "rb") as file:
        return [[{"label": "quote", "start": q.content[0].start, "end": q.content[0].end - 1}
                 for q in decode(line).quotes] for line in file]
predicted, gold = map(spans, sys.argv[1:])
Evaluator(gold, predicted, tags=["quote"], loader="dict").evaluate()
"""


def documents(count: int, quotes: int) -> Iterator[tuple[Document, Document]]:
    """Gold and prediction of each document: most right, some shifted, missed or invented."""
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(5000)]
    given, family = ([word.title() for word in vocabulary[i : i + 500]] for i in (0, 500))
    for number in range(count):
        # Family names that differ, so that each of them names one person.
        surnames = chance.sample(sorted(set(family)), SPEAKERS)
        people = [f"{chance.choice(given)} {name}" for name in surnames]
        entities = tuple(Entity(name=name, kind="person", aliases=()) for name in people)
        pieces, at, gold, predicted = [], 0, [], []

        def write(words: str, pieces: list[str] = pieces) -> Span:
            nonlocal at
            span = Span(at, at + len(words))
            pieces.append(words + " ")
            at = span.end + 1
            return span

        for index in range(quotes):
            speaker, agency = chance.choice(people), chance.choice(AGENCIES)
            source = write(speaker.split()[1])
            cue = write("said")
            write("that")
            content = write(" ".join(chance.choices(vocabulary, k=chance.randint(6, 20))))
            write(f", {agency} reported." if agency else ".")
            gold.append(
                Quote(
                    quote_id=f"d{number}-{index}",
                    content=(content,),
                    cue=(cue,),
                    source=(source,),
                    speaker=(speaker,),
                    agency=agency,
                    agency_role="carrier" if agency else None,
                    quote_type="indirect",
                )
            )
            luck = chance.random()
            if luck < 0.1:
                continue
            if luck < 0.2:
                content = Span(cue.start, content.end)
            elif luck < 0.3:
                content = Span(source.start, cue.end)
            predicted.append(
                Quote(
                    content=(content,),
                    cue=(cue,),
                    source=(source,),
                    speaker=(speaker.split()[1] if luck < 0.8 else people[0],),
                    agency=agency if luck < 0.9 else None,
                )
            )
        text = "".join(pieces)
        labels = {"language": "en", "origin": "generated", "license": "CC0", "canary": "none"}
        yield (
            Document(
                doc_id=f"d{number}",
                text=text,
                layers=LAYERS,
                entities=entities,
                quotes=tuple(_with_words(text, one) for one in gold),
                **labels,
            ),
            Document(
                doc_id=f"d{number}", quotes=tuple(_with_words(text, one) for one in predicted)
            ),
        )


def _with_words(text: str, quote: Quote) -> Quote:
    from msgspec.structs import replace

    return replace(quote, quote=words_of(text, quote.content or ()))


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of a process."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *command], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    return seconds - _wrapper(), int(done.stdout) / (1 if sys.platform == "darwin" else 1024)


def _wrapper(cache: list[float] = []) -> float:  # noqa: B006
    """Seconds that starting the measuring process itself takes."""
    if not cache:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import resource, subprocess"], check=True)
        cache.append(time.perf_counter() - start)
    return cache[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", action="append", metavar="DOCSxQUOTES")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=120, help="seconds for nervaluate")
    parser.add_argument("--keep", type=Path, help="keep the files here, and use those there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for size in arguments.size or SIZES:
            measure(size, folder, arguments.runs, arguments.limit)


def measure(size: str, folder: Path, runs: int, limit: float) -> None:
    count, quotes = map(int, size.split("x"))
    gold, predictions = folder / f"gold-{size}.jsonl", folder / f"predictions-{size}.jsonl"
    if not predictions.exists():
        with gold.open("wb") as one, predictions.open("wb") as other:
            for document, prediction in documents(count, quotes):
                one.write(encode(document) + b"\n")
                other.write(encode(prediction) + b"\n")
    files = [str(predictions), str(gold)]
    score = [sys.executable, "-m", "benchmark", "score", str(predictions), "--gold", str(gold)]
    commands = {
        "floor": [sys.executable, "-c", FLOOR, *files],
        "score": [*score, "--draws", "0"],
        "one process": [*score, "--draws", "0", "--workers", "1"],
        "draws": [*score, "--draws", "2000"],
    }
    if importlib.util.find_spec("nervaluate") is not None:
        commands["nervaluate"] = [sys.executable, "-c", NERVALUATE, *files]
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            # One run says enough of a process that takes minutes.
            if name == "nervaluate" and times[name] and times[name][0][0] > limit:
                continue
            times[name].append(timed(command))
    megabytes = (gold.stat().st_size + predictions.stat().st_size) / 2**20
    print(f"{size}: {megabytes:.0f} MB, medians of {runs} runs", flush=True)
    floor = statistics.median(seconds for seconds, _ in times["floor"])
    for name, pairs in times.items():
        seconds = statistics.median(one for one, _ in pairs)
        memory = max(one for _, one in pairs)
        print(
            f"  {name:<12}{seconds:9.2f} s {seconds / floor:8.1f} x floor {memory:7.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
