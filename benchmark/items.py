"""Items: what came of each core quote and of each prediction in one document.

An item is a core quote with the prediction that it is paired with, if any, or a
prediction that is paired with none and not excused. It adds 0 or 1 to each count,
so its outcome is a set of flags, one bit for each column of `measures.COLUMNS`;
counts of a document, of a group or of a corpus are sums over items. Only
`content:words` counts words and not items: see `wordcounts`.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import groupby

from msgspec import Struct

from benchmark.agencies import Agencies
from benchmark.alignment import Aligner
from benchmark.folding import fold
from benchmark.matching import match
from benchmark.measures import COLUMN, Measure, Task, carried
from benchmark.names import Names, names_of
from benchmark.records import Document, Layer, Quote, Spans
from benchmark.wordcounts import NO_WORDS, WordCounts, count_by_item
from benchmark.words import EMPTY, Region, Words, count_words


# Records of msgspec, not data classes: a corpus has millions, and they are made faster.
class Prediction(Struct, frozen=True, gc=False):
    """A predicted quote in its place. `found` says how its words were found in the text:

    "given" by offsets, one of `alignment.Method`, or None where they are not in it.
    """

    quote: Quote
    region: Region
    found: str | None


class Item(Struct, frozen=True, gc=False):
    """A core quote and its prediction; one of the two may be missing."""

    gold: Quote | None
    prediction: Prediction | None
    outcome: int
    words: WordCounts


class Scored(Struct, frozen=True, gc=False):
    """All items of a document, and the predictions that left every count."""

    document: Document
    measures: tuple[Measure, ...]
    items: tuple[Item, ...]
    excused: tuple[Prediction, ...] = ()

    @property
    def fabricated(self) -> list[Prediction]:
        """Predictions whose words are not in the text."""
        return [
            item.prediction
            for item in self.items
            if item.prediction is not None and item.prediction.found is None
        ]


def score_document(
    gold: Document,
    predicted: Sequence[Quote],
    agencies: Agencies,
    task: Task = "end-to-end",
    words: Words | None = None,
) -> Scored:
    """Pair the predictions of one document with its core quotes and judge each pair.

    `words` are those of the gold text, where the caller has them already.
    """
    judge = _Judge(gold, agencies, task, words or Words(gold.text))
    core = []
    optional = []
    for quote in gold.quotes:
        region = judge.words.region(quote.content or ())
        if quote.status == "core":
            core.append((region, quote))
        else:
            optional.append((region, "agency_shell" in quote.phenomena))
    core.sort(key=_region)
    if task == "attribution":
        answers = {quote.quote_id: Prediction(quote, EMPTY, "given") for quote in predicted}
        items = [judge.item(quote, answers.get(quote.quote_id), EMPTY) for _, quote in core]
        return Scored(gold, judge.measures, tuple(items))
    placed = _place(gold.text, judge.words, predicted)
    regions = [region for region, _ in core]
    matching = match(
        judge.words,
        [prediction.region for prediction in placed],
        regions,
        optional,
        lambda p, c: judge.rightness(placed[p], core[c][1], core[c][0]),
    )
    partner = {c: placed[p] for p, c in matching.pairs}
    out = {p for p, _ in matching.pairs} | matching.excused
    alone = [prediction for index, prediction in enumerate(placed) if index not in out]
    counts = [NO_WORDS] * (len(core) + len(alone))
    if COLUMN["content:words.right"] in judge.columns:
        # A second copy of an excused prediction must not earn what the first could not.
        excused = {placed[index].region for index in matching.excused}
        given = [partner[c].region if c in partner else EMPTY for c in range(len(core))]
        given += [one.region for one in alone]
        if excused:
            given = [EMPTY if region in excused else region for region in given]
        counts = count_by_item(judge.words, regions, given, [region for region, _ in optional])
    items = [
        judge.item(quote, partner.get(c), region, counts[c])
        for c, (region, quote) in enumerate(core)
    ]
    items += [
        judge.item(None, prediction, EMPTY, _with_own_words(prediction, counted))
        for prediction, counted in zip(alone, counts[len(core) :], strict=True)
    ]
    return Scored(
        gold,
        judge.measures,
        tuple(items),
        tuple(placed[index] for index in sorted(matching.excused)),
    )


def _region(entry: tuple[Region, Quote]) -> Region:
    return entry[0]


def _with_own_words(prediction: Prediction, counts: WordCounts) -> WordCounts:
    """Words that are not in the text are all predicted and all wrong."""
    if prediction.found is not None or counts is NO_WORDS:
        return counts
    return WordCounts(0, count_words(prediction.quote.quote or ""), 0)


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
    placed.sort(key=_place_of)
    if len({prediction.region for prediction in placed}) == len(placed):
        return placed
    return [
        prediction
        for _, alike in groupby(placed, _place_of)
        for prediction in sorted(alike, key=lambda one: _labels(one.quote))
    ]


def _place_of(prediction: Prediction) -> Region:
    return prediction.region


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

    def __init__(self, gold: Document, agencies: Agencies, task: Task, words: Words) -> None:
        self.words = words
        self.measures, self.columns, self._mask = _carried(gold.layers, task)
        self._gold = gold
        self._agencies = agencies

    @cached_property
    def _names(self) -> Names:
        # Only where an answer differs from the gold's own string must names be resolved.
        return names_of(self._gold, self._agencies)

    def item(
        self,
        gold: Quote | None,
        prediction: Prediction | None,
        region: Region,
        words: WordCounts = NO_WORDS,
    ) -> Item:
        """The item of a core quote, or of a prediction that is paired with none."""
        bits = 0
        if gold is not None:
            bits |= _gold_bits(gold)
        if prediction is not None:
            bits |= self._predicted_bits(gold, prediction.quote)
            if gold is not None:
                bits |= self._right_bits(gold, prediction, region)
        return Item(gold, prediction, bits & self._mask, words)

    def rightness(self, prediction: Prediction, gold: Quote, region: Region) -> tuple[bool, ...]:
        """How right the labels of a prediction are, the headline first."""
        bits = self._right_bits(gold, prediction, region) & self._mask
        return (*(bool(bits & bit) for bit in _RIGHT), not bits & _AS_SPEAKER)

    def _predicted_bits(self, gold: Quote | None, quote: Quote) -> int:
        bits = _PREDICTED
        if quote.cue:
            bits |= _CUE.predicted
        if quote.source:
            bits |= _SOURCE.predicted
        if quote.speaker:
            bits |= _SPEAKER.predicted
        if quote.agency is not None and not (
            gold is not None and _null_is_right(gold) and self._agency_right(gold, quote)
        ):
            bits |= _AGENCY.predicted
        return bits

    def _right_bits(self, gold: Quote, prediction: Prediction, region: Region) -> int:
        quote = prediction.quote
        bits = _OVERLAP.right
        if prediction.region == region and prediction.found != "approximate":
            bits |= _EXACT.right
        if gold.cue and self._spans_right(gold.cue, quote.cue):
            bits |= _CUE.right
        if gold.source and self._spans_right(gold.source, quote.source):
            bits |= _SOURCE.right
        speaker_right, as_speaker = self._speaker_right(gold, quote)
        agency_right = self._agency_right(gold, quote)
        if gold.speaker:
            bits |= _SPEAKER_ACCURACY.asked
            if speaker_right:
                bits |= _SPEAKER.right | _SPEAKER_ACCURACY.right
        if agency_right and not _null_is_right(gold):
            bits |= _AGENCY.right
        if speaker_right and agency_right:
            bits |= _ATTRIBUTION.right
        if as_speaker:
            bits |= _AS_SPEAKER
        if quote.quote_type is not None:
            bits |= _TYPE_ACCURACY.asked
            if quote.quote_type == gold.quote_type:
                bits |= _TYPE_ACCURACY.right
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
        named = quote.speakers
        if named == gold.speakers:
            return True, False
        keys = self._names.keys(named)
        right = self._names.keys(gold.speakers)
        if keys == right:
            return True, False
        answers = [right, *(self._names.keys(names) for names in gold.speaker_alternatives)]
        agencies = [key for key in keys if self._names.is_agency(key)]
        return keys in answers, any(
            not any(key in answer for answer in answers) for key in agencies
        )

    def _agency_right(self, gold: Quote, quote: Quote) -> bool:
        if quote.agency == gold.agency:
            return True
        named = self._agency_key(quote.agency)
        return any(
            named == self._agency_key(answer) for answer in (gold.agency, *gold.agency_alternatives)
        )

    def _agency_key(self, name: str | None) -> str | None:
        return None if name is None else self._agencies.resolve(name) or fold(name)


@lru_cache
def _carried(layers: tuple[Layer, ...], task: Task) -> tuple[tuple[Measure, ...], set[int], int]:
    """The measures that these layers carry, their columns, and those as a mask of bits."""
    measures = carried(layers, task)
    columns = {COLUMN[name] for measure in measures for name in measure.columns}
    return measures, columns, sum(1 << column for column in columns)


def _null_is_right(gold: Quote) -> bool:
    return gold.agency is None or None in gold.agency_alternatives


def _gold_bits(gold: Quote) -> int:
    bits = _GOLD
    if gold.cue:
        bits |= _CUE.gold
    if gold.source:
        bits |= _SOURCE.gold
    if gold.speaker:
        bits |= _SPEAKER.gold
    if not _null_is_right(gold):
        bits |= _AGENCY.gold
    return bits


class _Bits:
    """The bits of a measure's counts, by the name of the count."""

    def __init__(self, measure: str) -> None:
        self._measure = measure
        self.right, self.predicted, self.gold, self.asked, self.count = (
            self._bit(part) for part in ("right", "predicted", "gold", "asked", "count")
        )

    def _bit(self, part: str) -> int:
        column = COLUMN.get(f"{self._measure}.{part}")
        return 0 if column is None else 1 << column


_ATTRIBUTION, _EXACT, _OVERLAP, _CUE, _SOURCE, _SPEAKER, _AGENCY = map(
    _Bits,
    ("attribution", "content:exact", "content:overlap", "cue", "source", "speaker", "agency"),
)
_SPEAKER_ACCURACY, _TYPE_ACCURACY = _Bits("speaker:accuracy"), _Bits("quote_type:accuracy")
_AS_SPEAKER = _Bits("agency:as_speaker").count
_ALL = (_ATTRIBUTION, _EXACT, _OVERLAP)
_GOLD = sum(bits.gold for bits in _ALL)
_PREDICTED = sum(bits.predicted for bits in _ALL)
_RIGHT = (
    _ATTRIBUTION.right,
    _SPEAKER.right,
    _AGENCY.right,
    _EXACT.right,
    _SOURCE.right,
    _CUE.right,
    _TYPE_ACCURACY.right,
)
