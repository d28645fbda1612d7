"""`rules`: grammar and lexicon, no model and no download.

From the text as it lies: paragraphs, quotations and sentences (`layout`, `tokens`), the
agency shell of each sentence (`agency`), cues with source and content (`frames` and what
it uses), and at last who that is (`names`).
"""

from baselines.mending import mend
from baselines.rules.reading import read
from benchmark.records import Document, Quote


class Rules:
    """A deterministic attributor for English news."""

    name = "rules"

    def predict(self, document: Document) -> list[Quote]:
        """The attributions of the text, in its order."""
        mended = mend(document.text)
        return mended.back(read(mended.text))
