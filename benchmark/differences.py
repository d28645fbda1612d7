"""Differences: where annotators of one text do not say the same, attribution by attribution.

`benchmark.agreement` measures how far layers of annotation agree; here each disagreement is
found, so that somebody can decide it. Attributions of several layers that mean the same are
brought together by their cues and contents; in each such cluster the layers are compared
field by field.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmark.agencies import load_agencies
from benchmark.assignment import best_assignment
from benchmark.names import Names, names_of
from benchmark.records import Document, Quote, Spans, words_of
from benchmark.words import Region, Words

FIELDS = ("status", "content", "cue", "source", "speaker", "agency", "agency_alternatives")
ABSENT = "absent"


@dataclass(frozen=True)
class Difference:
    """A field in which the layers of a text differ.

    start: the first character of the attribution's content; quote: its words; values: what
    each layer says, "" where it says nothing, by the names of the layers.
    """

    doc_id: str
    field: str
    start: int
    quote: str
    values: Mapping[str, str]


# The attribution of each layer that has it, by the layer's index.
_Cluster = dict[int, Quote]


def differences(
    layers: Mapping[str, Document], beside: Mapping[str, Document] | None = None
) -> Iterator[Difference]:
    """Where layers of one text differ, in text order.

    `beside` has documents whose values are reported too and compared with none: the gold that
    came of the layers. What no layer holds to be core is compared in its status alone, since
    optional attributions are scored neither way.
    """
    documents = {**layers, **(beside or {})}
    names = tuple(documents)
    words = Words(next(iter(documents.values())).text)
    resolvers = [names_of(one, load_agencies()) for one in documents.values()]
    compared = range(len(layers))
    for cluster in _clusters(list(documents.values()), words):
        if not any(index in cluster for index in compared):
            continue
        first = next(iter(cluster.values()))
        content = first.content or ()
        core = [i for i in compared if i in cluster and cluster[i].status == "core"]
        for field in FIELDS:
            if field == "status":
                alike = len({_value(field, words.text, cluster.get(i)) for i in compared}) == 1
            else:
                alike = all(
                    _same(field, words, cluster, resolvers, core[0], other) for other in core[1:]
                )
            if not alike:
                yield Difference(
                    doc_id=next(iter(documents.values())).doc_id,
                    field=field,
                    start=content[0].start,
                    quote=words_of(words.text, content),
                    values={
                        name: _value(field, words.text, cluster.get(index))
                        for index, name in enumerate(names)
                    },
                )


def _clusters(documents: Sequence[Document], words: Words) -> list[_Cluster]:
    """The attributions of all layers, those that mean the same together, in text order."""
    found: list[_Cluster] = []
    for index, document in enumerate(documents):
        if not document.quotes:
            continue
        if not found:
            found = [{index: quote} for quote in document.quotes]
            continue
        weights = [
            [max(_likeness(words, quote, other) for other in cluster.values()) for cluster in found]
            for quote in document.quotes
        ]
        paired = best_assignment(weights)
        for quote, column in zip(document.quotes, paired, strict=True):
            if column is None:
                found.append({index: quote})
            else:
                found[column][index] = quote
    return sorted(found, key=_place)


def _place(cluster: _Cluster) -> list[tuple[int, int]]:
    return min(
        [(part.start, part.end) for part in quote.content or ()] for quote in cluster.values()
    )


def _likeness(words: Words, a: Quote, b: Quote) -> int:
    """How much two attributions look like one: 0 where they are two."""
    cues = words.common(words.region(a.cue), words.region(b.cue)) > 0
    one, other = words.region(a.content or ()), words.region(b.content or ())
    if one != other and ("agency_shell" in a.phenomena) != ("agency_shell" in b.phenomena):
        return 0  # a shell has nearly the words of what it encloses, never the same
    dice = Fraction(2 * words.common(one, other), words.size(one) + words.size(other))
    if not dice or not (cues or 2 * dice >= 1):
        return 0
    return round(1000 * dice) + 2000 * cues


def _same(
    field: str,
    words: Words,
    cluster: _Cluster,
    resolvers: Sequence[Names],
    a: int,
    b: int,
) -> bool:
    one, other = cluster[a], cluster[b]
    if field == "speaker":
        alike = any(
            names.keys(one.speakers) == names.keys(other.speakers)
            for names in (resolvers[a], resolvers[b])
        )
        # What is accepted besides has words of its own in each layer: any table may tell.
        return alike and any(_answers(names, one) == _answers(names, other) for names in resolvers)
    if field in ("content", "cue", "source"):
        return _region(field, words, one) == _region(field, words, other)
    return _value(field, words.text, one) == _value(field, words.text, other)


def _answers(names: Names, quote: Quote) -> set[frozenset[str]]:
    """The speaker and whatever else is accepted, under one document's table of names."""
    return {names.keys(answer) for answer in (quote.speakers, *quote.speaker_alternatives)}


def _region(field: str, words: Words, quote: Quote) -> Region:
    spans: Spans = getattr(quote, field) or ()
    return words.region(spans)


def _value(field: str, text: str, quote: Quote | None) -> str:
    """What a layer says of a field, as words."""
    if quote is None:
        return ABSENT if field == "status" else ""
    if field == "status":
        return quote.status
    if field == "speaker":
        answers = (quote.speakers, *quote.speaker_alternatives)
        return " | ".join("; ".join(answer) or "nobody" for answer in answers)
    if field == "agency":
        return f"{quote.agency} ({quote.agency_role})" if quote.agency else "none"
    if field == "agency_alternatives":
        return ", ".join(sorted(name or "none" for name in quote.agency_alternatives))
    return " … ".join(text[part.start : part.end] for part in getattr(quote, field) or ())
