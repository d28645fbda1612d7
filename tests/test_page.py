"""The page: what is in it, and that nothing in it can do harm."""

import json
import re

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from benchmark import Quote, score
from benchmark.cli import app
from benchmark.page import confusion
from benchmark.records import Document, encode
from benchmark.report import Report
from tests.build import QUOTES, gold, predictions, quote

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def page_of(*quotes: Quote, document: Document | None = None) -> str:
    return score([predictions(*quotes)], [document or gold()], draws=20).to_html()


def data_of(page: str) -> list:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_nothing_from_the_data_is_markup():
    wrong = quote(1, "the dam had held", speaker=NASTY, agency=NASTY, agency_role=None)
    page = page_of(wrong, Quote(quote=NASTY), document=gold(title=NASTY))
    # The page's own two scripts, and no other element from the data.
    assert page.count("<script") == 2
    assert "<img" not in page
    (one,) = data_of(page)
    assert one["title"] == NASTY
    assert one["items"][0]["predicted"]["speaker"] == [NASTY]


def test_nothing_is_asked_of_the_network():
    page = page_of(*QUOTES)
    # A name space is no address that is asked for.
    rest = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|//[a-z]|@import|url\(|src=|href=", rest.replace("// ", ""))
    assert "default-src 'none'" in page


def test_the_same_report_is_the_same_page():
    assert page_of(*QUOTES[:2]) == page_of(*QUOTES[:2])


def test_the_figures_are_those_of_the_table():
    report = score([predictions(*QUOTES[:2])], [gold()])
    page = report.to_html()
    assert str(report.signature).replace(">", "&gt;") in page
    # Two of four: P 1, R 1/2, F1 2/3.
    assert "<td>attribution</td><td>1.000</td><td>0.500</td><td>0.667</td>" in page


def test_offsets_and_errors_are_those_of_the_items():
    (one,) = data_of(page_of(QUOTES[3]))
    assert [item["kinds"] for item in one["items"]] == [["missed"]] * 3 + [[]]
    found = one["items"][3]["gold"]["content"]
    assert [one["text"][a:b] for a, b in found] == ["Nobody slept,", "Not one of us."]
    # The agency stands in the paragraph of its quote.
    assert [one["text"][a:b] for a, b in one["items"][3]["agencies"]] == ["Interfax"]


def test_the_confusion_of_agencies():
    changed = quote(2, "We were lucky,", speaker="Ruiz", agency="AFP", agency_role=None)
    report = score([predictions(QUOTES[0], changed)], [gold()])
    table = confusion(report.judged.scored)
    # Gold: none, Reuters, none, Interfax; predicted: none, AFP, and two not found.
    assert table["none"]["none"] == 1
    assert table["none"]["not found"] == 1
    assert sum(table["Reuters"].values()) == 1
    assert table["Reuters"]["Reuters"] == 0
    assert table["Interfax"]["not found"] == 1
    assert list(table) == ["Interfax", "Reuters", "none"]
    # Quotes, right, none, not found, another.
    rows = cells(report.to_html())
    assert rows["Interfax"] == ["1", "0", "0", "1", ""]
    assert rows["Reuters"] == ["1", "0", "0", "0", "Agence France-Presse 1"]
    assert rows["none"] == ["2", "1", "0", "1", ""]


def test_a_missed_agency_is_counted_under_none():
    missed = quote(2, "We were lucky,", speaker="Ruiz", agency=None, agency_role=None)
    page = score([predictions(missed)], [gold()]).to_html()
    assert cells(page)["Reuters"] == ["1", "0", "1", "0", ""]


def test_an_accepted_agency_is_right():
    other = replace(QUOTES[1], agency_alternatives=("Agence France-Presse", None))
    document = gold(quotes=(QUOTES[0], other, *QUOTES[2:]))
    for named in ("Agence France-Presse", "AFP", None):
        answer = quote(2, "We were lucky,", speaker="Ruiz", agency=named, agency_role=None)
        page = score([predictions(answer)], [document]).to_html()
        assert cells(page)["Reuters"] == ["1", "1", "0", "0", ""]


def cells(page: str) -> dict[str, list[str]]:
    """The rows of the table of agencies."""
    table = page[page.index('id="agencies"') : page.index('id="documents"')]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("<tr>")[2:]]
    return {row[0]: row[1:] for row in rows}


def report_without_items() -> Report:
    return score([predictions()], [gold()], details=False)


def test_a_report_without_items_has_no_page():
    with pytest.raises(ValueError, match="details=True"):
        report_without_items().to_html()


def test_the_option(tmp_path):
    gold_file, predicted, page = (tmp_path / n for n in ("g.jsonl", "p.jsonl", "page.html"))
    gold_file.write_bytes(encode(gold()) + b"\n")
    predicted.write_bytes(encode(predictions(*QUOTES)) + b"\n")
    arguments = ["score", str(predicted), "--gold", str(gold_file), "--html", str(page)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
