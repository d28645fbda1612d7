"""Ledger: every answer, written down the moment it arrives, so that none is asked for again."""

import hashlib
import os
import threading
from pathlib import Path

import msgspec
from msgspec import Struct

from baselines.llm.client import Answer
from benchmark.faults import Fault, InputRefused


class Row(Struct, frozen=True, kw_only=True):
    """An answer and what it answers. `key` is the digest of all that the question depends on."""

    key: str
    doc_id: str
    chunk: int
    fault: str = ""
    answer: Answer


class Ledger:
    """The answers so far, by key, in a file of JSON Lines, or in memory without one.

    Raises InputRefused where a file holds something else.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._rows = _read(path) if path is not None and path.is_file() else {}
        self._file: int | None = None

    def get(self, key: str) -> Row | None:
        """The answer to a question, if it was given before."""
        return self._rows.get(key)

    def add(self, row: Row) -> None:
        """Keep an answer: on the disk when this returns."""
        with self._lock:
            self._rows[row.key] = row
            if self._path is None:
                return
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
                self._file = os.open(self._path, flags, 0o666)
            line = memoryview(msgspec.json.encode(row) + b"\n")
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)

    def close(self) -> None:
        """Close the file; what is in it is safe in any case."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def key_of(*parts: object) -> str:
    """The digest of what a question depends on."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]


def _read(path: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    faults = []
    lines = path.read_bytes().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        # The program was ended while it wrote: that answer alone is lost, the rest goes on.
        torn = lines.pop()
        os.truncate(path, path.stat().st_size - len(torn))
    for number, line in enumerate(lines, 1):
        try:
            row = msgspec.json.decode(line, type=Row)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            what = f"no answer as this program keeps it ({error}): remove the line, or the file"
            faults.append(Fault(str(path), number, "", what))
            continue
        rows.setdefault(row.key, row)
    if faults:
        raise InputRefused(faults)
    return rows
