"""Sentences that end with their carrier ("P, Reuters reported."), and names of agencies."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmark.agencies import load_agencies
from benchmark.contrast.variants import (
    Clause,
    Relabel,
    core,
    ids,
    sentence_ends,
    sentence_starts,
)
from benchmark.records import Document, Phenomenon, Quote, Span, Spans

# Agencies whose names need no article and are no words of another kind.
WIRES = (
    "Reuters", "Interfax", "Bloomberg", "Xinhua", "Kyodo", "Yonhap", "Bernama", "Tanjug", "Lusa",
    "Belga", "Ritzau", "Antara", "Armenpress", "Andina", "Petra", "Agerpres", "Anadolu", "TASS",
)  # fmt: skip
POSITIONS: tuple[Phenomenon, ...] = ("agency_head", "agency_middle", "agency_tail")


def canonical(name: str) -> str:
    """The name of an agency in the table. Everything in WIRES is there."""
    found = load_agencies().resolve(name)
    assert found is not None, name
    return found


def mentions(text: str, agency: str) -> list[re.Match[str]]:
    """Where a text names an agency, by any of its names."""
    row = next(one for one in load_agencies().table.agencies if one.name == agency)
    names = sorted((row.name, *row.aliases), key=len, reverse=True)
    inner = "|".join(re.escape(name) for name in names)
    return list(re.finditer(rf"(?<![\w-])(?:[Tt]he )?(?:{inner})(?![\w-])", text))


def unused(document: Document, draw: random.Random) -> str:
    """A wire that the document does not name."""
    free = [name for name in WIRES if name.lower() not in document.text.lower()]
    return draw.choice(free)


@dataclass(frozen=True)
class Tail:
    """A sentence that ends with its carrier: "P, Reuters reported."

    [start, end) is the sentence with its full stop, `told` the words before the comma,
    `carried` the core quotes in them, `beside` the optional ones with the same agency, `name`
    the words that name the agency.
    """

    shell: Quote
    start: int
    end: int
    told: Span
    carried: tuple[Quote, ...]
    beside: tuple[Quote, ...]
    name: str


def tails(document: Document) -> Iterator[Tail]:
    """The sentences of a document that end with their carrier."""
    text = document.text
    for shell in document.quotes:
        if "agency_shell" not in shell.phenomena or "agency_tail" not in shell.phenomena:
            continue
        parts = (shell.content or (), shell.cue, shell.source)
        if any(len(part) != 1 for part in parts):
            continue
        told, cue, source = (part[0] for part in parts)
        first, second = sorted((cue, source), key=lambda one: one.start)
        name = text[source.start : source.end]
        carried = tuple(
            quote
            for quote in core(document)
            if quote.agency == shell.agency
            and quote.agency_role == "carrier"
            and within(quote.content or (), told)
        )
        beside = tuple(
            quote
            for quote in document.quotes
            if quote.status == "optional"
            and quote is not shell
            and quote.agency == shell.agency
            and within(quote.content or (), told)
        )
        inside = [
            quote
            for quote in core(document)
            if quote not in carried
            and any(
                told.start <= part.start < told.end for part in (*(quote.content or ()), *quote.cue)
            )
        ]
        begins = told.start - (text[told.start - 1 : told.start] in tuple('“"‘„'))
        if (
            carried
            and not inside
            and text[told.end - 1] != "."  # an abbreviation would get a second one
            and load_agencies().resolve(name) == shell.agency
            and re.fullmatch(r"[”\"’“]?, ", text[told.end : first.start])
            and text[first.end : second.start] == " "
            and sentence_ends(text, second.end)
            and sentence_starts(text, begins)
            and "\n" not in text[told.start : told.end]
        ):
            yield Tail(shell, begins, second.end + 1, told, carried, beside, name)


def plain_clause(text: str, tail: Tail) -> Clause | None:
    """What the agency carries, where that is "X said P" and no more; its end is the tail's."""
    quote = tail.carried[0]
    parts = (quote.content or (), quote.cue, quote.source)
    if len(tail.carried) != 1 or any(len(part) != 1 for part in parts):
        return None
    content, cue, source = (part[0] for part in parts)
    if (
        source.start != tail.start
        or content.end != tail.told.end
        or text[source.end : cue.start] not in (" ", ", ")
        or text[cue.end : content.start] not in (" ", " that ")
        or text[tail.told.end] != ","
    ):
        return None
    return Clause(quote, tail.start, tail.end, content, cue, source, "", "")


def within(spans: Spans, whole: Span) -> bool:
    """Whether all spans lie inside another."""
    return all(whole.start <= part.start and part.end <= whole.end for part in spans)


def relabelled(tail: Tail, carried: Relabel, shell: Relabel) -> Relabel:
    """Labels of the quotes that a tail carries, and of the shell; others stay."""
    wanted = ids((*tail.carried, *tail.beside))

    def relabel(quote: Quote) -> Quote | None:
        if quote.quote_id in wanted:
            return carried(quote)
        return shell(quote) if quote.quote_id == tail.shell.quote_id else quote

    return relabel


def shuffled_tails(document: Document, seed: int) -> list[Tail]:
    """The same in random order."""
    found = list(tails(document))
    random.Random(seed).shuffle(found)
    return found


def lone(document: Document, seed: int) -> Iterator[Tail]:
    """The same, where the rest of the text does not lean on the agency."""
    for tail in shuffled_tails(document, seed):
        after = document.text[tail.end :]
        if not re.search(r"\bthe (?:news )?(?:agency|wire)\b|\bits report\b", after, re.IGNORECASE):
            yield tail
