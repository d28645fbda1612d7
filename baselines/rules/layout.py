"""Layout: paragraphs, quotations and sentences of a text, as character ranges."""

import re
from bisect import bisect_right
from dataclasses import dataclass

Range = tuple[int, int]
# The capitals of all alphabets written in Latin letters, that of Vietnamese among them: what
# stands in the class of a regular expression.
CAPITALS = "".join(
    char for code in (*range(0x250), *range(0x1E00, 0x1F00)) if (char := chr(code)).isupper()
)

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "''": "''", "``": "''"}
_MARK = re.compile(r"''|``|[“„«»\"‘]")
_END = re.compile(
    r"[.!?…]+[\"”’»')\]]*(?=\s+[\"“„«‘'(\[]*[^\Wa-z_]|\s*$)|(?<=[.!?…,\w])[\"”»](?=\s+[“\"]?[A-Z])"
)
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen sens rep reps gov gen col lt sgt st jr sr inc corp co ltd vs no jan feb
    mar apr aug sept oct nov dec rev hon capt cmdr adm maj messrs mt ft a.m p.m e.g i.e""".split()
)


# Behind a question in quotation marks the sentence may go on with its reporting clause.
_SAID = re.compile(
    r"\s+(?:[^\s.!?“”\"]+\s+|[A-Z][a-z]{0,3}\.\s+){1,6}?(?:said|says|asked|asks|told|wrote|tweeted|added|continued"
    r"|replied|shouted|responded|wondered|joked|quipped|exclaimed)\b"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks: `start` and `end` leave the marks out.

    `width` is the length of a mark: two where it is typed as two apostrophes.
    """

    start: int
    end: int
    closed: bool
    width: int = 1


def paragraphs(text: str) -> list[Range]:
    """The lines that are not blank."""
    return [match.span() for match in re.finditer(r"[^\n\r]+", text) if match[0].strip()]


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of a paragraph, marks paired by kind.

    A mark that never closes runs to the end of the paragraph: the quotation goes on in
    the next one. An apostrophe is no mark: a single mark opens only before a letter and
    behind white space, and closes only behind a mark of punctuation.
    """
    found = []
    at = start
    single = True
    while (match := _MARK.search(text, at, end)) is not None:
        mark = match[0]
        at = match.end()
        if mark == "‘" and not (single and not text[max(0, at - 2) : at - 1].strip()):
            continue
        close = _closing(text, at, end, mark)
        # Without a partner for this one there is none for a later one.
        single = single and not (mark == "‘" and close is None)
        if mark in "‘»" and (text[match.start() - 1 : match.start()].strip() or close is None):
            continue
        if close is None and not text[at:end].strip():
            continue
        if close is None and (mark == "''" or (mark == '"' and not _opens(text, match.start()))):
            continue
        stop = end if close is None else close
        if stop > at:
            found.append(Quotation(at, stop, close is not None, len(mark)))
        at = stop if close is None else stop + len(mark)
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark without a partner opens: it stands before a word."""
    return not text[max(0, at - 1) : at].strip() and bool(text[at + 1 : at + 2].strip())


def _closing(text: str, at: int, end: int, mark: str) -> int | None:
    closers = _CLOSERS[mark]
    if len(closers) == 1 and mark != "‘":
        index = text.find(closers, at, end)
        return None if index < 0 else index
    if mark in ("''", "``"):
        index = text.find("''", at, end)
        return None if index < 0 else index
    for index in range(at, end):
        if text[index] in closers and not (mark == "‘" and text[index - 1].isalnum()):
            return index
    return None


def sentences(text: str, start: int, end: int, quoted: list[Quotation]) -> list[Range]:
    """The sentences of a paragraph; none ends inside a quotation or behind an abbreviation."""
    found = []
    begin = start
    starts = [one.start for one in quoted]
    for match in _END.finditer(text, start, end):
        at = match.end()
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and at <= quoted[index].end and match.start() < quoted[index].end:
            continue
        if match[0] == "." and _abbreviated(text, begin, match.start()):
            continue
        if match[0][0] in '"”»' and text[match.start() - 1] not in ".!?…":
            continue
        if match[0][0] in "?!" and match[0][-1] in "\"”’'»" and _SAID.match(text, at, end):
            continue
        found.append((begin, at))
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append((begin, end))
    return found


def _abbreviated(text: str, begin: int, stop: int) -> bool:
    word = text[max(begin, stop - 12) : stop].rsplit(None, 1)
    last = word[-1].lower().strip('("“') if word else ""
    return (
        last in _ABBREVIATIONS
        or (len(last) == 1 and last.isalpha())
        or ("." in last and re.fullmatch(r"(?:[a-z]\.)+[a-z]", last) is not None)
    )
