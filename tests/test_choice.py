"""Multiple choice: candidates, places, and that the files are in step."""

import json
import runpy
from collections import Counter

import pytest

from benchmark import load_gold
from benchmark.choice import CHOICES, questions
from benchmark.sets import gold_root

ROOT = gold_root().parent
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_choice.py"))


@pytest.fixture(scope="module")
def parts():
    return SCRIPT["build"]()


def test_the_files_are_what_the_script_makes(parts):
    for part, found in parts.items():
        data = (gold_root() / "choice" / f"{part}.jsonl").read_bytes()
        assert data == SCRIPT["encode_questions"](found)
        rows = [json.loads(line) for line in data.splitlines()]
        assert all(row["canary"] for row in rows)


def test_each_place_is_right_equally_often(parts):
    for found in parts.values():
        places = Counter(one.answer for one in found)
        assert set(places) == set(range(CHOICES))
        assert max(places.values()) - min(places.values()) <= 1


def test_the_right_answer_is_there_once_and_no_other_is_right(parts):
    gold = {
        quote.quote_id: quote
        for name in ("article", "newsroom", "newsroom-train", "newsroom-validation")
        for document in load_gold(name)
        for quote in document.quotes
    }
    for one in (one for found in parts.values() for one in found):
        quote = gold[one.question_id]
        assert one.choices[one.answer] == quote.speakers[0]
        assert len(set(one.choices)) == CHOICES
        others = set(one.choices) - {one.choices[one.answer]}
        assert not others & {name for answer in quote.speaker_alternatives for name in answer}
        if quote.agency and quote.agency not in quote.speakers:
            assert quote.agency in one.choices or quote.agency in {
                name for answer in quote.speaker_alternatives for name in answer
            }
        assert one.paragraph in one.text


def test_the_parts_share_no_document(parts):
    ids = [{one.doc_id for one in found} for found in parts.values()]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_another_seed_deals_otherwise():
    documents = load_gold("newsroom-validation")
    assert list(questions(documents, 1)) == list(questions(documents, 1))
    assert list(questions(documents, 1)) != list(questions(documents, 2))


def test_names_alone_do_not_answer(parts):
    """Chance is 1/4; above 1/3 the candidates would tell."""
    pytest.importorskip("sklearn", reason="the extra `learned` is not installed")
    shares = SCRIPT["guessed"](parts)
    assert shares["names alone"] < 1 / 3
    assert shares["commonest place"] < 0.26
