"""From the words of a quotation to its place in the text.

Language models cannot count characters, so a prediction may give words instead of
offsets. They are looked for in four ways, from the strictest to the loosest, always
from the beginning of a word to the end of a word:

1. *exact*: the string as it stands;
2. *folded*: after folding of case, Unicode normal form, white space, quotation marks,
   dashes and ellipses;
3. *parts*: the words in order, broken where the text has a reporting clause between two
   quotation marks or two commas or an insertion in brackets, or where the string has an
   ellipsis;
4. *approximate*: the nearest words, if they are near enough, neither a number nor a negation
   differs and no longer word has become another one.

What is found in none of these ways is not in the text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from benchmark.facts import facts, negate, replace_a_word
from benchmark.interruptions import MAX_GAP, Interruptions
from benchmark.records import Span
from benchmark.wordings import UNSEEN_RUN, Tokens, fold_with_offsets, trimmed, wording
from benchmark.words import word_spans

Method = Literal["exact", "folded", "parts", "approximate"]
Parts = list[tuple[int, int]]

THRESHOLD = 0.9
MAX_PARTS = 6
MIN_WORDS = 4  # fewer are found approximately in too many places
MAX_STEPS = 20_000  # bounds the search for parts on texts that repeat few words
MAX_SEEDS = 1_500
MAX_WINDOWS = 6
MAX_UNKNOWN = 0.7

_SILENT = str.maketrans("", "", "'[]() ")


class Placement(NamedTuple):
    """Where the words of a quotation stand, and how they were found."""

    spans: tuple[Span, ...]
    method: Method


class _Occurrences:
    """The places of one wording, each looked for when it is first asked for."""

    def __init__(self, places: Iterator[Placement]) -> None:
        self._places = places
        self._found: list[Placement] = []

    def get(self, number: int) -> Placement | None:
        """The place of that number, counted from 1, or the last one there is."""
        while len(self._found) < number and (place := next(self._places, None)):
            self._found.append(place)
        return self._found[min(number, len(self._found)) - 1] if self._found else None


class Aligner:
    """Finds strings in one text. What costs time is done once, when it is first needed."""

    def __init__(self, text: str) -> None:
        """Take the text; nothing is done with it yet."""
        self.text = text
        self._exact: dict[str, _Occurrences] = {}
        self._loose: dict[str, _Occurrences] = {}

    def place(self, quotes: Sequence[str]) -> list[Placement | None]:
        """Place the strings of one document, in the order in which it lists them.

        The k-th string of the same folded wording takes the k-th occurrence in the text,
        or the last one there is. None: not in the text, fabricated.
        """
        wordings: Counter[str] = Counter()
        counted = 0
        placements: list[Placement | None] = []
        for index, quote in enumerate(quotes):
            needle = trimmed(quote)
            if not needle:
                placements.append(None)
                continue
            exact = self._exact.get(needle)
            if exact is None:
                exact = self._exact[needle] = _Occurrences(self._exactly(needle))
            # Folding costs more than finding: only where it can make a difference.
            only = exact.get(2)
            if only is not None and only is exact.get(1):
                placements.append(only)
                continue
            for earlier in quotes[counted:index]:
                wordings[wording(earlier)] += 1
            counted = index
            folded = wording(quote)
            number = wordings[folded] + 1
            found = exact.get(number)
            if found is None and folded:
                loose = self._loose.get(folded)
                if loose is None:
                    loose = self._loose[folded] = _Occurrences(self._loosely(folded))
                found = loose.get(number)
            placements.append(found)
        return placements

    def _exactly(self, needle: str) -> Iterator[Placement]:
        def span(start: int, end: int) -> Span | None:
            whole = not (self._in_word(start) or self._in_word(end))
            return Span(start, end) if whole else None

        for found in _find_all(self.text, needle, span):
            yield Placement((found,), "exact")

    def _loosely(self, wording: str) -> Iterator[Placement]:
        """The places by the first of the looser methods that finds any."""
        found = False
        for span in _find_all(self._fold[0], wording, self._span):
            found = True
            yield Placement((span,), "folded")
        if not found:
            needle = Tokens(wording)
            yield from self._in_parts(needle) or self._approximately(needle)

    # The text, folded, with the way back.

    @cached_property
    def _fold(self) -> tuple[str, list[int]]:
        return fold_with_offsets(self.text)

    @cached_property
    def _tokens(self) -> Tokens:
        return Tokens(self._fold[0])

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for position, word in enumerate(self._tokens.words):
            index.setdefault(word, []).append(position)
        return index

    @cached_property
    def _interruptions(self) -> Interruptions:
        return Interruptions(self.text, self._fold[1], self._tokens)

    @cached_property
    def _word_bounds(self) -> tuple[list[int], list[int]]:
        spans = word_spans(self.text)
        return [start for start, _ in spans], [end for _, end in spans]

    def _in_word(self, offset: int) -> bool:
        """Whether an offset lies inside a word."""
        if not 0 < offset < len(self.text):
            return False
        before, after = self.text[offset - 1], self.text[offset]
        # No ASCII character but a letter or digit is part of a word.
        if (before.isascii() and not before.isalnum()) or (after.isascii() and not after.isalnum()):
            return False
        if before.isascii() and after.isascii():
            return True
        starts, ends = self._word_bounds
        word = bisect_left(starts, offset) - 1
        return word >= 0 and offset < ends[word]

    def _span(self, start: int, end: int) -> Span | None:
        """The span of a range of the folded text, unless it cuts a word or a character."""
        begins = self._fold[1]
        if (start and begins[start] == begins[start - 1]) or (
            end < len(begins) and begins[end] == begins[end - 1]
        ):
            return None
        first = begins[start]
        last = begins[end] if end < len(begins) else len(self.text)
        while UNSEEN_RUN.match(self.text, last - 1):
            last -= 1
        return None if self._in_word(first) or self._in_word(last) else Span(first, last)

    # Parts.

    def _in_parts(self, needle: Tokens) -> list[Placement]:
        words, index = self._tokens.words, self._index
        if len(needle) < 2 or any(word not in index for word in needle.words):
            return []
        verbatim: list[Placement] = []
        altered: list[Placement] = []
        dead: set[tuple[int, int, int]] = set()
        second, behind = needle.words[1], 0
        for first in index[needle.words[0]]:
            if first < behind or first + 1 >= len(words) or len(dead) > MAX_STEPS:
                continue
            if words[first + 1] != second and not self._breaks(first, needle, 1):
                continue
            parts = self._follow(needle, first, 0, MAX_PARTS, dead)
            spans = [self._span(*self._range(part)) for part in parts or []]
            if parts is None or None in spans:
                continue
            behind = parts[-1][1] + 1
            found = tuple(span for span in spans if span is not None)
            if self._punctuated_alike(needle, parts):
                # One part: nothing but quotation marks or brackets was left out.
                verbatim.append(Placement(found, "parts" if len(found) > 1 else "folded"))
            elif facts(needle.folded) == facts(self._joined(parts)):
                altered.append(Placement(found, "approximate"))
        return verbatim or altered

    def _follow(
        self, needle: Tokens, first: int, at: int, left: int, dead: set[tuple[int, int, int]]
    ) -> Parts | None:
        """The parts of the needle from word `at` on, the first beginning at `first`."""
        state = (first, at, left)
        if state in dead or len(dead) > MAX_STEPS:
            return None
        words = self._tokens.words
        breaks: list[tuple[int, int, list[int]]] = []
        last = first
        while at + 1 < len(needle):
            if left > 1 and (resumed := self._breaks(last, needle, at + 1)):
                breaks.append((last, at + 1, resumed))
            if last + 1 == len(words) or words[last + 1] != needle.words[at + 1]:
                break
            last, at = last + 1, at + 1
        else:
            return [(first, last)]
        for end, word, resumed in reversed(breaks):
            for begin in resumed:
                rest = self._follow(needle, begin, word, left - 1, dead)
                if rest is not None:
                    return [(first, end), *rest]
        dead.add(state)
        return None

    def _breaks(self, last: int, needle: Tokens, at: int) -> list[int]:
        """Where the needle's word `at` may resume in the text when a part ends at `last`."""
        tokens, word = self._tokens, needle.words[at]
        if last + 1 == len(tokens):
            return []
        between = self._interruptions.paragraphs_between
        resumed = self._interruptions.behind(last)
        if "…" in needle.joint(at):
            places = self._index.get(word, [])
            near = places[bisect_left(places, last + 2) : bisect_right(places, last + MAX_GAP + 1)]
            resumed += [place for place in near if between(last, place) <= 1]
        return [place for place in resumed if tokens.words[place] == word]

    def _range(self, part: tuple[int, int]) -> tuple[int, int]:
        return self._tokens.starts[part[0]], self._tokens.ends[part[1]]

    def _joined(self, parts: Parts) -> str:
        return " ".join(self._tokens.slice(*part) for part in parts)

    def _punctuated_alike(self, needle: Tokens, parts: Parts) -> bool:
        at = 0
        for first, last in parts:
            for index in range(first + 1, last + 1):
                at += 1
                ours, theirs = self._tokens.joint(index), needle.joint(at)
                if ours != theirs and ours.translate(_SILENT) != theirs.translate(_SILENT):
                    return False
            at += 1
        return True

    # Approximately.

    def _approximately(self, needle: Tokens) -> list[Placement]:
        """The most similar words, as often as they occur."""
        if len(needle) < MIN_WORDS:
            return []
        wanted, words = facts(needle.folded), set(needle.words)
        found: dict[Span, float] = {}
        for start, end in self._windows(needle):
            first, last, score = self._nearest(needle.folded, start, end)
            if score < THRESHOLD or last - first + 1 < MIN_WORDS:
                continue
            if wanted != facts(self._tokens.slice(first, last)):
                continue
            theirs = set(self._tokens.words[first : last + 1])
            span = self._span(*self._range((first, last)))
            ours, theirs = words - theirs, theirs - words
            if span is None or negate(ours, theirs) or replace_a_word(ours, theirs):
                continue
            found[span] = score
        best = max(found.values(), default=0.0)
        spans = sorted((s for s in found if found[s] == best), key=lambda s: s.start)
        return [Placement((span,), "approximate") for span in spans]

    def _windows(self, needle: Tokens) -> list[tuple[int, int]]:
        """Ranges of the folded text that share the most words with the needle.

        A string that is nearly in the text has some of its words unchanged in it, at
        nearly the same distances. So the words vote for where it begins, the rare first.
        """
        size = len(needle.folded)
        width = size // 4 + 20
        starts, index = self._tokens.starts, self._index
        seeds = [
            (index.get(word, []), at) for word, at in zip(needle.words, needle.starts, strict=True)
        ]
        # One letter in ten may differ, so that not every word does.
        if sum(not positions for positions, _ in seeds) > MAX_UNKNOWN * len(seeds):
            return []
        votes: dict[int, list[int]] = {}
        cast = 0
        for positions, at in sorted(seeds, key=lambda seed: len(seed[0])):
            cast += len(positions)
            if cast > MAX_SEEDS and votes:
                break
            for position in positions:
                begin = starts[position] - at
                votes.setdefault(begin // width, []).append(begin)
        elected = sorted(votes.values(), key=lambda begins: (-len(begins), begins[0]))
        slack = size // 8 + 10
        windows = []
        for begins in elected[:MAX_WINDOWS]:
            if 2 * len(begins) >= len(elected[0]):
                begin = sorted(begins)[len(begins) // 2]
                windows.append((max(0, begin - slack), begin + size + slack))
        return windows

    def _nearest(self, needle: str, start: int, end: int) -> tuple[int, int, float]:
        """The words of a window that are most similar to the needle: first, last, similarity."""
        tokens = self._tokens
        rough = fuzz.partial_ratio_alignment(needle, tokens.folded[start:end], score_cutoff=80)
        if rough is None:
            return 0, 0, 0.0
        first = max(0, bisect_right(tokens.starts, start + rough.dest_start) - 1)
        last = min(len(tokens) - 1, bisect_left(tokens.ends, start + rough.dest_end))
        last = max(first, last)
        score = fuzz.ratio(needle, tokens.slice(first, last))
        # The rough match is as long as the needle; the true one may be longer or shorter.
        improved = True
        while improved:
            improved = False
            near = [(first + step, last) for step in range(-3, 4)]
            near += [(first, last + step) for step in range(-3, 4)]
            for low, high in near:
                if 0 <= low <= high < len(tokens):
                    other = fuzz.ratio(needle, tokens.slice(low, high), score_cutoff=score)
                    if other > score:
                        first, last, score, improved = low, high, other, True
        return first, last, score / 100


def _find_all(text: str, needle: str, span: Callable[[int, int], Span | None]) -> Iterator[Span]:
    """The occurrences of a string that are spans, none overlapping another."""
    at = text.find(needle)
    while at >= 0:
        found = span(at, at + len(needle))
        if found is not None:
            yield found
        at = text.find(needle, at + (len(needle) if found is not None else 1))
