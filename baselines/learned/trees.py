"""Boosted trees as plain arrays: trained by scikit-learn, read and applied without it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

# Rows on which the arrays are compared with what they were made from.
_CHECKED = 1000


@dataclass(frozen=True)
class Trees:
    """Trees of equal room: row t, column n is node n of tree t. A leaf points to itself."""

    base: float
    feature: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: Floats
    depth: int

    @cached_property
    def _flat(self) -> tuple[Indices, Floats, Indices, Indices]:
        """Features, thresholds and the places of both children, all trees in one row."""
        begins = (np.arange(len(self.feature), dtype=np.intp) * self.feature.shape[1])[:, None]
        return (
            self.feature.astype(np.intp).ravel(),
            self.threshold.ravel(),
            (self.left + begins).ravel(),
            (self.right + begins).ravel(),
        )

    def probability(self, table: Floats) -> Floats:
        """The probability of each row of a table of features."""
        number = len(table)
        if not number:
            return np.zeros(0)
        width = self.feature.shape[1]
        roots = np.arange(len(self.feature), dtype=np.intp) * width
        feature, threshold, left, right = self._flat
        at = np.broadcast_to(roots, (number, len(roots)))
        rows = (np.arange(number, dtype=np.intp) * table.shape[1])[:, None]
        flat = np.ascontiguousarray(table).ravel()
        for _ in range(self.depth):
            goes_left = flat.take(feature.take(at) + rows) <= threshold.take(at)
            at = np.where(goes_left, left.take(at), right.take(at))
        raw = self.base + self.value.ravel().take(at).sum(1)
        return np.asarray(1 / (1 + np.exp(-raw)))


def train(table: Floats, right: npt.NDArray[np.bool_], seed: int) -> Trees:
    """Trees (Friedman 2001; Ke et al. 2017) that tell which rows are right."""
    if right.all() or not right.any():
        # One class: its share, pulled to the middle as if there were one more of each.
        share = (right.sum() + 1) / (len(right) + 2)
        nothing = np.zeros((1, 1))
        index = np.zeros((1, 1), np.int16)
        return Trees(float(np.log(share / (1 - share))), index, nothing, index, index, nothing, 0)
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingClassifier(
        learning_rate=0.08, max_iter=120, max_leaf_nodes=15, min_samples_leaf=20,
        l2_regularization=5.0, early_stopping=False, random_state=seed,
    )  # fmt: skip
    # One thread: the order of sums is always the same, and small tables are no slower.
    with threadpool_limits(1):
        model.fit(table, right)
        expected = model.predict_proba(table[:_CHECKED])[:, 1]
    grown = [stage[0].nodes for stage in model._predictors]
    room = max(map(len, grown))
    shape = (len(grown), room)
    feature, left, right_ = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    left[:] = right_[:] = np.arange(room, dtype=np.int16)
    for row, nodes in enumerate(grown):
        inner = np.flatnonzero(nodes["is_leaf"] == 0)
        feature[row, inner] = nodes["feature_idx"][inner]
        threshold[row, inner] = nodes["num_threshold"][inner]
        left[row, inner], right_[row, inner] = nodes["left"][inner], nodes["right"][inner]
        value[row, : len(nodes)] = nodes["value"]
    base = float(model._baseline_prediction.ravel()[0])
    depth = int(max(nodes["depth"].max() for nodes in grown))
    trees = Trees(base, feature, threshold, left, right_, value, depth)
    if not np.allclose(trees.probability(table[:_CHECKED]), expected, atol=1e-9):
        raise RuntimeError("this scikit-learn keeps its trees in another form: use 1.5 to 1.9")
    return trees
