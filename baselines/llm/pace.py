"""Pace: how fast requests may follow one another, for all workers together."""

import random
import threading
import time
from email.utils import parsedate_to_datetime

_LONGEST_BACKOFF = 60.0


class Stopped(Exception):
    """The run was given up while a worker waited."""


class Pace:
    """Hands out moments to start a request. `rpm` is requests in a minute, 0 for any number."""

    def __init__(self, rpm: float = 0) -> None:
        self._gap = 60 / rpm if rpm else 0.0
        self._next = 0.0
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def wait(self) -> None:
        """Wait for a turn. Raises Stopped when the run is given up meanwhile."""
        with self._lock:
            mine = max(self._next, time.monotonic())
            self._next = mine + self._gap
        self.pause(mine - time.monotonic())

    def pause(self, seconds: float) -> None:
        """Sleep, unless the run is given up."""
        if self._stop.wait(max(0.0, seconds)):
            raise Stopped

    def hold(self, seconds: float) -> None:
        """Let nobody start for a while: a server that asks one worker to wait means all."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)

    def stop(self) -> None:
        """Wake everybody who waits, to end."""
        self._stop.set()


def backoff(base: float, failures: int) -> float:
    """Seconds to wait after so many failures: doubling, and scattered so that workers part."""
    return min(_LONGEST_BACKOFF, base * 2.0 ** (failures - 1)) * random.uniform(0.5, 1.0)


def retry_after(header: str | None) -> float | None:
    """What a Retry-After header asks for, in seconds (RFC 9110, section 10.2.3)."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None
