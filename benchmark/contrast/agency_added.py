"""Perturbations that bring an agency in: as carrier, as recipient, as the only source."""

import random
import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from benchmark.contrast.changing import leaned_on
from benchmark.contrast.rewriting import Edit, Piece, Rewriting, Stand
from benchmark.contrast.tails import (
    Tail,
    canonical,
    lone,
    plain_clause,
    relabelled,
    unused,
    within,
)
from benchmark.contrast.variants import (
    Change,
    Clause,
    core,
    front_clauses,
    ids,
    raised,
    speaks_for_itself,
    with_phenomena,
)
from benchmark.records import Document, Entity, Quote, Span

# What refers to the source that goes, and a second "that", which hangs on the first.
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|their|it|its|him|them|and that)\b")
_PAST = frozenset("said told wrote swore thought held felt found put gave made knew".split())


def carrier_added(document: Document, seed: int) -> Iterator[Change]:
    """A carrier behind a sentence that had none."""
    draw = random.Random(seed)
    for one in _plain(document, draw):
        wire = unused(document, draw)
        verb = _verb(document, one)
        told = Span(one.start, one.end - 1)
        edit = Edit(told.end, one.end, (f", {wire} {verb}.",))

        def carried(quote: Quote, wire: str = wire) -> Quote:
            marked = with_phenomena(quote, ("agency_tail",))
            return replace(
                marked, agency=canonical(wire), agency_role="carrier", agency_alternatives=()
            )

        def shell(
            rewriting: Rewriting, told: Span = told, wire: str = wire, verb: str = verb
        ) -> tuple[Quote, ...]:
            content = rewriting.spans((told,))
            source = Span(content[-1].end + 2, content[-1].end + 2 + len(wire))
            made = Quote(
                content=content,
                cue=(Span(source.end + 1, source.end + 1 + len(verb)),),
                source=(source,),
                speaker=(canonical(wire),),
                agency=canonical(wire),
                agency_role="carrier",
                agency_alternatives=(None,),
                status="optional",
                phenomena=("agency_tail", "agency_shell"),
            )
            return (made,)

        yield _brought(one, wire, edit, carried, shell)


def agency_alone(document: Document, seed: int) -> Iterator[Change]:
    """An agency as the only source, in the place of the source or of whom it quotes."""
    draw = random.Random(seed)
    yield from _source_gone(document, seed)
    for one in _plain(document, draw):
        content = one.content
        pronoun = _PRONOUN.search(document.text, content.start, content.end)
        if one.quote.quote_type != "indirect" or pronoun is not None or leaned_on(document, one):
            continue
        wire = unused(document, draw)
        source = Stand(one.source.start, one.source.end, wire)
        cue = Stand(one.cue.start, one.cue.end, _verb(document, one))
        body = (*_begun(document.text, content), ", ", source, " ", cue, ".")

        def alone(quote: Quote, wire: str = wire) -> Quote:
            return _alone(quote, canonical(wire))

        yield _brought(one, wire, Edit(one.start, one.end, body), alone)


def _source_gone(document: Document, seed: int) -> Iterator[Change]:
    """P, Reuters reported, where X said P, Reuters reported."""
    for tail in lone(document, seed):
        one = plain_clause(document.text, tail)
        if one is None or one.quote.quote_type != "indirect" or leaned_on(document, one):
            continue
        edit = Edit(one.start, one.content.end, _begun(document.text, one.content))

        def alone(quote: Quote, tail: Tail = tail) -> Quote:
            labelled = _alone(quote, str(tail.shell.agency))
            return replace(labelled, cue=tail.shell.cue, source=tail.shell.source)

        relabel = relabelled(tail, alone, lambda _: None)
        yield Change((edit,), ids(tail.carried), relabel)


def _begun(text: str, content: Span) -> tuple[Piece, ...]:
    """A clause as the beginning of a sentence."""
    first = Stand(content.start, content.start + 1, raised(text[content.start]))
    return first, Span(content.start + 1, content.end)


def _alone(quote: Quote, agency: str) -> Quote:
    """The labels of what an agency reports by itself."""
    return replace(
        quote,
        speaker=(agency,),
        speaker_alternatives=(),
        agency=agency,
        agency_role="carrier",
        agency_alternatives=(),
        phenomena=("agency_tail", "agency_only"),
    )


def recipient_added(document: Document, seed: int) -> Iterator[Change]:
    """X told Reuters P, where X said P."""
    draw = random.Random(seed)
    for one in _plain(document, draw):
        said = document.text[one.cue.start : one.cue.end]
        if said not in ("said", "says") or not speaks_for_itself(document, one.quote):
            continue
        wire = unused(document, draw)
        verb = "told" if said == "said" else "tells"
        that = " that" if document.text[one.cue.end : one.content.start] == " " else ""
        pieces = (Stand(one.cue.start, one.cue.end, verb), f" {wire}{that}")

        def told(quote: Quote, wire: str = wire) -> Quote:
            marked = with_phenomena(quote, ("agency_recipient",))
            return replace(
                marked, agency=canonical(wire), agency_role="recipient", agency_alternatives=()
            )

        yield _brought(one, wire, Edit(one.cue.start, one.cue.end, pieces), told)


def _brought(
    one: Clause,
    wire: str,
    edit: Edit,
    relabel: Callable[[Quote], Quote],
    added: Callable[[Rewriting], tuple[Quote, ...]] = lambda _: (),
) -> Change:
    """The change that brings a wire into the labels of one quote and among the entities."""
    agency, wanted = canonical(wire), one.quote.quote_id
    entity = Entity(name=agency, kind="agency", aliases=() if wire == agency else (wire,))

    def only(quote: Quote) -> Quote:
        return relabel(quote) if quote.quote_id == wanted else quote

    return Change((edit,), {wanted}, only, added=added, entities=(entity,))


def _plain(document: Document, draw: random.Random) -> list[Clause]:
    """Sentences "X said P." without agency, which no other attribution leans on or shares."""
    order = core(document)
    found = []
    for one in front_clauses(document):
        quote, sentence = one.quote, Span(one.start, one.end)
        if quote.agency or any(quote.agency_alternatives) or "relative_clause" in quote.phenomena:
            continue
        after = [other for other in order if other.content and other.content[0].start >= one.end]
        if after and (after[0].speakers == quote.speakers or any(after[0].agency_alternatives)):
            continue
        if not any(
            within((part,), sentence)
            for other in document.quotes
            if other is not quote
            for part in other.content or ()
        ):
            found.append(one)
    draw.shuffle(found)
    return found


def _verb(document: Document, one: Clause) -> str:
    """Report in the tense of the clause's own cue."""
    cue = document.text[one.cue.start : one.cue.end]
    return "reported" if cue.endswith("ed") or cue in _PAST else "reports"
