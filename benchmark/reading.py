"""Reading: JSON Lines into records, with every fault of every line.

The fast path decodes a line straight into a record. Only a line that fails, or that
is not written in the canonical form, is looked at again field by field.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from benchmark.diagnosis import diagnose
from benchmark.faults import Fault, InputRefused
from benchmark.records import Document, encode
from benchmark.validation import Unique, check_gold, check_prediction

LONGEST_LINE = 64 * 2**20
MOST_FAULTS = 1000
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
                document = _read_line(line, name, number, faults, gold, quotes_needed)
                if document is not None:
                    yield number, document
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
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path))
    return path.open("rb")


def _read_line(
    line: bytes, name: str, number: int, faults: list[Fault], gold: bool, quotes_needed: bool
) -> Document | None:
    if line.startswith(_BYTE_ORDER_MARK):
        what = "byte order mark: save the file as UTF-8 without one"
        faults.append(Fault(name, number, "", what))
        return None
    try:
        document = _decode(line)
        if encode(document) == line.rstrip(b"\r\n"):
            return document
        # The decoder misses only repeated keys, and what gold alone must have.
        if not gold and not _repeats_a_key(line):
            return document
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        document = None
    found = list(diagnose(line, gold=gold, quotes_needed=quotes_needed))
    faults.extend(Fault(name, number, field, what) for field, what in found)
    if found:
        return None
    if document is None:
        try:
            return _decode(line if quotes_needed else _with_quotes(line))
        except (msgspec.DecodeError, UnicodeError) as error:
            what, _, where = str(error).partition(" - at `$")
            field = where.strip(".`")
            faults.append(Fault(name, number, field, f"{what}: mend the value"))
    return document


def _repeats_a_key(line: bytes) -> bool:
    """Whether an object in a line of valid JSON has one key twice."""
    repeated = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal repeated
        repeated = repeated or len({key for key, _ in pairs}) < len(pairs)

    json.loads(line, object_pairs_hook=look)
    return repeated


def _with_quotes(line: bytes) -> bytes:
    """The line of a document that is yet to be annotated, with no quotes where it has no field."""
    if "quotes" in json.loads(line):
        return line
    return line.rstrip()[:-1].rstrip() + b',"quotes":[]}'
