"""The shipped gold: rebuilt from its sources, and what it must hold."""

import hashlib
import json
import runpy

import pytest

from benchmark import InputRefused, load_gold
from benchmark.agencies import load_agencies
from benchmark.annotation import compile_annotation, read_tags
from benchmark.folding import fold
from benchmark.names import names_of
from benchmark.quotation import QuoteTypes
from benchmark.records import Span, words_of
from benchmark.sets import gold_root
from benchmark.titles import PRONOUNS

ARTICLE = gold_root() / "article"
SCRIPT = gold_root().parent / "scripts" / "build_gold.py"


def core():
    return [quote for quote in load_gold("article")[0].quotes if quote.status == "core"]


def test_rebuilt_gold_is_the_shipped_gold():
    for path, data in runpy.run_path(str(SCRIPT))["build"]().items():
        assert path.read_bytes() == data, path


def test_the_article_is_as_published():
    data = (ARTICLE / "medvedev-dushanbe.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest().startswith("33a5f8a53b1f32e0")
    assert load_gold("article")[0].text == data.decode()
    assert len(data.decode()) == 5452
    assert "APIranian" in data.decode()


def test_sixteen_core_attributions_five_with_a_carrier():
    assert len(core()) == 16
    carriers = [quote.agency for quote in core() if quote.agency]
    assert sorted(carriers) == ["Interfax", "Interfax", "Reuters", "Reuters", "Reuters"]
    assert all(quote.agency_role == "carrier" for quote in core() if quote.agency)
    inherited = [quote for quote in core() if "agency_inherited" in quote.phenomena]
    assert [(quote.agency, quote.agency_alternatives) for quote in inherited] == [
        (None, ("Reuters",))
    ]


def test_no_agency_speaks_in_core_and_shells_are_optional():
    assert not {"Reuters", "Interfax"} & {name for quote in core() for name in quote.speakers}
    shells = [q for q in load_gold("article")[0].quotes if "agency_shell" in q.phenomena]
    assert len(shells) == 4
    assert {quote.status for quote in shells} == {"optional"}


def test_rows_are_the_documents_quotes():
    document = json.loads((ARTICLE / "documents.jsonl").read_text())
    rows = [json.loads(line) for line in (ARTICLE / "quotes.jsonl").read_text().splitlines()]
    for row, quote in zip(rows, document["quotes"], strict=True):
        assert {key: row[key] for key in quote} == quote
    assert {row["doc_id"] for row in rows} == {document["doc_id"]}
    assert len({tuple(row) for row in rows}) == 1


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("<q1>a", "never closed"),
        ("a</q1>", "closed without being open"),
        ("<q1><q1>a</q1>", "opened again"),
        ("<q1></q1>a", "marks nothing"),
    ],
)
def test_bad_tags_are_named(marked, problem):
    problems: list[tuple[str, str]] = []
    read_tags(marked, problems)
    assert problem in problems[0][1]


def test_a_changed_text_and_an_unknown_name_are_faults(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(
        'text = "A <q1>dog</q1> barks."\n[quotes.1]\nspeaker = ["Nobody"]\n[quotes.2]\n'
    )
    with pytest.raises(InputRefused) as refused:
        compile_annotation(path, "A cat barks.", {"doc_id": "a"})
    message = str(refused.value)
    assert "differs from the article at character 2" in message
    assert "'Nobody' is not among the entities" in message
    assert "no <q2> in the text" in message


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("text = 3", "Expected `str`, got `int` - at `$.text`"),
        ('text = "A <q>dog barks."', "malformed tag '<q>'"),
        ('text = "A <q1>dog</q1> barks."\nquotes.1 = 3', "Expected `object`, got `int`"),
        ('text = "A <q1>dog</q1> barks."\nentities = 3', "Expected `object`, got `int`"),
        ('text = "A <q1>dog</q1> barks."\ntitel = "x"\n[quotes.1]', "unknown field `titel`"),
        ('text = "A <q1>dog</q1> barks."\n[quotes.1]\nstatsu = "core"', "quotes.1: "),
        ('text = "A <q1>dog</q1> barks."\n[quotes.1]\nspeaker = "B"', "speaker is not a list"),
        ('text = "A <q1>dog</q1> barks."\n[quotes.1]\nquote_type = "direct"', "follows from"),
        ('text = "A <q1>dog</q1> barks."', "tags without labels"),
    ],
)
def test_each_fault_of_an_annotation_file_is_named(tmp_path, lines, fault):
    path = tmp_path / "a.toml"
    path.write_text(lines)
    with pytest.raises(InputRefused) as refused:
        compile_annotation(path, "A dog barks.", {"doc_id": "a"})
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ('"A b c.\n\n"D e," he said. "F."', "A b c.", "direct"),
        ('"A b c.\n\n"D e," he said. "F."', "D e,", "direct"),
        ('"A b c.\n\n"D e," he said. "F."', "he said", "indirect"),
        ("“A b c.\n\n“D e,” he said.", "A b c.", "direct"),
        ('The 6" gun, he said. "Fire it."', "Fire it.", "direct"),
        ("He said 'the dogs' owner left' then.", "the dogs' owner left", "direct"),
        ("He said ‘it’s fine’ then.", "it’s fine", "direct"),
        ("''It is,'' he said.", "It is,", "direct"),
        ("The dogs' owner met the cats' owner.", "owner met the cats", "indirect"),
        ('"not to leave [Russia] be,"', "not to leave [Russia] be,", "direct"),
        ('He said it was "big" now.', 'it was "big" now', "mixed"),
    ],
)
def test_types_follow_the_marks(text, content, expected):
    start = text.index(content)
    assert QuoteTypes(text)((Span(start, start + len(content)),)) == expected


@pytest.mark.parametrize("name", ["article", "newsroom", "newsroom-train", "newsroom-validation"])
def test_whoever_answers_with_the_words_of_the_source_is_right(name):
    """But for pronouns, which resolve to nobody."""
    wrong = []
    for document in load_gold(name):
        names = names_of(document, load_agencies())
        for quote in document.quotes:
            words = words_of(document.text, quote.source)
            if quote.status == "core" and words and fold(words) not in PRONOUNS:
                answers = (quote.speakers, *quote.speaker_alternatives)
                if names.keys((words,)) not in [names.keys(answer) for answer in answers]:
                    wrong.append((quote.quote_id, words))
    assert wrong == []
