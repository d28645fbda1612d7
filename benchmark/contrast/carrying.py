"""Perturbations of agencies that keep every label: swapped, moved, named in credits."""

import random
import re
from collections.abc import Iterator

from msgspec.structs import replace

from benchmark.contrast.naming import invented
from benchmark.contrast.rewriting import (
    Edit,
    InapplicableError,
    Piece,
    Stand,
    insertion,
    substitution,
)
from benchmark.contrast.tails import (
    POSITIONS,
    Tail,
    canonical,
    mentions,
    relabelled,
    shuffled_tails,
    unused,
)
from benchmark.contrast.variants import (
    Change,
    Relabel,
    begun_inside,
    core,
    ids,
    leaned_on_behind,
    raised,
    with_phenomena,
)
from benchmark.records import Document, Phenomenon, Quote, Span
from benchmark.titles import PRONOUNS


def agency_swapped(document: Document, seed: int) -> Iterator[Change]:
    """Another agency in every mention of one."""
    draw = random.Random(seed)
    agencies = sorted({quote.agency for quote in core(document) if quote.agency})
    draw.shuffle(agencies)
    for old in agencies:
        wire = unused(document, draw)
        new = canonical(wire)
        found = mentions(document.text, old)
        around = [document.text[max(0, m.start() - 45) : m.end() + 30] for m in found]
        if not found or any(re.search(r"agency|wire|state|national", one) for one in around):
            continue
        taken = {match[0] for match in found}

        def substitute(
            name: str, old: str = old, new: str = new, wire: str = wire, taken: set[str] = taken
        ) -> str:
            return new if name == old else wire if name in taken else name

        def relabel(quote: Quote, old: str = old, new: str = new) -> Quote:
            return replace(
                quote,
                agency=new if quote.agency == old else quote.agency,
                agency_alternatives=tuple(
                    new if one == old else one for one in quote.agency_alternatives
                ),
            )

        concerned = [
            quote
            for quote in core(document)
            if old in (quote.agency, *quote.agency_alternatives, *quote.speakers)
        ]
        edits = [Edit(m.start(), m.end(), (Stand(m.start(), m.end(), wire),)) for m in found]
        edits += [
            substitution(start, end, article)
            for start, end, article in _articles(document.text, found, wire)
        ]
        yield Change(tuple(edits), ids(concerned), relabel, substitute)


def _articles(text: str, found: list[re.Match[str]], wire: str) -> Iterator[tuple[int, int, str]]:
    """The articles before mentions that another name wants otherwise: "an AFP", "a Reuters"."""
    for mention in found:
        before = re.search(r"\b([Aa])n? $", text[: mention.start()])
        if before is not None:
            yield before.start(), before.end() - 1, before[1] + "n" * (wire[0] in "AEIOU")


def _began(document: Document, span: Span) -> tuple[Piece, ...]:
    """A clause behind other words: its first letter small, unless it begins a name."""
    words = document.text[span.start : span.end]
    first = words.split(" ", 1)[0].strip("“\"'‘„,")
    if first.lower() in PRONOUNS:
        raise InapplicableError(f"{first!r} would mean the carrier")
    changed = begun_inside(document, words)
    return Stand(span.start, span.start + 1, changed[0]), Span(span.start + 1, span.end)


def carrier_at_head(document: Document, seed: int) -> Iterator[Change]:
    """The carrier from behind what it carries to before it."""
    text = document.text
    for tail in shuffled_tails(document, seed):
        if text[tail.start] in '“"‘„' or tail.start != tail.told.start:
            continue
        source, cue = tail.shell.source[0], tail.shell.cue[0]
        if text[cue.start : cue.end] not in ("reported", "said", "reports", "says"):
            continue
        try:
            told = _began(document, tail.told)
        except InapplicableError:
            continue
        closing = text[tail.told.end : tail.told.end + 1].strip(",")
        if leaned_on_behind(document, tail.end, frozenset({"it", "its"})):
            continue  # "it said" would mean the agency, which is the subject now
        name = Stand(source.start, source.end, raised(tail.name))
        edit = Edit(tail.start, tail.end, (name, " ", cue, " that ", *told, closing, "."))
        yield Change((edit,), ids(tail.carried), _moved(tail, "agency_head"))


def carrier_in_middle(document: Document, seed: int) -> Iterator[Change]:
    """The carrier from behind what it carries to between source and cue."""
    text = document.text
    for tail in shuffled_tails(document, seed):
        cue = tail.shell.cue[0]
        source = tail.shell.source[0]
        first = tail.carried[0]
        if len(first.source) != 1 or len(first.cue) != 1:
            continue
        after = first.source[0].end
        if first.source[0].start != tail.start or text[after : after + 1] != " ":
            continue
        if first.cue[0].start != after + 1:
            continue
        a, b = sorted((cue, source), key=lambda one: one.start)
        closing = text[tail.told.end : a.start].rstrip(", ")
        edits = (
            Edit(after, after, (", ", a, " ", b, ",")),
            Edit(tail.told.end, tail.end, (closing, ".")),
        )
        yield Change(edits, ids(tail.carried), _moved(tail, "agency_middle"))


def _moved(tail: Tail, position: Phenomenon) -> Relabel:
    def relabel(quote: Quote) -> Quote:
        return with_phenomena(quote, (position,), POSITIONS)

    return relabelled(tail, relabel, relabel)


def photo_credit(document: Document, seed: int) -> Iterator[Change]:
    """The credit of a photograph, with an agency in it, before the first paragraph."""
    if re.match(r"Photo|Picture", document.text):
        return  # one stands there
    draw = random.Random(seed)
    for form in draw.sample(("Photo: {}/{}\n\n", "({} / {})\n\n", "Picture by {}/{}\n\n"), 3):
        name = invented(draw)
        words = form.format(name, unused(document, draw))
        yield Change((insertion(0, words),), ids(core(document)))


_TOWNS = ("PORT HALVERN", "NEW SARNE", "TELLARA", "OSTERVALD", "MIRAVENTO", "KESKILINNA")
_DAYS = ("March 3", "May 17", "June 29", "Sept 8", "Oct 22", "Nov 11")


def dateline(document: Document, seed: int) -> Iterator[Change]:
    """The dateline of an agency before the first sentence."""
    draw = random.Random(seed)
    first = document.text.split("\n", 1)[0]
    if re.match(r"[A-Z][A-Z ,]{4,}|\d|Photo|Picture|\(", first) or len(first.split()) < 8:
        return  # a dateline, a place, an hour, a credit or a title stands there
    for town, day in zip(draw.sample(_TOWNS, 6), draw.sample(_DAYS, 6), strict=True):
        words = f"{town}, {day} ({unused(document, draw)}) - "
        yield Change((insertion(0, words),), ids(core(document)))


# Here the labels change.
