"""`learned`: equal training gives equal bytes, a model file is checked, and any text is read."""

import io
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from baselines.learned import Learned
from baselines.learned.crf import Chain, begins_of, marginals, rows_of, viterbi
from baselines.learned.labels import LABELS, Chunk, chunks, label
from baselines.learned.model import Model, encode, load, save
from baselines.learned.training import train
from baselines.registry import load as load_baseline
from benchmark import load_gold, score
from benchmark.cli import app
from benchmark.faults import InputRefused
from benchmark.records import Document, Quote, Span
from benchmark.running import run
from benchmark.writing import write_documents
from tests.build import gold

PEOPLE = ("Ana Ruiz", "Otto Brandt", "Ines Coll", "Jon Falk", "Mara Venn", "Leo Hart")
VERBS = ("said", "warned", "added", "argued", "insisted", "wrote")
CLAIMS = ("the dam had held", "more rain would come", "nobody had slept", "the road was closed",
          "the bridge would open in May", "prices had fallen again")  # fmt: skip


def article(number: int) -> Document:
    """An invented article: every sentence of three is reported, by a person who varies."""
    text, quotes = "", []
    for turn in range(6):
        who, verb = PEOPLE[(number + turn) % 6], VERBS[(number * 2 + turn) % 6]
        what = CLAIMS[(number * 3 + turn) % 6]
        start = len(text)
        if turn % 2:
            text += f"The council of Valmora met on Monday. {who} {verb} that {what}.\n\n"
        else:
            text += f"“{what.capitalize()},” {who} {verb}. The council went home.\n\n"
        at = {one: text.index(one, start) for one in (who, verb)}
        content = text.lower().index(what.lower(), start)
        quotes.append(
            Quote(
                quote_id=f"{number}-{turn}",
                content=(Span(content, content + len(what)),),
                cue=(Span(at[verb], at[verb] + len(verb)),),
                source=(Span(at[who], at[who] + len(who)),),
                speaker=(who,),
            )
        )
    return Document(doc_id=f"a{number}", text=text, quotes=tuple(quotes))


@pytest.fixture(scope="module")
def model() -> Model:
    return train([article(number) for number in range(6)], seed=3)


def test_training_again_in_another_order_gives_the_same_bytes(model: Model) -> None:
    again = train([article(number) for number in reversed(range(6))], seed=3)
    assert encode(again) == encode(model)


def test_a_saved_model_predicts_as_before(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m.npz")
    unseen = article(9)
    assert Learned(tmp_path / "m.npz").predict(unseen) == Learned(model).predict(unseen)
    assert Learned(tmp_path / "m.npz").name == "learned-m"


def test_it_finds_what_is_said_and_by_whom(model: Model) -> None:
    text = "Reporters waited. Ana Ruiz said that the dam had held."
    found = Learned(model).predict(Document(doc_id="x", text=text, quotes=()))
    assert [(text[q.content[0].start : q.content[0].end], q.speaker) for q in found if q.content] \
        == [("the dam had held", ("Ana Ruiz",))]  # fmt: skip


@pytest.mark.parametrize("cut", [0, 1, 100, 5000])
def test_a_file_that_is_cut_off_is_refused(model: Model, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(encode(model)[:cut])
    with pytest.raises(InputRefused, match=r"m\.npz: .*quotebench train"):
        load(path)


def changed(model: Model, **arrays: np.ndarray | None) -> bytes:
    with np.load(io.BytesIO(encode(model))) as archive:
        held = {name: archive[name] for name in archive.files} | arrays
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, **{name: one for name, one in held.items()
                                         if one is not None})  # fmt: skip
    return file.getvalue()


def header(model: Model, **values: object) -> np.ndarray:
    with np.load(io.BytesIO(encode(model))) as archive:
        known = json.loads(archive["header"].tobytes())
    return np.frombuffer(json.dumps(known | values).encode(), np.uint8)


def test_foreign_and_damaged_files_are_refused(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    shape = model.right.left.shape
    damaged = [
        changed(model, header=None),
        changed(model, weights=None),
        changed(model, weights=np.array([{}], object)),
        changed(model, weights=np.zeros((2, 2), np.float16)),
        changed(model, right_left=np.full(shape, 30_000, np.int16)),
        changed(model, right_left=np.full(shape, -1, np.int16)),
        changed(model, header=header(model, format="other")),
        changed(model, header=header(model, format_version=99)),
        changed(model, header=header(model, least="much")),
        b"PK\x03\x04" + b"\0" * 50,
        bytes(1000),
    ]
    for data in damaged:
        path.write_bytes(data)
        with pytest.raises(InputRefused):
            load(path)
    with pytest.raises(InputRefused, match="cannot be read"):
        load(tmp_path / "absent.npz")


def check(text: str, quotes: list[Quote]) -> None:
    spans = sorted(
        ((span.start, span.end) for one in quotes for span in one.content or ()),
    )
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for one in quotes:
        assert isinstance(one.confidence, float)
        assert 0 <= one.confidence <= 1
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.cue, *one.source))


@pytest.mark.parametrize(
    "text",
    ["", " \n\n ", "One line.", "🙂", "“🙂 it works,” said Ana Ruiz 🙂.", "said " * 300,
     "“" * 50, "Interfax reported. Interfax said. (Reuters) - ", "he said\rshe said that\x00no",
     "Ана сказала: «да», 他说好。", "a" * 5000, "“Open, Ana Ruiz said.\n\n“And on,” she added."],
)  # fmt: skip
def test_odd_texts_are_read(model: Model, text: str) -> None:
    check(text, Learned(model).predict(Document(doc_id="x", text=text, quotes=())))


PIECES = ["Ana Ruiz ", "said ", "that ", "“", "”", ", ", ". ", "\n\n", "he ", "the dam held",
          "according to ", "Reuters reported", "told Interfax", ": ", "🙂"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_contents_never_overlap(model: Model, pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text, Learned(model).predict(Document(doc_id="x", text=text, quotes=())))


def test_labels_and_chunks_are_two_forms_of_one_thing() -> None:
    whole = [Chunk("before", 0, 3), Chunk("source", 4, 5), Chunk("cue", 5, 7),
             Chunk("behind", 7, 8), Chunk("behind", 8, 10)]  # fmt: skip
    assert chunks(label(11, whole)) == whole


def test_the_chain_agrees_with_every_path_weighed_by_hand() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(5, 2)).astype(np.float32)
    moves, first = rng.normal(size=(2, 2)).astype(np.float32), np.array([0.3, -0.2], np.float32)
    chain = Chain(np.zeros(0, np.uint64), np.zeros((1, 2), np.float32), moves, first)
    lengths = np.array([3, 2])
    best, chance = viterbi(chain, scores, lengths), marginals(chain, scores, lengths)
    for begin, number in ((0, 3), (3, 2)):
        part = scores[begin : begin + number]
        paths = {}
        for code in range(2**number):
            path = [code >> at & 1 for at in range(number)]
            paths[tuple(path)] = float(
                first[path[0]] + sum(part[i, one] for i, one in enumerate(path))
                + sum(moves[a, b] for a, b in pairwise(path))
            )  # fmt: skip
        assert tuple(best[begin : begin + number]) == max(paths, key=paths.__getitem__)
        total = sum(np.exp(one) for one in paths.values())
        for at in range(number):
            expected = sum(np.exp(one) for path, one in paths.items() if path[at]) / total
            assert chance[begin + at, 1] == pytest.approx(expected, abs=1e-5)
    assert len(LABELS) == 12


def test_training_needs_something_to_learn_from() -> None:
    with pytest.raises(ValueError, match="two documents"):
        train([article(1)])
    with pytest.raises(ValueError, match="two documents"):
        train([Document(doc_id="a", text="x", quotes=()), Document(doc_id="b", quotes=())])


def test_a_system_scored_on_its_training_texts_says_so(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    write_documents(path, [gold()])
    learned = Learned(model)
    assert run([learned], path).systems[0].seen == 0
    texts = Learned(train([gold("d"), gold("e", text=gold().text + " ")], seed=1))
    assert run([texts], path).systems[0].seen == 1


def test_the_command_trains_and_a_model_is_named_by_its_file(tmp_path: Path) -> None:
    path, made = tmp_path / "gold.jsonl", tmp_path / "m.npz"
    other = gold("e")
    renamed = tuple(
        Quote(**{name: getattr(one, name) for name in one.__struct_fields__ if name != "quote_id"},
              quote_id=one.quote_id.replace("d", "e")) for one in other.quotes
    )  # fmt: skip
    write_documents(path, [gold("d"), gold("e", quotes=renamed)])
    result = CliRunner().invoke(app, ["train", "learned", str(path), str(made)])
    assert result.exit_code == 0, result.output
    assert load_baseline(f"learned:{made}").name == "learned-m"
    result = CliRunner().invoke(app, ["predict", f"learned:{path}", str(path), "-"])
    assert result.exit_code == 1
    assert "quotebench train" in result.output
    assert CliRunner().invoke(app, ["train", "rules", str(path), str(made)]).exit_code == 2


def test_without_a_model_one_is_trained_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    (article,) = load_gold("article")
    first = load_baseline("learned").predict(article)
    assert "training the default model once" in capsys.readouterr().err
    assert load_baseline("learned").predict(article) == first
    assert "training" not in capsys.readouterr().err
    # No worse than a system that finds half of the sixteen.
    report = score([Document(doc_id=article.doc_id, quotes=tuple(first))], [article], draws=0)
    assert (report.measures["content:overlap"].right or 0) >= 8


@pytest.mark.parametrize("size", [1, 2, 1000, 50_000])
def test_features_are_looked_up_as_a_binary_search_would(size):
    generator = np.random.default_rng(size)
    known = np.unique(generator.integers(0, 2**64, size, dtype=np.uint64))
    asked = np.concatenate(
        [generator.choice(known, 500), generator.integers(0, 2**64, 500, dtype=np.uint64),
         known[[0, -1]], np.array([0, 2**64 - 1], np.uint64)]
    ).reshape(2, -1)  # fmt: skip
    rows = np.searchsorted(known, asked).clip(max=len(known) - 1)
    slow = np.where(known[rows] == asked, rows, len(known))
    assert (rows_of(known, asked, begins_of(known)) == slow).all()
