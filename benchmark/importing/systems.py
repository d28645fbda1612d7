"""Outputs of other systems into predictions, one reader for each format.

Where a system counts in tokens of its own, in UTF-16 units or in a text that it changed first,
its words are kept and its offsets are not: scoring finds the words in the text. The name of a
file, without its ending, is the `doc_id`.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import regex
from msgspec import UNSET

from benchmark.importing.building import Imported, Log, Options, read_text
from benchmark.records import Document, Quote, Span
from benchmark.validation import check_prediction

_Rows = Callable[[Any], Iterable[Quote]]
_UNKNOWN = frozenset({"", "unknown", "none", "null", "nan", "-", "_"})
_ENDINGS = (".json", ".jsonl", ".quotes", ".txt")


def read_citron(source: Path, options: Options) -> Imported:
    """Citron's JSON. Its `sources` are the antecedents where it resolved a pronoun."""
    return _read_json(source, options, _citron)


def read_gendergaptracker(source: Path, options: Options) -> Imported:
    """The JSON list of GenderGapTracker's quote extractor."""
    return _read_json(source, options, _gendergaptracker)


def read_textacy(source: Path, options: Options) -> Imported:
    """Triples of speaker, cue and content, as lists or as objects."""
    return _read_json(source, options, _textacy)


def read_corenlp(source: Path, options: Options) -> Imported:
    """CoreNLP's JSON: `quotes` of the quote annotator."""
    return _read_json(source, options, _corenlp)


def read_booknlp(source: Path, options: Options) -> Imported:
    """BookNLP's .quotes tables. Their words are tokens: with the texts they get offsets."""
    log = Log()
    texts = {document.doc_id: document.text for document in options.gold}
    documents = []
    for file in _files(source, (".quotes",), log):
        doc_id = _doc_id(file)
        table = _table(file, log, "\t", ("quote", "mention_phrase"))
        text = texts.get(doc_id, "")
        quotes = []
        for row in table:
            content = _spaced(row["quote"], text) if text else None
            quote = None if content else row["quote"]
            speaker = _named(row["mention_phrase"])
            quotes.append(Quote(quote=quote, content=content, speaker=speaker))
        documents.append(_document(doc_id, quotes, log))
    return _finish(documents, source, options, log)


def read_csv(source: Path, options: Options) -> Imported:
    """A table with a header and the columns doc_id, quote and, if known, speaker and agency."""
    log = Log()
    rows: dict[str, list[Quote]] = {}
    for number, row in enumerate(_table(source, log, ",", ("doc_id", "quote")), 2):
        if not (row["doc_id"] or "").strip():
            log.fault(source, number, "doc_id", "empty: name the document of each quote")
            continue
        # Names joined by a semicolon are several speakers: scoring knows that.
        quote = Quote(
            quote=row["quote"] or "", speaker=_named(row.get("speaker")),
            agency=_named(row.get("agency")),
        )  # fmt: skip
        rows.setdefault(row["doc_id"], []).append(quote)
    documents = [_document(doc_id, quotes, log) for doc_id, quotes in rows.items()]
    return _finish(documents, source, options, log)


def _citron(output: Any) -> Iterable[Quote]:
    for one in output["quotes"]:
        confidence = one.get("confidence")
        yield Quote(
            quote=_joined(part["text"] for part in one["contents"]),
            speaker=tuple(filter(_named, (part["text"] for part in one["sources"]))) or None,
            confidence=UNSET if confidence is None else float(confidence),
        )


def _gendergaptracker(output: Any) -> Iterable[Quote]:
    for one in output["quotes"] if isinstance(output, dict) else output:
        yield Quote(quote=one["quote"], speaker=_named(one["speaker"]))


def _textacy(output: Any) -> Iterable[Quote]:
    if not isinstance(output, list):
        raise TypeError("not a list of triples")
    for one in output:
        is_object = isinstance(one, dict)
        speaker, content = (one["speaker"], one["content"]) if is_object else (one[0], one[2])
        yield Quote(quote=_tokens(content), speaker=_named(_tokens(speaker)))


def _corenlp(output: Any) -> Iterable[Quote]:
    for one in output["quotes"]:
        names = (one.get(key) for key in ("canonicalSpeaker", "speaker", "mention"))
        yield Quote(quote=one["text"], speaker=next(filter(None, map(_named, names)), None))


def _read_json(source: Path, options: Options, rows: _Rows) -> Imported:
    log = Log()
    documents = []
    for file in _files(source, (".json",), log):
        text = read_text(file, log)
        if text is None:
            continue
        try:
            quotes = list(rows(json.loads(text)))
        except json.JSONDecodeError as error:
            log.fault(file, error.lineno, "", f"no JSON ({error.msg}): export it again")
        except (KeyError, IndexError, TypeError, ValueError) as error:
            what = f"not the shape of this system's output ({type(error).__name__}: {error}): "
            log.fault(file, 0, "quotes", what + "check the name of the system")
        else:
            documents.append(_document(_doc_id(file), quotes, log))
    return _finish(documents, source, options, log)


def _document(doc_id: str, quotes: Sequence[Quote], log: Log) -> Document:
    kept = tuple(one for one in quotes if one.content or (one.quote or "").strip())
    if len(kept) < len(quotes):
        log.dropped["empty quote"] += len(quotes) - len(kept)
    log.found["quotes"] += len(kept)
    return Document(doc_id=doc_id, quotes=kept)


def _finish(documents: Sequence[Document], source: Path, options: Options, log: Log) -> Imported:
    log.found["documents"] = len(documents)
    names = {document.doc_id for document in options.gold}
    seen: set[str] = set()
    for document in documents:
        if document.doc_id in seen:
            what = f"{document.doc_id!r} comes from two files: keep one of them"
            log.fault(source, 0, "doc_id", what)
        elif names and document.doc_id not in names:
            what = f"{document.doc_id!r} is no document of the gold: name the file after its doc_id"
            log.fault(source, 0, "doc_id", what)
        log.faults += check_prediction(document, str(source), 0, text=None, task="end-to-end")
        seen.add(document.doc_id)
    if names:
        log.found["gold documents without an output"] = len(names - seen)
    return log.imported({"": documents}, {})


def _files(source: Path, endings: tuple[str, ...], log: Log) -> list[Path]:
    if not source.is_dir():
        return [source]
    files = sorted(file for file in source.iterdir() if file.suffix in endings)
    if not files:
        log.fault(source, 0, "", f"no {' or '.join(endings)} file in it: give the output folder")
    return files


def _table(file: Path, log: Log, delimiter: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    text = read_text(file, log)
    if text is None:
        return []
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    # Tables with tabs do not quote their fields.
    reader: csv.DictReader[str]
    if delimiter == "\t":
        reader = csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.DictReader(lines, delimiter=delimiter)
    for name in needed:
        if name not in (reader.fieldnames or ()):
            log.fault(file, 1, name, "no such column: the first line must name the columns")
            return []
    rows = []
    for row in reader:
        if None in row or any(row[name] is None for name in needed):
            what = f"more or fewer fields than the {len(reader.fieldnames or ())} of the header: "
            log.fault(file, reader.line_num, "", what + "quote fields that hold the delimiter")
        else:
            rows.append(row)
    return rows


def _doc_id(file: Path) -> str:
    name = file.name
    while name.endswith(_ENDINGS):
        name = Path(name).stem
    return name


def _named(name: str | None) -> str | None:
    """A name, or None where the system says that it knows none."""
    name = (name or "").strip()
    return None if name.casefold() in _UNKNOWN else name


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part.strip() for part in parts)


def _tokens(value: Any) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _spaced(words: str, text: str) -> tuple[Span, ...] | None:
    """Where tokens stand in a text, whatever white space is between them."""
    characters = "".join(words.replace("``", '"').replace("''", '"').split()).strip('"“”')
    if not characters:
        return None
    match = regex.search(r"\s*".join(map(regex.escape, characters)), text)
    return (Span(*match.span()),) if match else None
