"""Make the multiple-choice questions from the gold, and check that a context is needed.

python scripts/build_choice.py            write gold/choice/{train,validation,test}.jsonl
python scripts/build_choice.py --check    exit 1 if a file is out of date
python scripts/build_choice.py --guess    how often they are answered without any context

Who guesses sees the quote and the four names, never the text: a logistic regression over the
looks of the names, taught on the train part.
"""

import argparse
import sys
from collections import Counter

from benchmark.choice import CHOICES, Question, encode_questions, questions
from benchmark.scoring import load_gold
from benchmark.sets import gold_root
from benchmark.writing import write_bytes

SEED = 20081
PARTS = {
    "train": ("newsroom-train",),
    "validation": ("newsroom-validation",),
    "test": ("article", "newsroom"),
}
FOLDER = gold_root() / "choice"


def build() -> dict[str, list[Question]]:
    """The questions of each part."""
    return {
        part: list(questions((one for name in names for one in load_gold(name)), SEED))
        for part, names in PARTS.items()
    }


def looks(name: str, quote: str) -> list[float]:
    """What the quote and a name alone show."""
    words = name.split()
    shared = set(name.lower().split()) & set(quote.lower().split())
    return [
        len(words),
        len(name),
        name[0].isupper(),
        sum(word[0].isupper() for word in words) / len(words),
        words[0] in ("a", "an", "the"),
        len(words) == 1,
        len(shared),
        name.isupper(),
    ]


def guessed(parts: dict[str, list[Question]]) -> dict[str, float]:
    """The share of test questions answered right: by guessing, and by the commonest place."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    taught = [(one, index) for one in parts["train"] for index in range(CHOICES)]
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(
        [looks(one.choices[index], one.quote) for one, index in taught],
        [index == one.answer for one, index in taught],
    )
    right = 0
    for one in parts["test"]:
        chances = model.predict_proba([looks(name, one.quote) for name in one.choices])[:, 1]
        right += int(chances.argmax()) == one.answer
    places = Counter(one.answer for one in parts["test"])
    total = len(parts["test"])
    return {"names alone": right / total, "commonest place": max(places.values()) / total}


def main() -> int:
    """Write, check or guess; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--guess", action="store_true", help="print how far guessing gets")
    options = parser.parse_args()
    parts = build()
    if options.guess:
        for name, share in guessed(parts).items():
            print(f"{name}: {share:.3f} of {len(parts['test'])} (chance {1 / CHOICES:.3f})")
        return 0
    files = {FOLDER / f"{part}.jsonl": encode_questions(found) for part, found in parts.items()}
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        if options.check:
            print(f"{path} is out of date: run python scripts/build_choice.py", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            write_bytes(path, files[path])
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
