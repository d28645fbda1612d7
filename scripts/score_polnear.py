"""Score a baseline on PolNeAR (Newell, Margolin and Ruths 2018), from your own copy.

    python scripts/score_polnear.py path/to/polnear/data dev rules

The corpus labels beliefs and intentions as attributions too, names no speakers and keeps
agencies out, so only content, cue and source are scored. The first annotator of each
article is used. Nothing of the corpus is stored.
"""

import argparse
import re
import time
from math import isnan
from pathlib import Path

from baselines.registry import load
from benchmark.confidence import calibration_error
from benchmark.importing.building import Options
from benchmark.importing.polnear import read
from benchmark.records import Document, Span
from benchmark.report import build_report
from benchmark.running import bare, predict_one
from benchmark.scoring import judge
from benchmark.words import Words

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def read_corpus(
    folder: Path, split: str, limit: int | None, speech_only: bool
) -> tuple[list[Document], int]:
    """The articles of a split, each with its first annotator; events dropped in the split."""
    imported = read(folder / split, Options(speech_only=speech_only))
    return list(imported.documents[:limit]), sum(imported.dropped.values())


def quoted_recall(gold: list[Document], predicted: list[Document]) -> float:
    """Share of the gold content words inside double quotation marks that are predicted."""
    found = total = 0
    for document, prediction in zip(gold, predicted, strict=True):
        words = Words(document.text)
        marked = words.region([Span(*m.span()) for m in _QUOTED.finditer(document.text)])
        content = words.union(words.region(one.content or ()) for one in document.quotes)
        answers = words.union(words.region(one.content or ()) for one in prediction.quotes)
        starts = set(words.starts(marked)) & set(words.starts(content))
        total += len(starts)
        found += len(starts & set(words.starts(answers)))
    return found / total


def main() -> None:
    """Predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder `data` of the corpus")
    parser.add_argument("split", choices=("train", "dev"))
    parser.add_argument("baseline")
    parser.add_argument("--speech-only", action="store_true", help="communication alone is core")
    parser.add_argument("--limit", type=int, help="only the first articles")
    arguments = parser.parse_args()
    gold, dropped = read_corpus(
        arguments.folder, arguments.split, arguments.limit, arguments.speech_only
    )
    attributor = load(arguments.baseline)
    begun = time.process_time()
    predicted = [predict_one(attributor, bare(one)) for one in gold]
    seconds = time.process_time() - begun
    judged = judge(predicted, gold, task="end-to-end", missing="error")
    report = build_report(judged.tally, judged, by=["quote_type"])
    print(report)
    content = report.measures["content:overlap"]
    right = report.measures["source"].right or 0
    both = 2 * right / ((content.predicted or 0) + (content.gold or 0))
    print(f"attributions without a content of their own, dropped: {dropped}")
    print(f"content and source right: F1 {both:.3f}")
    error = calibration_error(judged.tally)
    if not isnan(error):
        print(f"confidences of contents: expected calibration error {error:.3f} (ten bins)")
    print(f"words in quotation marks: recall {quoted_recall(gold, predicted):.3f}")
    print(f"{len(gold) / seconds:.0f} articles a second")


if __name__ == "__main__":
    main()
