"""German Wikinews quotations (Petersen-Frey and Biemann 2024): one JSON file for an article.

The corpus's five types and its medium are kept in `note`; the type of our record follows from
the quotation marks. Addressee and frame have no place in the record and are left out.
"""

import json
from pathlib import Path
from typing import Any

from benchmark.importing.building import (
    Draft,
    Imported,
    Log,
    Options,
    Terms,
    build,
    differs,
    read_text,
    same_words,
)
from benchmark.importing.figures import recorded
from benchmark.records import Document, Span, Spans

TERMS = Terms(
    "german-wikinews", "de", "CC BY-NC-SA 4.0", ("content", "cue", "source", "quote_type")
)


def read(source: Path, options: Options) -> Imported:
    """Read the folder of one split."""
    log = Log()
    files = sorted(source.glob("*.json"))
    if not files:
        log.fault(source, 0, "", "no .json file in it: give the folder of a split, as data/dev")
    documents = [one for file in files if (one := _document(file, options, log)) is not None]
    log.found["documents"] = len(documents)
    return log.imported({"": documents}, recorded("german-wikinews", source.resolve().name))


def _document(file: Path, options: Options, log: Log) -> Document | None:
    raw = read_text(file, log)
    if raw is None:
        return None
    try:
        article = json.loads(raw)
        text, name = article["originalText"], article["documentName"]
        drafts = [
            Draft(
                content=_part(one["quote"], text, file, f"annotations[{index}].quote", log),
                cue=_part(one["cue"], text, file, f"annotations[{index}].cue", log),
                source=_part(one["speaker"], text, file, f"annotations[{index}].speaker", log),
                nested=one["isNested"],
                speech=one["medium"] not in ("Thought", "none"),
                note=f"type {one['type']}, medium {one['medium']}",
            )
            for index, one in enumerate(article["annotations"])
        ]
    except json.JSONDecodeError as error:
        log.fault(file, error.lineno, "", f"no JSON ({error.msg}): fetch the file again")
        return None
    except (KeyError, TypeError) as error:
        log.fault(file, 0, str(error), "missing or of another type: fetch the file again")
        return None
    log.found["attributions"] += len(drafts)
    return build(
        TERMS, file, name, text, drafts, log,
        title=name.partition(" - ")[2], speech_only=options.speech_only,
    )  # fmt: skip


def _part(part: Any, text: str, file: Path, name: str, log: Log) -> Spans:
    spans = tuple(Span(one["charBegin"], one["charEnd"]) for one in part["spans"])
    here = "".join(text[span.start : span.end] for span in spans)
    if not same_words(part["text"], here):
        log.fault(file, 0, name, differs(part["text"], here))
    return spans
