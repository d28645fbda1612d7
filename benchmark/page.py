"""The page: a report as one HTML file that a journalist can read.

Jinja2 writes the tables, with everything escaped. The documents go into the page as JSON;
its script shows them one page at a time and writes their words as text, never as markup.
Nothing is loaded from anywhere: the content security policy allows this script alone.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from benchmark.agencies import load_agencies
from benchmark.errors import KINDS, Error, find_errors
from benchmark.items import Item, Scored
from benchmark.plots import curves, environment, forest
from benchmark.records import Quote, Spans
from benchmark.report import Report
from benchmark.tables import bounds, count, number

NONE, MISSED = "none", "not found"


def render_page(report: Report) -> str:
    """The page of a report. Raises ValueError where its items were not kept."""
    scored = report.judged.scored
    errors = list(find_errors(scored))
    templates = environment()
    source = templates.loader.get_source(templates, "report.js")[0] if templates.loader else ""
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return templates.get_template("report.html").render(
        report=report,
        kinds=KINDS,
        numbers=Counter(error.kind for error in errors),
        confusion=confusion(scored),
        no_agency=NONE,
        missed=MISSED,
        data=Markup(_safe_json(_documents(scored, errors))),
        script=Markup(source),
        script_hash=digest,
        forest=forest([(name, one.f1, one.interval) for name, one in report.measures.items()]),
        curves=curves(report.risk_coverage),
        number=number,
        bounds=bounds,
        count=count,
    )


def confusion(scored: Iterable[Scored]) -> dict[str, Counter[str]]:
    """Core quotes by the agency of the gold, and of each how many by the predicted agency.

    Names are resolved, and an accepted alternative counts as the gold's own agency; "none" is
    no agency, "not found" a quote that was not paired. A set
    names dozens of agencies and few are taken for each other: only what occurs is kept.
    """
    resolve = load_agencies().resolve
    cells: dict[str, Counter[str]] = {}
    for one in scored:
        if "agency" not in one.document.layers:
            continue
        for item in one.items:
            if item.gold is None:
                continue
            predicted = MISSED
            if item.prediction is not None:
                named = item.prediction.quote.agency
                predicted = NONE if named is None else resolve(named) or named
                if predicted in {one or NONE for one in item.gold.agency_alternatives}:
                    predicted = item.gold.agency or NONE
            cells.setdefault(item.gold.agency or NONE, Counter())[predicted] += 1
    return {name: cells[name] for name in sorted(cells, key=lambda name: (name == NONE, name))}


def _documents(scored: Iterable[Scored], errors: Iterable[Error]) -> list[dict[str, Any]]:
    """What the script needs to show each document."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for error in errors:
        kinds.setdefault((error.doc_id, error.item), []).append(error.kind)
    return [
        {
            "id": one.document.doc_id,
            "title": one.document.title,
            "text": one.document.text,
            "items": [
                _item(one, item, kinds.get((one.document.doc_id, index), []))
                for index, item in enumerate(one.items)
            ],
            "excused": len(one.excused),
        }
        for one in scored
    ]


def _item(one: Scored, item: Item, kinds: list[str]) -> dict[str, Any]:
    gold = None if item.gold is None else _side(item.gold, _pairs(item.gold.content or ()))
    predicted = None
    if item.prediction is not None:
        predicted = _side(item.prediction.quote, [list(part) for part in item.prediction.region])
        predicted["found"] = item.prediction.found
        if item.prediction.region:
            text = one.document.text
            predicted["quote"] = " ".join(text[a:b] for a, b in item.prediction.region)
    contents = [part for side in (gold, predicted) if side for part in side["content"]]
    names = {side["agency"] for side in (gold, predicted) if side and side["agency"]}
    return {
        "kinds": kinds,
        "gold": gold,
        "predicted": predicted,
        "phenomena": [] if item.gold is None else list(item.gold.phenomena),
        "agencies": _mentions(one.document.text, contents, names),
    }


def _side(quote: Quote, content: list[list[int]]) -> dict[str, Any]:
    return {
        "id": quote.quote_id,
        "quote": quote.quote or "",
        "content": content,
        "cue": _pairs(quote.cue),
        "source": _pairs(quote.source),
        "speaker": list(quote.speakers),
        "agency": quote.agency,
        "type": quote.quote_type,
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _mentions(text: str, contents: list[list[int]], names: Iterable[str]) -> list[list[int]]:
    """Where the paragraphs of some contents name the agencies."""
    if not contents or not names:
        return []
    start = text.rfind("\n", 0, min(part[0] for part in contents)) + 1
    end = text.find("\n", max(part[1] for part in contents))
    end = len(text) if end < 0 else end
    resolve = load_agencies().resolve
    wanted = {resolve(name) or name for name in names}
    spellings = {
        spelling
        for agency in load_agencies().table.agencies
        if agency.name in wanted
        for spelling in (agency.name, *agency.aliases)
    } | wanted
    pattern = "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))
    found = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)").finditer(text, start, end)
    return [list(match.span()) for match in found]


def _safe_json(value: object) -> str:
    """JSON that cannot end the script element that it stands in."""
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        encoded = encoded.replace(character, f"\\u{ord(character):04x}")
    return encoded
