"""DirectQuote (Zhang and Liu 2022): tokens with IOB labels, a paragraph to a block.

A quotation labelled LeftSpeaker or RightSpeaker has its source in the nearest Speaker on that
side; one labelled Unknown has none. The text is the tokens joined by spaces. Written from the
README of the release (thuzhang/DirectQuote).
"""

from pathlib import Path

from benchmark.importing.building import Draft, Imported, Log, Options, Terms, build, read_text
from benchmark.importing.figures import recorded
from benchmark.records import Document, Span

TERMS = Terms(
    "directquote", "en", "none stated; the articles belong to their publishers",
    ("content", "source", "quote_type"),
)  # fmt: skip
_QUOTATIONS = ("LeftSpeaker", "RightSpeaker", "Unknown")
_LABELS = (*_QUOTATIONS, "Speaker")


def read(source: Path, options: Options) -> Imported:
    """Read a file such as truecased.txt."""
    del options
    log = Log()
    documents: list[Document] = []
    block: list[tuple[str, str]] = []
    for number, line in enumerate([*(read_text(source, log) or "").split("\n"), ""], 1):
        fields = line.split()
        if fields:
            label = "O" if fields[-1] in ("O", "Out") else fields[-1]
            if len(fields) < 2 or (label != "O" and _kind(label) not in _LABELS):
                what = f"{line!r} is no token with a label of {', '.join(_LABELS)}, O: mend it"
                log.fault(source, number, "label", what)
            block.append((fields[0], label))
        elif block:
            documents.append(_paragraph(source, len(documents), block, log))
            block = []
    log.found["documents"] = len(documents)
    return log.imported({"": documents}, recorded("directquote", source.stem))


def _kind(label: str) -> str:
    return label.partition("-")[2] if label[:2] in ("B-", "I-") else label


def _paragraph(source: Path, number: int, block: list[tuple[str, str]], log: Log) -> Document:
    labelled: list[tuple[str, Span]] = []
    at, before = 0, "O"
    for token, label in block:
        kind = _kind(label)
        span = Span(at, at + len(token))
        # In IOB1 a B begins a second span of its kind right behind the first.
        if kind == _kind(before) and not label.startswith("B-") and kind != "O":
            labelled[-1] = (kind, Span(labelled[-1][1].start, span.end))
        elif kind != "O":
            labelled.append((kind, span))
        at, before = span.end + 1, label
    drafts = []
    for index, (kind, span) in enumerate(labelled):
        if kind not in _QUOTATIONS:
            continue
        side = {"LeftSpeaker": labelled[:index][::-1], "RightSpeaker": labelled[index + 1 :]}
        speakers = [place for other, place in side.get(kind, ()) if other == "Speaker"]
        drafts.append(Draft(content=[span], source=speakers[:1], quote_type="direct"))
    log.found["attributions"] += len(drafts)
    text = " ".join(token for token, _ in block)
    return build(TERMS, source, f"directquote-{number}", text, drafts, log)
