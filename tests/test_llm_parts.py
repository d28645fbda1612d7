"""The parts of `llm`: chunks cover, any answer is read, waits are as long as they should be."""

import random
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.llm.chunking import chunks
from baselines.llm.pace import Pace, Stopped, backoff, retry_after
from baselines.llm.parsing import Claim, parse
from baselines.llm.placing import Part, merge, to_quotes
from baselines.llm.prompts import PROMPTS, load_prompt
from baselines.llm.settings import read_key, read_settings
from baselines.llm.shape import SCHEMA
from benchmark import score
from benchmark.records import Document, Quote, words_of
from tests.build import QUOTES, TEXT, gold

ENTRY = '{"quote": "the dam had held", "speaker": ["Ana Ruiz"], "confidence": 0.5}'
ANSWER = f'{{"attributions": [{ENTRY}]}}'
CLAIM = Claim("the dam had held", ("Ana Ruiz",), confidence=0.5)


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(4, 60), st.integers(0, 30))
def test_chunks_cover_the_text_and_fit(text, window, overlap):
    overlap = min(overlap, window // 2)
    found = chunks(text, window, overlap)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(end - start <= window for start, end in found)
    for (start, end), (again, after) in pairwise(found):
        assert start < again <= end < after
        assert end - again <= overlap


def test_chunks_end_and_begin_with_paragraphs():
    text = "\n\n".join(["x" * 30 + "."] * 10)
    for start, end in chunks(text, 100, 40):
        assert text[start:end].startswith("xxx")
        assert end == len(text) or text[start:end].endswith(".\n\n")


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        f"[{ENTRY}]",
        f"```json\n{ANSWER}\n```",
        f"Here it is:\n\n```\n{ANSWER}\n```\nI hope this helps.",
        f"The answer is {ANSWER} as asked.",
        f'<think>{{"attributions": []}} or not?</think>{ANSWER}',
        f'First I thought {{"attributions": []}}, but it is {ANSWER}',
        "{{{ [[ " + ANSWER,
    ],
)
def test_json_is_found_wherever_it_stands(answer):
    assert parse(answer).claims == (CLAIM,)
    assert parse(answer).fault == ""


@given(
    st.text(alphabet=st.characters(), max_size=300)
    | st.text(alphabet='{}[]":,atribuons ', max_size=80)
)
def test_any_text_is_an_answer(answer):
    parsed = parse(answer)
    assert parsed.fault or not parsed.left_out or parsed.claims is not None


def test_deep_nesting_is_an_answer_too():
    assert parse("[" * 100_000).fault
    assert parse('{"attributions": ' * 5_000).fault


def test_what_cannot_be_used_in_an_entry_is_left_out():
    answer = (
        '{"attributions": [{"quote": ""}, {"quote": 3}, {"quote": "..."}, {"speaker": ["x"]},'
        '{"quote": "a \\ud800b", "speaker": null, "agency": "None", "agency_role": "carrier",'
        ' "confidence": NaN},'
        '{"quote": "c", "speaker": "Ana", "agency": "AFP", "agency_role": "sender",'
        ' "confidence": 1.5},'
        '{"quote": "d", "speaker": ["Ana", "", 4, "Ana"], "agency": "AFP",'
        ' "agency_role": "recipient", "confidence": true}]}'
    )
    parsed = parse(answer)
    assert parsed.left_out == 4
    assert parsed.claims == (
        Claim("a b"),
        Claim("c", ("Ana",), agency="AFP"),
        Claim("d", ("Ana",), agency="AFP", agency_role="recipient"),
    )


def test_gold_given_as_words_is_scored_as_gold():
    """Every label survives: the gold's own words as claims have attribution F1 1."""
    core = [one for one in QUOTES if one.status == "core"]
    claims = [
        Claim(
            one.quote or "",
            one.speakers,
            one.agency,
            one.agency_role,
            words_of(TEXT, one.cue),
            words_of(TEXT, one.source),
            1.0,
        )
        for one in core
    ]
    report = score([Document(doc_id="d", quotes=tuple(to_quotes(TEXT, claims)))], [gold()])
    for name in ("attribution", "content:exact", "cue", "source", "speaker", "agency"):
        assert report.measures[name].f1 == 1.0, name
    assert report.accuracies["quote_type:accuracy"].value == 1.0
    assert (report.worded, report.verbatim) == (4, 3)  # The broken quotation is in two parts.


def test_a_quotation_cut_by_a_chunk_gives_way_to_the_whole_one():
    whole, cut = "the dam had held", "the dam had"
    first = Part(0, 50, (Claim(cut),))
    second = Part(30, len(TEXT), (Claim(whole), Claim("not in it at all, anywhere")))
    third = Part(0, len(TEXT), (Claim("not in it at all, anywhere"),))
    found = merge(TEXT, [first, second, third])
    assert [one.quote for one in found] == [whole, "not in it at all, anywhere"]


def test_cue_and_source_are_the_nearest_outside_the_quote():
    text = 'He said no. "She said it," he said. Bo said so.'
    (quote,) = to_quotes(text, [Claim("She said it,", cue="said", source="He")])
    assert [one.start for one in quote.cue] == [text.index("said. Bo")]
    assert [one.start for one in quote.source] == [text.index("he said.")]
    (lost,) = to_quotes(text, [Claim("Nobody came home again", cue="said", source="He")])
    assert lost.cue == lost.source == ()


def test_the_verbatim_rate_counts_quotes_given_as_words():
    given = (
        Quote(quote="the dam had held"),
        Quote(quote="WE WERE   LUCKY"),
        Quote(quote="The moon fell into the lake"),
        QUOTES[2],  # by offsets
    )
    report = score([Document(doc_id="d", quotes=given)], [gold()])
    assert (report.worded, report.verbatim, len(report.fabricated)) == (3, 2, 1)
    assert "verbatim 0.667 (2 of 3 quotes given as words)" in " ".join(str(report).split())


def test_waits_double_and_scatter():
    random.seed(1)
    for failures, most in ((1, 1.0), (2, 2.0), (3, 4.0), (20, 60.0)):
        drawn = [backoff(1.0, failures) for _ in range(50)]
        assert most / 2 <= min(drawn) < max(drawn) <= most


def test_retry_after_is_seconds_or_a_date():
    assert retry_after("3") == 3.0
    assert retry_after(None) is None
    assert retry_after("soon") is None
    assert retry_after("-1") == 0.0
    later = retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True))
    assert later is not None
    assert 28 <= later <= 30


def test_a_pace_that_is_stopped_lets_nobody_wait():
    pace = Pace(rpm=1)
    pace.wait()
    pace.stop()
    begin = time.monotonic()
    with pytest.raises(Stopped):
        pace.wait()
    assert time.monotonic() - begin < 1


# A changed prompt is a new version under a new file name: these stay as they are.
@pytest.mark.parametrize(
    ("name", "digest"),
    [("a", "3136c20e30338cc4"), ("b", "fe5c7cfaf573c885"), ("c", "3e9ea6e776daaa03")],
)
def test_prompts_are_what_was_published(name, digest):
    assert load_prompt(name).sha256[:16] == digest


def test_each_prompt_names_every_field_and_says_what_is_data():
    for name in PROMPTS:
        prompt = load_prompt(name)
        for field in SCHEMA["properties"]["attributions"]["items"]["properties"]:
            assert field in prompt.system
        assert "JSON" in prompt.system
        assert "{mark}" in prompt.system


def test_options_go_before_the_environment():
    environment = {"QUOTEBENCH_BASE_URL": "http://h/v1", "QUOTEBENCH_MODEL": "m",
                   "QUOTEBENCH_RPM": "30"}  # fmt: skip
    assert read_settings({}, environment).rpm == 30.0
    assert read_settings({"rpm": 5.0}, environment).rpm == 5.0
    with pytest.raises(LookupError):
        read_settings({}, {})


def test_the_key_of_quotebench_goes_first_even_when_it_is_empty():
    assert read_key({"OPENAI_API_KEY": "o"}) == "o"
    assert read_key({"OPENAI_API_KEY": "o", "QUOTEBENCH_API_KEY": "q"}) == "q"
    assert read_key({"OPENAI_API_KEY": "o", "QUOTEBENCH_API_KEY": ""}) == ""
