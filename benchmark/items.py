"""Items: what came of each core quote and of each prediction in one document.

An item is a core quote with the prediction that it is paired with, if any, or a
prediction that is paired with none and not excused. It adds 0 or 1 to each count,
so its outcome is a set of flags, one bit for each column of `measures.COLUMNS`;
counts of a document, of a group or of a corpus are sums over items. Only
`content:words` counts words and not items: see `WordCounts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmark.agencies import Agencies
from benchmark.alignment import Aligner
from benchmark.folding import fold
from benchmark.matching import match
from benchmark.measures import COLUMN, Measure, Task, carried
from benchmark.names import Names, names_of
from benchmark.records import Document, Quote, Spans
from benchmark.words import EMPTY, Region, Words, count_words, intersection


class WordCounts(NamedTuple):
    """Words right, predicted and in gold."""

    right: int
    predicted: int
    gold: int


@dataclass(frozen=True)
class Prediction:
    """A predicted quote in its place. `found` says how its words were found in the text:

    "given" by offsets, one of `alignment.Method`, or None where they are not in it.
    """

    quote: Quote
    region: Region
    found: str | None


@dataclass(frozen=True)
class Item:
    """A core quote and its prediction; one of the two may be missing."""

    gold: Quote | None
    prediction: Prediction | None
    outcome: int
    words: WordCounts


@dataclass(frozen=True)
class Scored:
    """All items of a document, and the predictions that left every count."""

    document: Document
    measures: tuple[Measure, ...]
    items: tuple[Item, ...]
    excused: tuple[Prediction, ...] = field(default=())

    @property
    def fabricated(self) -> list[Prediction]:
        """Predictions whose words are not in the text."""
        return [
            item.prediction
            for item in self.items
            if item.prediction is not None and item.prediction.found is None
        ]


def score_document(
    gold: Document, predicted: Sequence[Quote], agencies: Agencies, task: Task = "end-to-end"
) -> Scored:
    """Pair the predictions of one document with its core quotes and judge each pair."""
    judge = _Judge(gold, agencies, task)
    core = sorted(
        ((judge.words.region(quote.content or ()), quote) for quote in gold.quotes
         if quote.status == "core"),
        key=lambda entry: entry[0],
    )  # fmt: skip
    optional = [
        (judge.words.region(quote.content or ()), "agency_shell" in quote.phenomena)
        for quote in gold.quotes
        if quote.status == "optional"
    ]
    if task == "attribution":
        answers = {quote.quote_id: Prediction(quote, EMPTY, "given") for quote in predicted}
        items = [judge.item(quote, answers.get(quote.quote_id), EMPTY) for _, quote in core]
        return Scored(gold, judge.measures, tuple(items))
    placed = _place(gold.text, judge.words, predicted)
    matching = match(
        judge.words,
        [prediction.region for prediction in placed],
        [region for region, _ in core],
        optional,
        lambda p, c: judge.rightness(placed[p], core[c][1], core[c][0]),
    )
    partner = {c: placed[p] for p, c in matching.pairs}
    paired = {p for p, _ in matching.pairs}
    items = [judge.item(quote, partner.get(c), region) for c, (region, quote) in enumerate(core)]
    items += [
        judge.item(None, prediction, EMPTY)
        for index, prediction in enumerate(placed)
        if index not in paired and index not in matching.excused
    ]
    if COLUMN["content:words.right"] in judge.columns:
        excused_regions = {placed[index].region for index in matching.excused}
        items = _with_words(
            judge.words, items, core, [region for region, _ in optional], excused_regions
        )
    excused = tuple(placed[index] for index in sorted(matching.excused))
    return Scored(gold, judge.measures, tuple(items), excused)


def _place(text: str, words: Words, predicted: Sequence[Quote]) -> list[Prediction]:
    """Find each prediction in the text; sorted, so that the order of the file is forgotten."""
    by_words = [quote for quote in predicted if quote.content is None]
    found = iter(Aligner(text).place([quote.quote or "" for quote in by_words]) if by_words else ())
    placed = []
    for quote in predicted:
        if quote.content is not None:
            placed.append(Prediction(quote, words.region(quote.content), "given"))
        elif (place := next(found)) is not None:
            placed.append(Prediction(quote, words.region(place.spans), place.method))
        else:
            placed.append(Prediction(quote, EMPTY, None))
    return sorted(placed, key=lambda one: (one.region, _labels(one.quote)))


def _labels(quote: Quote) -> tuple[str, ...]:
    """An order among predictions with the same words that no file order enters."""
    return (
        quote.quote or "",
        repr(sorted(quote.speakers)),
        quote.agency or "",
        quote.quote_type or "",
        repr((quote.cue, quote.source)),
        quote.quote_id,
    )


class _Judge:
    """Judges the pairs of one document."""

    def __init__(self, gold: Document, agencies: Agencies, task: Task) -> None:
        self.words = Words(gold.text)
        self.measures = carried(gold.layers, task)
        self.columns = {COLUMN[name] for m in self.measures for name in m.columns}
        self._mask = sum(1 << column for column in self.columns)
        self._names: Names = names_of(gold, agencies)
        self._agencies = agencies

    def item(self, gold: Quote | None, prediction: Prediction | None, region: Region) -> Item:
        """The item of a core quote, or of a prediction that is paired with none."""
        bits = 0
        if gold is not None:
            bits |= _gold_bits(gold)
        if prediction is not None:
            bits |= self._predicted_bits(gold, prediction.quote)
            if gold is not None:
                bits |= self._right_bits(gold, prediction, region)
        return Item(gold, prediction, bits & self._mask, WordCounts(0, 0, 0))

    def rightness(self, prediction: Prediction, gold: Quote, region: Region) -> tuple[bool, ...]:
        """How right the labels of a prediction are, the headline first."""
        bits = self._right_bits(gold, prediction, region) & self._mask
        return (
            *(bool(bits & bit) for bit in _RIGHT),
            not bits & _bit("agency:as_speaker.count"),
        )

    def _predicted_bits(self, gold: Quote | None, quote: Quote) -> int:
        bits = _PREDICTED
        if quote.cue:
            bits |= _bit("cue.predicted")
        if quote.source:
            bits |= _bit("source.predicted")
        if quote.speakers:
            bits |= _bit("speaker.predicted")
        if quote.agency is not None and not (
            gold is not None and _null_is_right(gold) and self._agency_right(gold, quote)
        ):
            bits |= _bit("agency.predicted")
        return bits

    def _right_bits(self, gold: Quote, prediction: Prediction, region: Region) -> int:
        quote = prediction.quote
        bits = _bit("content:overlap.right")
        if prediction.region == region and prediction.found != "approximate":
            bits |= _bit("content:exact.right")
        if gold.cue and self._spans_right(gold.cue, quote.cue):
            bits |= _bit("cue.right")
        if gold.source and self._spans_right(gold.source, quote.source):
            bits |= _bit("source.right")
        speaker_right, as_speaker = self._speaker_right(gold, quote)
        agency_right = self._agency_right(gold, quote)
        if gold.speakers:
            bits |= _bit("speaker:accuracy.asked")
            if speaker_right:
                bits |= _bit("speaker.right") | _bit("speaker:accuracy.right")
        if agency_right and not _null_is_right(gold):
            bits |= _bit("agency.right")
        if speaker_right and agency_right:
            bits |= _bit("attribution.right")
        if as_speaker:
            bits |= _bit("agency:as_speaker.count")
        if quote.quote_type is not None:
            bits |= _bit("quote_type:accuracy.asked")
            if quote.quote_type == gold.quote_type:
                bits |= _bit("quote_type:accuracy.right")
        return bits

    def _spans_right(self, gold: Spans, predicted: Spans) -> bool:
        if gold == predicted:
            return True
        a, b = self.words.region(gold), self.words.region(predicted)
        common = self.words.common(a, b)
        size = self.words.size(b)
        return common > 0 and (common == size or 4 * common >= self.words.size(a) + size)

    def _speaker_right(self, gold: Quote, quote: Quote) -> tuple[bool, bool]:
        """Whether the speakers are right, and whether an agency wrongly stands among them."""
        keys = self._names.keys(quote.speakers)
        answers = [self._names.keys(gold.speakers)]
        answers += [self._names.keys(names) for names in gold.speaker_alternatives]
        wrongly = any(
            self._names.is_agency(key) and not any(key in answer for answer in answers)
            for key in keys
        )
        return keys in answers, wrongly

    def _agency_right(self, gold: Quote, quote: Quote) -> bool:
        named = self._agency_key(quote.agency)
        return any(
            named == self._agency_key(answer) for answer in (gold.agency, *gold.agency_alternatives)
        )

    def _agency_key(self, name: str | None) -> str | None:
        return None if name is None else self._agencies.resolve(name) or fold(name)


def _with_words(
    words: Words,
    items: list[Item],
    core: Sequence[tuple[Region, Quote]],
    optional: Sequence[Region],
    excused: set[Region],
) -> list[Item]:
    """Give each word of the contents to one item, so that word counts add up over items.

    A word of several core contents belongs to the first of them in text order; a word
    that only predictions have belongs to the first of those. Words that only optional
    quotes have count neither way, nor do those of a second copy of an excused prediction:
    it must not earn what the first could not. Those of a fabricated one are all its own.
    """
    regions = [
        EMPTY
        if item.prediction is None or item.prediction.region in excused
        else item.prediction.region
        for item in items
    ]
    gold_region = words.union(region for region, _ in core)
    optional_region = words.union(optional)
    predicted_region = words.union(regions)
    right_region = intersection(gold_region, predicted_region)
    counted = []
    gold_seen = seen = EMPTY
    golds = [region for region, _ in core] + [EMPTY] * (len(items) - len(core))
    for item, region, predicted in zip(items, golds, regions, strict=True):
        gold_new = words.size(region) - words.common(region, gold_seen)
        right_new = words.common(region, right_region) - words.common(
            intersection(region, right_region), gold_seen
        )
        gold_seen = words.union((gold_seen, region))
        extra = words.size(predicted) - words.common(
            predicted, words.union((gold_region, optional_region, seen))
        )
        seen = words.union((seen, predicted))
        if item.prediction is not None and item.prediction.found is None:
            extra = count_words(item.prediction.quote.quote or "")
        counts = WordCounts(right_new, right_new + extra, gold_new)
        counted.append(Item(item.gold, item.prediction, item.outcome, counts))
    return counted


def _null_is_right(gold: Quote) -> bool:
    return gold.agency is None or None in gold.agency_alternatives


def _gold_bits(gold: Quote) -> int:
    bits = _GOLD
    if gold.cue:
        bits |= _bit("cue.gold")
    if gold.source:
        bits |= _bit("source.gold")
    if gold.speakers:
        bits |= _bit("speaker.gold")
    if not _null_is_right(gold):
        bits |= _bit("agency.gold")
    return bits


def _bit(column: str) -> int:
    return 1 << COLUMN[column]


_ALL = ("attribution", "content:exact", "content:overlap")
_GOLD = sum(_bit(f"{name}.gold") for name in _ALL)
_PREDICTED = sum(_bit(f"{name}.predicted") for name in _ALL)
_RIGHT = tuple(
    _bit(name)
    for name in (
        "attribution.right",
        "speaker.right",
        "agency.right",
        "content:exact.right",
        "source.right",
        "cue.right",
        "quote_type:accuracy.right",
    )
)
