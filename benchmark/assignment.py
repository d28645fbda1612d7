"""The assignment problem over integers of any size.

Weights that encode several objectives at once outgrow floating point, where two
pairings that are equally good could come out different by rounding; scipy's solver
works on floats. Integers decide every tie exactly.
"""

from collections.abc import Sequence


def best_assignment(weights: Sequence[Sequence[int]]) -> list[int | None]:
    """The column for each row so that the sum of weights is greatest.

    `weights` is rows × columns with weights >= 0, where 0 stands for "no pair"; a row
    without a pair gets None. The method is the shortest augmenting path form of the
    Hungarian algorithm (Kuhn 1955; Jonker and Volgenant 1987), O(rows² · columns).
    """
    rows, columns = len(weights), len(weights[0])
    # Each row has a column of its own of weight 0 beyond the real ones: to stay unpaired.
    width = columns + rows
    row_potential = [0] * rows
    column_potential = [0] * width
    row_of: list[int | None] = [None] * width
    for new in range(rows):
        distance: list[int | None] = [None] * width
        previous: list[int | None] = [None] * width
        done = [False] * width
        row: int | None = new
        at: int | None = None
        while row is not None:
            step: int | None = None
            nearest = -1
            for column in range(width):
                if done[column]:
                    continue
                weight = weights[row][column] if column < columns else 0
                reduced = -weight - row_potential[row] - column_potential[column]
                known = distance[column]
                if known is None or reduced < known:
                    distance[column] = known = reduced
                    previous[column] = at
                if step is None or known < step:
                    step, nearest = known, column
            assert step is not None
            row_potential[new] += step
            for column in range(width):
                if done[column]:
                    column_potential[column] -= step
                    owner = row_of[column]
                    assert owner is not None
                    row_potential[owner] += step
                elif distance[column] is not None:
                    distance[column] -= step  # type: ignore[operator]
            done[nearest] = True
            at, row = nearest, row_of[nearest]
        while at is not None:
            before = previous[at]
            row_of[at] = new if before is None else row_of[before]
            at = before
    chosen: list[int | None] = [None] * rows
    for column, owner in enumerate(row_of[:columns]):
        if owner is not None and weights[owner][column]:
            chosen[owner] = column
    return chosen
