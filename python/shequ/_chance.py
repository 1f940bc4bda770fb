# SPDX-License-Identifier: BSD-3-Clause
"""Lots that do not depend on machine, thread or order: a hash of seed, draw and code of the unit (splitmix64)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["keys_of", "lots"]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _mixed(value: Any) -> Any:
    """Return the finaliser of splitmix64 of each entry (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195)."""
    with np.errstate(over="ignore"):  # wraps round at 2**64, as it should
        value = (value ^ (value >> np.uint64(30))) * _FIRST
        value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


def keys_of(codes: Sequence[str]) -> NDArray[np.uint64]:
    """Return a key of each code: FNV-1a of its UTF-8, so that a lot stays with its unit whatever the order of the rows."""
    keys = np.empty(len(codes), dtype=np.uint64)
    for i, code in enumerate(codes):
        key = 0xCBF29CE484222325
        for byte in code.encode():
            key = (key ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
        keys[i] = key
    return keys


def lots(seed: int, draw: int, keys: NDArray[np.uint64], span: int) -> NDArray[np.int64]:
    """Return a whole number in [0, span) for each key; span at most 2^31.

    The high 32 bits times the span, shifted down: the greatest chance of a number differs from the least by less than
    span / 2^32.
    """
    state = (seed * 0x9E3779B97F4A7C15 + draw * 0xD1342543DE82EF95) & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        mixed = _mixed(_mixed(keys + np.uint64(state)) + _GOLDEN)
    drawn: NDArray[np.int64] = ((mixed >> np.uint64(32)) * np.uint64(span) >> np.uint64(32)).astype(np.int64)
    return drawn
