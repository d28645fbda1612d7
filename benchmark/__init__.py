"""quotebench: score who said what in news, and which agency carried it.

from benchmark import load_gold, read_predictions, score, compare
report = score("predictions.jsonl", gold="article")
report.measures["attribution"].f1; report.signature; print(report)
"""

from typing import TYPE_CHECKING, Any

from benchmark.version import __version__

if TYPE_CHECKING:
    from benchmark.comparison import Comparison, compare
    from benchmark.faults import Fault, InputRefused
    from benchmark.records import Document, Entity, Quote, Span
    from benchmark.report import Report
    from benchmark.scoring import load_gold, read_predictions, score

__all__ = [
    "Comparison",
    "Document",
    "Entity",
    "Fault",
    "InputRefused",
    "Quote",
    "Report",
    "Span",
    "__version__",
    "compare",
    "load_gold",
    "read_predictions",
    "score",
]

_HOME = {
    "Comparison": "comparison",
    "compare": "comparison",
    "Fault": "faults",
    "InputRefused": "faults",
    "Document": "records",
    "Entity": "records",
    "Quote": "records",
    "Span": "records",
    "Report": "report",
    "load_gold": "scoring",
    "read_predictions": "scoring",
    "score": "scoring",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import benchmark` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
