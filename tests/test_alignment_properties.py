"""What holds of the aligner for any text and any strings, lone surrogates included."""

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.alignment import Aligner, Placement
from benchmark.words import Words, word_spans

# Of code points without a character the two patterns of `words` think differently.
ANY = st.text(st.characters(exclude_categories=["Cn"]), max_size=80)
# Few characters, so that the strings are often in the text, whole or in part.
DENSE = st.text(st.sampled_from("aAbß İe\u0301é'\"“”—-….[]1 \n日न\u0941"), max_size=60)
TEXT = st.one_of(ANY, DENSE)


def check(text: str, placements: list[Placement | None]) -> None:
    words = Words(text)
    for placement in placements:
        behind = 0
        for span in placement.spans if placement else ():
            assert behind <= span.start < span.end <= len(text)
            behind = span.end
            ((start, end),) = words.region([span])
            assert span.start <= start
            assert end <= span.end


@settings(max_examples=300, deadline=None)
@given(TEXT, st.data())
def test_any_words_of_a_text_are_found_exactly(text: str, data: st.DataObject) -> None:
    spans = word_spans(text)
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    needle = text[spans[first][0] : spans[last][1]]
    (found,) = Aligner(text).place([needle])
    assert found is not None
    assert found.method == "exact"
    assert [text[span.start : span.end] for span in found.spans] == [needle]
    check(text, [found, *Aligner(text).place([needle.upper()])])


@settings(max_examples=300, deadline=None)
@given(TEXT, st.lists(TEXT, max_size=5))
def test_any_strings_are_placed_within_any_text(text: str, strings: list[str]) -> None:
    placements = Aligner(text).place(strings)
    assert len(placements) == len(strings)
    check(text, placements)
