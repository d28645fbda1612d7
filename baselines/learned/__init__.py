"""`learned`: a chain of labels over tokens, and trees that choose, trained on gold documents.

`quotebench train learned GOLD MODEL` makes a model; `learned:MODEL` uses it. Without a model
the one trained on the shipped training set is used, made at its first use and kept.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import benchmark
from baselines.mending import mend
from benchmark.records import Document, Quote
from benchmark.sets import gold_root

if TYPE_CHECKING:
    from baselines.learned.model import Model

_SPEAKERS = {"rules": False, "ranked": True}


class Learned:
    """An attributor with a trained model.

    `speakers` is "rules" or "ranked"; left out, what was better on folds held out in training.
    """

    options = frozenset({"speakers"})

    def __init__(
        self, model: str | Path | Model | None = None, *, speakers: str | None = None
    ) -> None:
        if speakers is not None and speakers not in _SPEAKERS:
            raise LookupError(f"speakers is rules or ranked, not {speakers!r}")
        self._by_rank = None if speakers is None else _SPEAKERS[speakers]
        from baselines.learned.model import Model, load

        self.name = "learned"
        if isinstance(model, Model):
            self.model = model
        elif model is None:
            self.model = default_model()
        else:
            self.model = load(Path(model))
            self.name = f"learned-{Path(model).stem}"

    @property
    def trained_on(self) -> frozenset[str]:
        """The digests of the texts that the model was trained on."""
        return frozenset(self.model.header.texts)

    def predict(self, document: Document) -> list[Quote]:
        """The attributions of the text, in its order."""
        from baselines.learned.prediction import predict

        mended = mend(document.text)
        return mended.back(predict(self.model, mended.text, by_rank=self._by_rank))


def default_model() -> Model:
    """The model of the shipped training set: from the cache, or trained now.

    Raises LookupError where there is no training set or no scikit-learn to train with.
    """
    from baselines.learned.lessons import training_set
    from baselines.learned.model import load, save
    from benchmark.faults import InputRefused
    from benchmark.reading import read_all
    from benchmark.signature import Digest
    from benchmark.version import __version__

    training = training_set()
    if training is None:
        raise LookupError(
            "learned needs a model: make one with `quotebench train learned GOLD MODEL` and "
            "give learned:MODEL"
        )
    documents = read_all(training, gold=True)
    digest = Digest()
    for document in documents:
        digest.add(document)
    name = f"learned-{__version__}-{_code_digest()}-{digest.hexdigest()[:12]}.npz"
    kept = _cache() / name
    if kept.is_file():
        try:
            return load(kept)
        except InputRefused:
            pass  # Of another version, or cut off: it is made anew.
    try:
        from baselines.learned.training import train

        print("learned: training the default model once", file=sys.stderr)
        model = train(documents)
    except ImportError as error:
        raise LookupError(f"learned needs the extra `learned` to be trained: {error}") from None
    try:
        save(model, kept)
    except OSError as error:
        print(f"learned: the model could not be kept ({error.strerror})", file=sys.stderr)
    return model


def _code_digest() -> str:
    """What the model depends on beside its texts: code, and the table of agencies, as they are."""
    baselines = Path(__file__).parent.parent
    folders = (
        baselines,
        baselines / "learned",
        baselines / "rules",
        Path(benchmark.__file__).parent,
    )
    sources = [path for folder in folders for path in folder.glob("*.py")]
    digest = hashlib.sha256()
    for path in sorted([*sources, gold_root() / "agencies.json"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _cache() -> Path:
    """The user's folder for what can be made again (XDG Base Directory Specification)."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "quotebench"
