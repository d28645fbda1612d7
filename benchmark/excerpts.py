"""Excerpts: the words around an error, with gold and predicted contents marked."""

from benchmark.words import Region

GOLD_MARKS = ("⟦", "⟧")
PREDICTED_MARKS = ("⟨", "⟩")
LEGEND = "⟦gold⟧ ⟨predicted⟩"

# Characters kept on either side of a mark.
_AROUND = 40


def excerpt(text: str, gold: Region, predicted: Region) -> str:
    """The text around two regions on one line, their ends marked; "" where both are empty.

    What is far from any mark is left out ("…"). Where both end at the same place the
    gold stands outside.
    """
    marks = sorted(
        [(start, 2, GOLD_MARKS[0]) for start, _ in gold]
        + [(start, 3, PREDICTED_MARKS[0]) for start, _ in predicted]
        + [(end, 0, PREDICTED_MARKS[1]) for _, end in predicted]
        + [(end, 1, GOLD_MARKS[1]) for _, end in gold]
    )
    if not marks:
        return ""
    first = _word_start(text, marks[0][0] - _AROUND)
    pieces = ["…" if first > 0 else "", text[first : marks[0][0]]]
    for index, (at, _, mark) in enumerate(marks):
        pieces.append(mark)
        following = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        pieces.append(_between(text, at, following, last=index + 1 == len(marks)))
    return " ".join("".join(pieces).split())


def _between(text: str, start: int, end: int, *, last: bool) -> str:
    """The text from one mark to the next, its middle left out where it is long."""
    if last:
        stop = _word_end(text, min(start + _AROUND, end))
        return text[start:stop] + ("…" if stop < end else "")
    if end - start <= 3 * _AROUND:
        return text[start:end]
    stop, restart = _word_end(text, start + _AROUND), _word_start(text, end - _AROUND)
    return f"{text[start:stop]} … {text[restart:end]}"


def _word_start(text: str, at: int) -> int:
    """The first character of the word that a place lies in."""
    at = max(at, 0)
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    """The place behind the word that a place lies in."""
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
