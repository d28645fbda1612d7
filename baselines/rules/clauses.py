"""Clauses: cues in a sentence, and the source and content of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from baselines.rules import lexicon
from baselines.rules.layout import Quotation, Range
from benchmark.titles import PREPOSITIONS

_TOKEN = re.compile(r"[^\W_][\w'’.-]*[^\W_]|[^\W_]|\x00+|[^\s\w]")
_PRONOUNS = frozenset("he she they we i it you".split())
_STOP = frozenset(
    """that because while when if but although though which where whether as since so than and or
    until after before""".split()
)
# What opens an adverbial and no reported clause: "In a statement, she said …".
_OPENERS = frozenset("in on at during after before speaking asked when while as".split())
_LATER = frozenset({",", ";", ":", "\x00", "—", "–", "(", ")", ".", "“", '"', "-"})
_TIME = re.compile(
    r"\s*(?:(?:on|late|early|earlier|this|last)\s+)*(?:\w+day|week|month|year|morning|evening|"
    r"afternoon|night)\b(?:\s+(?:night|morning|evening|afternoon))?"
)
_PLACE = re.compile(
    r"\s*(?:in|at|during|on|through|via|by|to|from|after|of|about)\s+[^\x00,:]{2,60}?"
    r"(?=\s*(?:that\b|\x00|,|:|$|\.$))"
)
_ADDRESSEE = re.compile(
    r"\s+[^\x00,:]{1,60}?(?=\s+that\b|\s*,?\s*\x00|\s*:|\s+(?:he|she|they|it|the|his)\s)"
)


# A sentence that opens with one of these names its subject behind the comma.
_ADVERBIAL = (
    PREPOSITIONS | _STOP | lexicon.ADVERBS | {"instead", "however", "meanwhile", "still", "yet"}
)
# Words that end a subject. Words in -ed do too.
_VERBS = (lexicon.SAY | lexicon.THINK | lexicon.WANT) - {"claims", "hopes", "fears", "report"} | {
    "has", "had", "have", "is", "are", "was", "were", "will", "would", "can", "could", "may",
    "might", "should", "does", "did", "do", "went", "took", "made", "got", "who", "when",
}  # fmt: skip
_PARTICIPLE = "|".join(sorted(lexicon.PARTICIPLES))
_SAY = "|".join(sorted(lexicon.SAY - {"quote", "state", "report", "reports", "promise", "claims"}))


@dataclass(frozen=True)
class Found:
    """One attribution as ranges. `relative`: it stands in a relative clause."""

    content: tuple[Range, ...]
    cue: Range
    source: Range | None
    fronted: bool = False
    relative: bool = False
    confidence: float = 0.7


@dataclass(frozen=True)
class Token:
    """A word, a mark or a blanked-out quotation (`\\x00…`), with its range."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """Its lower-case form."""
        return self.text.lower()


def clauses(
    text: str, masked: str, start: int, end: int, quoted: list[Quotation]
) -> Iterator[Found]:
    """The attributions of one sentence, in the order of their cues."""
    tokens = [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
    subject: Range | None = None
    taken = start
    for index, token in enumerate(tokens):
        if token.start < taken:
            continue
        found = _at(text, masked, start, end, tokens, index, subject, quoted)
        if found is None:
            continue
        if found.source is not None and not found.relative:
            subject = found.source
        if not found.fronted and not found.relative and found.content:
            # Inside unquoted content the outer attribution counts, up to a further participle.
            taken = found.content[-1][1]
        yield found


def first_noun(masked: str, start: int, end: int) -> Range | None:
    """The noun phrase that a sentence begins with."""
    tokens = [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
    return _first_noun(tokens, len(tokens))


def _at(
    text: str, masked: str, start: int, end: int, tokens: list[Token], index: int,
    subject: Range | None, quoted: list[Quotation],
) -> Found | None:  # fmt: skip
    token = tokens[index]
    word = token.lower
    if word == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
        return _according(text, masked, start, end, tokens, index, quoted)
    if word == ":" and index + 1 < len(tokens) and tokens[index + 1].text[0] == "\x00":
        source = subject or _first_noun(tokens, index)
        content = _trim(text, masked, token.end, end, quoted)
        return Found(content, (token.start, token.end), source) if source else None
    if word in lexicon.PARTICIPLES and index and tokens[index - 1].text[0] in ",\x00":
        source = subject or _first_noun(tokens, index)
        content = _following(text, masked, token.end, end, token, quoted)
        return Found(content, (token.start, token.end), source) if content and source else None
    if word in lexicon.NOUNS:
        return _noun(text, masked, end, tokens, index, quoted)
    if word == "called" and index + 1 < len(tokens) and tokens[index + 1].lower == "on":
        return _called_on(end, tokens, index, quoted)
    known = word in lexicon.SAY or word in lexicon.THINK or word in lexicon.WANT
    if not known and not _spoken_before(tokens, index):
        return None
    before = tokens[index - 1].lower if index else ""
    if before in ("to", "the", "a", "an", "is", "are", "was", "were", "be", "been", "as", "would",
                  "could", "should", "will", "can", "may", "might", "n't", "of"):  # fmt: skip
        return None
    cue = (token.start, token.end)
    if word in lexicon.SAY and before and (before == "," or before[0] == "\x00" or before in '"”'):
        inverted = _inverted(text, masked, start, tokens, index, quoted)
        if inverted is not None:
            return inverted
    source, relative = _subject(tokens, index)
    if source is None and before in ("and", "but", "then") and known:
        # A second verb of the same subject: "He shook his head and said …".
        source = _first_noun(tokens, index) or subject
    if source is None:
        return None
    front = _fronted(text, masked, start, source[0], quoted)
    rest = masked[token.end : end]
    spoken = bool(front) and masked[start : source[0]].rstrip().endswith("\x00")
    if front and (_nothing_follows(rest) or (spoken and not re.search(r"\bthat\b|\x00", rest))):
        return Found(front, cue, source, fronted=True, confidence=0.9)
    if word in lexicon.WANT and re.match(r"\s+to\s", rest):
        stop = _clause_end(masked, token.end, end)
        begin = token.end + len(rest) - len(rest.lstrip())
        return Found(((begin, stop),), cue, source, relative=relative, confidence=0.4)
    if word not in lexicon.SAY and word not in lexicon.THINK:
        return None
    if word in lexicon.THINK and not re.match(r"\s+(?:that|he|she|they|it|the|we|\x00)\b", rest):
        return None
    content = _following(text, masked, token.end, end, token, quoted)
    if not content:
        return None
    if relative and "," in masked[content[0][0] : content[0][1]]:
        first, last = content[0]
        content = ((first, first + masked[first:last].index(",")),)
    return Found(
        content, cue, source, relative=relative, confidence=0.8 if word in lexicon.SAY else 0.5
    )


def _spoken_before(tokens: list[Token], index: int) -> bool:
    """Whether a quotation, a name or pronoun and this word stand in a row: "…" he shot back."""
    token = tokens[index]
    if not token.lower.endswith(("ed", "s", "t", "d")) or not token.text.islower():
        return False
    back = index - 1
    while back >= 0 and index - back <= 4 and tokens[back].text[0].isupper():
        back -= 1
    if back == index - 1 and back >= 0 and tokens[back].lower in _PRONOUNS:
        back -= 1
    return 0 <= back < index - 1 and tokens[back].text[0] == "\x00"


def _nothing_follows(rest: str) -> bool:
    """Whether behind a cue there is only time, place or the end."""
    cut = rest.strip(' .!?\x00"”“')
    if not cut or cut[0] == ",":
        return True
    words = cut.split()
    if len(words) > 12 or re.search(r"\bthat\b|\x00", cut):
        return False
    return words[0].lower() in PREPOSITIONS or _TIME.match(cut) is not None


def _fronted(
    text: str, masked: str, start: int, stop: int, quoted: list[Quotation]
) -> tuple[Range, ...]:
    """What stands before a reporting clause: behind it a comma or a closing mark."""
    before = masked[start:stop].rstrip()
    if not before or before[-1] not in ",\x00":
        return ()
    content = _trim(text, masked, start, start + len(before), quoted)
    words = text[content[0][0] : content[-1][1]].split() if content else []
    if "\x00" not in before and (len(words) < 3 or words[0].lower() in _OPENERS):
        return ()
    return content


def _inverted(
    text: str, masked: str, start: int, tokens: list[Token], index: int, quoted: list[Quotation]
) -> Found | None:
    token = tokens[index]
    following = tokens[index + 1 :]
    if token.lower in lexicon.ADDRESSED or not following or not _begins_noun(following[0]):
        return None
    content = _fronted(text, masked, start, token.start, quoted)
    if not content:
        return None
    stop = following[-1].end
    for later in following:
        if later.text[0] == "\x00" or later.lower in (
            "who",
            "which",
            "that",
            "in",
            "during",
            "after",
        ):
            stop = later.start
            break
    source = masked[following[0].start : stop].rstrip(' ,.!?"”')
    named = (following[0].start, following[0].start + len(source))
    return Found(content, (token.start, token.end), named, fronted=True, confidence=0.9)


def _begins_noun(token: Token) -> bool:
    return (token.text[0].isupper() and token.lower not in _STOP) or token.lower in (
        "the", "a", "an", "his", "her", "their", "its", "one", "he", "she", "former", "another",
    )  # fmt: skip


def _subject(tokens: list[Token], index: int) -> tuple[Range | None, bool]:
    """The noun phrase to the left of a cue, and whether the cue is in a relative clause."""
    at = index - 1
    while at >= 0 and tokens[at].lower in lexicon.ADVERBS:
        at -= 1
    if at < 0:
        return None, False
    back = at
    while back >= 0 and tokens[back].lower not in ("who",) and tokens[back].text not in ",\x00":
        back -= 1
    if back >= 0 and tokens[back].lower == "who" and at - back <= 4:
        stop = back - 1 if back and tokens[back - 1].text == "," else back
        return _phrase(tokens, stop - 1), True
    if tokens[at].text == ",":
        # "X, a maker of things, said": the phrase before the pair of commas, and what is in it.
        commas = [i for i, one in enumerate(tokens[:at]) if one.text == ","]
        named = _phrase(tokens, commas[-1] - 1) if commas else None
        if named and any(t.start == named[0] and t.text[0].isupper() for t in tokens):
            inner = tokens[commas[-1] + 1].lower
            return (named if inner in ("who", "when") else (named[0], tokens[at - 1].end)), False
        return _first_noun(tokens, at), False
    return _phrase(tokens, at), False


def _phrase(tokens: list[Token], at: int) -> Range | None:
    """The noun phrase that ends with a token."""
    if at < 0 or tokens[at].text[0] in _LATER or tokens[at].lower in _STOP:
        return None
    if tokens[at].lower in _PRONOUNS:
        return tokens[at].start, tokens[at].end
    first = at
    while first > 0:
        before = tokens[first - 1]
        if before.text[0] in _LATER or before.lower in _STOP - {"and"} or before.lower in _PRONOUNS:
            break
        if before.lower == "and" and not (first > 1 and tokens[first - 2].text[0].isupper()):
            break
        if before.lower in lexicon.SAY or at - first > 14:
            break
        first -= 1
    while first < at and tokens[first].lower in PREPOSITIONS | lexicon.ADVERBS | {"and"}:
        first += 1
    return tokens[first].start, tokens[at].end


def _first_noun(tokens: list[Token], stop: int) -> Range | None:
    """The first noun phrase of a sentence, without what is between commas behind it."""
    first = 0
    if tokens and (tokens[0].lower.endswith("ing") or tokens[0].lower in _ADVERBIAL):
        commas = [i for i, token in enumerate(tokens[:stop]) if token.text == ","]
        first = commas[0] + 1 if commas else 0
    last = first
    while last < stop and tokens[last].text[0] not in _LATER:
        low = tokens[last].lower
        if last > first and (
            low
            in ("has", "had", "have", "is", "was", "were", "called", "who", "when", "said", "told")
            or (low.endswith("ed") and low not in ("united", "retired"))
        ):
            break
        last += 1
    if last == first:
        return None
    end = last
    if (
        last < stop
        and tokens[last].text == ","
        and last + 1 < stop
        and tokens[last + 1].lower in ("a", "an", "the")
    ):
        end = next((i for i in range(last + 1, stop) if tokens[i].text == ","), stop)
    return tokens[first].start, tokens[end - 1].end


def _following(
    text: str, masked: str, begin: int, end: int, cue: Token, quoted: list[Quotation]
) -> tuple[Range, ...]:
    rest = masked[begin:end]
    at = 0
    if cue.lower in lexicon.ADDRESSED and (match := _ADDRESSEE.match(rest)) is not None:
        at = match.end()
    for pattern in (_TIME, _PLACE):
        if (match := pattern.match(rest, at)) is not None:
            at = match.end()
    match = re.match(r"\s*[,:]?\s*(?:that\s+)?", rest[at:])
    at += match.end() if match else 0
    if not rest[at:].strip(' .,!?"”') or rest[at] in ".,;!?)":
        return ()
    return _trim(text, masked, begin + at, _clause_end(masked, begin + at, end), quoted)


def _clause_end(masked: str, begin: int, end: int) -> int:
    """The end of a content: the sentence's, or where a further participle cue begins."""
    further = re.search(
        rf";\s|,\s*(?=(?:{_PARTICIPLE})\b)|,?\s+(?:and|but)\s+(?=(?:{_SAY})\b)",
        masked[begin:end],
    )
    stop = begin + further.start() if further else end
    while stop > begin and masked[stop - 1] in " .,;:!?":
        stop -= 1
    return stop


def _trim(
    text: str, masked: str, start: int, end: int, quoted: list[Quotation]
) -> tuple[Range, ...]:
    """A content without outer marks; quotations that are all of it lose theirs."""
    while start < end and (text[start].isspace() or text[start] in ",:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",:"):
        end -= 1
    inside = [one for one in quoted if start <= one.start and one.end <= end]
    if inside and not masked[start:end].strip('\x00 ,."“”'):
        return tuple((one.start, one.end) for one in inside if one.start < one.end)
    return ((start, end),) if re.search(r"\w", text[start:end]) else ()


def _according(
    text: str, masked: str, start: int, end: int, tokens: list[Token], index: int,
    quoted: list[Quotation],
) -> Found | None:  # fmt: skip
    cue = (tokens[index].start, tokens[index + 1].end)
    following = tokens[index + 2 :]
    if not following:
        return None
    stop = next((i for i, one in enumerate(following) if one.text[0] in ",\x00"), len(following))
    if not stop:
        return None
    last = following[stop - 1]
    named = (following[0].start, last.end if last.text != "." else following[stop - 2].end)
    if index == 0:
        content = _trim(text, masked, named[1], _clause_end(masked, named[1], end), quoted)
    else:
        content = _trim(text, masked, start, cue[0], quoted)
    return Found(content, cue, named, confidence=0.8) if content else None


def _noun(
    text: str, masked: str, end: int, tokens: list[Token], index: int, quoted: list[Quotation]
) -> Found | None:
    token = tokens[index]
    rest = masked[token.end : end]
    match = re.match(r"\s+(?:(?:by|from)\s+([^,\x00]{2,60}?)\s+)?that\s", rest)
    if match is None:
        return None
    source = None
    if match[1]:
        source = (token.end + match.start(1), token.end + match.end(1))
    elif index and re.search(r"['’]s?$|^(?:his|her|their|its)$", tokens[index - 1].lower):
        owner = _phrase(tokens, index - 1)
        source = owner and (owner[0], owner[1] - (2 if masked[owner[1] - 1] == "s" else 0))
    begin = token.end + match.end()
    comma = masked.find(",", begin, end)
    content = _trim(
        text, masked, begin, comma if comma > 0 else _clause_end(masked, begin, end), quoted
    )
    return Found(content, (token.start, token.end), source, confidence=0.5) if content else None


def _called_on(end: int, tokens: list[Token], index: int, quoted: list[Quotation]) -> Found | None:
    cue = (tokens[index].start, tokens[index + 1].end)
    source, relative = _subject(tokens, index)
    inside = [one for one in quoted if cue[1] < one.start and one.end <= end]
    if source is None or not inside:
        return None
    content = ((inside[0].start, inside[0].end),)
    return Found(content, cue, source, relative=relative, confidence=0.7)
