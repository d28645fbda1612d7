"""What validation holds gold and predictions to, beyond what the bad files show."""

import msgspec
import pytest

from benchmark.records import Document, Entity, Quote, Span
from benchmark.validation import Unique, check_gold, check_prediction
from tests.build import gold, predictions


def changed(**labels):
    """The built document with its first quote changed."""
    first, *others = gold().quotes
    return gold(quotes=(msgspec.structs.replace(first, **labels), *others))


def gold_faults(document: Document) -> list[tuple[str, str]]:
    return [(fault.field, fault.what) for fault in check_gold(document, "f", 3)]


def prediction_faults(*quotes, text=None, task="end-to-end"):
    document = predictions(*quotes)
    found = check_prediction(document, "f", 3, text=text, task=task)
    return [(fault.field, fault.what) for fault in found]


def test_the_built_gold_has_no_faults_in_either_role():
    assert gold_faults(gold()) == []
    assert prediction_faults(*gold().quotes, text=gold().text) == []
    assert prediction_faults(*gold().quotes, task="attribution") == []


@pytest.mark.parametrize(
    ("labels", "field", "what"),
    [
        ({"content": (Span(20, 25), Span(4, 8))}, "quotes[0].content[1]", "overlaps or precedes"),
        ({"content": None}, "quotes[0].content", "no word"),
        ({"content": ()}, "quotes[0].content", "no word"),
        ({"quote": None}, "quotes[0].quote", "not the words"),
        ({"cue": (Span(3, 3),)}, "quotes[0].cue[0]", "not before end"),
        ({"source": (Span(0, 9999),)}, "quotes[0].source[0].end", "code points, not bytes"),
        ({"speaker": "Ana Ruiz"}, "quotes[0].speaker", "not a list"),
        ({"speaker": None}, "quotes[0].speaker", "not a list"),
        ({"speaker": ("Ana Ruiz",) * 2}, "quotes[0].speaker", "a name twice"),
        ({"speaker_alternatives": (("Ana Ruiz",),)}, "quotes[0].speaker_alternatives[0]", "same"),
        ({"speaker_alternatives": (("Nobody",),)}, "quotes[0].speaker_alternatives[0]", "entities"),
        ({"speaker": (), "speaker_alternatives": (("Otto Brandt",),)}, "quotes[0].speaker",
         "empty beside alternatives"),
        ({"agency": "Reuters"}, "quotes[0].agency_role", "goes with agency"),
        ({"agency_alternatives": (None,)}, "quotes[0].agency_alternatives", "repeats agency"),
        ({"agency_alternatives": ("Nowhere Press",)}, "quotes[0].agency_alternatives[0]",
         "no canonical name"),
        ({"phenomena": ("nested", "nested")}, "quotes[0].phenomena", "twice"),
        ({"confidence": 0.5}, "quotes[0].confidence", "gold has no confidence"),
        ({"note": "2008-08-29 12:00"}, "quotes[0].note", "ISO date"),
        ({"quote_id": "2008-08-29"}, "quotes[0].quote_id", "ISO date"),
        ({"quote_id": ""}, "quotes[0].quote_id", "empty"),
    ],
)  # fmt: skip
def test_a_faulty_gold_quote(labels, field, what):
    assert any(field == at and what in said for at, said in gold_faults(changed(**labels)))


def test_an_alternative_agency_alone_has_no_role():
    assert gold_faults(changed(agency_alternatives=("Reuters",))) == []


@pytest.mark.parametrize(
    ("layer", "labels", "field"),
    [
        ("cue", {}, "cue"),
        ("source", {}, "source"),
        ("speaker", {}, "speaker"),
        ("speaker", {"speaker_alternatives": (("Otto Brandt",),)}, "speaker_alternatives"),
        ("agency", {"agency": "Reuters", "agency_role": "carrier"}, "agency"),
        ("agency", {"agency_role": "carrier"}, "agency_role"),
        ("agency", {"agency_alternatives": ("Reuters",)}, "agency_alternatives"),
        ("quote_type", {}, "quote_type"),
    ],
)
def test_a_label_of_a_layer_that_the_gold_lacks(layer, labels, field):
    document = changed(**labels)
    layers = tuple(one for one in document.layers if one != layer)
    found = gold_faults(msgspec.structs.replace(document, layers=layers))
    assert any(at == f"quotes[0].{field}" and "layers" in what for at, what in found)


def test_a_speaker_is_a_list_even_where_speakers_are_not_labelled():
    layers = ("content", "cue", "source", "agency", "quote_type")
    found = gold_faults(msgspec.structs.replace(changed(speaker=None), layers=layers))
    assert ("quotes[0].speaker", "not a list: gold lists canonical names") in found


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        (Entity(name="ana ruiz", kind="person"), "also a name of 'Ana Ruiz'"),
        (Entity(name="Ana Ruiz", kind="person"), "listed 2 times"),
        (Entity(name="Eva Lind", kind="person", aliases=("Otto Brandt",)), "also a name of"),
        (Entity(name="Eva Lind", kind="person", aliases=("The mayor of Valmora",)), "also a name"),
        (Entity(name="Eva Lind", kind="person", aliases=("",)), "an empty alias"),
        (Entity(name=" ", kind="person"), "empty"),
    ],
)
def test_a_faulty_entity(extra, what):
    found = gold_faults(gold(entities=(*gold().entities, extra)))
    assert any(what in said for _, said in found), found


@pytest.mark.parametrize(
    ("quote", "field", "what"),
    [
        (Quote(quote="x", cue=(Span(2, 1),)), "quotes[0].cue[0]", "not before end"),
        (Quote(content=(Span(840, 912),)), "quotes[0].content[0].end",
         "end 912 lies behind the end of the text (850 characters): offsets count Unicode code"),
        (Quote(quote="x", confidence=-0.1), "quotes[0].confidence", "from 0 to 1"),
        (Quote(quote="x", confidence=float("nan")), "quotes[0].confidence", "from 0 to 1"),
        (Quote(quote="x", speaker=("A", " ")), "quotes[0].speaker", "an empty name"),
        (Quote(quote="x", agency=""), "quotes[0].agency", "an empty name"),
    ],
)  # fmt: skip
def test_a_faulty_prediction(quote, field, what):
    found = prediction_faults(quote, text="é" * 850)
    assert len(found) == 1
    assert found[0][0] == field
    assert what in found[0][1]


def test_a_content_without_a_word_is_only_a_wrong_prediction():
    assert prediction_faults(Quote(content=(Span(0, 2),)), Quote(quote="—"), text="... a") == []


def test_answers_by_quote_id():
    assert prediction_faults(Quote(quote_id="a"), task="attribution") == []
    found = prediction_faults(Quote(), Quote(quote_id="a"), Quote(quote_id="a"), task="attribution")
    assert [field for field, _ in found] == [f"quotes[{index}].quote_id" for index in range(3)]
    assert [what.split(":")[0] for _, what in found] == ["missing"] + ["'a' is used twice"] * 2


def test_a_repeated_id_names_the_first_line():
    unique = Unique(gold=True)
    assert unique.check(gold("a"), "f", 1) is None
    again = unique.check(gold("a"), "f", 7)
    assert str(again) == "f:7: doc_id: 'a' is on line 1 already: keep one of the two"
    quotes = unique.check(gold("b", quotes=gold("a").quotes[:1]), "f", 8)
    assert quotes is not None
    assert (quotes.field, quotes.line) == ("quotes[0].quote_id", 8)


def test_systems_may_number_the_quotes_of_each_document_anew():
    unique = Unique(gold=False)
    quotes = (Quote(quote_id="1", quote="x"),)
    assert unique.check(predictions(*quotes, doc_id="a"), "f", 1) is None
    assert unique.check(predictions(*quotes, doc_id="b"), "f", 2) is None
