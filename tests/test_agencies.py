"""The table of news agencies: its form, and that every name leads to one agency."""

import re

import pytest

from benchmark.agencies import load_agencies
from benchmark.folding import fold

AGENCIES = load_agencies().table.agencies
KINDS = {"international", "national", "private", "photo", "financial"}


def test_there_are_at_least_60_sorted_unique_names() -> None:
    names = [agency.name for agency in AGENCIES]
    assert len(names) >= 60
    assert names == sorted(set(names))


def test_no_two_agencies_share_a_name_or_alias() -> None:
    owners: dict[str, set[str]] = {}
    for agency in AGENCIES:
        for name in (agency.name, *agency.aliases):
            for folded in (name.casefold().replace(".", ""), fold(name)):
                owners.setdefault(folded, set()).add(agency.name)
    assert {folded: found for folded, found in owners.items() if len(found) > 1} == {}


def test_every_name_and_alias_resolves_to_its_agency() -> None:
    resolve = load_agencies().resolve
    for agency in AGENCIES:
        assert {resolve(name) for name in (agency.name, *agency.aliases)} == {agency.name}


def test_aliases_are_clean_and_written_once() -> None:
    for agency in AGENCIES:
        names = [agency.name, *agency.aliases]
        assert len(names) == len(set(names)), agency.name
        assert all(fold(name) and name == " ".join(name.split()) for name in names), agency.name


def test_kind_country_and_wikidata_have_their_form() -> None:
    for agency in AGENCIES:
        assert agency.kind in KINDS, agency.name
        assert agency.country is None or re.fullmatch(r"[A-Z]{2}", agency.country), agency.name
        assert agency.wikidata is None or re.fullmatch(r"Q[1-9]\d*", agency.wikidata), agency.name


def test_no_two_agencies_share_a_wikidata_item() -> None:
    items = [agency.wikidata for agency in AGENCIES if agency.wikidata]
    assert len(items) == len(set(items))


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Thomson Reuters", "Reuters"),
        ("Interfax", "Interfax"),
        ("the Interfax news agency", "Interfax"),
        ("Associated Press", "Associated Press"),
        ("AP", "Associated Press"),
        ("A.P.", "Associated Press"),
        ("Agence France-Presse", "Agence France-Presse"),
        ("AFP", "Agence France-Presse"),
        ("TASS", "TASS"),
        ("Tass", "TASS"),
        ("ITAR-TASS", "TASS"),
    ],
)
def test_the_best_known_are_there(name: str, agency: str) -> None:
    assert load_agencies().resolve(name) == agency


@pytest.mark.parametrize("word", ["map", "tap", "spa", "app", "pa", "it", "us", "president"])
def test_a_lower_case_word_is_no_agency(word: str) -> None:
    assert load_agencies().resolve(word) is None
