"""Writing: files come into being whole or not at all."""

import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import jsonlines

from benchmark.records import Document, encode


def write_documents(path: Path, documents: Iterable[Document]) -> None:
    """Write documents as JSON Lines, one canonical line each; "-" is standard output.

    A name that ends in `.gz` is compressed, with no time stamp, so that equal documents
    give equal bytes.
    """
    buffer = io.StringIO()
    with jsonlines.Writer(buffer, dumps=lambda document: encode(document).decode()) as writer:
        writer.write_all(documents)
    if str(path) == "-":
        sys.stdout.write(buffer.getvalue())
        return
    data = buffer.getvalue().encode()
    write_bytes(path, gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write to a temporary file beside `path`, then put it in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
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
