"""Small gold documents for tests, with spans named by their words."""

from typing import Any

from benchmark.records import LAYERS, Document, Entity, Quote, Span

TEXT = (
    "Ana Ruiz, the mayor of Valmora, said the dam had held. "
    '"We were lucky," Ruiz told Reuters. Minister Otto Brandt warned that more rain would come. '
    '"Nobody slept," she said, Interfax reported. "Not one of us."'
)


def span(words: str, text: str = TEXT, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def quote(number: int, *parts: str, **labels: Any) -> Quote:
    content = tuple(span(part) for part in parts)
    labels.setdefault("quote_type", "indirect")
    if labels.get("agency"):
        labels.setdefault("agency_role", "carrier")
    labels.setdefault("quote", " ".join(parts))
    return Quote(quote_id=f"d-{number}", content=content, **labels)


# fmt: off
QUOTES = (
    quote(1, "the dam had held", cue=(span("said"),),
          source=(span("Ana Ruiz, the mayor of Valmora"),), speaker=("Ana Ruiz",)),
    quote(2, "We were lucky,", cue=(span("told"),), source=(span("Ruiz", nth=1),),
          speaker=("Ana Ruiz",), agency="Reuters", agency_role="recipient", quote_type="direct"),
    quote(3, "more rain would come", cue=(span("warned"),), source=(span("Minister Otto Brandt"),),
          speaker=("Otto Brandt",)),
    quote(4, "Nobody slept,", "Not one of us.", cue=(span("said", nth=1),), source=(span("she"),),
          speaker=("Ana Ruiz",), agency="Interfax", quote_type="direct",
          phenomena=("split_quote",)),
    quote(5, '"Nobody slept," she said', status="optional", phenomena=("agency_shell",),
          speaker=("Interfax",), agency="Interfax", quote_type="mixed"),
)
# fmt: on


def gold(doc_id: str = "d", **changes: Any) -> Document:
    fields: dict[str, Any] = {
        "doc_id": doc_id,
        "title": "Rain",
        "text": TEXT,
        "language": "en",
        "origin": "constructed",
        "license": "CC BY 4.0",
        "layers": LAYERS,
        "entities": (
            Entity(name="Ana Ruiz", kind="person", aliases=("the mayor of Valmora",)),
            Entity(name="Otto Brandt", kind="person"),
            Entity(name="Interfax", kind="agency"),
        ),
        "quotes": tuple(renamed(one, doc_id) for one in QUOTES),
        "canary": "none",
    }
    return Document(**{**fields, **changes})


def renamed(one: Quote, doc_id: str) -> Quote:
    import msgspec

    return msgspec.structs.replace(one, quote_id=one.quote_id.replace("d-", f"{doc_id}-"))


def predictions(*quotes: Quote, doc_id: str = "d") -> Document:
    return Document(doc_id=doc_id, quotes=quotes)


# Twelve words of two letters: word i stands at characters 3·i to 3·i + 2.
WORDS = "aa bb cc dd ee ff gg hh ii jj kk ll"


def words(first: int, last: int) -> tuple[Span, ...]:
    """The content from one word to another, both included."""
    return (Span(3 * first, 3 * last + 2),)


def plain(*contents: tuple[int, int], doc_id: str = "d") -> Document:
    """A document whose core quotes are runs of words, all said by Ana Ruiz."""
    quotes = tuple(
        Quote(
            quote_id=f"{doc_id}-{number}",
            quote=WORDS[3 * first : 3 * last + 2],
            content=words(first, last),
            speaker=("Ana Ruiz",),
            quote_type="indirect",
        )
        for number, (first, last) in enumerate(contents)
    )
    return gold(doc_id, text=WORDS, quotes=quotes)


def said(first: int, last: int) -> Quote:
    """A prediction of a run of words, by Ana Ruiz."""
    return Quote(content=words(first, last), speaker="Ana Ruiz")
