"""Reading: JSON Lines into records, with every fault of every line.

The fast path decodes a line straight into a record. Only a line that fails, or that
is not written in the canonical form, is looked at again field by field.
"""

import errno
import gzip
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from benchmark.diagnosis import diagnose
from benchmark.faults import Fault, InputRefused
from benchmark.records import Document, Entity, Quote, Span, encode
from benchmark.validation import Unique, check_gold, check_prediction

LONGEST_LINE = 64 * 2**20
MOST_FAULTS = 1000
# Told a share between 0 and 1.
Progress = Callable[[float], None]
_STEP = 100
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder(Document).decode


def read_all(path: Path | str, *, gold: bool) -> list[Document]:
    """Read and check a whole file. Raises InputRefused with all of its faults."""
    faults: list[Fault] = []
    unique = Unique(gold=gold)
    documents = []
    for line, document in read_documents(path, faults, gold=gold):
        if (fault := unique.check(document, str(path), line)) is not None:
            faults.append(fault)
        if gold:
            faults.extend(check_gold(document, str(path), line))
        else:
            # An answer by quote_id needs neither words nor offsets.
            task = "attribution" if all(q.quote_id for q in document.quotes) else "end-to-end"
            faults.extend(check_prediction(document, str(path), line, text=None, task=task))
        documents.append(document)
    if faults:
        raise InputRefused(faults)
    return documents


def read_documents(
    path: Path | str, faults: list[Fault], *, gold: bool, quotes_needed: bool = True
) -> Iterator[tuple[int, Document]]:
    """Yield line number and document, one by one; "-" is standard input, `.gz` is unpacked.

    What is wrong with a line goes to `faults`, and that line is not yielded. Once
    MOST_FAULTS have been added, by whomever, a last fault says so and the reading ends.
    `quotes_needed` = False also takes documents that are yet to be annotated.
    """
    for number, document, _ in read_canonical(path, faults, gold=gold, quotes_needed=quotes_needed):
        yield number, document


def read_canonical(
    path: Path | str,
    faults: list[Fault],
    *,
    gold: bool,
    quotes_needed: bool = True,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Document, bytes]]:
    """As `read_documents`, and with each document its canonical JSON.

    `progress` is told the share of the file that has been read, where its size is known.
    """
    name = str(path)
    number = 0
    enough = len(faults) + MOST_FAULTS
    try:
        with _open(Path(path)) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    what = f"line of over {LONGEST_LINE >> 20} MB: one document belongs on a line"
                    faults.append(Fault(name, number, "", what))
                    return
                read = _read_line(line, name, number, faults, gold, quotes_needed)
                if read is not None:
                    yield number, *read
                if progress is not None and number % _STEP == 0:
                    progress(_share(file))
                if len(faults) >= enough:
                    del faults[enough:]
                    what = f"{MOST_FAULTS} faults up to here: mend these, then check the rest"
                    faults.append(Fault(name, number, "", what))
                    return
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        faults.append(Fault(name, number, "", f"damaged gzip file ({error}): fetch it again"))
    except OSError as error:
        faults.append(Fault(name, 0, "", f"cannot be read ({error.strerror}): check the name"))
    else:
        if not number:
            faults.append(Fault(name, 0, "", "empty file: write one document on each line"))


def _open(path: Path) -> AbstractContextManager[BinaryIO]:
    if str(path) == "-":
        # Not ours to close: a second reader is to find it empty, not broken.
        return nullcontext(cast(BinaryIO, sys.stdin.buffer))
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "a NUL in the name")
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path))
    return path.open("rb")


def _share(file: BinaryIO) -> float:
    """The share of a file that has been read; of a pipe, none."""
    raw = cast(BinaryIO, getattr(file, "fileobj", file))
    size = os.fstat(raw.fileno()).st_size
    return raw.tell() / size if size and raw.seekable() else 0.0


def _read_line(
    line: bytes, name: str, number: int, faults: list[Fault], gold: bool, quotes_needed: bool
) -> tuple[Document, bytes] | None:
    if line.startswith(_BYTE_ORDER_MARK):
        what = "byte order mark: save the file as UTF-8 without one"
        faults.append(Fault(name, number, "", what))
        return None
    document = None
    try:
        document = _decode(line)
        canonical = encode(document)
        if canonical == line.rstrip(b"\r\n") or _is_sound(line, document, gold):
            return document, canonical
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        document = None
    found = list(diagnose(line, gold=gold, quotes_needed=quotes_needed))
    faults.extend(Fault(name, number, field, what) for field, what in found)
    if found:
        return None
    if document is None:
        try:
            document = _decode(line if quotes_needed else _with_quotes(line))
        except (msgspec.DecodeError, UnicodeError) as error:
            what, _, where = str(error).partition(" - at `$")
            field = where.strip(".`")
            faults.append(Fault(name, number, field, f"{what}: mend the value"))
            return None
    return document, encode(document)


def _is_sound(line: bytes, document: Document, gold: bool) -> bool:
    """Whether a line that decodes is free of what the decoder misses.

    That is a key twice in one object and, in gold, a key that is left out. No record has
    unknown keys, so gold with as many keys as its records have fields leaves out none.
    """
    keys = 0
    repeated = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal keys, repeated
        keys += len(pairs)
        repeated = repeated or len({key for key, _ in pairs}) < len(pairs)

    json.loads(line, object_pairs_hook=look)
    return not repeated and (not gold or keys == _fields(document))


def _fields(document: Document) -> int:
    """The number of fields of a gold document and of the records in it."""
    spans = sum(
        len(quote.content or ()) + len(quote.cue) + len(quote.source) for quote in document.quotes
    )
    return (
        len(Document.__struct_fields__)
        + len(Entity.__struct_fields__) * len(document.entities)
        # `confidence` is no field of gold.
        + (len(Quote.__struct_fields__) - 1) * len(document.quotes)
        + len(Span.__struct_fields__) * spans
    )


def _with_quotes(line: bytes) -> bytes:
    """The line of a document that is yet to be annotated, with no quotes where it has no field."""
    if "quotes" in json.loads(line):
        return line
    return line.rstrip()[:-1].rstrip() + b',"quotes":[]}'
