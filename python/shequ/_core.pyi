# SPDX-License-Identifier: BSD-3-Clause
# Signatures of the compiled core; the texts stand in bindings/.
import enum
from collections.abc import Sequence
from typing import Any, Literal, final, overload

import numpy as np
import numpy.typing as npt

_Lang = Literal["en", "zh"]
_IntArray = npt.NDArray[np.integer[Any]] | Sequence[int]
_RoundingName = Literal["floor", "ceil", "round"]
_SettingName = Literal["urban", "rural"]

__version__: str

class Level(enum.IntEnum):
    COUNTRY = 0
    PROVINCE = 1
    CITY = 2
    DISTRICT = 3
    TOWN = 4
    COMMUNITY = 5
    GRID = 6
    MICRO_GRID = 7
    HOUSEHOLD = 8

class TownKind(enum.Enum):
    SUBDISTRICT = 0
    TOWN = 1
    TOWNSHIP = 2
    ZONE_LIKE = 3

class CommunityKind(enum.Enum):
    RESIDENTS = 0
    VILLAGERS = 1
    QUASI_RESIDENTS = 2
    QUASI_VILLAGERS = 3

class Setting(enum.Enum):
    URBAN = 0
    RURAL = 1

class Rounding(enum.Enum):
    FLOOR = 0
    CEIL = 1
    ROUND = 2

class NormStatus(enum.Enum):
    SEEN = 0
    UNVERIFIED = 1

class Random:
    def __init__(self, seed: int, stream: int = 0) -> None: ...
    def bits(self) -> int: ...
    def below(self, bound: int) -> int: ...
    def unit(self) -> float: ...

class StaffingRule:
    def __init__(
        self,
        *,
        base: int = 4,
        base_households: int = 1000,
        step_households: int = 250,
        rounding: Rounding | _RoundingName = "floor",
        applies_to: Setting | _SettingName = "urban",
        id: str | None = None,
    ) -> None: ...
    @property
    def base(self) -> int: ...
    @property
    def base_households(self) -> int: ...
    @property
    def step_households(self) -> int: ...
    @property
    def rounding(self) -> Rounding: ...
    @property
    def applies_to(self) -> Setting: ...
    @property
    def id(self) -> str: ...
    @overload
    def posts(self, households: int) -> int: ...
    @overload
    def posts(self, households: _IntArray, *, out: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.int64]: ...
    def total_posts(self, households: _IntArray) -> int: ...
    @overload
    def min_households(self, posts: int) -> int: ...
    @overload
    def min_households(self, posts: _IntArray) -> npt.NDArray[np.int64]: ...
    @overload
    def max_households(self, posts: int) -> int: ...
    @overload
    def max_households(self, posts: _IntArray) -> npt.NDArray[np.int64]: ...
    @overload
    def households_to_next_post(self, households: int) -> int: ...
    @overload
    def households_to_next_post(self, households: _IntArray) -> npt.NDArray[np.int64]: ...
    def replace(self, **changes: Any) -> StaffingRule: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class StaffingBalance:
    @property
    def posts(self) -> int: ...
    @property
    def workers(self) -> int: ...
    @property
    def shortage(self) -> int: ...
    @property
    def surplus(self) -> int: ...
    @property
    def communities(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...

def staffing_balance(posts: _IntArray, workers: _IntArray) -> StaffingBalance: ...

class Norm:
    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def effective(self) -> str: ...
    @property
    def status(self) -> NormStatus: ...
    @property
    def staffing(self) -> StaffingRule | None: ...
    @property
    def grid_size(self) -> tuple[int, int] | None: ...
    def title(self, lang: _Lang = "en") -> str: ...
    def parameters(self, lang: _Lang = "en") -> str: ...

def norm_catalogue() -> list[Norm]: ...
def find_norm(id: str) -> Norm: ...
