"""Comparisons: saved reports, refusals, and p-values that are what they should be."""

import json
import random
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy import stats
from typer.testing import CliRunner

from benchmark import InputRefused, Quote, Span, compare, score
from benchmark.cli import app
from benchmark.measures import MEASURES
from benchmark.records import encode
from benchmark.statistics import detectable, holm, randomisation_p, statistic
from tests.build import QUOTES, gold, predictions

MEASURE = next(one for one in MEASURES if one.name == "content:overlap")
SYSTEM_A = [predictions(QUOTES[0], QUOTES[1])]
SYSTEM_B = [predictions(QUOTES[0], Quote(quote="It was never said at all."))]


def test_a_saved_report_compares_like_its_predictions(tmp_path):
    direct = compare(SYSTEM_A, SYSTEM_B, gold=[gold()])
    paths = []
    for name, system in (("a", SYSTEM_A), ("b", SYSTEM_B)):
        path = tmp_path / f"{name}.json"
        path.write_text(score(system, [gold()], draws=0).to_json())
        paths.append(path)
    saved = compare(*paths)
    assert saved.pairs[0].rows == direct.pairs[0].rows
    assert saved.signature == direct.signature


def test_a_saved_report_of_many_documents(tmp_path):
    golds = [gold(f"d{i}") for i in range(12)]
    system = [predictions(*QUOTES[: i % 4], doc_id=f"d{i}") for i in range(12)]
    path = tmp_path / "a.json"
    path.write_text(score(system, golds).to_json())
    comparison = compare(path, system, gold=golds)
    assert comparison.unit == "documents"
    assert all(row.p in (1, None) for row in comparison.pairs[0].rows)


def test_other_gold_task_or_version_is_refused_with_both_signatures(tmp_path):
    report = score(SYSTEM_A, [gold()])
    with pytest.raises(InputRefused) as refused:
        compare(report, score(SYSTEM_B, [gold(title="Another")]))
    message = str(refused.value)
    assert message.count("quotebench|set:records|") == 2
    assert "gold:" in message.splitlines()[0]
    answers = [predictions(*QUOTES)]
    with pytest.raises(InputRefused, match="task:attribution"):
        compare(report, score(answers, [gold()], task="attribution"))
    content = json.loads(report.to_json())
    content["signature"] = content["signature"].replace("version:", "version:9.")
    path = tmp_path / "other.json"
    path.write_text(json.dumps(content))
    with pytest.raises(InputRefused, match="version:9"):
        compare(report, path)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema_version": 1}', '{"schema_version": 99}', "\x00"]
)
def test_what_is_no_report_is_refused(tmp_path, content):
    path = tmp_path / "report.json"
    path.write_text(content)
    done = CliRunner().invoke(app, ["compare", str(path), str(path)])
    assert done.exit_code == 1
    assert "score the predictions again" in done.output


def test_compare_on_the_command_line(tmp_path):
    gold_file = tmp_path / "gold.jsonl"
    gold_file.write_bytes(encode(gold()) + b"\n")
    files = []
    for name, (document,) in (("a", SYSTEM_A), ("b", SYSTEM_B)):
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_bytes(encode(document) + b"\n")
    plot = tmp_path / "plot.svg"
    arguments = ["compare", *map(str, files), "--gold", str(gold_file), "--svg", str(plot)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    drawn = ElementTree.fromstring(plot.read_text(encoding="utf-8"))
    assert "b.jsonl - a.jsonl" in "".join(drawn.itertext())
    assert "A: a.jsonl" in done.output


def counts(right: np.ndarray, predicted: np.ndarray, core: np.ndarray) -> np.ndarray:
    """A count matrix with only the columns of one measure filled."""
    from benchmark.measures import COLUMN, COLUMNS

    table = np.zeros((len(right), len(COLUMNS)), dtype=np.int64)
    for part, values in (("right", right), ("predicted", predicted), ("gold", core)):
        table[:, COLUMN[f"content:overlap.{part}"]] = values
    return table


def two_equal_systems(generator: np.random.Generator, documents: int = 40):
    """Two systems with the same chance of being right and of being wrong in each document.

    Both vary, as the values of F1 would else be so few that many pairs are equal.
    """
    core = generator.integers(1, 12, documents)
    chance = generator.beta(4, 3, documents)
    tables = []
    for _ in range(2):
        right = generator.binomial(core, chance)
        tables.append(counts(right, right + generator.poisson(core * (1 - chance)), core))
    return tables[0], tables[1]


def test_p_values_are_uniform_where_two_systems_are_equal():
    # 400 pairs of equally good systems. Kolmogorov-Smirnov at 1 %: sup |F(p) - p| < 1.63/20.
    generator = np.random.default_rng(20261124)
    p_values = [
        randomisation_p(*two_equal_systems(generator), statistic(MEASURE), trials=400, seed=index)
        for index in range(400)
    ]
    assert stats.kstest(p_values, "uniform").statistic < 1.63 / np.sqrt(400)
    # A test at 5 % rejects about 20 of 400: within three standard errors, 3·sqrt(19) = 13.
    assert abs(sum(p <= 0.05 for p in p_values) - 20) <= 13


def test_a_real_difference_is_found():
    generator = np.random.default_rng(7)
    core = generator.integers(3, 12, 40)
    a, b = (generator.binomial(core, chance) for chance in (0.4, 0.7))
    p = randomisation_p(counts(a, core, core), counts(b, core, core), statistic(MEASURE))
    assert p is not None
    assert p < 0.001


def test_the_detectable_difference_is_found_four_times_in_five():
    # Differences with standard error 0.05: one of 2.80·0.05 is beyond 1.96·0.05 with chance .8.
    draws = np.random.default_rng(1).normal(0, 0.05, 200_000)
    found = detectable(draws)
    assert found is not None
    power = float(np.mean(np.abs(draws + found) > 1.959964 * 0.05))
    assert abs(power - 0.8) < 0.005


def test_holm_by_hand():
    # .01·3, then max(.03, .02·2), then max(.04, .5·1); None stays out.
    assert holm([0.02, None, 0.5, 0.01]) == pytest.approx([0.04, None, 0.5, 0.03])


def test_a_system_against_itself_has_p_one_whatever_its_counts():
    chance = random.Random(3)
    golds, system = [], []
    for index in range(12):
        golds.append(gold(f"d{index}"))
        quotes = [QUOTES[i] for i in range(4) if chance.random() < 0.5]
        extra = Quote(content=(Span(0, 8),), speaker="Nobody")
        system.append(predictions(*quotes, extra, doc_id=f"d{index}"))
    for row in compare(system, list(reversed(system)), gold=golds).pairs[0].rows:
        assert row.difference in (0, None)
        assert row.p in (1, None)


def test_the_order_of_files_changes_no_interval():
    golds = [gold(f"d{i:02}") for i in range(15)]
    system = [predictions(*QUOTES[: i % 5], doc_id=f"d{i:02}") for i in range(15)]
    one = score(system, golds)
    other = score(system[::-1], [golds[i] for i in random.Random(1).sample(range(15), 15)])
    assert one.to_dict() == other.to_dict()


def test_workers_change_nothing(tmp_path):
    golds = [gold(f"d{i:03}") for i in range(450)]
    system = [predictions(*QUOTES[: i % 5], doc_id=f"d{i:03}") for i in range(450)]
    paths = []
    for name, documents in (("predictions", system), ("gold", golds[::-1])):
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_bytes(b"".join(encode(one) + b"\n" for one in documents))
    one = score(*paths, draws=50, details=False)
    two = score(*paths, draws=50, details=False, workers=2)
    assert one.to_dict() == two.to_dict()
