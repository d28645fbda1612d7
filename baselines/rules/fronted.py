"""Frames behind or within their content: "P, X said.", "P, said X.", "P, X said, P." """

from dataclasses import dataclass

from baselines.rules import verbs as lexicon
from baselines.rules.layout import Range
from baselines.rules.phrases import adverbs_left, phrase_right, subject_left
from baselines.rules.tokens import Token

_INVERTED_NOT = lexicon.TELLING | frozenset({"called", "calls", "cited", "supported", "described"})
_OPENERS = frozenset(
    """when as after in on asked speaking during at for with while since before by though although
    despite if under among from""".split()
)
_FEWEST_WORDS = 4
_LONG = 8
_MARKS = frozenset({",", ".", ";", ":", "—", "–", "-", ")", "?", "!", "…"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with its source and content as ranges of tokens; `end`: where it is done.

    `confidence` is the share of frames of its kind that were right on the training articles
    of PolNeAR.
    """

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    end: int
    relative: bool
    confidence: float


def fronted(tokens: list[Token], at: int, segment: int) -> Frame | None:
    """The frame of a cue at `at` whose content, or the first part of it, precedes it."""
    token = tokens[at]
    if at <= segment or token.quotation is not None:
        return None
    verb = token.verb
    if verb is not None and verb.lemma in lexicon.PARTICLES:
        return None
    if token.low not in lexicon.BEHIND_ONLY and (
        verb is None or verb.form == "ing" or not verb.public
    ):
        return None
    stop = len(tokens)
    before = tokens[at - 1]
    inverts = before.quotation is not None or (
        before.text == "," and token.low not in lexicon.BEHIND_ONLY
    )
    if inverts and token.low not in _INVERTED_NOT:
        ends = phrase_right(tokens, at + 1, stop)
        if (
            ends is not None
            and (verb is None or verb.form != "base")
            and (ends == stop or _may_follow(tokens[ends]) or tokens[ends].quotation is not None)
        ):
            content = at if before.quotation is not None else at - 1
            if before.quotation is None and _goes_on(tokens, ends):
                return None
            if _is_clause(tokens, segment, content):
                return _finish(tokens, segment, content, (at, at + 1), (at + 1, ends), ends)
    left = adverbs_left(tokens, at)
    source = subject_left(tokens, left, segment)
    if source is None or source[0] <= segment:
        return None
    mark = tokens[source[0] - 1]
    if mark.text not in (",", "—", "–", "?", "!") and mark.quotation is None:
        return None
    content = source[0] if mark.quotation is not None else source[0] - 1
    if mark.quotation is not None and mark.text.rstrip("\"”’'")[-1:] not in ",.?!—-…":
        return None
    if not _is_clause(tokens, segment, content) and not _divided(tokens, at + 1):
        return None
    return _finish(tokens, segment, content, (at, at + 1), source, at + 1)


def _is_clause(tokens: list[Token], start: int, stop: int) -> bool:
    inside = tokens[start:stop]
    if inside and inside[-1].quotation is not None:
        return True
    return (
        any(one.quotation is not None and len(one.text) > 8 for one in inside)
        or any(one.finite or one.low in lexicon.BE for one in inside)
        or (len(inside) >= _LONG and inside[0].low not in _OPENERS)
    )


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether a finite verb follows what seemed an inverted subject: it is the content's."""
    for token in tokens[at:]:
        if token.text in (",", ";", "—") or token.low in ("who", "when", "as", "after", "before"):
            return False
        if token.finite:
            return True
    return False


def _parenthetical(tokens: list[Token], at: int) -> bool:
    """Whether an unquoted clause with its verb goes on behind the comma of a frame."""
    first = tokens[at]
    if first.quotation is not None or first.low.endswith("ing") or first.low in _OPENERS:
        return False
    if first.low in ("and", "but", "who", "which", "according", "or"):
        return False
    return any(one.finite for one in tokens[at : at + 14])


def _divided(tokens: list[Token], at: int) -> bool:
    """Whether the frame stands between a subject and its verb: "The plan, X said, is dead." """
    if at + 1 < len(tokens) and tokens[at].text == "," and _parenthetical(tokens, at + 1):
        return True
    comma = next((i for i in range(at, min(len(tokens), at + 10)) if tokens[i].text == ","), None)
    return comma is not None and comma + 1 < len(tokens) and tokens[comma + 1].finite


def _finish(
    tokens: list[Token], segment: int, content: int, cue: Range, source: Range, at: int
) -> Frame | None:
    """Check what follows the frame, and add the part of the content behind it."""
    stop = len(tokens)
    quoted = tokens[content - 1].quotation is not None and (
        content - 1 == segment or len(tokens[content - 1].text.split()) >= _FEWEST_WORDS
    )
    told = tokens[cue[0]].low in lexicon.TELLING
    after = at
    if told and after < stop and tokens[after].text not in _MARKS:
        behind = phrase_right(tokens, after, stop)
        after = after if behind is None else behind
    rest = after
    while (
        rest < stop
        and tokens[rest].text not in (",", ";", ":", "—")
        and (tokens[rest].quotation is None)
    ):
        if tokens[rest].low == "that" and not quoted:
            return None
        rest += 1
    if after < stop and not _may_follow(tokens[after]) and not quoted:
        return None
    opener = tokens[segment].low
    if opener in _OPENERS and not quoted and rest < stop:
        direct = tokens[at].text == "," and at + 1 < stop
        if not direct or not _parenthetical(tokens, at + 1):
            return None
    parts: list[Range] = [(segment, content)]
    end = rest
    if rest < stop:
        second, end = _second_part(tokens, rest, stop)
        if second is not None:
            parts.append(second)
    sure = 0.97 if quoted else 0.83
    return Frame(cue, source, tuple(parts), end, False, sure)


def _may_follow(token: Token) -> bool:
    return (
        token.text in _MARKS
        or token.low in lexicon.PREPOSITIONS
        or token.low in lexicon.TIMES
        or token.low in lexicon.ADVERBS
        or token.low in ("when", "as", "last", "this", "while", "who", "recently", "and", "of")
    )


def _second_part(tokens: list[Token], rest: int, stop: int) -> tuple[Range | None, int]:
    """What follows the frame of a divided content, if it goes on; and where the frame ends."""
    token = tokens[rest]
    begin = rest if token.quotation is not None else rest + 1
    if begin >= stop:
        return None, stop
    while begin + 1 < stop and tokens[begin].low.endswith("ly"):
        begin += 1
    following = tokens[begin]
    if token.text == ";":
        return None, rest
    if following.quotation is not None:
        end = begin
        while end < stop and (tokens[end].quotation is not None or tokens[end].text in (",", ".")):
            end += 1
        return (begin, end), end
    verb = following.verb
    if (verb is not None and verb.form == "ing") or following.low.endswith("ing"):
        return None, rest
    if following.low in (
        "who",
        "which",
        "according",
        "according to",
        "in",
        "on",
        "after",
        "during",
    ):
        return None, rest
    if following.low in ("and", "but", "while") and any(
        one.verb is not None and one.verb.public for one in tokens[begin + 1 : begin + 5]
    ):
        return None, rest
    if any(one.quotation is not None for one in tokens[:rest]) and token.text == ",":
        goes_on = (
            following.low in ("and", "but")
            and begin + 1 < stop
            and (tokens[begin + 1].quotation is not None)
        )
        return ((begin, stop), stop) if goes_on else (None, rest)
    return (begin, stop), stop
