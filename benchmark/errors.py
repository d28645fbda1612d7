"""Errors: a closed vocabulary, and where in a scored file each one occurs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmark.agencies import load_agencies
from benchmark.folding import fold
from benchmark.items import Item, Scored
from benchmark.measures import COLUMN
from benchmark.records import Span, Spans, words_of
from benchmark.words import Region

KINDS: dict[str, str] = {
    "missed": "a core quote that no prediction is paired with",
    "spurious": "a prediction that is paired with no quote, excused by none, and new",
    "duplicate": "a further prediction with the words of a paired one",
    "fabricated": "a prediction whose words are not in the text",
    "boundary": "a pair whose words differ",
    "wrong_speaker": "a pair with the wrong speaker, or with none where there is one",
    "agency_as_speaker": "a pair with a news agency as the speaker, wrongly",
    "missed_agency": "a pair without the agency that carried it",
    "wrong_agency": "a pair with another agency than the one that carried it",
    "invented_agency": "a pair with an agency where there is none",
}


@dataclass(frozen=True)
class Error:
    """One error of one item. `gold` and `predicted` say what stands on either side."""

    kind: str
    doc_id: str
    quote_id: str
    words: str
    gold: str
    predicted: str
    phenomena: tuple[str, ...]


def find_errors(scored: Sequence[Scored]) -> Iterator[Error]:
    """Every error of every document, in the order of the text. An item can have several."""
    for one in scored:
        paired = {
            item.prediction.region
            for item in one.items
            if item.gold is not None and item.prediction is not None
        }
        for item in one.items:
            for kind in _kinds(item, paired):
                yield _error(kind, one, item)


def _kinds(item: Item, paired: set[Region]) -> Iterator[str]:
    gold, prediction = item.gold, item.prediction
    if gold is None:
        assert prediction is not None
        if prediction.found is None:
            yield "fabricated"
        else:
            yield "duplicate" if prediction.region in paired else "spurious"
        return
    if prediction is None:
        yield "missed"
        return
    if _asked(item, "content:exact.gold") and not _asked(item, "content:exact.right"):
        yield "boundary"
    if _asked(item, "agency:as_speaker.count"):
        yield "agency_as_speaker"
    elif _speaker_wrong(item):
        yield "wrong_speaker"
    predicted = prediction.quote.agency
    if predicted is None:
        if _asked(item, "agency.gold"):
            yield "missed_agency"
    elif not _agency_right(item):
        yield "invented_agency" if gold.agency is None else "wrong_agency"


def _speaker_wrong(item: Item) -> bool:
    assert item.gold is not None
    assert item.prediction is not None
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


def _error(kind: str, scored: Scored, item: Item) -> Error:
    text = scored.document.text
    gold, prediction = item.gold, item.prediction
    predicted_words = ""
    if prediction is not None:
        quote = prediction.quote
        predicted_words = words_of(text, _spans(item)) if prediction.found else quote.quote or ""
    sides = {
        "gold": gold.quote or "" if gold is not None else "",
        "predicted": predicted_words,
    }
    if gold is not None and prediction is not None:
        if "speaker" in kind:
            sides = {
                "gold": ", ".join(gold.speakers) or "nobody",
                "predicted": ", ".join(prediction.quote.speakers) or "nobody",
            }
        elif "agency" in kind:
            sides = {
                "gold": gold.agency or "none",
                "predicted": prediction.quote.agency or "none",
            }
    return Error(
        kind=kind,
        doc_id=scored.document.doc_id,
        quote_id=gold.quote_id if gold is not None else "",
        words=(gold.quote or "") if gold is not None else predicted_words,
        phenomena=gold.phenomena if gold is not None else (),
        **sides,
    )


def _spans(item: Item) -> Spans:
    assert item.prediction is not None
    return tuple(Span(start, end) for start, end in item.prediction.region)
