# SPDX-License-Identifier: BSD-3-Clause
"""The order of whole numbers, several times as fast as an argsort."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["place_bits", "stable_order"]


def place_bits(count: int) -> int:
    """Return how many bits the places of so many numbers take."""
    return count.bit_length()


def stable_order(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of numbers of 0 or more in ascending order, equal ones in the order in which they stand.

    Number and place are sorted as one number where both fit into 63 bits.
    """
    bits = place_bits(len(keys))
    if int(keys.max(initial=0)).bit_length() + bits > 63:
        return np.argsort(keys, kind="stable")
    order: NDArray[np.int64] = np.sort((keys << bits) | np.arange(len(keys)))
    order &= (1 << bits) - 1
    return order
