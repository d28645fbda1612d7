"""Where layers differ: by hand, on the text of `tests.build`."""

import runpy

from msgspec.structs import replace

from benchmark.differences import differences
from benchmark.records import Entity
from benchmark.sets import gold_root
from tests.build import QUOTES, gold, span

FIRST, TOLD, WARNED, SPLIT, SHELL = QUOTES


def found(*layers, **beside):
    rows = differences({str(n): one for n, one in enumerate(layers)}, beside)
    return [(row.field, row.quote, tuple(row.values.values())) for row in rows]


def test_a_layer_does_not_differ_from_itself():
    assert found(gold(), gold(), gold()) == []


def test_what_one_layer_lacks_is_absent_there():
    rows = found(gold(), gold(quotes=QUOTES[1:]))
    assert rows == [("status", "the dam had held", ("core", "absent"))]


def test_a_boundary_a_label_and_a_status():
    other = gold(
        quotes=(
            replace(FIRST, content=(span("dam had held"),), quote="dam had held"),
            replace(TOLD, agency=None, agency_role=None),
            replace(WARNED, status="optional"),
            replace(SPLIT, speaker=("Otto Brandt",)),
            SHELL,
        )
    )
    assert found(gold(), other) == [
        ("content", "the dam had held", ("the dam had held", "dam had held")),
        ("agency", "We were lucky,", ("Reuters (recipient)", "none")),
        ("status", "more rain would come", ("core", "optional")),
        ("speaker", "Nobody slept, Not one of us.", ("Ana Ruiz", "Otto Brandt")),
    ]


def test_what_is_accepted_besides_is_compared_too():
    other = gold(quotes=(replace(FIRST, speaker_alternatives=(("Otto Brandt",),)), *QUOTES[1:]))
    assert found(gold(), other) == [
        ("speaker", "the dam had held", ("Ana Ruiz", "Ana Ruiz | Otto Brandt")),
    ]
    # An alias says the same again.
    alias = gold(
        quotes=(replace(FIRST, speaker_alternatives=(("the mayor of Valmora",),)), *QUOTES[1:])
    )
    assert found(gold(), alias) == []


def test_one_person_under_two_names_is_no_difference():
    """The mayor of Valmora is an alias of Ana Ruiz in the one layer, a name in the other."""
    mayor = Entity(name="the mayor of Valmora", kind="person")
    other = gold(
        entities=(mayor, *gold().entities[1:]),
        quotes=(replace(FIRST, speaker=("the mayor of Valmora",)),),
    )
    assert found(gold(quotes=(FIRST,)), other) == []


def test_a_shell_is_never_taken_for_what_it_encloses():
    """Both have nearly the same words: the layer without the inner quote lacks just that."""
    assert [row[:2] for row in found(gold(quotes=(SPLIT, SHELL)), gold(quotes=(SHELL,)))] == [
        ("status", "Nobody slept, Not one of us.")
    ]


def test_optional_attributions_are_compared_in_their_status_alone():
    shells = SHELL, replace(SHELL, speaker=("Ana Ruiz",))
    assert found(gold(quotes=shells[:1]), gold(quotes=shells[1:])) == []


def test_the_gold_is_shown_and_not_compared():
    """Layers that agree differ in nothing, whatever the gold says."""
    assert found(gold(), gold(), gold=gold(quotes=())) == []
    rows = found(gold(), gold(quotes=QUOTES[1:]), gold=gold(quotes=QUOTES[1:]))
    assert rows == [("status", "the dam had held", ("core", "absent", "absent"))]


def test_the_order_of_quotes_is_nothing():
    assert found(gold(), gold(quotes=QUOTES[::-1])) == []


def test_every_difference_of_newsroom_is_decided():
    """Each row has its note, and the file has no row that is out of date."""
    script = runpy.run_path(str(gold_root().parent / "scripts" / "adjudicate.py"))
    lines = script["TARGET"].read_bytes().splitlines()
    kept = [script["msgspec"].json.decode(line, type=script["Row"]) for line in lines]
    assert script["with_notes"](script["found"](), kept) == kept
    assert [row.key for row in kept if not row.note] == []
    assert len({row.key for row in kept}) == len(kept)
