"""The shape of a request: the answer's format, and how it changes for a server that refuses it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

Format = Literal["schema", "object", "text"]
_LOOSER: dict[Format, Format] = {"schema": "object", "object": "text"}

_NAME = {"type": ["string", "null"]}
_FIELDS: dict[str, Any] = {
    "quote": {"type": "string"},
    "speaker": {"type": "array", "items": {"type": "string"}},
    "agency": _NAME,
    "agency_role": {"type": ["string", "null"], "enum": ["carrier", "recipient", None]},
    "cue": _NAME,
    "source": _NAME,
    "confidence": {"type": "number"},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "attributions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _FIELDS,
                "required": list(_FIELDS),
                "additionalProperties": False,
            },
        }
    },
    "required": ["attributions"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Shape:
    """What a server takes. Models differ in what they refuse, so it is found out by asking."""

    format: Format = "schema"
    limit: Literal["max_tokens", "max_completion_tokens", ""] = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def fields(self, temperature: float, seed: int, max_tokens: int) -> dict[str, Any]:
        """The fields of a request that depend on the shape."""
        made: dict[str, Any] = {}
        if self.format == "schema":
            wanted = {"name": "attributions", "strict": True, "schema": SCHEMA}
            made["response_format"] = {"type": "json_schema", "json_schema": wanted}
        elif self.format == "object":
            made["response_format"] = {"type": "json_object"}
        if self.temperature and temperature >= 0:
            made["temperature"] = temperature
        if self.seed and seed >= 0:
            made["seed"] = seed
        if self.limit and max_tokens:
            made[self.limit] = max_tokens
        return made

    def without(self, message: str, *, fixed: bool) -> "Shape | None":
        """The shape to try after a refusal with this message; None when nothing is left.

        With `fixed` the format was asked for and stays.
        """
        if self.limit == "max_tokens" and "max_tokens" in message:
            return replace(self, limit="max_completion_tokens")
        if self.limit and self.limit in message:
            return replace(self, limit="")
        if self.temperature and "temperature" in message:
            return replace(self, temperature=False)
        if self.seed and "seed" in message:
            return replace(self, seed=False)
        if self.format in _LOOSER and not fixed:
            return replace(self, format=_LOOSER[self.format])
        return None
