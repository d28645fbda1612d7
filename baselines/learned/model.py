"""A trained model and its file: plain arrays in a NumPy archive, nothing that can run.

The archive holds numbers only (it is read with `allow_pickle=False`) and a header in JSON:
the format, the seed, and what the model was trained on.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from baselines.learned.crf import Chain
from baselines.learned.features import TEMPLATES
from baselines.learned.labels import LABELS
from baselines.learned.speakers import WIDTH
from baselines.learned.trees import Trees
from benchmark.faults import Fault, InputRefused
from benchmark.version import __version__
from benchmark.writing import write_bytes

FORMAT = "quotebench-learned"
# Raised too when features change their meaning: models that are kept are then trained anew.
FORMAT_VERSION = 3
_TREES = ("right", "exact", "source")
_CHAIN = ("vocabulary", "weights", "transitions", "first")
_DTYPES = {"vocabulary": np.uint64, "weights": np.float16, "transitions": np.float32,
           "first": np.float32}  # fmt: skip
# How many features a row of each kind of trees has.
WIDTHS = {"right": 40, "exact": 40, "source": 29}


@dataclass(frozen=True)
class Header:
    """What is known of a model beside its weights.

    trained_on: the order-free digest of the training file; texts: a digest of each training
    text; least: the lowest chance of a candidate to be predicted; slope and intercept: from
    the log odds of a candidate to those of its confidence; own: whether it goes beyond what
    `rules` finds; ranked: whether speakers are ranked and not those of `rules`; speakers_from:
    what the ranking was learned from (gold, newsroom or nothing); held_out: measures on folds
    that the weights had not seen.
    """

    seed: int
    documents: int
    trained_on: str
    texts: tuple[str, ...]
    least: float
    slope: float
    intercept: float
    own: bool
    ranked: bool
    speakers_from: str
    held_out: dict[str, float]
    version: str = __version__


@dataclass(frozen=True)
class Model:
    """Everything that prediction needs."""

    chain: Chain
    right: Trees
    exact: Trees
    source: Trees
    speaker: npt.NDArray[np.float64]
    header: Header

    def confidence(self, chance: float) -> float:
        """The calibrated probability (Platt 1999) that a chosen candidate is right."""
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        odds = self.header.slope * np.log(chance / (1 - chance)) + self.header.intercept
        return round(float(1 / (1 + np.exp(-odds))), 4)


def text_digest(text: str) -> str:
    """The digest by which a text is known again."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def save(model: Model, path: Path) -> None:
    """Write a model, whole or not at all; equal models give equal bytes."""
    write_bytes(path, encode(model))


def encode(model: Model) -> bytes:
    """The bytes of a model file."""
    header = {"format": FORMAT, "format_version": FORMAT_VERSION,
              "templates": len(TEMPLATES), "labels": list(LABELS)}  # fmt: skip
    header |= {one.name: getattr(model.header, one.name) for one in fields(Header)}
    arrays: dict[str, npt.NDArray[Any]] = {
        "header": np.frombuffer(json.dumps(header, sort_keys=True).encode(), np.uint8)
    }
    for name in _CHAIN:
        arrays[name] = getattr(model.chain, name).astype(_DTYPES[name])
    for kind in _TREES:
        trees: Trees = getattr(model, kind)
        for one in fields(Trees):
            arrays[f"{kind}_{one.name}"] = np.asarray(getattr(trees, one.name))
    arrays["speaker"] = model.speaker
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def load(path: Path) -> Model:
    """Read a model file. Raises InputRefused when it is damaged or none of ours."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read ({error.strerror}): check the name") from None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(arrays["header"].tobytes())
        if header["format"] != FORMAT:
            raise ValueError("another format")
    except (
        ValueError,
        KeyError,
        TypeError,
        OSError,
        EOFError,
        zipfile.BadZipFile,
        NotImplementedError,
        SyntaxError,
        zlib.error,
    ) as error:
        what = f"no model of `learned`, or damaged ({error}): make it with `quotebench train`"
        raise _refused(path, what) from None
    known = header.get("format_version"), header.get("templates"), header.get("labels")
    if known != (FORMAT_VERSION, len(TEMPLATES), list(LABELS)):
        raise _refused(
            path,
            f"a model of format {header.get('format_version')} by version "
            f"{header.get('version')}, and this program reads format {FORMAT_VERSION}: "
            "train it anew with `quotebench train`",
        )
    try:
        return _decoded(header, arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(path, f"damaged ({error}): make it anew with `quotebench train`") from None


def _decoded(header: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> Model:
    values = {one.name: header[one.name] for one in fields(Header)}
    known = msgspec.convert(values, Header)
    for name in _CHAIN:
        if arrays[name].dtype != _DTYPES[name]:
            raise ValueError(f"{name} has type {arrays[name].dtype}")
    vocabulary, weights = arrays["vocabulary"], arrays["weights"].astype(np.float32)
    kinds = len(LABELS)
    shapes = (weights.shape, arrays["transitions"].shape, arrays["first"].shape)
    if shapes != ((len(vocabulary) + 1, kinds), (kinds, kinds), (kinds,)):
        raise ValueError("weights and vocabulary do not fit")
    chain = Chain(vocabulary, weights, arrays["transitions"], arrays["first"])
    right, exact, source = (_trees(kind, arrays) for kind in _TREES)
    speaker = arrays["speaker"]
    if speaker.dtype != np.float64 or speaker.shape != (WIDTH,) or not np.isfinite(speaker).all():
        raise ValueError("the weights of speakers do not fit")
    return Model(chain, right, exact, source, speaker, known)


def _trees(kind: str, arrays: dict[str, npt.NDArray[Any]]) -> Trees:
    parts = {one.name: arrays[f"{kind}_{one.name}"] for one in fields(Trees)}
    shape = parts["feature"].shape
    tables = [parts[name] for name in ("threshold", "left", "right", "value")]
    if len(shape) != 2 or any(one.shape != shape for one in tables):
        raise ValueError(f"the trees of {kind} do not fit")
    for name, most in (("left", shape[1]), ("right", shape[1]), ("feature", WIDTHS[kind])):
        if parts[name].dtype != np.int16 or parts[name].min() < 0 or parts[name].max() >= most:
            raise ValueError(f"{kind}_{name} points outside")
    return Trees(
        float(parts["base"]), parts["feature"], parts["threshold"], parts["left"],
        parts["right"], parts["value"], int(parts["depth"]),
    )  # fmt: skip


def digests(texts: Iterable[str]) -> tuple[str, ...]:
    """The digests of texts, in their own order."""
    return tuple(sorted({text_digest(text) for text in texts}))


def _refused(path: Path, what: str) -> InputRefused:
    return InputRefused([Fault(str(path), 0, "", what)])
