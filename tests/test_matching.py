"""The matching against its slow twin, and cases derived by hand."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.matching import Matching, match
from benchmark.records import Span
from benchmark.words import Region, Words
from tests.slow_matching import WordSet, best_pairing, excused_wordings

# Ten words of one letter: word i stands at character 2·i.
TEXT = "a b c d e f g h i j"
WORDS = Words(TEXT)


def region(words: WordSet) -> Region:
    return WORDS.region([Span(2 * word, 2 * word + 1) for word in sorted(words)])


def words_of(found: Region) -> WordSet:
    return frozenset(word for word in range(10) for a, b in found if a <= 2 * word < b)


def run(
    predicted: Sequence[WordSet],
    core: Sequence[WordSet],
    optional: Sequence[tuple[WordSet, bool]] = (),
) -> Matching:
    return match(
        WORDS,
        [region(one) for one in predicted],
        [region(one) for one in core],
        [(region(one), shell) for one, shell in optional],
        lambda p, c: (),
    )


def s(*words: int) -> WordSet:
    return frozenset(words)


word_sets = st.frozensets(st.integers(0, 7), min_size=1, max_size=5)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(word_sets, max_size=4),
    st.lists(word_sets, max_size=4, unique=True),
    st.lists(st.tuples(word_sets, st.booleans()), max_size=3, unique_by=lambda one: one[0]),
)
def test_equals_the_slow_twin(predicted, core, optional):
    core = sorted(core, key=sorted)
    optional = [one for one in optional if one[0] not in core]
    matching = run(predicted, core, optional)
    pairs = {(predicted[p], core[c]) for p, c in matching.pairs}
    assert len(matching.pairs) == len({c for _, c in matching.pairs})
    expected = best_pairing(predicted, core, [one for one, _ in optional])
    assert pairs == expected
    paired = {p for p, _ in matching.pairs}
    left = [one for index, one in enumerate(predicted) if index not in paired]
    assert Counter(predicted[p] for p in matching.excused) == Counter(
        excused_wordings(left, core, optional)
    )


@given(st.frozensets(st.integers(0, 9), max_size=6))
def test_a_region_is_its_words(words):
    assert words_of(region(words)) == words
    assert WORDS.size(region(words)) == len(words)


def test_exact_pairs_come_before_similarity():
    # Dice of {0,1,2} with {0,1,2,3} is 6/7; the exact pair is worth more than either.
    matching = run([s(0, 1, 2, 3), s(0, 1, 2)], [s(0, 1, 2)])
    assert matching.pairs == ((1, 0),)


def test_more_pairs_come_before_more_similar_ones():
    # Greedy takes P0-G0 (10/11) and leaves P1 alone; two pairs are possible:
    # P0-G1: 2·3/(5+4) = 2/3, P1-G0: 2·3/(6+3) = 2/3.
    gold = [s(0, 1, 2, 3, 4, 5), s(2, 3, 4, 6)]
    predicted = [s(0, 1, 2, 3, 4), s(0, 1, 5)]
    assert len(run(predicted, gold).pairs) == 2


def test_words_that_only_touch_are_no_pair():
    assert run([s(0, 1)], [s(2, 3)]).pairs == ()


def test_half_similar_is_a_pair_and_less_is_not():
    # 2·1/(2+2) = 1/2; 2·1/(2+3) = 2/5.
    assert run([s(0, 1)], [s(1, 2)]).pairs == ((0, 0),)
    assert run([s(0, 1)], [s(1, 2, 3)]).pairs == ()


def test_the_least_right_of_equal_wordings_is_paired():
    rightness = {0: (True,), 1: (False,)}
    matching = match(WORDS, [region(s(0, 1))] * 2, [region(s(0, 1))], [], lambda p, c: rightness[p])
    assert matching.pairs == ((1, 0),)


def test_a_copy_of_a_core_quote_is_not_excused():
    matching = run([s(0, 1), s(0, 1)], [s(0, 1)], [(s(0, 1, 2, 3), False)])
    assert len(matching.pairs) == 1
    assert matching.excused == frozenset()


def test_a_fragment_inside_an_optional_quote_is_excused_but_not_inside_a_shell():
    # {4} lies inside {2..7}: Dice 2/7 < 1/2, so only "inside" can excuse it.
    inside = s(2, 3, 4, 5, 6, 7)
    assert run([s(4)], [s(0, 1)], [(inside, False)]).excused == {0}
    assert run([s(4)], [s(0, 1)], [(inside, True)]).excused == frozenset()


def test_an_optional_quote_excuses_a_wording_once():
    assert len(run([s(4, 5)] * 3, [s(0, 1)], [(s(4, 5), False)]).excused) == 1
