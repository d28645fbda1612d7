"""`empty`: finds nothing. The floor of recall."""

from benchmark.records import Document, Quote


class Empty:
    """Predicts no attribution."""

    name = "empty"

    def predict(self, document: Document) -> list[Quote]:
        """An empty list."""
        del document
        return []
