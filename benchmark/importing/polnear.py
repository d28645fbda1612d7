"""PolNeAR (Newell, Margolin and Ruths 2018): a split's folder with `text` and `attributions`.

Several people annotated some articles; the file name ends with the annotator. Marks called
Discuss and Discard are for the annotators and no attributions. Types follow from the
quotation marks: the corpus has none.
"""

from collections.abc import Mapping
from pathlib import Path

from benchmark.importing.building import Draft, Imported, Log, Options, Terms, build, read_text
from benchmark.importing.figures import recorded
from benchmark.importing.standoff import read_standoff
from benchmark.records import Document

TERMS = Terms(
    "polnear", "en", "none stated; the articles belong to their publishers",
    ("content", "cue", "source", "quote_type"),
)  # fmt: skip


def read(source: Path, options: Options) -> Imported:
    """Read a split, by the first annotator of each article, a named one, or every one."""
    log = Log()
    chosen = _chosen(_layers(source, log), options.annotator)
    files: dict[str, list[Document]] = {}
    for suffix, article, annotation in chosen:
        document = _document(source, article, annotation, options.speech_only, log)
        if document is not None:
            files.setdefault(suffix, []).append(document)
    if options.annotator != "first":
        return log.imported(files, {})
    log.found["documents"] = len(chosen)
    return log.imported(files, recorded("polnear", source.resolve().name))


def _layers(source: Path, log: Log) -> dict[str, dict[str, Path]]:
    """The annotation files of each article by annotator."""
    layers: dict[str, dict[str, Path]] = {}
    for file in sorted((source / "attributions").glob("*.ann")):
        article, _, annotator = file.stem.rpartition("_")
        layers.setdefault(article, {})[annotator] = file
    for text in (source / "text").glob("*.txt"):
        if text.stem not in layers:
            what = f"no {text.stem}_*.ann in {source / 'attributions'}: fetch the corpus again"
            log.fault(text, 0, "", what)
    if not layers:
        what = "no attributions/*.ann in it: give the folder of one split, such as data/dev"
        log.fault(source, 0, "", what)
        log.imported({}, {})
    return layers


def _chosen(
    layers: Mapping[str, Mapping[str, Path]], annotator: str
) -> list[tuple[str, str, Path]]:
    """Suffix of the file, article, annotation."""
    every = [(who, article, file) for article, of in layers.items() for who, file in of.items()]
    if annotator == "all":
        return every
    if annotator == "first":
        return [("", article, next(iter(of.values()))) for article, of in layers.items()]
    chosen = [("", article, file) for who, article, file in every if who == annotator]
    if not chosen:
        names = ", ".join(sorted({who for who, _, _ in every}))
        raise ValueError(f"no annotator {annotator!r}; there are first, all, {names}")
    return chosen


def _document(
    source: Path, article: str, annotation: Path, speech_only: bool, log: Log
) -> Document | None:
    file = source / "text" / f"{article}.txt"
    missing = (
        f"no text for {annotation.name}: ask the authors (networkdynamics/PolNeAR) for the "
        "corpus with its texts, and put it here"
    )
    text = read_text(file, log, missing)
    marks = read_text(annotation, log)
    if text is None or marks is None:
        return None
    events = read_standoff(annotation, marks, text, log).events.values()
    drafts = [
        Draft(
            content=event.roles.get("Content", ()),
            cue=event.roles.get("Cue", ()),
            source=event.roles.get("Source", ()),
        )
        for event in events
    ]
    log.found["attributions"] += sum(bool(draft.content) for draft in drafts)
    return build(TERMS, annotation, article, text, drafts, log, speech_only=speech_only)
