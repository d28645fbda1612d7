"""The sampling frame: how an article of the newsroom set was chosen.

Each annotation file of `gold/newsroom` has a table `[frame]`. It plans the set and counts
its balance; it is no part of the record, so no system sees it. `gold/newsroom/frame.md`
says what the words mean.
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from benchmark.faults import Fault, InputRefused

Beat = Literal[
    "diplomacy",
    "courts",
    "markets",
    "disaster",
    "sport",
    "health",
    "technology",
    "local council",
    "culture",
    "war",
    "labour",
    "science",
]
Form = Literal[
    "wire brief",
    "news story",
    "analysis",
    "live blog",
    "interview",
    "press-conference report",
    "obituary",
    "round-up",
]
Marks = Literal["straight", "curly", "single", "low"]
English = Literal["british", "american"]
Tense = Literal["past", "present"]
# What agencies do in an article: the ways that give a label, then the traps that give none.
Behaviour = Literal[
    "none",
    "carrier head",
    "carrier middle",
    "carrier tail",
    "recipient",
    "several agencies",
    "inherited",
    "agency as only source",
    "trap: photo credit",
    "trap: dateline",
    "trap: byline",
    "trap: agency as topic",
    "trap: agency as client",
    "trap: agency as customer",
    "trap: agency as supplier",
    "trap: data vendor",
    "trap: employer",
    "trap: poll",
    "trap: agency's own spokesman",
]


class Style(Struct, frozen=True, forbid_unknown_fields=True):
    """The house style: quotation marks, spelling, and the tense of the cues."""

    marks: Marks
    english: English
    tense: Tense


class Frame(Struct, frozen=True, forbid_unknown_fields=True):
    """The cell of the frame that an article fills. `region` names the roots of its names."""

    region: str
    beat: Beat
    form: Form
    style: Style
    agency: tuple[Behaviour, ...]


def read_frame(path: Path) -> Frame:
    """The frame of an annotation file. Raises InputRefused where it is missing or unknown."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        frame = msgspec.convert(content.get("frame"), Frame)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        what = f"{error}: use the words of gold/newsroom/frame.md"
        raise InputRefused([Fault(str(path), 0, "frame", what)]) from None
    faults = []
    if not frame.region.strip():
        faults.append(Fault(str(path), 0, "frame.region", "empty: name the roots of its names"))
    if not frame.agency or ("none" in frame.agency and len(frame.agency) > 1):
        what = 'give what agencies do in the article, or ["none"] alone'
        faults.append(Fault(str(path), 0, "frame.agency", what))
    if faults:
        raise InputRefused(faults)
    return frame
