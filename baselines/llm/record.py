"""The record of a run: what was asked of whom, what came back, and what it took."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from baselines.llm.ledger import Row
from baselines.llm.prompts import Prompt
from baselines.llm.settings import Settings
from baselines.llm.shape import Shape
from benchmark.version import __version__

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Totals:
    """What the answers behind a file of predictions took; those of earlier runs count too.

    paid_before: answers that were in the ledger already. untold: answers for which the server
    told no tokens. entries_left_out: attributions without words to look up. cost is None
    without prices.
    """

    documents: int
    answers: int
    paid_before: int
    retries: int
    unparseable: int
    entries_left_out: int
    prompt_tokens: int
    completion_tokens: int
    untold: int
    cost: float | None
    cost_now: float | None

    def lines(self) -> list[str]:
        """The totals for people."""
        lines = [
            f"{self.answers} answer(s) for {self.documents} document(s), "
            f"{self.paid_before} of them from the ledger, {self.retries} further request(s)",
            f"tokens: {self.prompt_tokens} in, {self.completion_tokens} out"
            + (f"; untold for {self.untold} answer(s)" if self.untold else ""),
        ]
        if self.cost is not None:
            lines.append(f"cost at the given prices: {self.cost:.6f}, now {self.cost_now:.6f}")
        if self.unparseable:
            lines.append(
                f"unparseable: {self.unparseable} answer(s), taken as no attributions; "
                "the ledger keeps them"
            )
        if self.entries_left_out:
            lines.append(f"left out: {self.entries_left_out} attribution(s) without words")
        return lines


def totals(
    settings: Settings, documents: int, rows: Sequence[Row], new: set[str], left_out: int
) -> Totals:
    """Add up the answers of a run; `new` has the keys of those that were asked for now."""
    fresh = [row for row in rows if row.key in new]
    told = [row for row in rows if row.answer.prompt_tokens is not None]
    return Totals(
        documents=documents,
        answers=len(rows),
        paid_before=len(rows) - len(fresh),
        retries=sum(row.answer.attempts - 1 for row in rows),
        unparseable=sum(bool(row.fault) for row in rows),
        entries_left_out=left_out,
        prompt_tokens=sum(row.answer.prompt_tokens or 0 for row in rows),
        completion_tokens=sum(row.answer.completion_tokens or 0 for row in rows),
        untold=len(rows) - len(told),
        cost=_cost(settings, rows),
        cost_now=_cost(settings, fresh),
    )


def _cost(settings: Settings, rows: Sequence[Row]) -> float | None:
    if not settings.price_input and not settings.price_output:
        return None
    tokens_in = sum(row.answer.prompt_tokens or 0 for row in rows)
    tokens_out = sum(row.answer.completion_tokens or 0 for row in rows)
    return (tokens_in * settings.price_input + tokens_out * settings.price_output) / 1e6


def signature(settings: Settings, prompt: Prompt, formats: Sequence[str]) -> str:
    """Every setting that can change an answer, in one line, version last."""
    fields: list[tuple[str, object]] = [
        ("model", settings.model),
        ("prompt", prompt.label),
        ("format", "+".join(formats) or settings.format),
        ("temperature", settings.temperature if settings.temperature >= 0 else "unset"),
        ("seed", settings.seed if settings.seed >= 0 else "unset"),
        ("max_tokens", settings.max_tokens or "unset"),
        ("window", settings.window),
        ("overlap", settings.overlap),
        ("version", __version__),
    ]
    return "|".join(["quotebench-llm", *(f"{name}:{value}" for name, value in fields)])


def record(
    settings: Settings, prompt: Prompt, shape: Shape, rows: Sequence[Row], made: Totals
) -> str:
    """The record as JSON. There is no key in it, since none is in the settings."""
    answers = [row.answer for row in rows]
    formats = sorted({one.format for one in answers})
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "signature": signature(settings, prompt, formats),
        "settings": asdict(settings),
        "prompt": {"name": prompt.name, "sha256": prompt.sha256},
        "taken_by_the_server": asdict(shape),
        "models_that_answered": sorted({one.model for one in answers}),
        "fingerprints": sorted({one.fingerprint for one in answers} - {""}),
        "totals": asdict(made),
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"
