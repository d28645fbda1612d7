"""Who said it: the candidates of `learned`, their ranking, and what a model says of both."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from baselines.learned import Learned
from baselines.learned.lessons import learn, lessons, shipped
from baselines.learned.mentions import mentioned
from baselines.learned.model import Model, encode, save, text_digest
from baselines.learned.naming import named, questions, ranked
from baselines.learned.reading import read_text
from baselines.learned.speakers import FEATURES, WIDTH, Cast, pairs_of, rank, train
from baselines.learned.training import train as train_model
from benchmark.cli import app
from benchmark.records import Document, Entity, Quote, Span
from benchmark.writing import write_documents
from tests.build import gold

NAMES = (("Ana Ruiz", "Otto Brandt"), ("Ines Coll", "Jon Falk"), ("Mara Venn", "Leo Hart"),
         ("Rosa Lind", "Karl Weber"), ("Eva Stone", "Paul Moor"), ("Nina Adler", "Max Krol"),
         ("Lena Hahn", "Tom Reyes"))  # fmt: skip


def meeting(number: int) -> Document:
    """A man and a woman are named, and "he" is the farther one, who takes his hat later on."""
    woman, man = NAMES[number]
    text = (
        f"{man} met {woman} in Valmora on Monday.\n\n"
        "The road had been closed, he said.\n\n"
        f"{man} took his hat. {woman} took her bag.\n"
    )
    at = text.index("The road")
    quote = Quote(
        quote_id=f"m{number}-1",
        content=(Span(at, at + len("The road had been closed")),),
        cue=(Span(text.index("said"), text.index("said") + 4),),
        source=(Span(text.index("he said"), text.index("he said") + 2),),
        speaker=(man,),
    )
    people = tuple(Entity(name=name, kind="person") for name in (man, woman))
    layers = ("content", "cue", "source", "speaker")
    return Document(doc_id=f"m{number}", text=text, layers=layers, entities=people, quotes=(quote,))


def asked(document: Document, weights: np.ndarray) -> list[tuple[str, ...]]:
    lesson = lessons(document)[0]
    return rank(Cast(lesson.reading, lesson.asked), lesson.asked, weights)


def test_mentions_have_places_kinds_and_the_gender_of_the_words_behind():
    text = "Ana Ruiz and her son met a baker. Ruiz waved. The baker said he knew Moscow."
    found = mentioned(read_text(text), [])
    by_name = {one.name: one for one in found.values()}
    ana = by_name["Ana Ruiz"]
    assert [text[a:b] for a, b in ana.places] == ["Ana Ruiz", "Ruiz"]
    # "her" and "son" up to the next name, one each way; behind it "he", up to the end.
    assert (ana.kind, ana.gender) == ("person", 1)
    baker = by_name["a baker"]
    assert [text[a:b] for a, b in baker.places] == ["a baker", "The baker"]
    assert (baker.kind, baker.gender) == ("description", 1)
    assert by_name["Russia"].kind == "state"


def test_what_owns_or_dates_a_name_is_no_part_of_it():
    text = "He read Thursday’s Valmora Dam Declaration and saw Reuters' Otto Brandt."
    names = {one.name for one in mentioned(read_text(text), []).values()}
    assert {"Valmora Dam Declaration", "Otto Brandt"} <= names
    assert not any("Thursday" in one or "Reuters'" in one for one in names)


def test_of_a_long_text_the_nearest_are_candidates():
    names = [f"{chr(65 + n // 26)}{chr(97 + n % 26)}a Ruiz{chr(97 + n // 26)}{chr(97 + n % 26)}"
             for n in range(150)]  # fmt: skip
    text = "".join(f"{name} came.\n\n" for name in names) + "The dam held, he said.\n"
    reading = read_text(text)
    asked = questions(reading, named(reading, reading.rules))
    found = Cast(reading, asked).candidates(asked[-1])
    assert set(found) == {(name,) for name in names[110:]}


def test_without_weights_the_answers_are_those_of_rules():
    for document in shipped():
        for lesson in lessons(document):
            answers = rank(Cast(lesson.reading, lesson.asked), lesson.asked, np.zeros(WIDTH))
            assert answers == [one.ruled for one in lesson.asked]


def test_it_learns_whom_a_pronoun_stands_for():
    weights = train([pairs_of(one) for number in range(6) for one in lessons(meeting(number))])
    # Names that it has not seen; `rules` takes the nearest one.
    lesson = lessons(meeting(6))[0]
    assert [one.ruled for one in lesson.asked] != [("Tom Reyes",)]
    assert asked(meeting(6), weights) == [("Tom Reyes",)]


def test_questions_of_the_second_lesson_are_answered_by_the_alike_attribution():
    first, second = lessons(gold())
    # In the text's order: the fifth attribution of the gold is optional and asks nothing.
    assert [set(one or ()) for one in first.answers] == [
        {frozenset({name})} for name in ("Ana Ruiz", "Ana Ruiz", "Otto Brandt", "Ana Ruiz")
    ]
    known = [one for one in second.answers if one is not None]
    assert known
    assert set(known) <= set(first.answers)
    far = gold(quotes=(replace(gold().quotes[0], content=(Span(0, 3),)),))
    assert set(lessons(far)[1].answers) == {None}


def test_measures_on_held_out_folds_count_every_question_once():
    documents = [meeting(number) for number in range(6)]
    learned = learn(documents, seed=1)
    # One attribution each, asked as the gold has it and as `rules` finds it, if it does.
    found = sum(one is not None for each in documents for one in lessons(each)[1].answers)
    assert learned.asked == 6 + found
    assert learned.right == learned.asked > learned.by_rules
    assert learned.useful
    assert not learn(documents[:1], seed=1).useful


def test_whom_an_agency_carries_is_not_asked():
    text = "Otto Brandt arrived.\n\nThe dam has held, Reuters reported.\n"
    reading = read_text(text)
    quotes = named(reading, reading.rules)
    (question,) = questions(reading, quotes)
    assert (question.ruled, question.settled) == (("Reuters",), True)
    # Weights that send everything elsewhere.
    away = np.zeros(WIDTH)
    away[FEATURES.index("said by rules")] = -9
    assert ranked(reading, quotes, away) == quotes


def test_an_agency_that_was_the_speaker_alone_goes_with_it():
    text = "Otto Brandt arrived. He told Reuters that the dam has held.\n"
    reading = read_text(text)
    at = text.index("the dam")
    place = text.index("He")
    given = Quote(
        quote_id="1", content=(Span(at, len(text) - 2),), source=(Span(place, place + 2),),
        speaker=("Reuters",), agency="Reuters", agency_role="carrier",
    )  # fmt: skip
    away = np.zeros(WIDTH)
    away[FEATURES.index("said by rules")] = -9
    (one,) = ranked(reading, [given], away)
    assert one.speakers != ("Reuters",)
    assert one.agency is None
    assert one.agency_role is None
    told = replace(given, speaker=("Ana Ruiz",), agency_role="recipient")
    (one,) = ranked(reading, [told], away)
    assert (one.agency, one.agency_role) == ("Reuters", "recipient")


@pytest.fixture(scope="module")
def model() -> Model:
    return train_model([meeting(number) for number in range(6)], seed=1)


def test_training_again_in_another_order_gives_the_same_bytes(model):
    assert model.header.ranked
    assert model.header.speakers_from == "gold"
    assert encode(train_model([meeting(5 - number) for number in range(6)], seed=1)) == encode(
        model
    )


def test_a_corpus_without_speakers_takes_those_of_newsroom_and_says_so():
    bare = [replace(meeting(number), layers=("content", "cue", "source")) for number in range(4)]
    trained = train_model(bare, seed=1)
    assert trained.header.speakers_from == "newsroom"
    assert trained.header.documents == 4
    texts = {text_digest(one.text) for one in (*bare, *shipped())}
    assert set(trained.header.texts) == texts
    assert Learned(trained).trained_on == texts


def test_who_names_the_speakers_can_be_chosen(model, tmp_path):
    path, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write_documents(path, [meeting(6)])
    save(model, tmp_path / "m.npz")

    def speakers(*options: str) -> tuple[int, str, str]:
        arguments = ["predict", f"learned:{tmp_path / 'm.npz'}", str(path), str(output), *options]
        done = CliRunner().invoke(app, arguments)
        return done.exit_code, done.output, output.read_text()

    by_default, by_rank, by_rules = (
        speakers(*(("--option", f"speakers={how}") if how else ()))[2]
        for how in ("", "ranked", "rules")
    )
    assert by_default == by_rank != by_rules
    assert '"speaker":["Tom Reyes"]' in by_rank
    code, message, _ = speakers("--option", "speakers=best")
    assert code == 2
    assert "rules or ranked" in " ".join(message.split())


def test_workers_are_given_the_options_too(model, tmp_path):
    path = tmp_path / "in.jsonl"
    write_documents(path, [meeting(6), replace(meeting(5), quotes=())])
    save(model, tmp_path / "m.npz")
    written = []
    for workers in ("1", "2"):
        output = tmp_path / f"{workers}.jsonl"
        arguments = ["predict", f"learned:{tmp_path / 'm.npz'}", str(path), str(output),
                     "--option", "speakers=rules", "--workers", workers]  # fmt: skip
        assert CliRunner().invoke(app, arguments).exit_code == 0
        written.append(output.read_bytes())
    assert written[0] == written[1]
    assert b"Tom Reyes" not in written[0]


def test_predicting_the_training_texts_draws_a_warning(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m.npz")

    def warned(*documents: Document) -> str:
        path = tmp_path / "in.jsonl"
        write_documents(path, documents)
        arguments = ["predict", f"learned:{tmp_path / 'm.npz'}", str(path), "-"]
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        assert "trained" not in done.stdout
        return done.stderr

    seen, unseen = warned(meeting(0), meeting(1), meeting(6)), warned(meeting(6))
    assert "learned-m was trained on 2 of these documents" in seen
    assert "trained" not in unseen
