"""What `rules` must find, on sentences written for it, and that it takes any text."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.rules import Rules
from benchmark import load_gold, score
from benchmark.records import Document, words_of
from benchmark.running import bare, predict_one


def found(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    quotes = Rules().predict(Document(doc_id="d", text=text, quotes=()))
    return [
        (words_of(text, quote.content or ()), tuple(quote.speakers), quote.agency)
        for quote in quotes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We were lucky today," Ana Ruiz said.', ("We were lucky today,", "Ana Ruiz", None)),
        ("“We were lucky today,” said Ana Ruiz, the mayor.",
         ("We were lucky today,", "Ana Ruiz", None)),
        ("Ana Ruiz said that the dam had held.", ("the dam had held", "Ana Ruiz", None)),
        ("Ana Ruiz said the dam had held, Reuters reported.",
         ("the dam had held", "Ana Ruiz", "Reuters")),
        ('"It is the countries\' last chance," Ana Ruiz said, according to AFP.',
         ("It is the countries' last chance,", "Ana Ruiz", "Agence France-Presse")),
        ("According to Ana Ruiz, the dam had held.", ("the dam had held", "Ana Ruiz", None)),
        ("The rouble fell to a new low, Interfax reported.",
         ("The rouble fell to a new low", "Interfax", "Interfax")),
        ('Ana Ruiz told Interfax that "nobody slept for a week".',
         ("nobody slept for a week", "Ana Ruiz", "Interfax")),
        ('"A first part here," Ana Ruiz said. "And a second part."',
         ("A first part here, And a second part.", "Ana Ruiz", None)),
        ("Moscow said that the talks would go on.", ("the talks would go on", "Russia", None)),
        # A relative clause: its antecedent speaks.
        ("Ana Ruiz, who on Monday said the dam had held, went home.",
         ("the dam had held", "Ana Ruiz", None)),
        # An insertion between source and cue is no source.
        ("Ana Ruiz, 45, of the town council, said the dam had held.",
         ("the dam had held", "Ana Ruiz", None)),
        # The frame stands between subject and verb.
        ("The dam, Ana Ruiz said Tuesday in a speech, is safe.",
         ("The dam is safe", "Ana Ruiz", None)),
        # Whom an agency quotes or cites is the speaker, whatever stands beside the name.
        ("Reuters quoted Ana Ruiz, the mayor, who was there, as saying the dam had held.",
         ("the dam had held", "Ana Ruiz", "Reuters")),
        ("The dam has held, Reuters reported, citing Ana Ruiz, who runs it.",
         ("The dam has held", "Ana Ruiz", "Reuters")),
        # An hour and the name of a place before a sentence are no part of a source.
        ("10:45 Shopkeepers said the street was closed.",
         ("the street was closed", "Shopkeepers", None)),
        ("MARUN. Shopkeepers said the street was closed.",
         ("the street was closed", "Shopkeepers", None)),
        # Names begin with any Latin capital.
        ("Mayor Žaneta Šulc spoke. Šulc said the dam had held.",
         ("the dam had held", "Žaneta Šulc", None)),
        # The addressee is no content.
        ('Ana Ruiz called on Europe "not to forget the dam."',
         ("not to forget the dam.", "Ana Ruiz", None)),
        ("Few trusted a statement by Ana Ruiz that the dam had held.",
         ("the dam had held", "Ana Ruiz", None)),
        # The agency is never the speaker of whom it quotes.
        ("Reuters quoted Ana Ruiz as saying the dam had held.",
         ("the dam had held", "Ana Ruiz", "Reuters")),
        ('"The dam held," Ana Ruiz was quoted as saying by Interfax.',
         ("The dam held,", "Ana Ruiz", "Interfax")),
        ("Ana Ruiz, Interfax reported, said the dam had held.",
         ("the dam had held", "Ana Ruiz", "Interfax")),
        # An employer and a dateline carry nothing.
        ('"The dam held," said Ana Ruiz, a Reuters photographer.',
         ("The dam held,", "Ana Ruiz", None)),
        ("MADRID (Reuters) - Ana Ruiz said the dam had held.",
         ("the dam had held", "Ana Ruiz", None)),
    ],
)  # fmt: skip
def test_one_attribution(text, expected):
    words, speaker, agency = expected
    assert found(text) == [(words, (speaker,), agency)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Reuters cut 50 jobs on Monday.",
        "The so-called 'summer of love' is over.",
        "Photo: a Reuters photographer in the rain.",
        "The film 'Rain' opens today.",
    ],
)
def test_no_attribution(text):
    assert found(text) == []


def test_pronouns_and_surnames_become_full_names():
    text = 'Ana Ruiz went home. "It is late enough," Ruiz said. She added that the night was cold.'
    assert {speaker for _, speaker, _ in found(text)} == {("Ana Ruiz",)}


def test_participles_have_the_nearest_source():
    text = 'Ana Ruiz criticized the plan, saying that it was late, and adding: "It rains."'
    assert {speaker for _, speaker, _ in found(text)} == {("Ana Ruiz",)}
    assert "It rains." in [words for words, _, _ in found(text)]


def test_two_sources_are_two_speakers():
    assert found("Ana Ruiz and Bo Lund said that the dam had held.") == [
        ("the dam had held", ("Ana Ruiz", "Bo Lund"), None)
    ]


def test_a_quotation_in_the_next_paragraph_is_another_attribution():
    text = '"It rains," Ana Ruiz said.\n\n"It still rains," she added.'
    assert [speaker for _, speaker, _ in found(text)] == [("Ana Ruiz",), ("Ana Ruiz",)]


def test_who_is_told_and_who_carries():
    quotes = [
        Rules().predict(Document(doc_id="d", text=text, quotes=()))[0]
        for text in ('"Go," Ana Ruiz told AFP.', '"Go," Ana Ruiz said, AFP reported.')
    ]
    assert [quote.agency_role for quote in quotes] == ["recipient", "carrier"]


def test_polnear_if_it_is_there():
    folder = os.environ.get("POLNEAR")
    if not folder:
        pytest.skip("set POLNEAR to the folder `data` of the corpus")
    script = Path(__file__).parent.parent / "scripts" / "score_polnear.py"
    command = [sys.executable, script, folder, "dev", "rules"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    both = re.search(r"content and source right: F1 ([\d.]+)", done.stdout)
    quoted = re.search(r"quotation marks: recall ([\d.]+)", done.stdout)
    assert both is not None
    assert quoted is not None
    assert float(both[1]) >= 0.54
    assert float(quoted[1]) >= 0.90


def test_a_quotation_left_open_goes_on_in_the_next_paragraph():
    text = 'Ana Ruiz said: "The water came at night.\n\n"Nobody was awake to see it."'
    assert len(found(text)) == 1


def test_the_reporting_clause_of_a_long_quotation_stands_behind_it():
    text = "Otto Brandt left.\n\n“Nobody slept for a week.\n\n“We were afraid,” said Ana Ruiz."
    assert found(text) == [("Nobody slept for a week. We were afraid,", ("Ana Ruiz",), None)]


def test_the_agency_is_the_one_named_last():
    text = "Schools are shut, Reuters reported. The road is closed, the agency said."
    assert [one[1:] for one in found(text)] == [(("Reuters",), "Reuters")] * 2
    # Without one in the text it is a body like another.
    assert found("The agency said the road was closed.")[0][1:] == (("agency",), None)


def test_a_sentence_that_ends_with_a_name_is_no_part_of_the_next_name():
    text = "He told Interfax. Samtia Oniani said the road was closed."
    assert found(text)[-1][1] == ("Samtia Oniani",)


def test_the_article():
    gold = load_gold("article")
    report = score([predict_one(Rules(), bare(gold[0]))], gold)
    assert report.measures["content:overlap"].recall == 1.0
    assert report.measures["attribution"].f1 >= 0.9
    assert report.measures["agency"].f1 == 1.0
    assert report.errors["agency:as_speaker"].count == 0


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                ['"', "“", "”", "‘", "’", "«", "»", ",", ".", ":", "\n", "Ana Ruiz", "said", "told",
                 "Reuters", "reported", "according to", "that", "she", "who", "the dam held", "-"]
            ),
            max_size=30,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_text_gives_valid_predictions(text):
    document = Document(doc_id="d", text=text, quotes=())
    for quote in Rules().predict(document):
        for spans in (quote.content or (), quote.cue, quote.source):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
