"""Perturbations that change who said it, or whether anybody did."""

import random
import re
from collections.abc import Iterator
from itertools import combinations

from benchmark.contrast.naming import own_gender, people, renaming, whole
from benchmark.contrast.rewriting import Edit, Piece, Stand
from benchmark.contrast.variants import (
    Change,
    Clause,
    core,
    final_clauses,
    front_clauses,
    raised,
    speaks_for_itself,
)
from benchmark.quotation import quotations
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
        if one.quote.quote_type != "mixed" and _can_stand_alone(document, one):
            yield _unattributed(one, text)


def scare_quotes(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause taken away: a few words in marks are left, and nobody's.

    First sentences with quoted words of their own, then others, whose last word gets marks.
    """
    text = document.text
    clauses = [*final_clauses(document), *front_clauses(document)]
    random.Random(seed).shuffle(clauses)
    free = [one for one in clauses if _can_stand_alone(document, one)]
    for one in free:
        if one.quote.quote_type == "mixed" and _quoted_words(text, one.content) <= 7:
            yield _unattributed(one, text)
    for one in free:
        end = one.content.end - (one.quote.quote_type == "direct")
        last = _LAST_WORD.search(text, one.content.start + 1, end)
        if one.quote.quote_type != "mixed" and last and last[0] not in _NEVER_MARKED:
            yield _unattributed(one, text, Span(*last.span()))


# What can be meant otherwise than it is written: a longer word that is no name and no date.
_LAST_WORD = re.compile(r"(?<= )[a-z]{5,}\Z")
_NEVER_MARKED = frozenset(
    "about above after again ahead alone along already always among apart around aside before "
    "behind below beside between beyond during early earlier either elsewhere enough hours hundred "
    "later million minutes month months neither never often other others others people percent "
    "please rather right seven since spring summer autumn winter their theirs them there these "
    "those thing things though three throughout times today together tomorrow tonight twice "
    "under until weeks where which while whole would years yesterday itself themselves himself "
    "herself metres meters kilometres kilometers hectares euros dollars tonnes being having".split()
)


def _quoted_words(text: str, content: Span) -> int:
    quoted = re.findall(r"[“\"‘„]([^”\"’“]+)[”\"’“]", text[content.start : content.end])
    return sum(len(words.split()) for words in quoted)


def _house_marks(text: str) -> tuple[str, str]:
    """The marks of the text's first quotation; straight ones where it has none."""
    for one in quotations(text):
        if text[one.end : one.end + 1] in tuple("\"'”’“»"):
            return text[one.start - 1], text[one.end]
    return '"', '"'


def _can_stand_alone(document: Document, one: Clause) -> bool:
    """Whether the content is a sentence that nobody needs to say."""
    text, content, direct = document.text, one.content, one.quote.quote_type == "direct"
    words = text[content.start : content.end].lower()
    found = set(re.findall(r"\w+", words))
    last = words[-1]
    if not words[0].isalnum() or last in ".?!" or direct != (last == ",") or found & _REFERRING:
        return False
    if direct:
        # In direct speech the tenses are those of a statement.
        return (
            not re.search(r"[.?!] ", words)
            and speaks_for_itself(document, one.quote)
            and not leaned_on(document, one)
        )
    if "would" in found and "would" in re.split(r"[.?!\n]", text[one.end :], maxsplit=1)[0]:
        return False  # the report goes on in the tense that this sentence would leave
    if found & _REPORTED or " and that " in words or _goes_on(document, one):
        return False
    if one.quote.agency is None and re.search(r"\b(?:was|were|did)\b", words):
        return False  # past for the sake of the report; what an agency reports alone is past itself
    named = re.search(r"\bthe (?:same )?(?:news )?(?:agency|wire)\b", text[one.end :])
    return not (one.quote.agency and named) and not leaned_on(document, one)


def _goes_on(document: Document, one: Clause) -> bool:
    """Whether a bare statement would be taken to go on with an indirect report before it."""
    before = [q for q in core(document) if q.content and q.content[-1].end <= one.start]
    if not before or before[-1].quote_type == "direct":
        return False
    return "\n" not in document.text[(before[-1].content or ())[-1].end : one.start]


# Words that refer to what stands before the sentence, or to those who speak.
_REFERRING = frozenset("it its this these those that you your yours".split())
# What shows that a clause is reported.
_REPORTED = frozenset("had could might whether".split())
_PERSONAL = frozenset("i we he she they my our his her their him them".split())
_OWN = _PERSONAL | {"it", "its"}
_WORDS_BEHIND_A_SOURCE = 6
_SOON = 300


def leaned_on(document: Document, one: Clause) -> bool:
    """Whether a sentence is its source's even so, or the text behind it needs the source."""
    words = document.text[one.content.start : one.content.end].lower()
    if _PERSONAL & set(re.findall(r"\w+", words)):
        return True
    # What follows may go on about the source without being an attribution that is scored.
    follows = re.match(r"[^\"'“‘„«]*", document.text[one.end :].lower())
    if follows and _OWN & set(re.findall(r"\w+", follows[0])[:_WORDS_BEHIND_A_SOURCE]):
        return True
    # "The ministry's tables", where the ministry has just been taken away.
    heads = re.findall(r"[a-z]{5,}", document.text[one.source.start : one.source.end])
    soon = set(re.findall(r"[a-z]+", document.text[one.end : one.end + _SOON]))
    if soon & set(heads):
        return True
    later = [q for q in core(document) if q.content and q.content[0].start >= one.end]
    if later and (not later[0].source or {"pronoun_speaker", "description_speaker"}
                  & set(later[0].phenomena)):  # fmt: skip
        return True
    nested = [
        other
        for other in document.quotes
        if other is not one.quote
        and "agency_shell" not in other.phenomena
        and any(one.start <= part.start < one.end for part in other.content or ())
    ]
    before = [q for q in core(document) if q.content and q.content[-1].end <= one.start]
    if before and set(before[-1].speakers) & set(one.quote.speakers):
        return True
    # A person who is named again must have been introduced before.
    persons = {entity.name for entity in people(document)}
    names = [whole(name.split()[-1]) for name in one.quote.speakers if name in persons]
    before_it, rest = document.text[: one.start], document.text[one.end :]
    return bool(nested) or any(
        re.search(name, rest) and not re.search(name, before_it) for name in names
    )


def _unattributed(one: Clause, text: str, marked: Span | None = None) -> Change:
    """The sentence without its reporting clause, in the tense of a statement.

    `marked` is the word of the content that gets the marks of the house.
    """
    content, direct = one.content, one.quote.quote_type == "direct"
    # The comma before the reporting clause goes with it.
    stop = content.end - direct if marked is None else marked.start
    pieces: list[Piece] = [Stand(content.start, content.start + 1, raised(text[content.start]))]
    at = content.start + 1
    for would in re.finditer(r"\bwould\b", text[:stop]):
        if would.start() >= at and not direct:
            pieces += [Span(at, would.start()), Stand(*would.span(), "will")]
            at = would.end()
    pieces.append(Span(at, stop))
    if marked is not None:
        opening, closing = _house_marks(text)
        pieces += [opening, marked, closing]
    wanted = one.quote.quote_id

    def relabel(quote: Quote) -> Quote | None:
        return None if quote.quote_id == wanted else quote

    return Change((Edit(one.start, one.end, (*pieces, ".")),), {wanted}, relabel)
