"""From a text to its tokens: words and marks, with the sentence and quotation each is in.

Paragraphs, quotations, sentences and agency shells are those of `rules`. What a shell
takes up ("..., Reuters reported") is left out: it never is content, cue or source.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from baselines.rules.agency import Shell, dateline, patterns_for, shell
from baselines.rules.layout import Quotation, Range, paragraphs, quotations, sentences
from baselines.rules.reading import masked, read
from benchmark.records import Quote

_TOKEN = re.compile(r"[^\W_](?:[\w’'.&/-]*[^\W_])?(?:\.(?=\s+[A-Z][a-z]|,))?|''|``|[^\s\w]|_")
_INITIALS = re.compile(r"^(?:[A-Z]\.?|(?:[A-Za-z]\.)+|[A-Z][a-z]{1,3}\.|Capt\.)$")
# Longer paragraphs are lists or no prose: tokens behind are not read.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark. `sentence` counts over the text; `quotation` it lies in, or -1."""

    text: str
    start: int
    end: int
    sentence: int
    paragraph: int
    quotation: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's range and the agency shell around it."""

    start: int
    end: int
    shell: Shell


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model sees it. `rules` holds what `rules` finds in it."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    rules: tuple[Quote, ...]


def read_text(text: str) -> Reading:
    """Read a text."""
    tokens: list[Token] = []
    found: list[Sentence] = []
    marks: list[Quotation] = []
    patterns = patterns_for(text)
    for number, (begin, end) in enumerate(paragraphs(text)):
        start = dateline(text, begin, end)
        quoted = quotations(text, start, end)
        blank = masked(text, start, end, quoted)
        budget = len(tokens) + _LONGEST
        for first, last in sentences(text, start, end, quoted):
            carried = shell(blank, first - start, last - start, start, patterns)
            for part in carried.parts:
                _tokenize(text, part, len(found), number, quoted, len(marks), tokens)
            found.append(Sentence(first, last, carried))
            if len(tokens) > budget:
                break
        marks += quoted
    return Reading(text, tuple(tokens), tuple(found), tuple(marks), tuple(read(text)))


def _tokenize(
    text: str,
    part: Range,
    sentence: int,
    paragraph: int,
    quoted: list[Quotation],
    offset: int,
    tokens: list[Token],
) -> None:
    starts = [one.start for one in quoted]
    for match in _TOKEN.finditer(text, *part):
        start, end = match.span()
        index = bisect_right(starts, start) - 1
        inside = offset + index if index >= 0 and start < quoted[index].end else -1
        word = match[0]
        if word[-1] == "." and len(word) > 1 and not _INITIALS.match(word):
            tokens.append(Token(word[:-1], start, end - 1, sentence, paragraph, inside))
            tokens.append(Token(".", end - 1, end, sentence, paragraph, inside))
            continue
        tokens.append(Token(word, start, end, sentence, paragraph, inside))


def touched(starts: list[int], ends: list[int], start: int, end: int) -> Range:
    """The tokens, as a range of indices, that a range of characters touches."""
    return bisect_right(ends, start), bisect_left(starts, end)
