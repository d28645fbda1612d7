"""`random`: stretches of words with a speaker and an agency drawn from the text."""

import random
import re
from hashlib import sha256

from benchmark.agencies import load_agencies
from benchmark.records import Document, Quote, Span
from benchmark.words import word_spans

_SENTENCE_END = re.compile(r"[.!?][\"'”’]*\s+|\n+")
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
# About the share of sentences in news that report what somebody said.
_SHARE = 0.4


class Random:
    """Takes a share of the sentences and gives each a name that stands in the text."""

    name = "random"

    def __init__(self, seed: int = 12345) -> None:
        self.seed = seed

    def predict(self, document: Document) -> list[Quote]:
        """The same draw for the same text and seed, whatever else is predicted."""
        text = document.text
        digest = sha256(f"{self.seed}\n{text}".encode(errors="surrogatepass")).digest()
        draw = random.Random(digest)
        names = sorted(set(_NAME.findall(text))) or [""]
        agencies = [agency for agency in sorted(load_agencies().names) if agency in text]
        quotes = []
        for start, end in _sentences(text):
            if draw.random() >= _SHARE or not word_spans(text[start:end]):
                continue
            speaker = draw.choice(names)
            quotes.append(
                Quote(
                    content=(Span(start, end),),
                    speaker=(speaker,) if speaker else (),
                    agency=draw.choice([None, *agencies]),
                    confidence=round(draw.random(), 3),
                )
            )
        return quotes


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if a < b]
