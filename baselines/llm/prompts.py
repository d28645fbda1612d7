"""Prompts: three paraphrases of one task, each a data file with a version, known by its hash."""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files

from baselines.llm.shape import SCHEMA

# A changed text is a new version, in a new file: scores of two versions do not compare.
PROMPTS = {"a": "a-v1.txt", "b": "b-v1.txt", "c": "c-v1.txt"}
_BETWEEN = "\n=====\n"


@dataclass(frozen=True)
class Prompt:
    """A prompt. `sha256` is over its file and the schema of the answer."""

    name: str
    system: str
    user: str
    sha256: str

    @property
    def label(self) -> str:
        """How it is named in signatures: name, version and the hash's beginning."""
        return f"{self.name}:{self.sha256[:8]}"

    def messages(self, text: str) -> list[dict[str, str]]:
        """The messages that ask about a text.

        The text stands between two lines with a digest of itself, so that no text can hold
        the line that ends it.
        """
        mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
        # The text comes last: what it says of marks stays as it is.
        user = self.user.replace("{mark}", mark).replace("{text}", text)
        system = self.system.replace("{mark}", mark)
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def load_prompt(name: str) -> Prompt:
    """Read a prompt of the package by its name."""
    file = PROMPTS[name]
    # The same bytes whatever a checkout did to line ends.
    whole = files("baselines.llm").joinpath("prompts", file).read_text(encoding="utf-8")
    whole = whole.replace("\r\n", "\n")
    digest = hashlib.sha256(whole.encode() + json.dumps(SCHEMA, sort_keys=True).encode())
    system, user = whole.split(_BETWEEN)
    return Prompt(file.removesuffix(".txt"), system.strip(), user.strip(), digest.hexdigest())
