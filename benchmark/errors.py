"""Errors: a closed vocabulary, and where in a scored file each one occurs.

Each core quote without a partner has one class of the gold side, each prediction without
one (and not excused) has one class of the predicted side; a pair has as many of the pair
classes as it has things wrong. So the classes add up to the counts of the table:

    missed + merged + split, gold side        = content:overlap gold - right
    spurious + fabricated + duplicate
        + split + merged, predicted side      = content:overlap predicted - right
    boundary                                  = content:overlap right - content:exact right
    agency_as_speaker                         = agency:as_speaker
    pairs with a class of speaker or agency   = content:overlap right - attribution right
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from benchmark.agencies import load_agencies
from benchmark.excerpts import excerpt
from benchmark.folding import fold
from benchmark.items import Item, Prediction, Scored
from benchmark.measures import COLUMN
from benchmark.words import Region, Words

Side = Literal["gold", "predicted", "pair"]

KINDS: dict[str, str] = {
    "missed": "a core quote that no prediction is paired with, nor merges, nor splits",
    "spurious": "a prediction that is paired with no quote, excused by none, and nothing below",
    "fabricated": "a prediction whose words are not in the text",
    "duplicate": "a further prediction with the words of a paired one",
    "split": "a core quote that two or more predictions lie in, none of which is paired with "
    "it; or a prediction that lies in a core quote without being paired with it",
    "merged": "a core quote in a prediction that has another core quote too and is not paired "
    "with this one; or a prediction that is paired with none of those that it has",
    "boundary": "a pair whose words differ, or were found only approximately",
    "wrong_speaker": "a pair with the wrong speaker, or with none where there is one",
    "agency_as_speaker": "a pair with a news agency as the speaker, wrongly",
    "missed_agency": "a pair without the agency that carried it",
    "wrong_agency": "a pair with another agency than the one that carried it",
    "invented_agency": "a pair with an agency where there is none",
}


@dataclass(frozen=True)
class Labels:
    """What one side says of a quote."""

    quote: str
    speakers: tuple[str, ...]
    agency: str | None


@dataclass(frozen=True)
class Error:
    """One error of one item. `context` is the text around it, gold and predicted marked.

    Errors with the same `doc_id` and number `item` are those of one pair, quote or prediction.
    """

    kind: str
    side: Side
    doc_id: str
    item: int
    quote_id: str
    gold: Labels | None
    predicted: Labels | None
    phenomena: tuple[str, ...]
    context: str

    def to_dict(self) -> dict[str, Any]:
        """The error as plain values."""
        return asdict(self)


def find_errors(scored: Sequence[Scored]) -> Iterator[Error]:
    """Every error of every document, pairs and missed quotes first, in the order of the text."""
    for one in scored:
        sides = _Sides(one)
        for number, item in enumerate(one.items):
            for kind in _kinds(item, sides):
                yield _error(kind, one, number, sides)


class _Sides:
    """The core quotes and the predictions of a document, to see which lie in which."""

    def __init__(self, scored: Scored) -> None:
        self.words = Words(scored.document.text)
        self.agencies_labelled = "agency" in scored.document.layers
        items = scored.items
        self.core = [self.gold_region(item) for item in items if item.gold is not None]
        self.predicted = [_region(item) for item in items if _region(item)]
        self.paired = {_region(item) for item in items if item.gold is not None}

    def gold_region(self, item: Item) -> Region:
        """The words of an item's core quote."""
        return self.words.region((item.gold.content or ()) if item.gold is not None else ())

    def lies_in(self, inner: Region, outer: Region) -> bool:
        """Whether at least half of the words of one are among those of the other."""
        return bool(inner) and 2 * self.words.common(inner, outer) >= self.words.size(inner)

    def contents_in(self, prediction: Region) -> int:
        """How many core quotes lie in a prediction."""
        return sum(self.lies_in(core, prediction) for core in self.core)


def _kinds(item: Item, sides: _Sides) -> Iterator[str]:
    if item.gold is None:
        assert item.prediction is not None
        yield _alone(item.prediction, sides)
    elif item.prediction is None:
        yield _without_partner(sides.gold_region(item), sides)
    else:
        yield from _wrong(item, sides.agencies_labelled)


def _alone(prediction: Prediction, sides: _Sides) -> str:
    """The class of a prediction without a partner."""
    region = prediction.region
    if prediction.found is None:
        return "fabricated"
    if region and region in sides.paired:
        return "duplicate"
    if sides.contents_in(region) > 1:
        return "merged"
    if any(sides.lies_in(region, core) for core in sides.core):
        return "split"
    return "spurious"


def _without_partner(core: Region, sides: _Sides) -> str:
    """The class of a core quote without a partner."""
    if any(sides.lies_in(core, one) and sides.contents_in(one) > 1 for one in sides.predicted):
        return "merged"
    if sum(sides.lies_in(one, core) for one in set(sides.predicted) - sides.paired) > 1:
        return "split"
    return "missed"


def _wrong(item: Item, agencies_labelled: bool) -> Iterator[str]:
    """The classes of a pair: what of it is wrong."""
    gold, prediction = item.gold, item.prediction
    assert gold is not None
    assert prediction is not None
    if _asked(item, "content:exact.gold") and not _asked(item, "content:exact.right"):
        yield "boundary"
    if _asked(item, "agency:as_speaker.count"):
        yield "agency_as_speaker"
    elif _speaker_wrong(item):
        yield "wrong_speaker"
    if prediction.quote.agency is None:
        if _asked(item, "agency.gold"):
            yield "missed_agency"
    elif agencies_labelled and not _agency_right(item):
        yield "invented_agency" if gold.agency is None else "wrong_agency"


def _speaker_wrong(item: Item) -> bool:
    if _asked(item, "speaker:accuracy.asked"):
        return not _asked(item, "speaker:accuracy.right")
    # Gold names nobody: whoever is named is wrong, where speakers are labelled at all.
    return _asked(item, "speaker.predicted")


def _agency_right(item: Item) -> bool:
    assert item.gold is not None
    assert item.prediction is not None
    resolve = load_agencies().resolve
    named = item.prediction.quote.agency or ""
    answers = [one for one in (item.gold.agency, *item.gold.agency_alternatives) if one]
    return (resolve(named) or fold(named)) in [resolve(one) or fold(one) for one in answers]


def _asked(item: Item, column: str) -> bool:
    return bool(item.outcome >> COLUMN[column] & 1)


def _region(item: Item) -> Region:
    return () if item.prediction is None else item.prediction.region


def _error(kind: str, scored: Scored, number: int, sides: _Sides) -> Error:
    item = scored.items[number]
    gold, prediction = item.gold, item.prediction
    side: Side = "pair"
    if gold is None or prediction is None:
        side = "predicted" if gold is None else "gold"
    labels = None
    if prediction is not None:
        quote = prediction.quote
        words = " ".join(scored.document.text[a:b] for a, b in prediction.region)
        labels = Labels(
            words if prediction.region else quote.quote or "", quote.speakers, quote.agency
        )
    return Error(
        kind=kind,
        side=side,
        doc_id=scored.document.doc_id,
        item=number,
        quote_id="" if gold is None else gold.quote_id,
        gold=None if gold is None else Labels(gold.quote or "", gold.speakers, gold.agency),
        predicted=labels,
        phenomena=() if gold is None else gold.phenomena,
        context=excerpt(scored.document.text, sides.gold_region(item), _region(item)),
    )
