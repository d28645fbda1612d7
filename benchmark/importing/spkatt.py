"""GePaDe-SpkAtt (Rehbein et al. 2023): speeches in the German parliament, as tokens alone.

The text is the tokens, joined by spaces, one sentence to a line. Message becomes the content;
Cue and its particle (PTC) the cue. Topic, Addr, Medium and Evidence have no place in the record.
The quotation marks of joined tokens are no safe guide, so no types are given.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmark.importing.building import Draft, Imported, Log, Options, Terms, build, read_text
from benchmark.importing.figures import recorded
from benchmark.records import Document, Span

TERMS = Terms("spkatt", "de", "CC BY-SA 4.0", ("content", "cue", "source"))


def read(source: Path, options: Options) -> Imported:
    """Read the folder of one split, or its folder `task1`."""
    del options
    log = Log()
    folder = source / "task1" if (source / "task1").is_dir() else source
    files = sorted(folder.glob("*.json"))
    if not files:
        log.fault(source, 0, "", "no .json file in it: give the folder of a split, as data/dev")
    documents = [one for file in files if (one := _document(file, log)) is not None]
    log.found["documents"] = len(documents)
    part = folder.resolve().parent.name if folder.name == "task1" else folder.resolve().name
    return log.imported({"": documents}, recorded("spkatt", part))


def _document(file: Path, log: Log) -> Document | None:
    raw = read_text(file, log)
    if raw is None:
        return None
    try:
        speech = json.loads(raw)
        places, text = _joined(speech["Sentences"])
        drafts = []
        for index, event in enumerate(speech["Annotations"]):
            roles = {}
            for role in ("Message", "Source", "Cue", "PTC"):
                unknown = [token for token in event[role] if token not in places]
                if unknown:
                    what = f"{unknown[0]!r} is no token of the speech: fetch the file again"
                    log.fault(file, 0, f"Annotations[{index}].{role}", what)
                roles[role] = [places[token] for token in event[role] if token in places]
            drafts.append(
                Draft(
                    content=_runs(roles["Message"]),
                    cue=_runs(roles["Cue"] + roles["PTC"]),
                    source=_runs(roles["Source"]),
                )
            )
    except json.JSONDecodeError as error:
        log.fault(file, error.lineno, "", f"no JSON ({error.msg}): fetch the file again")
        return None
    except (KeyError, TypeError) as error:
        log.fault(file, 0, str(error), "missing or of another type: fetch the file again")
        return None
    log.found["tokens"] += len(places)
    log.found["events"] += len(drafts)
    log.found["attributions"] += sum(bool(draft.content) for draft in drafts)
    return build(TERMS, file, file.stem, text, drafts, log)


def _joined(sentences: Any) -> tuple[dict[str, tuple[int, Span]], str]:
    """Number and place of each token by its id, and the text."""
    places: dict[str, tuple[int, Span]] = {}
    lines = []
    at = 0
    for sentence in sentences:
        for index, token in enumerate(sentence["Tokens"]):
            key = f"{sentence['SentenceId']}:{index}"
            places[key] = (len(places), Span(at, at + len(token)))
            at += len(token) + 1
        lines.append(" ".join(sentence["Tokens"]))
    return places, "\n".join(lines)


def _runs(tokens: list[tuple[int, Span]]) -> list[Span]:
    """One span for each run of neighbouring tokens."""
    tokens = sorted(set(tokens), key=lambda one: one[0])
    breaks = [i for i, (a, b) in enumerate(pairwise(tokens), 1) if b[0] > a[0] + 1]
    bounds = [0, *breaks, len(tokens)]
    return [Span(tokens[a][1].start, tokens[b - 1][1].end) for a, b in pairwise(bounds) if a < b]
