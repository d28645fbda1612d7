"""Reading: JSON Lines into records, with every fault of every line.

The fast path decodes a line straight into a record. Only a line that fails, or that
is not written in the canonical form, is looked at again field by field.
"""

import gzip
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from benchmark.diagnosis import diagnose
from benchmark.faults import Fault, InputRefused
from benchmark.records import Document, encode
from benchmark.validation import Unique, check_gold, check_prediction

LONGEST_LINE = 64 * 2**20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder(Document).decode


def read_all(path: Path, *, gold: bool) -> list[Document]:
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
    path: Path, faults: list[Fault], *, gold: bool, quotes_needed: bool = True
) -> Iterator[tuple[int, Document]]:
    """Yield line number and document, one by one; "-" is standard input, `.gz` is unpacked.

    What is wrong with a line goes to `faults`, and that line is not yielded.
    `quotes_needed` = False also takes documents that are yet to be annotated.
    """
    name = str(path)
    number = 0
    try:
        with _open(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    what = f"line of over {LONGEST_LINE >> 20} MB: one document belongs on a line"
                    faults.append(Fault(name, number, "", what))
                    return
                document = _read_line(line, name, number, faults, gold, quotes_needed)
                if document is not None:
                    yield number, document
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        faults.append(Fault(name, number, "", f"damaged gzip file ({error}): fetch it again"))
    except OSError as error:
        faults.append(Fault(name, 0, "", f"cannot be read ({error.strerror}): check the name"))
    else:
        if not number:
            faults.append(Fault(name, 0, "", "empty file: write one document on each line"))


def _open(path: Path) -> BinaryIO:
    if str(path) == "-":
        return cast(BinaryIO, sys.stdin.buffer)
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
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        document = None
    found = list(diagnose(line, gold=gold, quotes_needed=quotes_needed))
    faults.extend(Fault(name, number, field, what) for field, what in found)
    if found:
        return None
    if document is None:
        # Only a record without `quotes`, where none are needed, fails without a fault.
        document = _decode(line.rstrip()[:-1].rstrip() + b',"quotes":[]}')
    return document
