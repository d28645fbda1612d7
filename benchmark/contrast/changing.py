"""Perturbations that change who said it, or whether anybody did."""

import random
import re
from collections.abc import Iterator
from itertools import combinations

from benchmark.contrast.naming import own_gender, people, renaming, whole
from benchmark.contrast.rewriting import Edit, InapplicableError, Piece, Stand
from benchmark.contrast.variants import (
    Change,
    Clause,
    core,
    final_clauses,
    front_clauses,
    raised,
)
from benchmark.records import Document, Quote, Span


def speakers_swapped(document: Document, seed: int) -> Iterator[Change]:
    """Two people of one gender in each other's place, everywhere."""
    speaking = {name for quote in core(document) for name in quote.speakers}
    pairs = [
        (a, b)
        for a, b in combinations([one.name for one in people(document)], 2)
        if {a, b} <= speaking and _interchangeable(document, a, b)
    ]
    random.Random(seed).shuffle(pairs)
    for a, b in pairs:
        words, others = a.split(), b.split()
        if len(words) != len(others) or set(words) & set(others):
            continue
        if any(word[0].islower() for word in words + others):
            continue
        table = dict(zip(words + others, others + words, strict=True))
        shared = [
            one.name
            for one in document.entities
            if one.name not in (a, b) and any(re.search(whole(word), one.name) for word in table)
        ]
        if not shared:
            yield renaming(document, table, ())


def _interchangeable(document: Document, a: str, b: str) -> bool:
    """Whether no pronoun tells two people apart: of one known gender, or in a text of none."""
    genders = {own_gender(document, a), own_gender(document, b)}
    none = not re.search(r"\b(?:she|her|he|his|him)\b", document.text, re.IGNORECASE)
    return none or (len(genders) == 1 and "unknown" not in genders)


def clause_removed(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause taken away: what was said is now what the paper says."""
    text = document.text
    clauses = [*final_clauses(document), *front_clauses(document)]
    random.Random(seed).shuffle(clauses)
    for one in clauses:
        if one.quote.quote_type == "indirect" and not _leaned_on(document, one):
            yield _unattributed(one, text)


def scare_quotes(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause taken away: a few words in marks are left, and nobody's."""
    text = document.text
    clauses = [*final_clauses(document), *front_clauses(document)]
    clauses = [one for one in clauses if one.quote.quote_type == "mixed"]
    random.Random(seed).shuffle(clauses)
    for one in clauses:
        quoted = re.findall(r"[“\"‘„]([^”\"’“]+)[”\"’“]", text[one.content.start : one.content.end])
        if sum(len(words.split()) for words in quoted) <= 7 and not _leaned_on(document, one):
            yield _unattributed(one, text)


def _leaned_on(document: Document, one: Clause) -> bool:
    """Whether a sentence is its source's even so, or the text behind it needs the source."""
    words = document.text[one.content.start : one.content.end].lower()
    if {"he", "she", "his", "her", "i", "we", "our", "my", "they", "their"} & set(words.split()):
        return True
    later = [q for q in core(document) if q.content and q.content[0].start >= one.end]
    if later and (not later[0].source or {"pronoun_speaker", "description_speaker"}
                  & set(later[0].phenomena)):  # fmt: skip
        return True
    nested = [
        other
        for other in document.quotes
        if other is not one.quote
        and any(one.start <= part.start < one.end for part in other.content or ())
    ]
    before = [q for q in core(document) if q.content and q.content[-1].end <= one.start]
    if before and set(before[-1].speakers) & set(one.quote.speakers):
        return True
    # Somebody who is named again must have been introduced.
    names = [name.split()[-1] for name in one.quote.speakers]
    rest = document.text[one.end :]
    return bool(nested) or any(re.search(whole(name), rest) for name in names)


def _unattributed(one: Clause, text: str) -> Change:
    content = one.content
    pieces: tuple[Piece, ...] = (
        Stand(content.start, content.start + 1, raised(text[content.start])),
        Span(content.start + 1, content.end),
        ".",
    )
    if text[content.end - 1] in ",?!":
        raise InapplicableError("a sentence that ends otherwise")
    wanted = one.quote.quote_id

    def relabel(quote: Quote) -> Quote | None:
        return None if quote.quote_id == wanted else quote

    return Change((Edit(one.start, one.end, pieces),), {wanted}, relabel)
