# SPDX-License-Identifier: BSD-3-Clause
"""Levels as users name them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from shequ import _core
from shequ._core import Level
from shequ._errors import InvalidInputError

__all__ = ["LevelLike", "LevelName", "to_level"]

LevelName = Literal["country", "province", "city", "district", "town", "community", "grid", "micro_grid", "household"]
LevelLike = Level | int | str


def to_level(value: object, name: str = "level") -> Level:
    """Return the level that a Level, its number or a word in English or Chinese names.

    Raises
    ------
    InvalidInputError
        There is no such level.
    """
    if isinstance(value, Level):
        return value
    if isinstance(value, str):
        found = _core.parse_level(value.strip())
        if found is not None:
            return found
    elif isinstance(value, (int, np.integer)) and not isinstance(value, bool) and 0 <= value < len(Level):
        return Level(int(value))
    allowed = ", ".join(level.name.lower() for level in Level)
    raise InvalidInputError(
        f"{name}={value!r} must be one of {allowed}",
        f"{name}={value!r} 必须是层级名称，如 区县、街道、社区、网格（{allowed}）",
    )
