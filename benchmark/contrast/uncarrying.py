"""Perturbations of carriers that change a label: taken away, or turned into something else."""

import random
from collections.abc import Iterator
from dataclasses import replace as replaced

from msgspec.structs import replace

from benchmark.contrast.naming import invented
from benchmark.contrast.rewriting import Edit, Piece, Stand, insertion
from benchmark.contrast.tails import POSITIONS, Tail, lone, plain_clause, relabelled
from benchmark.contrast.variants import (
    Change,
    Relabel,
    ids,
    last_sentence,
    leaned_on_behind,
    raised,
    speaks_for_itself,
    with_phenomena,
)
from benchmark.records import Document, Quote


def carrier_removed(document: Document, seed: int) -> Iterator[Change]:
    """The carrier taken away: nobody says any more which agency reported it."""
    for tail in lone(document, seed):
        yield _without(document, tail, ())


def _without(document: Document, tail: Tail, more: tuple[Piece, ...]) -> Change:
    text = document.text
    first = min(tail.shell.cue[0].start, tail.shell.source[0].start)
    closing = text[tail.told.end : first].rstrip(", ")
    edit = Edit(tail.told.end, tail.end, (closing, ".", *more))
    follow = _followers(document, tail)

    def bare(quote: Quote) -> Quote:
        return replace(
            with_phenomena(quote, (), POSITIONS),
            agency=None,
            agency_role=None,
            agency_alternatives=(),
        )

    inner = relabelled(tail, bare, lambda _: None)

    def relabel(quote: Quote) -> Quote | None:
        if quote.quote_id in follow:
            kept = with_phenomena(quote, (), ("agency_inherited",))
            return _not_said_by(replace(kept, agency_alternatives=()), tail.shell.agency)
        return inner(quote)

    return Change((edit,), ids(tail.carried), relabel)


def _not_said_by(quote: Quote, agency: str | None) -> Quote:
    """A quote that an agency may have said no more, now that it carries nothing before it."""
    others = tuple(names for names in quote.speaker_alternatives if agency not in names)
    return replace(quote, speaker_alternatives=others)


def _followers(document: Document, tail: Tail) -> frozenset[str]:
    """The quotes behind a tail that could have its agency only from there."""
    found = []
    for quote in document.quotes:
        if quote.content and quote.content[0].start >= tail.end:
            if quote.agency is not None:
                break
            if tail.shell.agency in quote.agency_alternatives:
                found.append(quote)
    return ids(found)


_TOPIC = (
    " {} closed two of its bureaus last year.",
    " {} will move its regional bureau to the coast next year.",
    " {} cut a tenth of its staff in the region last year.",
)
_EMPLOYEE = (
    " A former {bare} correspondent is writing a book about the region.",
    " A stringer for {name} lives nearby.",
    " {person}, a former {bare} editor, lives in the area.",
)


def carrier_as_topic(document: Document, seed: int) -> Iterator[Change]:
    """The agency no longer carries the words: it is spoken of, in a sentence of its own."""
    draw = random.Random(seed)
    for tail in lone(document, seed):
        sentence = draw.choice(_TOPIC).format(raised(tail.name))
        yield _spoken_of(document, tail, sentence)


def carrier_as_employer(document: Document, seed: int) -> Iterator[Change]:
    """The agency no longer carries the words: somebody works for it."""
    draw = random.Random(seed)
    for tail in lone(document, seed):
        form = draw.choice(_EMPLOYEE)
        bare = tail.name.removeprefix("the ")
        words = form.format(bare=bare, name=tail.name, person=invented(draw))
        yield _spoken_of(document, tail, words)


def _spoken_of(document: Document, tail: Tail, sentence: str) -> Change:
    """The carrier gone, and a sentence about it: right behind, or where nothing can be taken to
    mean it, which is the end of the text."""
    if not leaned_on_behind(document, tail.end):
        return _without(document, tail, (sentence,))
    bare = _without(document, tail, ())
    end = last_sentence(document.text)
    return replaced(bare, edits=(*bare.edits, insertion(end, "\n\n" + sentence.strip())))


def carrier_as_recipient(document: Document, seed: int) -> Iterator[Change]:
    """X told Reuters P, where Reuters reported that X said P."""
    text = document.text
    for tail in lone(document, seed):
        one = plain_clause(text, tail)
        if one is None or (said := text[one.cue.start : one.cue.end]) not in ("said", "says"):
            continue
        if not speaks_for_itself(document, one.quote):
            continue
        verb = "told" if said == "said" else "tells"
        told_to = (Stand(one.cue.start, one.cue.end, verb), f" {tail.name}")
        edits = (
            Edit(one.cue.start, one.cue.end, told_to),
            Edit(tail.told.end, tail.end, (".",)),
        )

        def told(quote: Quote) -> Quote:
            marked = with_phenomena(quote, ("agency_recipient",), POSITIONS)
            return replace(marked, agency_role="recipient")

        inner = relabelled(tail, told, lambda _: None)
        follow = _followers(document, tail)

        def relabel(
            quote: Quote,
            inner: Relabel = inner,
            follow: frozenset[str] = follow,
            agency: str | None = tail.shell.agency,
        ) -> Quote | None:
            return _not_said_by(quote, agency) if quote.quote_id in follow else inner(quote)

        yield Change(edits, ids(tail.carried), relabel)
