"""Frames of one sentence: each cue with its source and content, as character ranges."""

from dataclasses import dataclass

from baselines.rules import verbs as lexicon
from baselines.rules.content import begin_right, end_right, opens_clause, spans
from baselines.rules.fronted import Frame, fronted
from baselines.rules.layout import Range
from baselines.rules.nominal import according, colon, nominal
from baselines.rules.phrases import adverbs_left, main_subject, phrase_left, subject_left
from baselines.rules.tokens import Token

_NEAR = 8
_LINKS = frozenset({"and", "but", "then", "or", "also"})
_PROGRESSIVE_BLOCK = frozenset({"to", "of", "for"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as ranges. `relative`: it stands in a relative clause."""

    content: tuple[Range, ...]
    cue: Range
    source: Range | None
    relative: bool
    confidence: float


def frames(text: str, tokens: list[Token]) -> list[Found]:
    """The attributions of one sentence, in the order of their cues."""
    found: list[tuple[int, Found]] = []
    covered = [False] * len(tokens)
    segment = 0
    at = 0
    while at < len(tokens):
        frame = None if covered[at] else fronted(tokens, at, segment)
        if frame is None:
            at += 1
            continue
        one = _from_frame(text, tokens, frame)
        if one is not None:
            found.append((frame.cue[0], one))
            covered[segment : frame.end] = [True] * (frame.end - segment)
            segment = frame.end
        at = max(at + 1, frame.end)
    begins, stops = _gaps(covered)
    last: Frame | None = None
    at = 0
    while at < len(tokens):
        frame = None if covered[at] else _behind(tokens, at, last, begins[at], stops[at])
        if frame is None:
            at += 1
            continue
        one = _from_frame(text, tokens, frame)
        if one is not None:
            found.append((frame.cue[0], one))
            if not frame.relative and frame.source is not None:
                last = frame
            at = frame.end if frame.end > at else at + 1
        else:
            at += 1
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _gaps(covered: list[bool]) -> tuple[list[int], list[int]]:
    """For each token where the run of free tokens around it begins and stops."""
    begins, stops = [0] * len(covered), [len(covered)] * len(covered)
    begin = 0
    for index, taken in enumerate(covered):
        begins[index] = begin
        if taken:
            begin = index + 1
    stop = len(covered)
    for index in range(len(covered) - 1, -1, -1):
        if covered[index]:
            stop = index
        stops[index] = stop
    return begins, stops


def _from_frame(text: str, tokens: list[Token], frame: Frame) -> Found | None:
    content = tuple(part for begin, stop in frame.content for part in spans(tokens, begin, stop))
    if not content:
        return None
    cue = tokens[frame.cue[0]].start, tokens[frame.cue[1] - 1].end
    source = None
    if frame.source is not None:
        source = tokens[frame.source[0]].start, tokens[frame.source[1] - 1].end
        if text[source[0] : source[1]].endswith(("'s", "’s")):
            source = source[0], source[1] - 2
    return Found(content, cue, source, frame.relative, frame.confidence)


def _behind(
    tokens: list[Token], at: int, last: Frame | None, begin: int, stop: int
) -> Frame | None:
    """The frame of a cue at `at` whose content follows it."""
    token = tokens[at]
    if token.low == "according":
        return according(tokens, at, begin, stop)
    if token.text == ":":
        return colon(tokens, at, begin, stop)
    if (found := nominal(tokens, at, stop)) is not None:
        return found
    if token.low in lexicon.BEHIND_ONLY and (one := _quoting(tokens, at, begin, stop)) is not None:
        return one
    verb = token.verb
    if verb is None or (token.capital and at != begin):
        return None
    if verb.form == "ing":
        return _participle(tokens, at, last, stop)
    left = adverbs_left(tokens, at)
    before = tokens[left - 1] if left else None
    if before is None or before.low in lexicon.BE or before.low in ("to", "the", "a", "an", "as"):
        return None
    if before.low in lexicon.DETERMINERS and before.low not in ("that", "this", "many", "some"):
        return None
    relative = before.low in ("who", "which", "that")
    source = None
    if before.low in _LINKS or before.text == ",":
        if verb.form != "past" and verb.form != "third":
            return None
        if before.low in _LINKS or verb.form == "third":
            source = last.source if last is not None else main_subject(tokens, left - 1)
            relative = False
    if source is None:
        source, relative = _subject(tokens, left, begin)
    if source is None and verb.public:
        source = (
            last.source if last is not None and before.text == "," else main_subject(tokens, left)
        )
        relative = False
    if source is None:
        return None
    if (
        verb.form == "base"
        and left == at
        and verb.lemma not in lexicon.NEVER_NOUNS
        and not _plural(tokens, source)
    ):
        return None
    if "to" in verb.takes and tokens[source[0]].low in ("that", "this", "these"):
        return None
    content = _content(tokens, at, stop, verb)
    if content is None:
        return None
    cue_end, first = content
    ends = end_right(tokens, first, stop)
    if relative:
        ends = _before_main_verb(tokens, first, ends)
    sure = 0.86 if "any" in verb.takes else 0.74
    return Frame((at, cue_end), source, ((first, ends),), ends, relative, sure)


def _quoting(tokens: list[Token], at: int, begin: int, stop: int) -> Frame | None:
    """A verb such as "continued" that a quotation follows at once."""
    first = at + 1
    while first < stop and tokens[first].text in (",", ":"):
        first += 1
    if first == at + 1 or first >= stop or tokens[first].quotation is None:
        return None
    source, relative = _subject(tokens, adverbs_left(tokens, at), begin)
    if source is None:
        return None
    ends = end_right(tokens, first, stop)
    return Frame((at, at + 1), source, ((first, ends),), ends, relative, 0.83)


def _before_main_verb(tokens: list[Token], first: int, stop: int) -> int:
    """A relative clause ends where the main verb follows a comma."""
    for index in range(first + 1, stop - 1):
        if tokens[index].text == ",":
            after = index + 1
            while after < stop and tokens[after].low in lexicon.ADVERBS:
                after += 1
            if after < stop and tokens[after].finite:
                return index
    return stop


def _subject(tokens: list[Token], left: int, begin: int) -> tuple[Range | None, bool]:
    """The subject that ends at `left`; for a relative pronoun its antecedent."""
    index = left - 1
    while index > begin and tokens[index].low not in ("who", "which", "that") and index > left - 5:
        if tokens[index].low not in lexicon.TIMES and tokens[index].low not in (
            "a",
            "earlier",
            "on",
            "in",
        ):
            break
        index -= 1
    if tokens[index].low in ("who", "which", "that") and index > begin:
        stop = index - 1 if tokens[index - 1].text == "," else index
        return subject_left(tokens, stop, begin), True
    return subject_left(tokens, left, begin), False


def _plural(tokens: list[Token], source: Range) -> bool:
    head = tokens[source[0] : source[1]]
    lows = {one.low for one in head}
    if len(head) == 1:
        return head[0].low in ("they", "we", "i", "you", "who") or head[0].low.endswith("s")
    return (
        "and" in lows
        or any(one.low.endswith("s") and not one.low.endswith(("ss", "'s", "’s")) for one in head)
        or bool(lows & {"people", "many", "some", "most", "percent", "data", "women", "men"})
    )


def _content(tokens: list[Token], at: int, stop: int, verb: lexicon.Verb) -> tuple[int, int] | None:
    """The end of the cue and the beginning of its content, or None."""
    cue_end = at + 1
    follows = tokens[cue_end].low if cue_end < stop else ""
    if verb.lemma == "call":
        if follows in ("on", "upon"):
            return _called_on(tokens, cue_end + 1, stop)
        if follows == "for":
            cue_end += 1
        elif follows in ("off", "in", "up", "out", "into") or (
            cue_end < stop and tokens[cue_end].quotation is not None
        ):
            return None
    if verb.lemma in lexicon.PARTICLES:
        if follows not in lexicon.PARTICLES[verb.lemma]:
            return None
        cue_end += 1
    if verb.lemma == "believe" and follows == "in":
        return None
    if follows in ("by", "as") and verb.form == "past":
        return None
    if "to" in verb.takes and follows == "to":
        return cue_end, cue_end
    if verb.lemma in lexicon.SPEAKING and follows in ("of", "about"):
        return None
    first = begin_right(tokens, at, cue_end, stop)
    if first is None:
        return None
    if tokens[first - 1].text == "," and tokens[first].quotation is None:
        return None
    if verb.lemma == "state" and verb.form in ("base", "third"):
        marked = tokens[first - 1].low == "that" or tokens[first].quotation is not None
        return (cue_end, first) if marked else None
    near = {one.low for one in tokens[first : min(stop, first + _NEAR)]}
    if (verb.lemma in lexicon.SEEING and "as" in near) or (verb.lemma == "want" and "to" in near):
        return cue_end, first
    if "any" in verb.takes and tokens[at].low not in lexicon.AMBIGUOUS:
        return cue_end, first
    if verb.takes != {"to"} and opens_clause(tokens, cue_end, first, stop):
        return cue_end, first
    return None


def _called_on(tokens: list[Token], at: int, stop: int) -> tuple[int, int] | None:
    """ "called on Europe (not) to ...": the addressee is no content."""
    for index in range(at, min(stop, at + 14)):
        if tokens[index].quotation is not None or tokens[index].low in ("to", "not"):
            return at, index
    return None


def _participle(tokens: list[Token], at: int, last: Frame | None, stop: int) -> Frame | None:
    verb = tokens[at].verb
    before = tokens[at - 1] if at else None
    if verb is None or (before is not None and before.low in _PROGRESSIVE_BLOCK):
        return None
    if not verb.public and "any" not in verb.takes and (before is None or before.text != ","):
        return None
    content = _content(tokens, at, stop, verb)
    if content is None:
        return None
    left = adverbs_left(tokens, at)
    owner = phrase_left(tokens, at) if before is not None and before.capital else None
    source: Range | None
    if left and tokens[left - 1].low in lexicon.BE:
        source, _ = _subject(tokens, left - 1, 0)
    elif owner is not None and owner and tokens[owner - 1].low == "with":
        source = owner, at
    else:
        source = last.source if last is not None else main_subject(tokens, at)
    if source is None:
        return None
    cue_end, first = content
    ends = end_right(tokens, first, stop)
    return Frame((at, cue_end), source, ((first, ends),), ends, False, 0.82)
