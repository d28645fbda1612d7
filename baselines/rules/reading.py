"""From a text to its attributions: paragraph by paragraph, sentence by sentence."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from baselines.rules.agency import Patterns, Said, Shell, dateline, patterns_for, shell
from baselines.rules.content import spans
from baselines.rules.frames import Found, frames
from baselines.rules.layout import Quotation, Range, paragraphs, quotations, sentences
from baselines.rules.names import People
from baselines.rules.phrases import main_subject
from baselines.rules.tokens import Token, tokenize
from benchmark.agencies import load_agencies
from benchmark.quotation import QuoteTypes
from benchmark.records import Quote, Span
from benchmark.words import count_words

_FEWEST_WORDS = 4
# Tokens of a sentence read at once: longer ones are lists or no prose.
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was found, the agency shell around it, and the names it came to."""

    found: Found
    shell: Shell
    speaker: tuple[str, ...]


@dataclass
class Reader:
    """What is known of the text so far."""

    text: str
    people: People
    agencies: Patterns | None
    done: list[Attribution] = field(default_factory=list)
    open_quote: bool = False

    def paragraph(self, start: int, end: int) -> None:
        """Read one paragraph."""
        text = self.text
        start = dateline(text, start, end)
        quoted = quotations(text, start, end)
        if (
            self.open_quote
            and self.done
            and quoted
            and not text[start : quoted[0].start - 1].strip()
        ):
            self._extend((quoted[0].start, quoted[0].end))
            self.open_quote = not quoted[0].closed
            rest = quoted[0].end + quoted[0].width
            if rest < end and not self.open_quote:
                rest = self._late_clause(start, end, quoted) or rest
                self._sentences(rest, end, [one for one in quoted[1:] if one.start > rest])
            return
        self._sentences(start, end, quoted)
        self.open_quote = bool(quoted) and not quoted[-1].closed and bool(self.done)

    def _sentences(self, start: int, end: int, quoted: list[Quotation]) -> None:
        begun = len(self.done)
        blank = masked(self.text, start, end, quoted)
        starts = [one.start for one in quoted]
        for first, last in sentences(self.text, start, end, quoted):
            inside = quoted[bisect_left(starts, first) : bisect_left(starts, last)]
            carried = shell(blank, first - start, last - start, start, self.agencies)
            tokens = [
                token for part in carried.parts for token in tokenize(self.text, *part, inside)
            ]
            if carried.said is not None:
                self._add(self._quoted_by(carried.said, inside), carried)
                continue
            found = [
                one
                for at in range(0, len(tokens), _LONGEST)
                for one in frames(self.text, tokens[at : at + _LONGEST])
            ]
            if not found and carried.cue is not None and carried.agency is not None:
                content = spans(tokens, 0, len(tokens))
                if carried.cited is not None:
                    self._add(Found(content, *carried.cited, False, 0.83), carried)
                elif content:
                    alone = Found(content, carried.cue, carried.source, False, 0.83)
                    self.done.append(Attribution(alone, carried, (carried.agency,)))
                continue
            for one in found:
                self._add(one, carried)
            self._left_over(inside, tokens, found, begun, carried)

    def _late_clause(self, start: int, end: int, quoted: list[Quotation]) -> int | None:
        """A quotation of several paragraphs whose reporting clause stands behind the last one.

        Where the sentence ends that has the clause; None where there is none.
        """
        last = self.done[-1]
        if last.found.cue[0] < last.found.cue[1]:
            return None
        stop = sentences(self.text, start, end, quoted)[0][1]
        inside = [one for one in quoted if one.start < stop]
        carried = shell(
            masked(self.text, start, end, quoted), 0, stop - start, start, self.agencies
        )
        tokens = [token for part in carried.parts for token in tokenize(self.text, *part, inside)]
        own = quoted[0].start, quoted[0].end
        for one in frames(self.text, tokens[:_LONGEST]):
            if any(a < own[1] and own[0] < b for a, b in one.content):
                before = tuple(part for part in last.found.content if part != own)
                self.done.pop()
                self._add(replace(one, content=tuple(sorted((*before, *one.content)))), carried)
                return stop
        return None

    def _quoted_by(self, said: Said, inside: list[Quotation]) -> Found:
        """What an agency quotes somebody as saying."""
        tokens = tokenize(self.text, *said.content, inside)
        content = spans(tokens, 0, len(tokens))
        return Found(content, said.cue, said.source, False, 0.83)

    def _add(self, one: Found, carried: Shell) -> None:
        named = "" if one.source is None else self.text[one.source[0] : one.source[1]]
        speaker = self.people.resolve(named, one.source) if named else ()
        if carried.agency is None and speaker and speaker[0] in self.people.agencies.names:
            carried = replace(carried, agency=speaker[0], role="carrier")
        if not one.content:
            return
        self.done.append(Attribution(one, carried, speaker))

    def _left_over(
        self,
        inside: list[Quotation],
        tokens: list[Token],
        found: list[Found],
        begun: int,
        carried: Shell,
    ) -> None:
        """Quotations of a sentence that no cue took: they go on with the last speaker's."""
        first, last = carried.parts[0][0], carried.parts[-1][1]
        taken = [part for one in found for part in one.content]
        words = count_words(self.text[first:last])
        said = sum(count_words(self.text[one.start : one.end]) for one in inside)
        for one in inside:
            if any(a < one.end and one.start < b for a, b in taken):
                continue
            alone = said >= words or (one.start - first <= one.width and 2 * said >= words)
            if not found and alone and len(self.done) > begun:
                self._extend((one.start, one.end))
            elif _is_speech(self.text[one.start : one.end]):
                self._uncued(one, tokens, carried)

    def _uncued(self, one: Quotation, tokens: list[Token], carried: Shell) -> None:
        """A quotation without a cue: said by the subject beside it, or the last speaker."""
        source = _beside(tokens, one)
        found = Found(((one.start, one.end),), (one.start, one.start), source, False, 0.71)
        named = "" if source is None else self.text[source[0] : source[1]]
        speaker = self.people.resolve(named, source) if named else ()
        if not speaker and self.people.last:
            speaker = (self.people.last,)
        self.done.append(Attribution(found, carried, speaker))

    def _extend(self, part: Range) -> None:
        """The last attribution goes on with one more part of content."""
        one = self.done[-1]
        if part[0] >= part[1]:
            return
        content = tuple(sorted((*one.found.content, part)))
        self.done[-1] = replace(one, found=replace(one.found, content=content))


def read(text: str) -> list[Quote]:
    """The attributions of a text, in the order in which they were found."""
    kinds = QuoteTypes(text)
    reader = Reader(text, People(text, load_agencies()), patterns_for(text))
    for start, end in paragraphs(text):
        reader.paragraph(start, end)
    return [_quote(kinds, f"r{index}", one) for index, one in enumerate(reader.done, 1)]


def _quote(kinds: QuoteTypes, name: str, one: Attribution) -> Quote:
    found = one.found
    content = tuple(Span(*part) for part in found.content)
    agency = None if found.relative else one.shell.agency
    return Quote(
        quote_id=name,
        content=content,
        cue=(Span(*found.cue),) if found.cue[0] < found.cue[1] else (),
        source=() if found.source is None else (Span(*found.source),),
        speaker=one.speaker,
        agency=agency,
        agency_role=one.shell.role if agency else None,
        quote_type=kinds(content),
        confidence=found.confidence,
    )


def _beside(tokens: list[Token], one: Quotation) -> Range | None:
    """The subject of the sentence around a quotation, before it rather than behind it."""
    at = next((i for i, token in enumerate(tokens) if token.quotation is one), None)
    if at is None:
        return None
    source = main_subject(tokens, at)
    if source is None:
        behind = main_subject(tokens[at + 1 :], len(tokens) - at - 1)
        source = None if behind is None else (behind[0] + at + 1, behind[1] + at + 1)
    return None if source is None else (tokens[source[0]].start, tokens[source[1] - 1].end)


def _is_speech(words: str) -> bool:
    """Whether a quotation without a cue is more than a title, a slogan or scare quotes."""
    parts = [one for one in words.split() if one[0].isalpha()]
    lower = sum(one[0].islower() for one in parts)
    return len(parts) >= _FEWEST_WORDS and 2 * lower > len(parts)


def masked(text: str, start: int, end: int, quoted: list[Quotation]) -> str:
    """A paragraph with its quotations, marks included, blanked out."""
    pieces = []
    at = start
    for one in quoted:
        begin = one.start - one.width
        stop = one.end + (one.width if one.closed else 0)
        pieces.append(text[at:begin])
        pieces.append("\x00" * (stop - begin))
        at = stop
    return "".join([*pieces, text[at:end]])
