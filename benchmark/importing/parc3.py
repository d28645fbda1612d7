"""PARC 3.0 (Pareti 2012, 2015): attributions on the words of the Penn Treebank's WSJ texts.

Each file has a WORD element for each token, with its text and the bytes that it takes up in the
raw text (`ByteCount`), and in it, for each attribution that it is part of, an `attribution`
with the roles (`attributionRole`). Written from the published description; the texts come from
the user's own Penn Treebank. Attributions within a content are nested.
"""

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from benchmark.importing.building import (
    Draft,
    Imported,
    Log,
    Options,
    Terms,
    build,
    differs,
)
from benchmark.records import Document, Span

TERMS = Terms(
    "parc3", "en", "the texts under the LDC user agreement; the annotation as its authors state",
    ("content", "cue", "source", "quote_type"),
)  # fmt: skip
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
_Token = tuple[int, Span]


def read(source: Path, options: Options) -> Imported:
    """Read the XML files below a folder; `--texts` is the folder of the raw texts."""
    if options.texts is None:
        raise ValueError("parc3 needs --texts FOLDER: the raw WSJ texts of the Penn Treebank")
    log = Log()
    texts = {file.stem: file for file in options.texts.rglob("wsj_*") if file.is_file()}
    files = sorted(source.rglob("*.xml"))
    if not files:
        log.fault(source, 0, "", "no .xml file in it: give the folder of the corpus")
    documents = []
    for file in files:
        name = file.name.partition(".")[0]
        if name not in texts:
            what = "no text: ask the LDC for the Penn Treebank (LDC95T7), and put its raw text here"
            log.fault(options.texts / name, 0, "", what)
            continue
        # Bytes are counted, and the texts are ASCII: one byte is one character.
        text = texts[name].read_bytes().decode("latin-1")
        document = _document(file, name, text, options.speech_only, log)
        if document is not None:
            documents.append(document)
    log.found["documents"] = len(documents)
    return log.imported({"": documents}, {})


def _document(file: Path, name: str, text: str, speech_only: bool, log: Log) -> Document | None:
    try:
        root = ElementTree.parse(file).getroot()
    except ElementTree.ParseError as error:
        log.fault(file, error.position[0], "", f"no XML ({error}): fetch the file again")
        return None
    found: dict[str, dict[str, list[_Token]]] = {}
    for number, word in enumerate(root.iter("WORD")):
        try:
            start, end = map(int, word.get("ByteCount", "").split(","))
        except ValueError:
            log.fault(file, 0, f"WORD[{number}].ByteCount", "no START,END: fetch the file again")
            continue
        words, here = word.get("text", ""), text[start:end]
        if _plain(words) != _plain(here):
            log.fault(file, 0, f"WORD[{number}]", differs(words, here))
            continue
        for attribution in word.iter("attribution"):
            roles = found.setdefault(attribution.get("id", ""), {})
            for role in attribution.iter("attributionRole"):
                token = (number, Span(start, end))
                roles.setdefault(role.get("roleValue", ""), []).append(token)
    regions = [{number for number, _ in roles.get("content", ())} for roles in found.values()]
    drafts = []
    for roles, own in zip(found.values(), regions, strict=True):
        draft = Draft(
            content=_runs(roles.get("content", ())), cue=_runs(roles.get("cue", ())),
            source=_runs(roles.get("source", ())), nested=any(own < other for other in regions),
        )  # fmt: skip
        drafts.append(draft)
    log.found["attributions"] += sum(bool(draft.content) for draft in drafts)
    return build(TERMS, file, name, text, drafts, log, speech_only=speech_only)


def _plain(word: str) -> str:
    return _BRACKETS.get(word, word).replace("\\/", "/").replace("\\*", "*")


def _runs(tokens: Iterable[_Token]) -> list[Span]:
    runs: list[Span] = []
    last = -2
    for number, span in tokens:
        if number == last + 1:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
        last = number
    return runs
