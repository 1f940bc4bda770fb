# SPDX-License-Identifier: BSD-3-Clause
"""Codes that are still to be had in a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["free_code"]

_DIGITS = 12  # of a community: 2 province, 2 city, 2 county, 3 town, 3 community
_TOWN = 9
# Numbers of residents' committees, villagers' committees, and what is like them.
_RANGES = ((1, 199), (200, 399), (400, 499), (500, 599))


def free_code(code: str, used: Collection[str]) -> str | None:
    """Return the first code of the same town and range of kinds that no row has, None where all are taken."""
    if len(code) != _DIGITS or not code.isdigit():
        return None
    for start, end in _RANGES:
        if start <= int(code[_TOWN:]) <= end:
            free = (f"{code[:_TOWN]}{number:03d}" for number in range(start, end + 1))
            return next((candidate for candidate in free if candidate not in used), None)
    return None
