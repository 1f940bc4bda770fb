# SPDX-License-Identifier: BSD-3-Clause
"""Colours of grids: neighbours differ, and people with any kind of colour vision can tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PALETTE", "colour_grids", "tint"]

#: Paul Tol's "bright" scheme without its grey; the cyan comes last, since it is close to that of water, and is used only
#: where five colours do not suffice (Tol, "Colour Schemes", SRON/EPS/TN/09-002, 2021).
PALETTE = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#aa3377", "#66ccee")
SPARE = len(PALETTE) - 1


def colour_grids(labels: NDArray[np.int32], edges: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Colour grids so that two that touch differ, by the largest degree of saturation.

    Parameters
    ----------
    labels : ndarray of int32, shape (n,)
        Grid of each atom.
    edges : ndarray of int32, shape (m, 2)
        Atoms that touch.
    count : int
        Number of grids.

    Returns
    -------
    ndarray of int64, shape (count,)
        Index into `PALETTE`. Two neighbours share a colour only where a map needs more colours than there are.

    References
    ----------
    D. Brélaz, "New methods to color the vertices of a graph", Communications of the ACM 22, 1979,
    doi:10.1145/359094.359101.
    """
    pairs = labels[edges].reshape(-1, 2)
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs[pairs[:, 0] != pairs[:, 1]].tolist():
        neighbours[a].add(b)
        neighbours[b].add(a)
    colour = np.full(count, -1, dtype=np.int64)
    used = np.zeros(len(PALETTE), dtype=np.int64)
    taken: list[set[int]] = [set() for _ in range(count)]
    left = set(range(count))
    while left:
        grid = max(left, key=lambda g: (len(taken[g]), len(neighbours[g]), -g))
        left.remove(grid)
        free = [c for c in range(len(PALETTE)) if c not in taken[grid]] or list(range(len(PALETTE)))
        chosen = min(free, key=lambda c: (c == SPARE, used[c], c))
        colour[grid] = chosen
        used[chosen] += 1
        for other in neighbours[grid]:
            taken[other].add(chosen)
    return colour


def tint(colour: str, share: float) -> tuple[float, float, float]:
    """Mix a colour like "#4477aa" with white: `share` of it, the rest white."""
    red, green, blue = (1.0 - share + share * int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5))
    return red, green, blue
