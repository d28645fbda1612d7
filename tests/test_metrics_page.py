"""The page about the measures: its example is scored, its names are the program's."""

import json
from pathlib import Path

from benchmark import Quote, Span, score
from benchmark.errors import KINDS
from benchmark.measures import MEASURES
from benchmark.records import Document, Entity
from tests.build import gold

PAGE = (Path(__file__).parent.parent / "docs" / "metrics.md").read_text(encoding="utf-8")


def example() -> dict:
    block = PAGE.split("<!-- example:begin -->")[1].split("<!-- example:end -->")[0]
    return json.loads(block.strip().removeprefix("```json").removesuffix("```"))


def test_the_worked_example():
    case = example()
    text = case["text"]
    quotes = []
    for number, one in enumerate(case["gold"]):
        start = text.index(one["words"])
        quotes.append(
            Quote(
                quote_id=f"d-{number}",
                quote=one["words"],
                content=(Span(start, start + len(one["words"])),),
                speaker=(one["speaker"],),
                agency=one["agency"],
                agency_role="recipient" if one["agency"] else None,
                quote_type="indirect",
            )
        )
    people = tuple(Entity(name=name, kind="person") for name in ("Ada Quell", "Bo Tarn"))
    predicted = Document(doc_id="d", quotes=tuple(Quote(**one) for one in case["predicted"]))
    report = score([predicted], [gold(text=text, quotes=tuple(quotes), entities=people)])
    for name, expected in case["expected"].items():
        figure = report.measures[name]
        assert [figure.right, figure.predicted, figure.gold] == expected, name
    assert report.errors["agency:as_speaker"].count == 1
    assert len(report.fabricated) == 1


def test_every_measure_and_class_of_error_is_on_the_page():
    for measure in MEASURES:
        assert f"`{measure.name}`" in PAGE
    for kind, definition in KINDS.items():
        assert f"| *{kind}* | {definition} |" in PAGE
