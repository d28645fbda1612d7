"""Variants: a document made from a parent by edits and by new labels."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from benchmark.contrast.rewriting import Edit, InapplicableError, Rewriting
from benchmark.quotation import QuoteTypes
from benchmark.records import Document, Entity, Pair, Phenomenon, Quote, Span, words_of

Relabel = Callable[[Quote], Quote | None]
Substitute = Callable[[str], str]


@dataclass(frozen=True)
class Change:
    """What a perturbation does to a document.

    concerned: the `quote_id`s whose answers it is about; relabel: the new labels of a quote,
    None where it is an attribution no more; substitute: new names for old ones in titles,
    entities and speakers; added: the quotes that the edits make, with spans of the new text.
    """

    edits: tuple[Edit, ...]
    concerned: Collection[str]
    relabel: Relabel = lambda quote: quote
    substitute: Substitute = lambda name: name
    added: Callable[[Rewriting], tuple[Quote, ...]] = lambda _: ()
    entities: tuple[Entity, ...] = ()


Perturb = Callable[[Document, int], Iterator[Change]]


def variant(parent: Document, change: Change, perturbation: str, number: int) -> Document:
    """The variant of a document. Raises InapplicableError where the edits cut through a span."""
    doc_id = f"{parent.doc_id}~{perturbation}-{number}"
    rewriting = Rewriting(parent.text, change.edits)
    types = QuoteTypes(rewriting.text)
    quotes, pairs = [], []
    for old in parent.quotes:
        content = rewriting.spans(old.content or ())
        quote_id = f"{doc_id}-{old.quote_id.rsplit('-', 1)[1]}"
        kept = change.relabel(old)
        if kept is not None:
            made = replace(
                renamed(kept, change.substitute),
                quote_id=quote_id,
                content=content,
                cue=rewriting.spans(kept.cue),
                source=rewriting.spans(kept.source),
                quote=words_of(rewriting.text, content),
                quote_type=types(content),
                note="",
            )
            if not content or bool(made.cue) != bool(kept.cue):
                raise InapplicableError("a span has lost all its words")
            quotes.append(made)
        if old.quote_id in change.concerned:
            pairs.append(
                Pair(
                    parent=old.quote_id,
                    quote=None if kept is None else quote_id,
                    content=content,
                )
            )
    for number, new in enumerate(change.added(rewriting), len(parent.quotes) + 1):
        words = words_of(rewriting.text, new.content or ())
        quotes.append(
            replace(
                new,
                quote_id=f"{doc_id}-{number:02}",
                quote=words,
                quote_type=types(new.content or ()),
            )
        )
    quotes.sort(key=lambda one: [(part.start, part.end) for part in one.content or ()])
    return replace(
        parent,
        doc_id=doc_id,
        title=change.substitute(parent.title),
        text=rewriting.text,
        entities=entities(parent, change),
        quotes=tuple(quotes),
        parent=parent.doc_id,
        perturbation=perturbation,
        pairs=tuple(pairs),
    )


def as_parent(document: Document) -> Document:
    """A document as the parent of its variants, in the file that holds them."""
    return replace(document, parent=document.doc_id, perturbation="none", pairs=())


def renamed(quote: Quote, substitute: Substitute) -> Quote:
    """A quote with other names for its speakers."""
    return replace(
        quote,
        speaker=tuple(map(substitute, quote.speakers)),
        speaker_alternatives=tuple(
            tuple(map(substitute, names)) for names in quote.speaker_alternatives
        ),
    )


def entities(parent: Document, change: Change) -> tuple[Entity, ...]:
    """The entities under their new names, and those that the change brings."""
    made: dict[str, Entity] = {}
    for one in (*parent.entities, *change.entities):
        name = change.substitute(one.name)
        aliases = tuple(dict.fromkeys(map(change.substitute, one.aliases)))
        made.setdefault(name, replace(one, name=name, aliases=aliases))
    return tuple(made.values())


def with_phenomena(
    quote: Quote, add: Iterable[Phenomenon] = (), remove: Iterable[Phenomenon] = ()
) -> Quote:
    """A quote with some phenomena more and some less."""
    gone = set(remove)
    kept = [one for one in quote.phenomena if one not in gone]
    return replace(quote, phenomena=(*kept, *(one for one in add if one not in kept)))


def core(document: Document) -> list[Quote]:
    """The core quotes of a document."""
    return [quote for quote in document.quotes if quote.status == "core"]


def ids(quotes: Iterable[Quote]) -> frozenset[str]:
    """The ids of some quotes."""
    return frozenset(quote.quote_id for quote in quotes)


# What leans on the sentence before: somebody named there, or what was said.
_LEANING = frozenset(
    "he she they it his her their its him them both also too however but instead therefore thus "
    "so then meanwhile contrast replied reply answer answered".split()
)
_WORDS_THAT_LEAN = 8


def leaned_on_behind(document: Document, at: int, leaning: frozenset[str] = _LEANING) -> bool:
    """Whether what stands behind a character could be taken to mean what is put right before it."""
    text = document.text
    if leaning & set(re.findall(r"\w+", text[at:].lower())[:_WORDS_THAT_LEAN]):
        return True
    later = [quote for quote in document.quotes if quote.content and quote.content[0].start >= at]
    sources = words_of(text, later[0].source).lower() if later else ""
    return sources in leaning


def last_sentence(text: str) -> int:
    """Where the last paragraph of prose ends: credits and the like may stand behind it."""
    ends = [
        found.end()
        for found in re.finditer(r"[^\n]+", text)
        if len(found[0].split()) > 7
        and re.search(r"[.?!][\"'”’“»]*$", found[0].rstrip())
        and not re.match(r"Read more|Photo|Picture|\(", found[0])
    ]
    return ends[-1] if ends else len(text.rstrip())


def speaks_for_itself(document: Document, quote: Quote) -> bool:
    """Whether no document speaks: a footnote tells nobody anything."""
    kinds = {one.name: one.kind for one in document.entities}
    names = [name for names in (quote.speakers, *quote.speaker_alternatives) for name in names]
    return not any(kinds[name] == "document" for name in names)


@dataclass(frozen=True)
class Clause:
    """A core quote in a sentence that is nothing but its content and its reporting clause.

    [start, end) is the sentence with the full stop that ends it. `opening` and `closing` are
    the quotation marks around the content, empty where it has none.
    """

    quote: Quote
    start: int
    end: int
    content: Span
    cue: Span
    source: Span
    opening: str
    closing: str


_ENDS = ".?!"
_OPENING = "\"'“‘„«"
_CLOSING = "\"'”’“»"


def sentence_starts(text: str, at: int) -> bool:
    """Whether a sentence starts at a character: behind the end of another, or a paragraph's."""
    before = text[max(0, at - 3) : at]
    if at == 0 or before.endswith("\n\n"):
        return True
    if not before.endswith(" "):
        return False
    return before[:-1].rstrip(_CLOSING)[-1:] in tuple(_ENDS)


def sentence_ends(text: str, at: int) -> bool:
    """Whether a full stop at a character ends a sentence."""
    return text[at : at + 1] == "." and (at + 1 == len(text) or text[at + 1] in " \n")


def _alone(document: Document, quote: Quote) -> bool:
    """Whether content, cue and source are of one part each, and of this quote alone."""
    shared = [
        other
        for other in document.quotes
        if other is not quote
        and "agency_shell" not in other.phenomena
        and (other.cue == quote.cue or other.source == quote.source)
    ]
    parts = (quote.content or (), quote.cue, quote.source)
    return quote.status == "core" and all(len(part) == 1 for part in parts) and not shared


def final_clauses(document: Document) -> Iterator[Clause]:
    """The quotes of the form "P," X said. or P, said X."""
    text = document.text
    for quote in document.quotes:
        if not _alone(document, quote):
            continue
        content, cue, source = (quote.content or ())[0], quote.cue[0], quote.source[0]
        first, second = sorted((cue, source), key=lambda one: one.start)
        opening = text[content.start - 1 : content.start]
        direct = quote.quote_type == "direct" and opening in tuple(_OPENING)
        gap = text[content.end : first.start]
        start = content.start - 1 if direct else content.start
        closing = gap[:1] if direct else ""
        comma = text[content.end - 1] in ",?!" if direct else False
        if (
            content.end <= first.start
            and gap == (closing + " " if comma else closing + ", ")
            and (not direct or closing in tuple(_CLOSING))
            and text[first.end : second.start] == " "
            and sentence_ends(text, second.end)
            and sentence_starts(text, start)
            and (direct or (quote.quote_type != "direct" and opening not in tuple(_OPENING)))
            and (direct or text[content.end - 1] != ".")  # an abbreviation needs no full stop
        ):
            yield Clause(
                quote, start, second.end + 1, content, cue, source, opening * direct, closing
            )


# What may stand between source and cue, and between cue and content, in "X said P".
_BEFORE_CUE = re.compile(r",? (?:(?:has|have|had|also|later|then) )?")
_BEHIND_CUE = re.compile(r" (?:[\w ]{1,40} )?(?:that )?")


def front_clauses(document: Document) -> Iterator[Clause]:
    """The quotes of the form X said (on Monday) (that) P; P ends with the sentence.

    A comma may end an apposition: X, the mayor, said P.
    """
    text = document.text
    for quote in document.quotes:
        if not _alone(document, quote) or quote.quote_type == "direct":
            continue
        content, cue, source = (quote.content or ())[0], quote.cue[0], quote.source[0]
        if (
            sentence_starts(text, source.start)
            and _BEFORE_CUE.fullmatch(text, source.end, max(source.end, cue.start))
            and _BEHIND_CUE.fullmatch(text, cue.end, max(cue.end, content.start))
            and sentence_ends(text, content.end)
            and "\n" not in text[content.start : content.end]
        ):
            yield Clause(quote, source.start, content.end + 1, content, cue, source, "", "")


# Words that begin a sentence with a capital for no other reason.
_COMMON = frozenset(
    "a an the this that these those it he she they we there his her its their our my one two "
    "three four five six seven eight nine ten some many most few several no not none nobody "
    "everyone everybody someone all each every any both either neither nothing anyone in on at "
    "by for from with without under over after before during since until when where while if "
    "because although though as what who why how whether only even such more less fewer "
    "another other others at today yesterday tomorrow nearly about around almost".split()
)


def lowered(text: str) -> str:
    """A sentence as it reads inside another. Raises InapplicableError where nobody can tell."""
    first = text.split(" ", 1)[0].rstrip(",")
    if first == "I" or (len(first) > 1 and first.isupper()) or not first[0].isupper():
        return text
    if first.split("’")[0].split("'")[0].lower() in _COMMON:
        return text[0].lower() + text[1:]
    raise InapplicableError(f"{first!r} may be a name")


def begun_inside(document: Document, words: str) -> str:
    """A sentence as it reads inside another, where a name of the document keeps its capital.

    Raises InapplicableError where nobody can tell whether it begins with a name.
    """
    names = {word for one in document.entities for word in one.name.split()}
    first = words.split(" ", 1)[0].strip("“\"'‘„,")
    bare = first.split("’")[0].split("'")[0]
    is_name = bool({first, bare} & names) and first.lower() not in _COMMON
    return words if is_name else lowered(words)


def raised(text: str) -> str:
    """A clause as the beginning of a sentence."""
    return text[0].upper() + text[1:]
