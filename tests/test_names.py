"""Names resolve by the steps of the contract, the first with one answer winning."""

import pytest

from benchmark.agencies import load_agencies
from benchmark.names import Names
from benchmark.records import Entity

ENTITIES = (
    Entity(name="Ana Ruiz", kind="person", aliases=("the mayor of Valmora",)),
    Entity(name="Otto Brandt", kind="person"),
    Entity(name="Eva Brandt", kind="person"),
    Entity(name="United States", kind="state", aliases=("US",)),
    Entity(name="Harbour Authority", kind="organization"),
    Entity(name="José Peña", kind="person"),
)


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("Ana Ruiz", {"Ana Ruiz"}),
        ("ana ruiz", {"Ana Ruiz"}),
        ("Mayor of Valmora", {"Ana Ruiz"}),
        ("the Harbour Authority's", {"Harbour Authority"}),
        ("Jose Pena", {"José Peña"}),
        ("Ana Ruiz and Otto Brandt", {"Ana Ruiz", "Otto Brandt"}),
        ("Ana Ruiz, Otto Brandt and the Harbour Authority",
         {"Ana Ruiz", "Otto Brandt", "Harbour Authority"}),
        ("Ana Ruiz; Eva Brandt", {"Ana Ruiz", "Eva Brandt"}),
        ("Mr. Otto Brandt, who was there", {"Otto Brandt"}),
        ("Valmoran Culture Minister Otto Brandt", {"Otto Brandt"}),
        ("Ruiz", {"Ana Ruiz"}),
        ("Otto", {"Otto Brandt"}),
        ("U.S.", {"United States"}),
        ("AFP", {"Agence France-Presse"}),
    ],
)  # fmt: skip
def test_resolves(string, expected):
    assert Names(ENTITIES, load_agencies()).keys([string]) == expected


@pytest.mark.parametrize(
    "string", ["Brandt", "us", "she", "who", "a spokesman for Otto Brandt", "somebody else", ""]
)
def test_does_not_resolve(string):
    names = Names(ENTITIES, load_agencies())
    assert not names.keys([string]) & {entity.name for entity in ENTITIES}


def test_unknown_names_are_their_own_words():
    names = Names(ENTITIES, load_agencies())
    assert names.keys(["A senior official"]) == names.keys(["senior official"])
    assert names.keys(["a senior official"]) != names.keys(["a junior official"])
