"""Agreement: alpha against a published example and a library, directions by hand."""

import json
from pathlib import Path

import krippendorff
import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from benchmark.agreement import agree, alpha_of, coincidences, word_labels
from benchmark.cli import app
from benchmark.faults import InputRefused
from benchmark.records import encode
from tests.build import QUOTES, gold


def alpha(rows, labels):
    """Alpha of raters × words, each word a unit."""
    table = coincidences(rows, np.arange(rows.shape[1]), labels)
    return float(alpha_of(table.sum(axis=0).astype(float), len(rows), labels))


def test_the_published_example():
    # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section A: two
    # observers, ten units. o_01 = 4, n_0 = 14, n_1 = 6: 1 - 19·4/(14·6) = 8/84 = 0.095.
    rows = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
    assert alpha(rows, 2) == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert round(alpha(rows, 2), 3) == 0.095


@given(
    st.integers(2, 4).flatmap(
        lambda raters: st.lists(
            st.lists(st.integers(0, 2), min_size=raters, max_size=raters), min_size=2, max_size=30
        )
    )
)
def test_equals_the_library(columns):
    rows = np.array(columns).T
    if len(set(rows.ravel())) == 1:
        assert np.isnan(alpha(rows, 3))
        return
    expected = krippendorff.alpha(
        reliability_data=rows, level_of_measurement="nominal", value_domain=[0, 1, 2]
    )
    assert alpha(rows, 3) == pytest.approx(expected)


@pytest.fixture
def layers(tmp_path):
    """Two layers of a document: the second lacks the third of four core quotes."""
    paths = []
    for name, quotes in (("a", QUOTES), ("b", QUOTES[:2] + QUOTES[3:])):
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(encode(gold(quotes=quotes)) + b"\n")
        paths.append(path)
    return paths


def test_both_directions(layers):
    pair = agree(*layers).pairs[0]
    assert (pair.agr_ab, pair.agr_ba) == (3 / 4, 1.0)
    # F1 is 2·3/(3 + 4) in both directions.
    assert pair.figures["content:overlap"] == pytest.approx(6 / 7)
    assert pair.alpha.value < 1


def test_an_annotator_agrees_with_itself(layers):
    agreement = agree(layers[0], layers[0], layers[0])
    assert agreement.alpha.value == 1
    assert agreement.alpha.interval == (1, 1)
    assert all(value in (1, None) for pair in agreement.pairs for value in pair.figures.values())


def test_the_order_of_annotators_changes_no_alpha(layers):
    one, other = agree(*layers), agree(*reversed(layers))
    assert one.alpha == other.alpha
    assert (one.pairs[0].agr_ab, one.pairs[0].agr_ba) == (
        other.pairs[0].agr_ba,
        other.pairs[0].agr_ab,
    )


def test_labels_of_words():
    # The core contents have 4 + 3 + 4 + 2 + 4 words; the shell has "she said" beside them.
    labels = word_labels(gold())
    assert np.count_nonzero(labels == 2) == 17
    assert np.count_nonzero(labels == 1) == 2


def test_other_documents_and_texts_are_refused(tmp_path, layers):
    other = tmp_path / "other.jsonl"
    changed = msgspec.structs.replace(gold("e"), text=gold().text)
    other.write_bytes(encode(changed) + b"\n")
    with pytest.raises(InputRefused) as refused:
        agree(layers[0], other)
    assert "'d' is only in" in str(refused.value)
    assert "'e' is only in" in str(refused.value)
    other.write_bytes(encode(gold(text=gold().text + " More.")) + b"\n")
    with pytest.raises(InputRefused, match="another text"):
        agree(layers[0], other)


def test_the_command(layers, tmp_path):
    out = tmp_path / "agreement.json"
    done = CliRunner().invoke(app, ["agree", *map(str, layers), "--json", str(out)])
    assert done.exit_code == 0
    assert max(map(len, done.output.splitlines())) <= 80
    content = json.loads(out.read_text())
    assert content["pairs"][0]["agr_ab"] == 0.75
    assert content["unit"] == "paragraphs"
    assert CliRunner().invoke(app, ["agree", str(layers[0])]).exit_code == 2


def test_the_command_writes_differences(layers, tmp_path):
    """What stands in the file is what `benchmark.differences` finds, layer by layer."""
    out = tmp_path / "differences.jsonl"
    names = [path.stem for path in map(Path, layers)]
    done = CliRunner().invoke(app, ["agree", *map(str, layers), "--differences", str(out)])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert rows
    assert {name for row in rows for name in row["values"]} == set(names)
    assert all(len(set(row["values"].values())) > 1 for row in rows if row["field"] == "status")
    same = CliRunner().invoke(app, ["agree", str(layers[0]), str(layers[0]), "--differences", "x"])
    assert same.exit_code == 2
