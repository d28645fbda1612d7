"""Score a baseline on PolNeAR (Newell, Margolin and Ruths 2018), from your own copy.

    python scripts/score_polnear.py path/to/polnear/data dev rules

The corpus labels beliefs and intentions as attributions too, names no speakers and keeps
agencies out, so only content, cue and source are scored. The first annotator of each
article is used. Nothing of the corpus is stored.
"""

import argparse
import re
import time
from pathlib import Path

from baselines.registry import load
from benchmark.quotation import QuoteTypes
from benchmark.records import Document, Quote, Span, words_of
from benchmark.report import build_report
from benchmark.running import bare, predict_one
from benchmark.scoring import judge
from benchmark.words import Region, Words

LAYERS = ("content", "cue", "source", "quote_type")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def read_article(text_path: Path, annotation: Path) -> tuple[Document, int]:
    """One article: brat spans and events into attributions; and how many events were dropped.

    Dropped are those without content, and those whose content another one has already. Only
    offsets are read, so a text that is broken over several lines does no harm.
    """
    text = text_path.read_text(encoding="utf-8")
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    for line in annotation.read_text(encoding="utf-8").split("\n"):
        if line.startswith("T") and "\t" in line:
            name, place, *_ = line.split("\t")
            fragments = place.split(" ", 1)[1].split(";")
            spans[name] = tuple(Span(*map(int, one.split())) for one in fragments)
        elif line.startswith("E") and "\t" in line:
            events.append(line.split("\t")[1].split())
    words = Words(text)
    types = QuoteTypes(text)
    quotes: list[Quote] = []
    seen: set[Region] = set()
    for event in events:
        roles: dict[str, list[Span]] = {}
        for argument in event:
            role, name = argument.split(":")
            roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(name, ()))
        content = _sorted(roles.get("Content", []))
        region = words.region(content)
        if not region or region in seen:
            continue
        seen.add(region)
        quotes.append(
            Quote(
                quote_id=f"{text_path.stem}-{len(quotes)}",
                quote=words_of(text, content),
                content=content,
                cue=_sorted(roles.get("Cue", [])),
                source=_sorted(roles.get("Source", [])),
                quote_type=types(content),
            )
        )
    document = Document(
        doc_id=text_path.stem, text=text, language="en", origin="PolNeAR",
        license="of the publishers", layers=LAYERS, quotes=tuple(quotes), canary="none",
    )  # fmt: skip
    return document, len(events) - len(quotes)


def _sorted(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in text order, overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        elif span.start < span.end:
            joined.append(span)
    return tuple(joined)


def read_corpus(folder: Path, split: str, limit: int | None) -> tuple[list[Document], int]:
    """The articles of a split, each with its first annotator by file name; events dropped."""
    articles = sorted((folder / split / "text").glob("*.txt"))[:limit]
    documents = []
    dropped = 0
    for article in articles:
        layers = sorted((folder / split / "attributions").glob(f"{article.stem}_*.ann"))
        document, without = read_article(article, layers[0])
        documents.append(document)
        dropped += without
    return documents, dropped


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
    parser.add_argument("--limit", type=int, help="only the first articles")
    arguments = parser.parse_args()
    gold, dropped = read_corpus(arguments.folder, arguments.split, arguments.limit)
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
    print(f"words in quotation marks: recall {quoted_recall(gold, predicted):.3f}")
    print(f"{len(gold) / seconds:.0f} articles a second")


if __name__ == "__main__":
    main()
