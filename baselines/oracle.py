"""`oracle`: repeats the gold. The ceiling, and a check of the harness; not a competitor."""

from benchmark.records import Document, Quote


class Oracle:
    """Returns the gold attributions, core and optional."""

    name = "oracle"
    reads_gold = True

    def predict(self, document: Document) -> list[Quote]:
        """The quotes that the document itself carries."""
        return list(document.quotes)
