"""Perturbations of agencies: swapped, moved, added, removed, turned into something else."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from benchmark.agencies import load_agencies
from benchmark.contrast.name_lists import ORIGINS
from benchmark.contrast.rewriting import (
    Edit,
    InapplicableError,
    Piece,
    Rewriting,
    Stand,
    insertion,
)
from benchmark.contrast.variants import (
    Change,
    Clause,
    Relabel,
    core,
    front_clauses,
    ids,
    lowered,
    raised,
    sentence_ends,
    sentence_starts,
    with_phenomena,
)
from benchmark.records import Document, Entity, Phenomenon, Quote, Span, Spans
from benchmark.titles import PRONOUNS

# Agencies whose names need no article and are no words of another kind.
_WIRES = (
    "Reuters", "Interfax", "Bloomberg", "Xinhua", "Kyodo", "Yonhap", "Bernama", "Tanjug", "Lusa",
    "Belga", "Ritzau", "Antara", "Armenpress", "Andina", "Petra", "Agerpres", "Anadolu", "TASS",
)  # fmt: skip
_POSITIONS: tuple[Phenomenon, ...] = ("agency_head", "agency_middle", "agency_tail")


def _canonical(name: str) -> str:
    found = load_agencies().resolve(name)
    assert found is not None, name
    return found


def _mentions(text: str, agency: str) -> list[re.Match[str]]:
    """Where a text names an agency, by any of its names."""
    row = next(one for one in load_agencies().table.agencies if one.name == agency)
    names = sorted((row.name, *row.aliases), key=len, reverse=True)
    inner = "|".join(re.escape(name) for name in names)
    return list(re.finditer(rf"(?<![\w-])(?:[Tt]he )?(?:{inner})(?![\w-])", text))


def _unused(document: Document, draw: random.Random) -> str:
    """A wire that the document does not name."""
    free = [name for name in _WIRES if name.lower() not in document.text.lower()]
    return draw.choice(free)


def agency_swapped(document: Document, seed: int) -> Iterator[Change]:
    """Another agency in every mention of one."""
    draw = random.Random(seed)
    agencies = sorted({quote.agency for quote in core(document) if quote.agency})
    draw.shuffle(agencies)
    for old in agencies:
        wire = _unused(document, draw)
        new = _canonical(wire)
        mentions = _mentions(document.text, old)
        around = [document.text[max(0, m.start() - 45) : m.end() + 30] for m in mentions]
        if not mentions or any(re.search(r"agency|wire|state|national", one) for one in around):
            continue
        taken = {match[0] for match in mentions}

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
        edits = tuple(
            Edit(m.start(), m.end(), (Stand(m.start(), m.end(), wire),)) for m in mentions
        )
        yield Change(edits, ids(concerned), relabel, substitute)


@dataclass(frozen=True)
class _Tail:
    """A sentence that ends with its carrier: "P, Reuters reported."

    [start, end) is the sentence with its full stop, `told` the words before the comma,
    `carried` the core quotes in them, `name` the words that name the agency.
    """

    shell: Quote
    start: int
    end: int
    told: Span
    carried: tuple[Quote, ...]
    name: str


def _tails(document: Document) -> Iterator[_Tail]:
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
            and _within(quote.content or (), told)
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
            and load_agencies().resolve(name) == shell.agency
            and re.fullmatch(r"[”\"’“]?, ", text[told.end : first.start])
            and text[first.end : second.start] == " "
            and sentence_ends(text, second.end)
            and sentence_starts(text, begins)
            and "\n" not in text[told.start : told.end]
        ):
            yield _Tail(shell, begins, second.end + 1, told, carried, name)


def _within(spans: Spans, whole: Span) -> bool:
    return all(whole.start <= part.start and part.end <= whole.end for part in spans)


def _relabelled(tail: _Tail, carried: Relabel, shell: Relabel) -> Relabel:
    """Labels of the quotes that a tail carries, and of the shell; others stay."""
    wanted = ids(tail.carried)

    def relabel(quote: Quote) -> Quote | None:
        if quote.quote_id in wanted:
            return carried(quote)
        return shell(quote) if quote.quote_id == tail.shell.quote_id else quote

    return relabel


def _shuffled(document: Document, seed: int) -> list[_Tail]:
    found = list(_tails(document))
    random.Random(seed).shuffle(found)
    return found


def _began(document: Document, span: Span) -> tuple[Piece, ...]:
    """A clause behind other words: its first letter small, unless it begins a name."""
    words = document.text[span.start : span.end]
    first = words.split(" ", 1)[0].strip("“\"'‘„,")
    if first.lower() in PRONOUNS:
        raise InapplicableError(f"{first!r} would mean the carrier")
    names = {word for one in document.entities for word in one.name.split()}
    changed = words
    if first not in names and first.split("’")[0].split("'")[0] not in names:
        changed = lowered(words)
    return Stand(span.start, span.start + 1, changed[0]), Span(span.start + 1, span.end)


def carrier_at_head(document: Document, seed: int) -> Iterator[Change]:
    """The carrier from behind what it carries to before it."""
    text = document.text
    for tail in _shuffled(document, seed):
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
        name = Stand(source.start, source.end, raised(tail.name))
        edit = Edit(tail.start, tail.end, (name, " ", cue, " that ", *told, closing, "."))
        yield Change((edit,), ids(tail.carried), _moved(tail, "agency_head"))


def carrier_in_middle(document: Document, seed: int) -> Iterator[Change]:
    """The carrier from behind what it carries to between source and cue."""
    text = document.text
    for tail in _shuffled(document, seed):
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


def _moved(tail: _Tail, position: Phenomenon) -> Relabel:
    def relabel(quote: Quote) -> Quote:
        return with_phenomena(quote, (position,), _POSITIONS)

    return _relabelled(tail, relabel, relabel)


def photo_credit(document: Document, seed: int) -> Iterator[Change]:
    """The credit of a photograph, with an agency in it, before the first paragraph."""
    draw = random.Random(seed)
    for form in draw.sample(("Photo: {}/{}\n\n", "({} / {})\n\n", "Picture by {}/{}\n\n"), 3):
        origin = ORIGINS[draw.choice(sorted(ORIGINS))]
        name = f"{draw.choice(origin.unknown)} {draw.choice(origin.family)}"
        words = form.format(name, _unused(document, draw))
        yield Change((insertion(0, words),), ids(core(document)))


_TOWNS = ("PORT HALVERN", "NEW SARNE", "TELLARA", "OSTERVALD", "MIRAVENTO", "KESKILINNA")
_DAYS = ("March 3", "May 17", "June 29", "Sept 8", "Oct 22", "Nov 11")


def dateline(document: Document, seed: int) -> Iterator[Change]:
    """The dateline of an agency before the first sentence."""
    draw = random.Random(seed)
    if re.match(r"[A-Z][A-Z ,]{4,}|\d", document.text):
        return  # a dateline, a place or an hour stands there
    for town, day in zip(draw.sample(_TOWNS, 6), draw.sample(_DAYS, 6), strict=True):
        words = f"{town}, {day} ({_unused(document, draw)}) - "
        yield Change((insertion(0, words),), ids(core(document)))


# Here the labels change.


def carrier_removed(document: Document, seed: int) -> Iterator[Change]:
    """The carrier taken away: nobody says any more which agency reported it."""
    for tail in _lone(document, seed):
        yield _without(document, tail, ())


def _lone(document: Document, seed: int) -> Iterator[_Tail]:
    """Tails whose agency the rest of the text does not lean on."""
    for tail in _shuffled(document, seed):
        after = document.text[tail.end :]
        if not re.search(r"\bthe (?:news )?(?:agency|wire)\b|\bits report\b", after, re.IGNORECASE):
            yield tail


def _without(document: Document, tail: _Tail, more: tuple[Piece, ...]) -> Change:
    text = document.text
    first = min(tail.shell.cue[0].start, tail.shell.source[0].start)
    closing = text[tail.told.end : first].rstrip(", ")
    edit = Edit(tail.told.end, tail.end, (closing, ".", *more))
    follow = _followers(document, tail)

    def bare(quote: Quote) -> Quote:
        return replace(
            with_phenomena(quote, (), _POSITIONS),
            agency=None,
            agency_role=None,
            agency_alternatives=(),
        )

    inner = _relabelled(tail, bare, lambda _: None)

    def relabel(quote: Quote) -> Quote | None:
        if quote.quote_id in follow:
            return replace(with_phenomena(quote, (), ("agency_inherited",)), agency_alternatives=())
        return inner(quote)

    return Change((edit,), ids(tail.carried), relabel)


def _followers(document: Document, tail: _Tail) -> frozenset[str]:
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
    " {} closed its office in the city two years ago.",
    " {} is about to move its bureau to the coast.",
    " {} was founded in another century, and it shows in the furniture of its bureau.",
)
_EMPLOYEE = (
    " A photographer of {} was there from the beginning.",
    " Two drivers who work for {} were stuck in the same traffic.",
    " {}, a former {} editor, now grows apples nearby.",
)


def carrier_as_topic(document: Document, seed: int) -> Iterator[Change]:
    """The agency no longer carries the words: it is spoken of, in a sentence of its own."""
    draw = random.Random(seed)
    for tail in _lone(document, seed):
        sentence = draw.choice(_TOPIC).format(raised(tail.name))
        yield _without(document, tail, (sentence,))


def carrier_as_employer(document: Document, seed: int) -> Iterator[Change]:
    """The agency no longer carries the words: somebody works for it."""
    draw = random.Random(seed)
    for tail in _lone(document, seed):
        later = [one for one in core(document) if one.content and one.content[0].start >= tail.end]
        # A pronoun must not come to mean the newcomer.
        pronoun = bool(later) and "pronoun_speaker" in later[0].phenomena
        form = draw.choice(_EMPLOYEE[:2] if pronoun else _EMPLOYEE)
        name = tail.name
        if form.count("{}") == 2:
            origin = ORIGINS[draw.choice(sorted(ORIGINS))]
            person = f"{draw.choice(origin.unknown)} {draw.choice(origin.family)}"
            words = form.format(person, name.removeprefix("the "))
        else:
            words = form.format(raised(name) if form.startswith(" {") else name)
        yield _without(document, tail, (words,))


def carrier_as_recipient(document: Document, seed: int) -> Iterator[Change]:
    """X told Reuters P, where Reuters reported that X said P."""
    text = document.text
    for tail in _lone(document, seed):
        if len(tail.carried) != 1:
            continue
        quote = tail.carried[0]
        if any(len(part) != 1 for part in (quote.content or (), quote.cue, quote.source)):
            continue
        content, cue, source = (quote.content or ())[0], quote.cue[0], quote.source[0]
        if (
            source.start != tail.start
            or content.end != tail.told.end
            or text[cue.start : cue.end] not in ("said", "says")
            or text[source.end : cue.start] != " "
            or text[cue.end : content.start] not in (" ", " that ")
            or text[tail.told.end] != ","
        ):
            continue
        verb = "told" if text[cue.start : cue.end] == "said" else "tells"
        edits = (
            Edit(cue.start, cue.end, (Stand(cue.start, cue.end, verb), f" {tail.name}")),
            Edit(tail.told.end, tail.end, (".",)),
        )

        def told(one: Quote) -> Quote:
            marked = with_phenomena(one, ("agency_recipient",), _POSITIONS)
            return replace(marked, agency_role="recipient")

        relabel = _relabelled(tail, told, lambda _: None)
        yield Change(edits, ids(tail.carried), relabel)


_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|their|it|its)\b")


def agency_alone(document: Document, seed: int) -> Iterator[Change]:
    """An agency in the place of the source: what is left is what it reports by itself."""
    draw = random.Random(seed)
    for one in _plain(document, draw):
        quote, content = one.quote, one.content
        if quote.quote_type != "indirect" or _PRONOUN.search(
            document.text, content.start, content.end
        ):
            continue
        wire = _unused(document, draw)
        agency = _canonical(wire)
        begun = Stand(content.start, content.start + 1, raised(document.text[content.start]))
        source = Stand(one.source.start, one.source.end, wire)
        cue = Stand(one.cue.start, one.cue.end, _verb(document, one))
        body = (begun, Span(content.start + 1, content.end), ", ", source, " ", cue, ".")
        wanted = quote.quote_id

        def relabel(other: Quote, wanted: str = wanted, agency: str = agency) -> Quote:
            if other.quote_id != wanted:
                return other
            return replace(
                other,
                speaker=(agency,),
                speaker_alternatives=(),
                agency=agency,
                agency_role="carrier",
                agency_alternatives=(),
                phenomena=("agency_tail", "agency_only"),
            )

        entity = Entity(name=agency, kind="agency", aliases=() if wire == agency else (wire,))
        yield Change((Edit(one.start, one.end, body),), {wanted}, relabel, entities=(entity,))


def recipient_added(document: Document, seed: int) -> Iterator[Change]:
    """X told Reuters P, where X said P."""
    draw = random.Random(seed)
    for one in _plain(document, draw):
        said = document.text[one.cue.start : one.cue.end]
        if said not in ("said", "says"):
            continue
        wire = _unused(document, draw)
        agency = _canonical(wire)
        verb = "told" if said == "said" else "tells"
        that = " that" if one.between == " " else ""
        pieces = (Stand(one.cue.start, one.cue.end, verb), f" {wire}{that}")
        wanted = one.quote.quote_id

        def relabel(other: Quote, wanted: str = wanted, agency: str = agency) -> Quote:
            if other.quote_id != wanted:
                return other
            marked = with_phenomena(other, ("agency_recipient",))
            return replace(marked, agency=agency, agency_role="recipient", agency_alternatives=())

        entity = Entity(name=agency, kind="agency", aliases=() if wire == agency else (wire,))
        edit = Edit(one.cue.start, one.cue.end, pieces)
        yield Change((edit,), {wanted}, relabel, entities=(entity,))


def _plain(document: Document, draw: random.Random) -> list[Clause]:
    """Sentences "X said P." without agency, which no other attribution leans on or shares."""
    order = core(document)
    found = []
    for one in front_clauses(document):
        quote = one.quote
        if quote.agency or any(quote.agency_alternatives) or "relative_clause" in quote.phenomena:
            continue
        after = [other for other in order if other.content and other.content[0].start >= one.end]
        if after and (after[0].speakers == quote.speakers or any(after[0].agency_alternatives)):
            continue
        within = [
            other
            for other in document.quotes
            if other is not quote
            and any(_within((part,), _sentence(one)) for part in _parts(other))
        ]
        if not within:
            found.append(one)
    draw.shuffle(found)
    return found


def _sentence(one: Clause) -> Span:
    return Span(one.start, one.end)


def _parts(quote: Quote) -> Spans:
    return quote.content or ()


def _verb(document: Document, one: Clause) -> str:
    cue = document.text[one.cue.start : one.cue.end]
    return "reported" if cue.endswith("ed") or cue in _PAST else "reports"


_PAST = frozenset("said told wrote swore thought held felt".split())


def carrier_added(document: Document, seed: int) -> Iterator[Change]:
    """A carrier behind a sentence that had none."""
    draw = random.Random(seed)
    for one in _plain(document, draw):
        wire = _unused(document, draw)
        agency = _canonical(wire)
        verb = _verb(document, one)
        at = one.end - 1
        told = Span(one.start, at)
        edit = Edit(at, one.end, (f", {wire} {verb}.",))
        wanted = one.quote.quote_id

        def relabel(other: Quote, wanted: str = wanted, agency: str = agency) -> Quote:
            if other.quote_id != wanted:
                return other
            marked = with_phenomena(other, ("agency_tail",))
            return replace(marked, agency=agency, agency_role="carrier", agency_alternatives=())

        def shell(
            rewriting: Rewriting,
            told: Span = told,
            agency: str = agency,
            wire: str = wire,
            verb: str = verb,
        ) -> tuple[Quote, ...]:
            content = rewriting.spans((told,))
            source = Span(content[-1].end + 2, content[-1].end + 2 + len(wire))
            made = Quote(
                content=content,
                cue=(Span(source.end + 1, source.end + 1 + len(verb)),),
                source=(source,),
                speaker=(agency,),
                agency=agency,
                agency_role="carrier",
                agency_alternatives=(None,),
                status="optional",
                phenomena=("agency_tail", "agency_shell"),
            )
            return (made,)

        entity = Entity(name=agency, kind="agency", aliases=() if wire == agency else (wire,))
        yield Change((edit,), {wanted}, relabel, added=shell, entities=(entity,))
