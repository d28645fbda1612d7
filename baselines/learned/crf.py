"""A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) in numpy.

Trained by Adam (Kingma and Ba 2015) on batches of documents, with decoupled weight decay
(Loshchilov and Hutter 2019) and a step that falls to nothing. Nothing of it depends on the
order of dictionaries, so that a seed gives the same weights again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int32]
Labels = npt.NDArray[np.int8]

_RARE = 3
_UNSEEN = -30.0
# First bits of a hash that tell where to look for it.
_BITS = 18


@dataclass(frozen=True)
class Chain:
    """Weights: of features (`vocabulary` holds their hashes, sorted) and of transitions.

    The last row of `weights` belongs to features that are not in the vocabulary; it is 0.
    `first` scores the label of a text's first token.
    """

    vocabulary: npt.NDArray[np.uint64]
    weights: Floats
    transitions: Floats
    first: Floats

    def scores(self, hashes: npt.NDArray[np.uint64]) -> Floats:
        """The score of each label for each token."""
        rows = rows_of(self.vocabulary, hashes, self._begins)
        scores = np.zeros((len(rows), self.weights.shape[1]), np.float32)
        for column in rows.T:
            scores += self.weights[column]
        return scores

    @cached_property
    def _begins(self) -> Indices:
        return begins_of(self.vocabulary)


def begins_of(vocabulary: npt.NDArray[np.uint64]) -> Indices:
    """The row at which the features begin whose hash has certain first bits, for each of them.

    Hashes are spread evenly: few features share their first bits, and what is looked up is near.
    """
    bits = np.arange((1 << _BITS) + 1, dtype=np.uint64)
    return np.searchsorted(vocabulary >> np.uint64(64 - _BITS), bits).astype(np.int32)


def rows_of(
    vocabulary: npt.NDArray[np.uint64], hashes: npt.NDArray[np.uint64], begins: Indices
) -> Indices:
    """The row of each feature; `len(vocabulary)` for those it does not have."""
    if not len(vocabulary):
        return np.zeros(hashes.shape, np.int32)
    first = (hashes >> np.uint64(64 - _BITS)).astype(np.int32)
    rows, ends = begins[first], begins[first + 1]
    last = len(vocabulary) - 1
    for _ in range(int(np.diff(begins).max())):
        rows += (rows < ends) & (vocabulary[np.minimum(rows, last)] < hashes)
    found = (rows < ends) & (vocabulary[np.minimum(rows, last)] == hashes)
    return np.where(found, rows, len(vocabulary)).astype(np.int32)


def vocabulary_of(documents: Sequence[npt.NDArray[np.uint64]], rare: int = _RARE
                  ) -> npt.NDArray[np.uint64]:  # fmt: skip
    """The hashes that occur often enough to be learned from."""
    found, counts = np.unique(np.concatenate([one.ravel() for one in documents]),
                              return_counts=True)  # fmt: skip
    return found[counts >= rare]


@dataclass(frozen=True)
class _Padded:
    """Texts in a row as one row of a table each, the longest first, filled up with zeros.

    going[i] is how many texts are longer than i tokens: the first rows, so that a step of the
    recursions below touches those alone.
    """

    table: Floats
    going: list[int]
    _inside: npt.NDArray[np.bool_]
    _order: npt.NDArray[np.int64]

    def flat(self, table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A table of this shape as texts in a row again."""
        restored = np.empty_like(table)
        restored[self._order] = table
        return restored[self._inside]


def padded(scores: Floats, lengths: npt.NDArray[np.int64]) -> _Padded:
    """Scores of texts in a row, for recursions over all texts at once."""
    inside = np.arange(lengths.max())[None] < lengths[:, None]
    table = np.zeros((*inside.shape, scores.shape[1]), np.float32)
    table[inside] = scores
    order = np.argsort(-lengths, kind="stable")
    going = (lengths[:, None] > np.arange(lengths.max() + 1)[None]).sum(0).tolist()
    return _Padded(table[order], going, inside, order)


def viterbi(chain: Chain, scores: Floats, lengths: npt.NDArray[np.int64]) -> Labels:
    """The best labels of texts in a row."""
    if not len(scores):
        return np.zeros(0, np.int8)
    texts = padded(scores, lengths)
    table = texts.table
    number, longest, kinds = table.shape
    back = np.empty(table.shape, np.int8)
    back[:] = np.arange(kinds, dtype=np.int8)
    best = chain.first + table[:, 0]
    for index in range(1, longest):
        rows = texts.going[index]
        paths = best[:rows, :, None] + chain.transitions
        back[:rows, index] = paths.argmax(1)
        best[:rows] = paths.max(1) + table[:rows, index]
    labels = np.empty((number, longest), np.int8)
    labels[:, -1] = best.argmax(1)
    every = np.arange(number)
    for index in range(longest - 1, 0, -1):
        labels[:, index - 1] = back[every, index, labels[:, index]]
    return np.asarray(texts.flat(labels), np.int8)


def marginals(chain: Chain, scores: Floats, lengths: npt.NDArray[np.int64]) -> Floats:
    """The probability of each label at each token of texts in a row."""
    if not len(scores):
        return scores
    texts = padded(scores, lengths)
    return np.asarray(texts.flat(_expect(texts, chain.transitions, chain.first)[0]), np.float32)


def _expect(
    texts: _Padded, transitions: Floats, first: Floats
) -> tuple[Floats, Floats, npt.NDArray[np.float64]]:
    """Forward-backward over padded texts: label and transition probabilities, log partition.

    Behind the end of a text all probabilities are 0.
    """
    scores = texts.table
    number, longest, kinds = scores.shape
    top = scores.max(2, keepdims=True)
    local = np.exp(scores - top)
    step = np.exp(transitions)
    forward = np.zeros_like(local)
    scale = np.ones((number, longest), np.float32)
    state = np.exp(first)[None] * local[:, 0]
    for index in range(longest):
        rows = texts.going[index]
        if index:
            state = (state[:rows] @ step) * local[:rows, index]
        total = state.sum(1)
        state /= total[:, None]
        scale[:rows, index] = total
        forward[:rows, index] = state
    backward = np.ones_like(local)
    for index in range(longest - 2, -1, -1):
        rows = texts.going[index + 1]
        ahead = local[:rows, index + 1] * backward[:rows, index + 1]
        backward[:rows, index] = (ahead @ step.T) / scale[:rows, index + 1, None]
    single = forward * backward
    behind = np.zeros((number, longest - 1, kinds), np.float32)
    for index in range(longest - 1):
        rows = texts.going[index + 1]
        behind[:rows, index] = (
            local[:rows, index + 1] * backward[:rows, index + 1] / scale[:rows, index + 1, None]
        )
    pairs = step * np.tensordot(forward[:, :-1], behind, ((0, 1), (0, 1)))
    partition = np.zeros((number, longest))
    for index in range(longest):
        rows = texts.going[index]
        partition[:rows, index] = np.log(scale[:rows, index]) + top[:rows, index, 0]
    return single, pairs.astype(np.float32), partition.sum(1)


def train(
    documents: Sequence[npt.NDArray[np.uint64]],
    labels: Sequence[Labels],
    lengths: Sequence[npt.NDArray[np.int64]],
    kinds: int,
    *,
    seed: int,
    epochs: int = 6,
    batch: int = 16,
    rate: float = 0.01,
    decay: float = 0.5,
    rare: int = _RARE,
    progress: Callable[[float], None] | None = None,
) -> Chain:
    """Weights that make the labels likely. `progress` is told the loss after each epoch.

    `lengths` holds for each document the numbers of tokens of its paragraphs: a chain ends
    with its paragraph.
    """
    from scipy.sparse import csr_matrix

    vocabulary = vocabulary_of(documents, rare)
    size = len(vocabulary)
    begins = begins_of(vocabulary)
    rows = [rows_of(vocabulary, one, begins) for one in documents]
    rng = np.random.default_rng(seed)
    transitions = np.zeros((kinds, kinds), np.float32)
    seen = np.zeros((kinds, kinds), bool)
    for one, long in zip(labels, lengths, strict=True):
        follows = np.ones(len(one), bool)
        follows[np.cumsum(long) - long] = False
        at = np.flatnonzero(follows)
        seen[one[at - 1], one[at]] = True
    transitions[~seen] = _UNSEEN
    weights = np.zeros((size + 1, kinds), np.float32)
    first = np.zeros(kinds, np.float32)
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in (weights, transitions, first)]
    steps = epochs * -(-len(rows) // batch)
    done = 0
    for _ in range(epochs):
        order = rng.permutation(len(rows))
        loss = 0.0
        for begin in range(0, len(order), batch):
            chosen = [index for index in order[begin : begin + batch] if len(rows[index])]
            if not chosen:
                continue
            long = np.concatenate([lengths[index] for index in chosen])
            stacked = np.concatenate([rows[index] for index in chosen])
            many, width = stacked.shape
            matrix = csr_matrix(
                (np.ones(many * width, np.float32), stacked.ravel(),
                 np.arange(0, many * width + 1, width)), (many, size + 1),
            )  # fmt: skip
            flat = matrix @ weights
            texts = padded(flat, long)
            single, pairs, partition = _expect(texts, transitions, first)
            truth = np.concatenate([labels[index] for index in chosen]).astype(np.int64)
            gradient = texts.flat(single)
            heads = np.cumsum(long) - long
            at_first = single[:, 0].sum(0) - np.bincount(truth[heads], minlength=kinds)
            gradient[np.arange(many), truth] -= 1
            follows = np.ones(many, bool)
            follows[heads] = False
            at = np.flatnonzero(follows)
            counted = np.zeros((kinds, kinds), np.float32)
            np.add.at(counted, (truth[at - 1], truth[at]), 1)
            gold = (flat[np.arange(many), truth].sum() + transitions[truth[at - 1], truth[at]].sum()
                    + first[truth[heads]].sum())  # fmt: skip
            loss += float(partition.sum() - gold)
            done += 1
            down = rate * (1 - (done - 1) / steps)
            full = matrix.T @ gradient
            full[-1] = 0
            for values, change, (mean, square) in zip(
                (weights, transitions, first),
                (full, np.where(seen, pairs - counted, 0), at_first), moments, strict=True,
            ):  # fmt: skip
                scaled = (change / many).astype(np.float32)
                mean += 0.1 * (scaled - mean)
                square += 0.01 * (scaled * scaled - square)
                fix = np.sqrt(1 - 0.99**done) / (1 - 0.9**done)
                values -= np.float32(down * fix) * mean / (np.sqrt(square) + np.float32(1e-8))
                if values is weights:
                    values *= np.float32(1 - down * decay)
        if progress is not None:
            progress(loss)
    return Chain(vocabulary, weights, transitions, first)
