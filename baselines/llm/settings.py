"""Settings: how a model is asked, from options and the environment."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from baselines.llm.prompts import PROMPTS
from baselines.llm.shape import Format

FORMATS = ("auto", *get_args(Format))
PREFIX = "QUOTEBENCH_"
Kind = Callable[[object], object]
# What does not change an answer: it may differ when an interrupted run goes on.
_NOT_ASKED = (
    *("workers", "retries", "timeout", "backoff", "rpm", "price_input", "price_output"),
    *("window", "overlap"),  # The chunk itself is part of the key.
)


@dataclass(frozen=True)
class Settings:
    """Every setting; the names are those of the options, and of the environment in capitals.

    temperature: not sent below 0. max_tokens: of an answer; not sent when 0. window, overlap:
    characters of a chunk, and of those that two chunks share. timeout, backoff: seconds. rpm:
    requests in a minute, any number when 0. price_input, price_output: per million tokens.
    """

    base_url: str
    model: str
    prompt: str = "a"
    format: str = "auto"
    temperature: float = 0.0
    seed: int = -1
    max_tokens: int = 8192
    window: int = 24_000
    overlap: int = 2_000
    workers: int = 4
    retries: int = 6
    timeout: float = 120.0
    backoff: float = 1.0
    rpm: float = 0.0
    price_input: float = 0.0
    price_output: float = 0.0

    def asked(self) -> dict[str, Any]:
        """The settings that an answer depends on."""
        return {name: value for name, value in asdict(self).items() if name not in _NOT_ASKED}


OPTIONS = tuple(field.name for field in fields(Settings))


def read_settings(
    options: Mapping[str, object], environment: Mapping[str, str] = os.environ
) -> Settings:
    """Settings from options, which go first, and `QUOTEBENCH_...` variables.

    Raises ValueError for what cannot be used, and LookupError where no model is named.
    """
    given: dict[str, Any] = {}
    for field in fields(Settings):
        value = options.get(field.name)
        if value is None:
            value = environment.get(PREFIX + field.name.upper()) or None
        if value is not None:
            given[field.name] = _convert(field.name, cast(Kind, field.type), value)
    for name in ("base_url", "model"):
        if not given.get(name):
            option = "--" + name.replace("_", "-")
            raise LookupError(
                f"llm needs to know whom to ask: give {option} or {PREFIX}{name.upper()}"
            )
    settings = Settings(**given)
    _check(settings)
    return settings


def read_key(environment: Mapping[str, str] = os.environ) -> str:
    """The key, from the environment alone; a server of one's own needs none."""
    return environment.get(PREFIX + "API_KEY", environment.get("OPENAI_API_KEY", "")).strip()


def _convert(name: str, kind: Kind, value: object) -> object:
    try:
        made = kind(value)
    except ValueError:
        raise ValueError(f"{name} is to be a number, not {value!r}") from None
    if isinstance(made, float) and not math.isfinite(made):
        raise ValueError(f"{name} is to be a finite number, not {value!r}")
    return made


def _check(settings: Settings) -> None:
    address = urlsplit(settings.base_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("base_url is to be an http or https address, mostly ending in /v1")
    if address.username or address.password or address.query or address.fragment:
        # It is recorded, so nothing secret may be in it.
        raise ValueError(
            f"base_url is to be a plain address: a key belongs into {PREFIX}API_KEY, never there"
        )
    if settings.prompt not in PROMPTS:
        raise ValueError(f"no prompt {settings.prompt!r}; there are {', '.join(PROMPTS)}")
    if settings.format not in FORMATS:
        raise ValueError(f"no format {settings.format!r}; there are {', '.join(FORMATS)}")
    least = {"max_tokens": 0, "window": 200, "overlap": 0, "workers": 1, "retries": 0,
             "timeout": 0.001, "backoff": 0, "rpm": 0, "price_input": 0,
             "price_output": 0}  # fmt: skip
    for name, lowest in least.items():
        if getattr(settings, name) < lowest:
            raise ValueError(f"{name} is to be at least {lowest}")
    if settings.overlap > settings.window // 2:
        raise ValueError("overlap is to be at most half of window")
