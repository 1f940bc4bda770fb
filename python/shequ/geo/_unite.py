# SPDX-License-Identifier: BSD-3-Clause
"""Unions of polygons that meet up to rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["unite"]

#: Corners are put on a grid of so many metres.
_GRID_M = 0.001


def unite(shapes: NDArray[np.object_]) -> Any:
    """Unite polygons on a grid of a millimetre.

    The overlay on a fixed grid gives up on some inputs of perfect regularity, as rows of equal houses make them; the one
    that moves corners as little as it must is slower and does not.
    """
    import shapely

    try:
        return shapely.union_all(shapes, grid_size=_GRID_M)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapely.make_valid(shapes))
