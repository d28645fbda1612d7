"""Multiple choice: who says a quotation, out of four from the same document.

A question is a core quote with one speaker. The other three candidates are the agency that
carried it, where one did, and people and bodies that speak elsewhere in the document, so that
a candidate's name alone tells little. For harnesses with scorers of their own.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from benchmark.records import Document, Quote, words_of

CHOICES = 4


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the configuration `speaker_choice`.

    paragraph: the paragraphs that the quote stands in; text: the whole document; choices:
    four names; answer: the index of the right one.
    """

    question_id: str
    doc_id: str
    quote: str
    paragraph: str
    text: str
    choices: tuple[str, ...]
    answer: int
    origin: str
    license: str
    canary: str


def questions(documents: Iterable[Document], seed: int) -> Iterator[Question]:
    """The questions of some documents. Each place holds the right answer equally often.

    The places are dealt, not drawn: of any four questions in a row, as the seed has mixed
    them, each has its answer in another place.
    """
    asked = [
        (document, quote, others)
        for document in documents
        for quote in document.quotes
        if (others := _others(document, quote, seed)) is not None
    ]
    places = list(range(len(asked)))
    random.Random(seed).shuffle(places)
    for (document, quote, others), place in zip(asked, places, strict=True):
        answer = place % CHOICES
        choices = (*others[:answer], quote.speakers[0], *others[answer:])
        yield Question(
            quote.quote_id,
            document.doc_id,
            words_of(document.text, quote.content or ()),
            _paragraphs(document, quote),
            document.text,
            choices,
            answer,
            document.origin,
            document.license,
            document.canary,
        )


def encode_questions(found: Iterable[Question]) -> bytes:
    """Questions as the lines of a file."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in found)


def _others(document: Document, quote: Quote, seed: int) -> tuple[str, ...] | None:
    """Three wrong candidates, or None where the quote or its document is no question."""
    if quote.status != "core" or len(quote.speakers) != 1:
        return None
    right = {name for answer in quote.speaker_alternatives for name in answer} | {*quote.speakers}
    agency = [quote.agency] if quote.agency and quote.agency not in right else []
    speaking = Counter(
        name
        for other in document.quotes
        if other.status == "core"
        for name in other.speakers
        if name not in right and name not in agency
    )
    draw = random.Random(f"{seed} {quote.quote_id}")
    # Who speaks often is often right: drawn alike, such a candidate is as often wrong.
    drawn = sorted(speaking, key=lambda name: draw.random() ** (1 / speaking[name]), reverse=True)
    others = [*agency, *drawn][: CHOICES - 1]
    draw.shuffle(others)
    return tuple(others) if len(others) == CHOICES - 1 else None


def _paragraphs(document: Document, quote: Quote) -> str:
    """The text from the beginning of the quote's first paragraph to the end of its last."""
    spans = (*(quote.content or ()), *quote.cue, *quote.source)
    start = document.text.rfind("\n", 0, min(span.start for span in spans)) + 1
    end = document.text.find("\n", max(span.end for span in spans))
    return document.text[start : len(document.text) if end < 0 else end]
