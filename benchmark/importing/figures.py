"""Figures: the counts that a complete copy of a corpus gives.

Counted from the corpora themselves unless a publication is named; keys are corpus and part.
`attributions` are those with a content.
"""

from collections.abc import Mapping

_FIGURES: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("polnear", "train"): {"documents": 840, "attributions": 19_832},
    ("polnear", "dev"): {"documents": 84, "attributions": 2_192},
    ("polnear", "test"): {"documents": 84, "attributions": 2_044},
    ("german-wikinews", "train"): {"documents": 700, "attributions": 2_877},
    ("german-wikinews", "dev"): {"documents": 150, "attributions": 653},
    ("german-wikinews", "test"): {"documents": 148, "attributions": 652},
    ("spkatt", "train"): {
        "documents": 177, "tokens": 148_254, "events": 5_399, "attributions": 3_242,
    },
    ("spkatt", "dev"): {"documents": 18, "tokens": 14_519, "events": 515, "attributions": 290},
    ("pdnc", "data"): {"documents": 28, "attributions": 37_131},
    # Zhang and Liu (2022), README of the release; the abstract says 10,279 quotations.
    ("directquote", "truecased"): {"documents": 19_760, "attributions": 10_353},
}  # fmt: skip


def recorded(corpus: str, part: str) -> Mapping[str, int]:
    """The recorded counts of a part of a corpus; empty where there are none."""
    return _FIGURES.get((corpus, part), {})
