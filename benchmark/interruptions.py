"""What interrupts a quotation in a text, and where the quotation may go on.

A reporting clause stands between two quotation marks or two commas; words in brackets are
the paper's own. Offsets are numbers of words, unless they are called otherwise.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import regex

from benchmark.facts import has_negation
from benchmark.quotation import quotations
from benchmark.wordings import DOUBLE, MARK, UNSEEN_RUN, Tokens

MAX_GAP = 60  # words between two parts
MIN_CLAUSE, MAX_CLAUSE = 2, 20  # words of a reporting clause between two commas

_PARAGRAPH = re.compile(r"\n\s*\n|\u2029")
_LINE_END = re.compile(r"(?<=[.!?…\"”’»)])[^\S\n]*\n")
_CLOSING = regex.compile(
    rf"^(?:[^\s{MARK}]*(?:[{MARK}]+[^{MARK}]|[”」』])|[^{MARK}]*\s[»›](?!\p{{L}}))"
)
_LEAD = r"[\[(…¿¡.]*"
_OPENING = regex.compile(rf"[\s(\[\p{{Pd}}][{MARK}]+{_LEAD}$|[“„「『«‹]{_LEAD}$|\s[«‹]\s{_LEAD}$")
_INSERTION = regex.compile(r"[^\p{L}\p{N}\[\]]*\[[^\[\]]{0,200}\]")
# The end of a sentence, or nearly: a full stop behind an initial or a title is none.
_STOP = regex.compile(
    r"[!?;…]|:(?!\d)|(?<!\b(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|St|Jr|Sr))"
    r"\.(?:\s++\P{Ll}|\p{Lu})"
)


class Interruptions:
    """The places of one text where a quotation may break off and go on."""

    def __init__(self, text: str, begins: Sequence[int], tokens: Tokens) -> None:
        """Take a text, the words of its folded form, and where each character of that stands."""
        self._text = text
        self._begins = begins
        self._tokens = tokens

    @cached_property
    def _word_begins(self) -> list[int]:
        begins = self._begins
        return [begins[start] for start in self._tokens.starts]

    @cached_property
    def _openings(self) -> list[int]:
        tokens = self._tokens
        return [
            index
            for index in range(1, len(tokens))
            if "'" in tokens.joint(index) and _OPENING.search(self._between(index))
        ]

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in quotations(self._text)]

    @cached_property
    def _paragraphs(self) -> list[int]:
        ends = [match.end() for match in _PARAGRAPH.finditer(self._text)]
        # Without an empty line anywhere, a line that ends a sentence ends a paragraph.
        return ends or [match.end() for match in _LINE_END.finditer(self._text)]

    def behind(self, last: int) -> list[int]:
        """The words with which what ends with the word `last` may go on behind an interruption."""
        resumed: list[int] = []
        joint = self._tokens.joint(last + 1)
        if "'" in joint:
            resumed += self._behind_clause(last)
        if "," in joint:
            resumed += self._behind_commas(last)
        if "[" in joint:
            resumed += self._behind_insertion(last + 1)
        return resumed

    def paragraphs_between(self, first: int, last: int) -> int:
        """How many paragraphs end between two words."""
        begins, ends = self._word_begins, self._paragraphs
        return bisect_right(ends, begins[last]) - bisect_right(ends, begins[first])

    def _behind_clause(self, last: int) -> list[int]:
        gap = self._between(last + 1)
        if not _CLOSING.search(gap):
            return []
        double = any(mark in DOUBLE for mark in gap)
        for opening in self._openings[bisect_right(self._openings, last + 1) :]:
            if opening - last > MAX_GAP or self.paragraphs_between(last, opening):
                break
            # An apostrophe neither closes nor opens what double marks enclose.
            if double == any(mark in DOUBLE for mark in self._between(opening)):
                return [opening, *self._behind_insertion(opening)]
        return []

    def _behind_commas(self, last: int) -> list[int]:
        """The words behind what two commas set off from the rest of their sentence.

        Outside quotation marks nothing else shows a reporting clause; inside them nothing is
        left out. One word alone is more often a member of a list, and without a negation
        less is said than was.
        """
        tokens, begins = self._tokens, self._word_begins
        resumed: list[int] = []
        for index in range(last + 1 + MIN_CLAUSE, min(last + MAX_CLAUSE + 2, len(tokens))):
            if "," not in tokens.joint(index):
                continue
            if (
                self.paragraphs_between(last, index)
                or self._quoted_between(begins[last], begins[index])
                or _STOP.search(self._text, begins[last], begins[index] + 1)
                or has_negation(tokens.slice(last + 1, index - 1))
            ):
                break
            resumed.append(index)
        return resumed

    def _quoted_between(self, start: int, end: int) -> bool:
        """Whether a quotation has a character of [start, end)."""
        after = bisect_right(self._quotations, (start, len(self._text)))
        return any(
            begin < end and start < close
            for begin, close in self._quotations[max(0, after - 1) : after + 1]
        )

    def _behind_insertion(self, index: int) -> list[int]:
        """The word behind the brackets that begin before a word, if any do."""
        begin = self._begins[self._tokens.ends[index - 1]]
        inserted = _INSERTION.match(self._text, begin)
        if inserted is None:
            return []
        behind = bisect_left(self._word_begins, inserted.end())
        return [behind] if index < behind < len(self._tokens) else []

    def _between(self, index: int) -> str:
        """What the text has between a word and the one before it."""
        begins = self._begins
        end = begins[self._tokens.ends[index - 1]]
        return UNSEEN_RUN.sub("", self._text[end : self._word_begins[index]])
