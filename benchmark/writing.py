"""Writing: files come into being whole or not at all."""

import gzip
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import jsonlines

from benchmark.records import Document, encode


def write_documents(path: Path | str, documents: Iterable[Document]) -> None:
    """Write documents as JSON Lines, one canonical line each; "-" is standard output.

    A name that ends in `.gz` is compressed, with no time stamp, so that equal documents
    give equal bytes. Documents are written as they come: none is kept.
    """
    with _whole(Path(path)) as file:
        if Path(path).suffix != ".gz":
            _write_lines(file, documents)
            return
        # Without a name in its header a file's bytes do not depend on what it is called.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            _write_lines(cast(BinaryIO, packed), documents)


def write_text(path: Path | str, text: str) -> None:
    """Write a text file in UTF-8; "-" is standard output."""
    write_bytes(path, text.encode())


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write to a temporary file beside `path`, then put it in place in one step."""
    with _whole(Path(path)) as file:
        file.write(data)


def _write_lines(file: BinaryIO, documents: Iterable[Document]) -> None:
    # UTF-8 whatever the locale: that is what the format says.
    with jsonlines.Writer(file, dumps=encode) as writer:
        writer.write_all(documents)


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its place only when all of it has been written."""
    if str(path) == "-":
        sys.stdout.flush()
        yield cast(BinaryIO, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file():
        # A device or a pipe (/dev/null, /dev/stdout) is written to, never replaced.
        with path.open("wb") as device:
            yield cast(BinaryIO, device)
        return
    # Behind a symbolic link it is the file that is to change, not the link.
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".quotebench-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; results are as readable as any other new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
