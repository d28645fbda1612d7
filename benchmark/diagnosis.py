"""Diagnosis: what is wrong with a line that is no valid record, field by field."""

import difflib
import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec

from benchmark.records import Document, Entity, Pair, Quote, Span

Found = tuple[str, str]

# What no gold needs: a field of predictions, and those of contrast sets.
_NEVER_NEEDED = {"confidence", "parent", "perturbation", "pairs"}
_EXAMPLES: dict[str, str] = {
    "content": '[{"start": 0, "end": 12}]',
    "cue": '[{"start": 0, "end": 12}]',
    "source": '[{"start": 0, "end": 12}]',
    "speaker": '["Name"], "Name" or null',
    "parent": '"the doc_id that it was made from"',
    "perturbation": '"what was done to it"',
    "pairs": '[{"parent": "a-01", "quote": "b-01", "content": [{"start": 0, "end": 12}]}]',
    "quotes": '[{"quote": "the words", "speaker": "Name", "agency": null}]',
}
_PARTS: dict[str, type[msgspec.Struct]] = {
    "quotes": Quote,
    "entities": Entity,
    "content": Span,
    "cue": Span,
    "source": Span,
    "pairs": Pair,
}


class _Pairs(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there twice."""

    repeated: tuple[str, ...] = ()


def diagnose(line: bytes, *, gold: bool, quotes_needed: bool) -> Iterator[Found]:
    """Every fault of a line, as (field path, what is wrong and what to do)."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        yield "", f"not UTF-8 at byte {error.start} of the line: save the file as UTF-8"
        return
    if not text.strip():
        yield "", "empty line: remove it"
        return
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        yield "", f"not JSON at character {error.pos + 1} ({error.msg}): write one object per line"
        return
    except RecursionError:
        yield "", "nested too deeply: a record has at most four levels"
        return
    except ValueError as error:
        yield "", f"{error}: write a number that JSON allows"
        return
    yield from _object(value, Document, "", gold, quotes_needed)


def _object(
    value: Any, record: type[msgspec.Struct], path: str, gold: bool, quotes_needed: bool = True
) -> Iterator[Found]:
    if not isinstance(value, dict):
        yield path, f"{_kind(value)} where an object is needed: write {{...}}"
        return
    fields = {field.name: field for field in msgspec.structs.fields(record)}
    for key in getattr(value, "repeated", ()):
        yield _join(path, key), "given twice: keep one of the two"
    for key in value:
        if key not in fields:
            near = difflib.get_close_matches(key, fields, 1)
            advice = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(fields)}"
            yield _join(path, key), f"unknown field: {advice}"
    for name, field in fields.items():
        if name not in value:
            needed = gold and name not in _NEVER_NEEDED
            needed = needed or (field.required and (quotes_needed or name != "quotes"))
            if needed:
                yield _join(path, name), f"missing: add {_example(name)}"
            continue
        yield from _field(value[name], name, field.type, _join(path, name), gold)


def _field(value: Any, name: str, kind: Any, path: str, gold: bool) -> Iterator[Found]:
    if gold and name == "speaker" and not isinstance(value, list):
        yield path, f"{_kind(value)} where a list is needed: gold lists canonical names"
        return
    if gold and name == "confidence":
        yield path, "gold has no confidence: remove it"
        return
    part = _PARTS.get(name)
    if part is not None and isinstance(value, list):
        for index, one in enumerate(value):
            yield from _object(one, part, f"{path}[{index}]", gold)
        return
    # First: a half surrogate is more than the converter can take.
    halves = list(_surrogates(value, path))
    if halves:
        yield from halves
        return
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        message = message[0].lower() + message[1:]
        yield path + where.rstrip("`"), f"{message}: write {_expected(name, kind)}"
    except (OverflowError, RecursionError):
        yield path, f"a number out of range: write {_expected(name, kind)}"


def _surrogates(value: Any, path: str) -> Iterator[Found]:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            what = f"half a surrogate pair at character {error.start + 1}: write whole characters"
            yield path, what
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _surrogates(one, f"{path}[{index}]")


def _expected(name: str, kind: Any) -> str:
    if name in _EXAMPLES:
        return _EXAMPLES[name]
    choices = list(_literals(kind))
    if choices:
        return "one of " + ", ".join(choices)
    numbers = {"start": "a whole number from 0", "end": "a whole number from 0"}
    if name == "confidence":
        # Unset, it has no default that could be shown as an example.
        return "a number from 0 to 1"
    return numbers.get(name) or _example(name)


def _literals(kind: Any) -> Iterator[str]:
    for one in get_args(kind):
        if isinstance(one, str):
            yield one
        elif get_origin(one) is not None or get_args(one):
            yield from _literals(one)


def _example(name: str) -> str:
    if name in _EXAMPLES:
        return f'"{name}": {_EXAMPLES[name]}'
    records: tuple[type[msgspec.Struct], ...] = (Document, Quote, Entity, Span)
    for record in records:
        for field in msgspec.structs.fields(record):
            if field.name == name and field.default is not msgspec.NODEFAULT:
                return f'"{name}": {msgspec.json.encode(field.default).decode()}'
    return f'"{name}"'


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    result = _Pairs(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        result.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    return result


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
    for kind, name in names.items():
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a number"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
