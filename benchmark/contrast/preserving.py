"""Perturbations that leave every label as it is: shape, wording, order, noise."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from benchmark.contrast.english import ON_BOTH_SIDES, SPELLINGS
from benchmark.contrast.rewriting import (
    Edit,
    InapplicableError,
    Piece,
    Stand,
    deletion,
    insertion,
    substitution,
)
from benchmark.contrast.variants import (
    Change,
    Clause,
    begun_inside,
    core,
    final_clauses,
    front_clauses,
    ids,
    lowered,
    raised,
    with_phenomena,
)
from benchmark.quotation import quotations
from benchmark.records import Document, Phenomenon, Quote, Span
from benchmark.titles import PRONOUNS

# Opening and closing marks of the house styles.
_STYLES = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("‘", "’"))


def quotation_marks(document: Document, seed: int) -> Iterator[Change]:
    """Every outer quotation in the marks of another house."""
    text = document.text
    outer = [one for one in quotations(text) if one.end < len(text)]
    quoted = [one for one in core(document) if one.quote_type != "indirect"]
    styles = list(_STYLES)
    random.Random(seed).shuffle(styles)
    for opening, closing in styles:
        edits = []
        for one in outer:
            inside = text[one.start : one.end]
            if text[one.start - 1] == opening or {opening, closing} & set(inside):
                break
            if opening == "‘" and re.search(r"['’]", inside):
                break
            edits.append(substitution(one.start - 1, one.start, opening))
            if text[one.end] in "\"'”’“»":
                edits.append(substitution(one.end, one.end + 1, closing))
        else:
            # A mark that was not paired stays, and would stand beside the new ones.
            whole = len(edits) >= sum(text.count(mark) for mark in "“„«‘") + text.count('"')
            if edits and quoted and whole:
                yield Change(tuple(edits), ids(quoted))


# Verbs that report without a person told and without an attitude, for said and for says.
_CUES = {
    "said": ("stated", "remarked", "noted", "explained", "declared", "commented"),
    "says": ("states", "remarks", "notes", "explains", "declares", "comments"),
    "added": ("continued",),
    "adds": ("continues",),
}


def cue_verb(document: Document, seed: int) -> Iterator[Change]:
    """A verb of the same class in the place of "said"; with "that" before a clause."""
    draw = random.Random(seed)
    text = document.text
    clauses = [*final_clauses(document), *front_clauses(document)]
    draw.shuffle(clauses)
    for one in clauses:
        said = text[one.cue.start : one.cue.end]
        if said not in _CUES:
            continue
        fronted = one.content.start > one.cue.start
        if fronted and said.startswith("add"):
            continue
        verb = draw.choice(_CUES[said][:5] if fronted else _CUES[said])
        edits = [substitution(one.cue.start, one.cue.end, verb)]
        if fronted and text[one.cue.end : one.content.start] == " ":
            edits.append(insertion(one.cue.end, " that"))
        yield Change(tuple(edits), {one.quote.quote_id})


_THIRD_PERSON = frozenset("he she it they his her its their".split())
_TURNS = frozenset("said says added adds replied replies explained explains noted notes".split())


def inversion(document: Document, seed: int) -> Iterator[Change]:
    """X said for said X behind the content, and the other way round."""
    text = document.text
    for one in _shuffled(final_clauses(document), seed):
        source = text[one.source.start : one.source.end]
        if text[one.cue.start : one.cue.end] not in _TURNS or source.lower() in PRONOUNS:
            continue
        first, second = sorted((one.cue, one.source), key=lambda span: span.start)
        inverted = first == one.cue
        edit = Edit(first.start, second.end, (second, text[first.end : second.start], first))
        if "," in source or len(source.split()) > 6:
            continue
        add: tuple[Phenomenon, ...] = () if inverted else ("inverted_cue",)
        yield _about(one, (edit,), add, ("inverted_cue",) if inverted else ())


def fronted_clause(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause from behind the content to before it."""
    text = document.text
    for one in _shuffled(final_clauses(document), seed):
        words = text[one.content.start : one.content.end]
        source = text[one.source.start : one.source.end]
        if text[one.cue.start : one.cue.end] not in _TURNS:
            continue
        try:
            body = _fronted(one, words)
        except InapplicableError:
            continue
        head = _begun(one.source, raised(source))
        gap = ", " if "," in source else " "
        edit = Edit(one.start, one.end, (*head, gap, one.cue, *body))
        alone = "agency_only" in one.quote.phenomena
        gone: tuple[Phenomenon, ...] = ("inverted_cue", *(("agency_tail",) if alone else ()))
        yield _about(one, (edit,), ("agency_head",) if alone else (), gone)


def _fronted(one: Clause, words: str) -> tuple[Piece, ...]:
    content = one.content
    if not one.opening:
        return (" that ", *_begun(content, lowered(words)), ".")
    if words[-1] in "?!":
        return (": ", one.opening, content, one.closing)
    last: tuple[Piece, ...] = (content, one.closing, ".")
    if words[-1] == ",":
        last = (Span(content.start, content.end - 1), Stand(content.end - 1, content.end, "."),
                one.closing)  # fmt: skip
    return (": ", one.opening, *last)


def final_clause(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause from before the content to behind it."""
    text = document.text
    for one in _shuffled(front_clauses(document), seed):
        if one.quote.quote_type != "indirect" or text[one.cue.start : one.cue.end] not in _TURNS:
            continue
        content, source = one.content, text[one.source.start : one.source.end]
        plain = text[one.source.end : one.cue.start], text[one.cue.end : content.start]
        if plain not in ((" ", " "), (" ", " that ")):
            continue
        if re.search(r"\bthat\b", text[content.start : content.end]):
            continue
        # What begins with a pronoun would be taken to mean somebody before it.
        if text[content.start : content.end].split()[0].lower() in _THIRD_PERSON:
            continue
        try:
            source = begun_inside(document, source)
        except InapplicableError:
            continue
        begun = _begun(content, raised(text[content.start : content.end]))
        pieces = (*begun, ", ", *_begun(one.source, source), " ", one.cue, ".")
        edit = Edit(one.start, one.end, pieces)
        alone = "agency_only" in one.quote.phenomena
        yield _about(one, (edit,), *((("agency_tail",), ("agency_head",)) if alone else ()))


def _begun(span: Span, words: str) -> tuple[Piece, ...]:
    """A span whose first letter may have changed its case."""
    return Stand(span.start, span.start + 1, words[0]), Span(span.start + 1, span.end)


_INNER_COMMA = re.compile(r"(?<=[a-z]),(?= (?:and|but|because|so) )")
_INNER_END = re.compile(r"(?<=[a-z])\.(?= [A-Z])")


def split_quote(document: Document, seed: int) -> Iterator[Change]:
    """The reporting clause from behind a quotation to between two of its sentences or clauses."""
    text = document.text
    for one in _shuffled(final_clauses(document), seed):
        inside = one.content.start + 1, one.content.end - 1
        end = _INNER_END.search(text, *inside) or _INNER_COMMA.search(text, *inside)
        if not one.opening or not end or text[one.content.end - 1] != ",":
            continue
        at = end.start()
        first, second = sorted((one.cue, one.source), key=lambda span: span.start)
        edit = Edit(
            at,
            one.end,
            (
                Stand(at, at + 1, ","), one.closing, " ", first, " ", second, end[0], " ",
                one.opening,
                Span(at + 2, one.content.end - 1),
                Stand(one.content.end - 1, one.content.end, "."), one.closing,
            ),
        )  # fmt: skip
        yield _about(one, (edit,), ("split_quote",))


def unsplit_quote(document: Document, _: int) -> Iterator[Change]:
    """The reporting clause from between two sentences of a quotation to behind them."""
    text = document.text
    for quote in document.quotes:
        parts = quote.content or ()
        if quote.status != "core" or quote.quote_type != "direct":
            continue
        if (len(parts), len(quote.cue), len(quote.source)) != (2, 1, 1):
            continue
        first, second = sorted((quote.cue[0], quote.source[0]), key=lambda span: span.start)
        a, b = parts
        closing, opening = text[a.end : a.end + 1], text[b.start - 1]
        if (
            text[a.end - 1] == ","
            and text[a.end : first.start] == closing + " "
            and text[first.end : second.start] == " "
            and text[second.end : b.start] == ". " + opening
            and text[b.end - 1 : b.end + 1] == "." + closing
        ):
            edit = Edit(
                a.end - 1,
                b.end + 1,
                (
                    Stand(a.end - 1, a.end, "."), " ", Span(b.start, b.end - 1),
                    Stand(b.end - 1, b.end, ","), closing, " ", first, " ", second, ".",
                ),
            )  # fmt: skip
            wanted = quote.quote_id
            yield Change(
                (edit,),
                {wanted},
                lambda one, wanted=wanted: (  # type: ignore[misc]
                    with_phenomena(one, (), ("split_quote",)) if one.quote_id == wanted else one
                ),
            )


def line_wrapping(document: Document, seed: int) -> Iterator[Change]:
    """Lines of 56, 64 or 72 characters, broken at spaces, as mail and terminals break them."""
    words = list(re.finditer(r"\S+", document.text))
    for width in random.Random(seed).sample((56, 64, 72), 3):
        edits, start = [], 0
        for before, word in pairwise(words):
            gap = document.text[before.end() : word.start()]
            if "\n" in gap:
                start = word.start()
            elif gap == " " and word.end() - start > width:
                edits.append(substitution(before.end(), word.start(), "\n"))
                start = word.start()
        if edits:
            yield Change(tuple(edits), ids(core(document)))


_SENTENCE_GAP = re.compile(r"(?<=[a-z][.?!])(?<!Mr\.)(?<!Dr\.)(?<!St\.) (?=[A-Z“])")


def missing_spaces(document: Document, seed: int) -> Iterator[Change]:
    """Some sentences run together, as where a page was copied without its line breaks."""
    draw = random.Random(seed)
    ends = list(_SENTENCE_GAP.finditer(document.text))
    for share in (0.5, 1.0):
        chosen = [one for one in ends if draw.random() < share] or ends[:1]
        if chosen:
            edits = tuple(deletion(one.start(), one.end()) for one in chosen)
            yield Change(edits, ids(core(document)))


def spelling(document: Document, _: int) -> Iterator[Change]:
    """British spellings for American ones, or the other way round, whichever there are."""
    text = document.text
    for old, new in ((0, 1), (1, 0)):
        table = {pair[old]: pair[new] for pair in SPELLINGS if pair[old] not in ON_BOTH_SIDES}
        found = re.finditer(r"\b[a-z]+\b", text)
        edits = tuple(
            substitution(one.start(), one.end(), table[one[0]]) for one in found if one[0] in table
        )
        if edits:
            yield Change(edits, ids(core(document)))


def _shuffled(clauses: Iterator[Clause], seed: int) -> list[Clause]:
    found = list(clauses)
    random.Random(seed).shuffle(found)
    return found


def _about(
    one: Clause,
    edits: tuple[Edit, ...],
    add: tuple[Phenomenon, ...] = (),
    remove: tuple[Phenomenon, ...] = (),
) -> Change:
    """A change that concerns one quote, and its phenomena alone."""
    wanted = one.quote.quote_id

    def relabel(quote: Quote) -> Quote:
        return with_phenomena(quote, add, remove) if quote.quote_id == wanted else quote

    return Change(edits, {wanted}, relabel)
