"""Phenomena against spans: each rule with a mark that is missing and one that is wrong."""

import pytest
from msgspec.structs import replace

from benchmark import load_gold
from benchmark.phenomena import check_phenomena
from benchmark.records import Span
from tests.build import QUOTES, gold, span


def faults(quote):
    """What is said of one quote in the document of `tests.build`."""
    return [what for _, what in check_phenomena(gold(quotes=(quote,)))]


FIRST, TOLD, WARNED, SPLIT, SHELL = QUOTES
TOLD_RIGHT = replace(TOLD, phenomena=("surname_speaker", "agency_recipient"))
SPLIT_RIGHT = replace(SPLIT, phenomena=("split_quote", "pronoun_speaker", "agency_tail"))
SHELL_RIGHT = replace(SHELL, phenomena=("agency_shell", "agency_tail"), agency_role="carrier",
                      cue=(span("reported"),))  # fmt: skip


@pytest.mark.parametrize("quote", [FIRST, TOLD_RIGHT, WARNED, SPLIT_RIGHT, SHELL_RIGHT])
def test_what_is_marked_rightly_is_let_be(quote):
    assert faults(quote) == []


@pytest.mark.parametrize(
    ("quote", "changes", "fault"),
    [
        # "Nobody slept," she said, Interfax reported. "Not one of us." has words in between.
        (SPLIT_RIGHT, {"phenomena": ("pronoun_speaker", "agency_tail")}, "split_quote is due"),
        (FIRST, {"phenomena": ("split_quote",)}, "split_quote is not due"),
        (FIRST, {"phenomena": ("multi_paragraph",)}, "multi_paragraph is not due"),
        (SPLIT_RIGHT, {"phenomena": ("split_quote", "agency_tail")}, "pronoun_speaker is due"),
        (FIRST, {"phenomena": ("pronoun_speaker",)}, "pronoun_speaker is not due"),
        (FIRST, {"cue": ()}, "no_cue is due"),
        (FIRST, {"phenomena": ("according_to",)}, "according_to is not due"),
        (TOLD_RIGHT, {"phenomena": ()}, "agency_recipient is due"),
        (FIRST, {"agency_alternatives": ("Reuters",)}, "agency_inherited is due"),
        (SPLIT_RIGHT, {"phenomena": ("split_quote", "pronoun_speaker")}, "mark one of"),
        (FIRST, {"phenomena": ("agency_head",)}, "mark one of"),
        (FIRST, {"phenomena": ("partial_quote",)}, "partial_quote is not due"),
        (FIRST, {"quote_type": "mixed"}, "partial_quote is due"),
        (FIRST, {"speaker": ("Ana Ruiz", "Otto Brandt")}, "plural_speaker is due"),
        (FIRST, {"phenomena": ("nested",)}, "nested is not due"),
        (FIRST, {"phenomena": ("inverted_cue",)}, "inverted_cue is not due"),
        (SPLIT_RIGHT, {"speaker": ("Interfax",)}, "agency_only is due"),
        # "said the dam": the noun phrase right behind the cue, were it the source.
        (FIRST, {"source": (span("the dam"),)}, "inverted_cue is due"),
    ],
)
def test_what_is_marked_wrongly_is_named(quote, changes, fault):
    assert any(what.startswith(fault) for what in faults(replace(quote, **changes)))


def test_an_open_quotation_of_two_paragraphs():
    text = 'She said: "A one.\n\n"B two."'
    quote = replace(
        FIRST,
        content=(Span(11, 17), Span(20, 26)),
        cue=(Span(4, 8),),
        source=(Span(0, 3),),
        quote_type="direct",
        phenomena=("pronoun_speaker",),
    )
    (fault,) = [what for _, what in check_phenomena(gold(text=text, quotes=(quote,)))]
    assert fault.startswith("multi_paragraph is due")


@pytest.mark.parametrize("name", ["article", "newsroom", "newsroom-train", "newsroom-validation"])
def test_the_gold_is_marked_rightly(name):
    assert [fault for one in load_gold(name) for fault in check_phenomena(one)] == []
