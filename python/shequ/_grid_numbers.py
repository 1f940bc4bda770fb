# SPDX-License-Identifier: BSD-3-Clause
"""Numbers the grids of a community so that people find them on a map: row by row, or column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["number_grids"]


def number_grids(
    labels: NDArray[np.int32], count: int, position: NDArray[np.float64] | None, numbering: str
) -> NDArray[np.int32]:
    """Renumber grids from the north-west.

    Parameters
    ----------
    labels : ndarray of int32, shape (n,)
        Grid of each atom of one community, 0 to `count` - 1.
    count : int
        Number of grids.
    position : ndarray of float64, shape (n, 2), or None
        East and north of each atom. None: the labels stay as they are.
    numbering : "rows" or "columns"
        In rows from the north, each from the west (CJ/T 349-2010), or in columns from the west, each from the north.

    Returns
    -------
    ndarray of int32, shape (n,)
        The new labels. As many rows are made as leave their grids about as wide as tall.
    """
    if position is None or count == 0:
        return labels
    sizes = np.maximum(np.bincount(labels, minlength=count), 1)
    east, north = (np.bincount(labels, weights=position[:, k], minlength=count) / sizes for k in (0, 1))
    down, across = (-north, east) if numbering == "rows" else (east, -north)
    tall, wide = float(np.ptp(down)), float(np.ptp(across))
    rows = max(1, min(count, round((count * tall / wide) ** 0.5) if wide > 0 else count))
    order: list[int] = []
    for row in np.array_split(np.argsort(down, kind="stable"), rows):
        order += row[np.argsort(across[row], kind="stable")].tolist()
    rank = np.empty(count, dtype=np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    return rank[labels]
