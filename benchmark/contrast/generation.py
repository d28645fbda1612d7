"""Generation: every perturbation over every parent, as often as it can be made and is wanted."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from benchmark.contrast import (
    agency_added,
    carrying,
    changing,
    naming,
    preserving,
    uncarrying,
)
from benchmark.contrast.rewriting import InapplicableError
from benchmark.contrast.variants import Change, Perturb, as_parent, core, variant
from benchmark.records import Document
from benchmark.validation import check_gold


@dataclass(frozen=True)
class Perturbation:
    """A way to change a document. `most`: how many variants a parent gets at most.

    whole: it concerns every attribution of the text, so that a long parent needs fewer variants
    for as many pairs.
    invents: it says something new of somebody, so it is made from constructed articles alone.
    """

    name: str
    make: Perturb
    preserving: bool
    capability: str
    most: int = 1

    @property
    def whole(self) -> bool:
        """Whether a variant has a pair for each attribution, or for all of some kind."""
        return self.name in _WHOLE

    def wanted(self, parent: Document) -> int:
        """How many variants a parent is to have."""
        if not self.whole:
            return self.most
        return max(1, min(self.most, _PAIRS // max(1, len(core(parent)))))

    @property
    def invents(self) -> bool:
        """Whether the variant says of people or agencies what the parent does not."""
        return self.name in _INVENTS


# About as many pairs of a kind are made from each parent.
_PAIRS = 36
_WHOLE = frozenset(
    "quotation_marks renamed_people other_gender surname photo_credit dateline line_wrapping "
    "missing_spaces spelling".split()
)
_INVENTS = frozenset(
    "other_gender title_added bystander agency_swapped photo_credit dateline speakers_swapped "
    "clause_removed scare_quotes carrier_added recipient_added carrier_as_recipient "
    "carrier_as_topic carrier_as_employer agency_alone".split()
)


def _rows(keeps: bool, *rows: tuple[str, Perturb, int, str]) -> tuple[Perturbation, ...]:
    return tuple(Perturbation(name, make, keeps, why, most) for name, make, most, why in rows)


PERTURBATIONS: tuple[Perturbation, ...] = (
    *_rows(
        True,
        ("quotation_marks", preserving.quotation_marks, 3, "quotation marks of other houses"),
        ("cue_verb", preserving.cue_verb, 4, "verbs of saying other than say"),
        ("inversion", preserving.inversion, 2, "said X and X said"),
        ("fronted_clause", preserving.fronted_clause, 3, "reporting clauses in front"),
        ("final_clause", preserving.final_clause, 2, "reporting clauses behind"),
        ("split_quote", preserving.split_quote, 2, "quotations that are interrupted"),
        ("unsplit_quote", preserving.unsplit_quote, 2, "quotations that are not interrupted"),
        ("renamed_people", naming.renamed_people, 3, "names of any origin"),
        ("other_gender", naming.other_gender, 1, "women and men alike"),
        ("full_name", naming.full_name, 3, "full names"),
        ("surname", naming.surname, 1, "people whose full name is never given"),
        ("title_added", naming.title_added, 3, "titles"),
        ("bystander", naming.bystander, 3, "people who say nothing"),
        ("agency_swapped", carrying.agency_swapped, 3, "agencies of any name"),
        ("carrier_at_head", carrying.carrier_at_head, 2, "carriers in front"),
        ("carrier_in_middle", carrying.carrier_in_middle, 2, "carriers in the middle"),
        ("photo_credit", carrying.photo_credit, 2, "photo credits"),
        ("dateline", carrying.dateline, 2, "datelines"),
        ("line_wrapping", preserving.line_wrapping, 2, "wrapped lines"),
        ("missing_spaces", preserving.missing_spaces, 2, "missing spaces"),
        ("spelling", preserving.spelling, 1, "British and American spelling"),
    ),
    *_rows(
        False,
        ("speakers_swapped", changing.speakers_swapped, 3, "which of two speakers it was"),
        ("clause_removed", changing.clause_removed, 3, "words of the paper itself"),
        ("scare_quotes", changing.scare_quotes, 2, "quotation marks that quote nobody"),
        ("carrier_added", agency_added.carrier_added, 3, "agencies at the end of a sentence"),
        ("carrier_removed", uncarrying.carrier_removed, 2, "sentences without their agency"),
        (
            "carrier_as_recipient",
            uncarrying.carrier_as_recipient,
            2,
            "carriers that are told instead",
        ),
        ("recipient_added", agency_added.recipient_added, 3, "agencies that are told"),
        ("carrier_as_topic", uncarrying.carrier_as_topic, 2, "agencies spoken of"),
        ("carrier_as_employer", uncarrying.carrier_as_employer, 2, "agencies as employers"),
        ("agency_alone", agency_added.agency_alone, 3, "agencies as the only source"),
    ),
)
BY_NAME = {one.name: one for one in PERTURBATIONS}


def generate(parents: Iterable[Document], seed: int) -> Iterator[Document]:
    """Each parent that has variants, then those, in the order of the perturbations.

    The same parents and seed give the same documents; a parent's variants do not depend on
    which other parents there are. A variant that would be no sound gold is not made: its
    edits would cut through a span, give two quotes the same words, or change the type of a
    quote whose labels are to be kept (marks that can no longer be told from apostrophes).
    """
    for parent in parents:
        kinds = [one for one in PERTURBATIONS if parent.origin == "constructed" or not one.invents]
        made = [one for kind in kinds for one in variants(parent, kind, seed)]
        if made:
            yield as_parent(parent)
            yield from made


def variants(parent: Document, kind: Perturbation, seed: int) -> Iterator[Document]:
    """The variants of one kind, all of different text."""
    number = random.Random(f"{seed} {kind.name} {parent.doc_id}").getrandbits(32)
    texts = {parent.text}

    def sound() -> Iterator[Document]:
        for change in kind.make(parent, number):
            one = _made(parent, change, kind, len(texts))
            if one is not None and one.text not in texts:
                texts.add(one.text)
                yield one

    yield from islice(sound(), kind.wanted(parent))


def _made(parent: Document, change: Change, kind: Perturbation, number: int) -> Document | None:
    if not change.concerned:
        return None
    try:
        one = variant(parent, change, kind.name, number)
    except InapplicableError:
        return None
    if kind.preserving and not _types(parent).items() <= _types(one).items():
        return None
    return None if check_gold(one, kind.name, 0) else one


def _types(document: Document) -> dict[str, str | None]:
    """The types of the quotes by the number at the end of their ids."""
    return {one.quote_id.rsplit("-", 1)[1]: one.quote_type for one in document.quotes}
