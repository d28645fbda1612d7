"""Client: one question, one answer, whatever happens on the way between."""

import json
import threading
import time
from typing import Any

from msgspec import Struct

from baselines.llm.pace import Pace, backoff, retry_after
from baselines.llm.settings import Settings
from baselines.llm.shape import Shape

# Asked to wait longer than this, it is better to go on tomorrow.
_LONGEST_WAIT = 600.0
_AGAIN = (408, 409, 425, 429)
_FORMAT_REFUSED = (400, 422)


class Answer(Struct, frozen=True, kw_only=True):
    """What the model said, and what it took. Tokens are None where the server does not tell."""

    text: str
    finish: str = ""
    model: str = ""
    fingerprint: str = ""
    format: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    attempts: int = 1
    seconds: float = 0.0


class NoAnswer(Exception):
    """This question got none, however often it was asked; others may."""


class Refused(Exception):
    """The server refuses, and will refuse whatever else is asked."""


class Client:
    """Asks one model. Safe to share among threads; close it in the end."""

    def __init__(self, settings: Settings, key: str, pace: Pace) -> None:
        import openai

        self._settings = settings
        self._key = key
        self._pace = pace
        self._lock = threading.Lock()
        self._fixed = settings.format != "auto"
        self.shape = Shape(format=settings.format) if self._fixed else Shape()  # type: ignore[arg-type]
        self._errors = openai
        # Tries are counted, paced and stopped here, so the library is to make none.
        self._openai = openai.OpenAI(
            base_url=settings.base_url,
            api_key=key or "none",
            max_retries=0,
            timeout=settings.timeout,
        )

    def close(self) -> None:
        """Close the connections."""
        self._openai.close()

    def ask(self, messages: list[dict[str, str]]) -> Answer:
        """Ask until there is an answer. Raises NoAnswer, Refused, or Stopped."""
        failures = attempts = 0
        started = time.monotonic()
        create: Any = self._openai.chat.completions.create
        while True:
            self._pace.wait()
            attempts += 1
            shape = self.shape
            s = self._settings
            fields = shape.fields(s.temperature, s.seed, s.max_tokens)
            asked_to_wait = None
            try:
                completion = create(model=s.model, messages=messages, **fields)
                return self._answer(completion, shape, attempts, time.monotonic() - started)
            except self._errors.APIStatusError as error:
                what = self._said(error)
                if _filtered(error, what):
                    # The model's last word on this text, and one that may be paid for.
                    return Answer(text="", finish="content_filter", format=shape.format,
                                  attempts=attempts)  # fmt: skip
                if self._adapted(error.status_code, what, shape):
                    continue
                if not _worth_again(error):
                    raise Refused(_advice(error.status_code, what)) from None
                asked_to_wait = retry_after(error.response.headers.get("retry-after"))
            except (self._errors.APIError, ValueError, _Incomplete) as error:
                # Nobody there, too slow, cut off, or not an answer in this protocol.
                what = self._hidden(f"{type(error).__name__}: {error}")
            failures += 1
            if failures > self._settings.retries:
                raise NoAnswer(f"{what} (asked {attempts} times)")
            if asked_to_wait is None:
                self._pace.pause(backoff(self._settings.backoff, failures))
            elif asked_to_wait > _LONGEST_WAIT:
                raise NoAnswer(f"{what} (asked to wait {asked_to_wait:.0f} seconds)")
            else:
                self._pace.hold(asked_to_wait)

    def _answer(self, completion: Any, shape: Shape, attempts: int, seconds: float) -> Answer:
        choices: Any = getattr(completion, "choices", None)
        message = getattr(choices[0], "message", None) if choices else None
        if message is None:
            raise _Incomplete("no choices in the answer")
        usage = getattr(completion, "usage", None)
        return Answer(
            text=self._clean(message.content or getattr(message, "refusal", None)),
            finish=self._clean(choices[0].finish_reason),
            model=self._clean(completion.model),
            fingerprint=self._clean(getattr(completion, "system_fingerprint", None)),
            format=shape.format,
            prompt_tokens=_number(getattr(usage, "prompt_tokens", None)),
            completion_tokens=_number(getattr(usage, "completion_tokens", None)),
            attempts=attempts,
            seconds=round(seconds, 3),
        )

    def _adapted(self, status: int, what: str, tried: Shape) -> bool:
        """Whether there is another shape to try after this refusal; it is then set for all."""
        if status not in _FORMAT_REFUSED or _too_long(what):
            return False
        with self._lock:
            if self.shape == tried:
                other = tried.without(what, fixed=self._fixed)
                if other is None:
                    return False
                self.shape = other
        return True

    def _said(self, error: Any) -> str:
        """What the server says of a failure, on one line."""
        body = error.body
        message = body.get("message") if isinstance(body, dict) else body
        if not message:
            message = error.message
        elif not isinstance(message, str):
            message = json.dumps(message)
        said = " ".join(self._hidden(message).split())
        return f"HTTP {error.status_code}: {said[:300]}"

    def _clean(self, value: Any) -> str:
        """A string that can be stored: whole characters, and no key though a server echo it."""
        text = value if isinstance(value, str) else ""
        return self._hidden(text.encode(errors="replace").decode())

    def _hidden(self, text: str) -> str:
        return text.replace(self._key, "[key]") if self._key else text


class _Incomplete(Exception):
    """An answer of the server that holds none of the model."""


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _too_long(what: str) -> bool:
    what = what.lower()
    return "context" in what and any(w in what for w in ("length", "window", "size", "exceed"))


def _filtered(error: Any, what: str) -> bool:
    return error.status_code in _FORMAT_REFUSED and (
        error.code == "content_filter" or "content management policy" in what
    )


def _worth_again(error: Any) -> bool:
    if error.code == "insufficient_quota":
        return False
    return error.status_code in _AGAIN or error.status_code >= 500


def _advice(status: int, what: str) -> str:
    if status in (401, 403):
        return f"{what}: check QUOTEBENCH_API_KEY"
    if _too_long(what) or status == 413:
        return f"{what}: give a smaller window (--option window=CHARACTERS) or max_tokens"
    if status == 404:
        return f"{what}: check --base-url (it mostly ends in /v1) and --model"
    return what
