"""Faults: what is wrong with an input, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault. `line` is 1-based, 0 for the file as a whole; `what` also says what to do."""

    file: str
    line: int
    field: str
    what: str

    def __str__(self) -> str:
        place = self.file if not self.line else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.what}" if self.field else f"{place}: {self.what}"


class InputRefused(Exception):
    """The input has faults; nothing was scored or written. `str()` lists every one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class RunFailed(Exception):
    """A system could not do its work; `str()` says why and how to go on. Nothing was written."""
