# SPDX-License-Identifier: BSD-3-Clause
"""Households of buildings, estimated from floor area: for want of a count, and always said to be an estimate."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ.geo._checks import check_crs
from shequ.geo._labels import check_column

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from shequ._errors import Lang

__all__ = [
    "HIGHEST_HOME_M",
    "HOME_SHARE",
    "LEAST_HOME_M2",
    "M2_PER_HOUSEHOLD",
    "STOREY_M",
    "HouseholdEstimate",
    "estimate_households",
]

#: Floor area of the home of a family household, square metres: the mean of town and country in China at the census of 2020
#: (中国人口普查年鉴-2020, as 北京日报 quotes it on 2022-06-27; the yearbook itself was not seen). By the same report it is 92.17
#: in cities and 77.64 in those of Beijing.
M2_PER_HOUSEHOLD = 111.18
#: Height of a storey, metres. An assumption.
STOREY_M = 3.0

#: Above this height, metres, a building of unknown use is no home: such towers are super high-rise (超高层建筑, 民用建筑设计
#: 统一标准 GB 50352-2019, 3.1.2), and few of them are lived in. An assumption.
HIGHEST_HOME_M = 100.0
#: Below this floor area, square metres, a building is no home: a shed, a kiosk. An assumption.
LEAST_HOME_M2 = 20.0

#: Share of the floor area that is homes, by OpenStreetMap's key "building" or a Chinese word. An assumption.
HOME_SHARE: Mapping[str, float] = {
    **dict.fromkeys(
        ("apartments", "residential", "house", "detached", "semidetached_house", "terrace", "dormitory", "bungalow",
         "block", "住宅", "居住", "居民楼", "宿舍", "公寓"), 1.0
    ),
    **dict.fromkeys(("mixed", "商住", "商住楼"), 0.5),
}  # fmt: skip
_UNKNOWN = {"", "yes", "building", "unknown", "楼栋", "建筑", "未知", "其他"}

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?: ?(?:m|米|层|f))?", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class HouseholdEstimate:
    """Households of n buildings as estimated from their floor area: no count, and no substitute for one.

    Parameters
    ----------
    households : ndarray of int64, shape (n,)
        Floor area times share of homes over area of a household, rounded half up; at least 1 from
        20 m² of homes on, 0 below.
    floors : ndarray of float64, shape (n,)
        Storeys that were reckoned with.
    basis : tuple of str, length n
        Where they come from: "floors", "height" or "default".
    parameters : dict
        `m2_per_household`, `storey_m`, `default_floors`, `unknown_share`, `highest_home_m`.
    """

    households: NDArray[np.int64]
    floors: NDArray[np.float64]
    basis: tuple[str, ...]
    parameters: dict[str, float]

    def caption(self, lang: Lang = "zh") -> str:
        """Return one sentence that says that this is an estimate, and how it was made."""
        p, n = self.parameters, len(self.basis)
        by = {kind: self.basis.count(kind) for kind in ("floors", "height", "default")}
        if lang == "zh":
            return (
                f"户数为估算值：建筑面积（基底面积×层数）÷每户 {p['m2_per_household']:g} 平方米；{n:,} 栋中 {by['floors']:,} 栋"
                f"有层数，{by['height']:,} 栋按高度每 {p['storey_m']:g} 米一层，{by['default']:,} 栋按 {p['default_floors']:g} 层；"
                f"用途不明的建筑按 {100 * p['unknown_share']:g}% 为住宅，其中高于 {p['highest_home_m']:g} 米的不计"
            )
        return (
            f"Households are an estimate: floor area (footprint times storeys) over {p['m2_per_household']:g} m² a household; "
            f"of {n:,} buildings {by['floors']:,} state storeys, {by['height']:,} a height, of which {p['storey_m']:g} m make "
            f"a storey, {by['default']:,} are taken to have {p['default_floors']:g}; buildings of unknown use are taken as "
            f"{100 * p['unknown_share']:g}% homes, those above {p['highest_home_m']:g} m as none"
        )

    def __repr__(self) -> str:
        """Return one line: the class and key numbers."""
        return f"<HouseholdEstimate: {int(self.households.sum()):,} households in {len(self.basis):,} buildings, estimated>"


def _number(value: Any) -> float:
    """Read 6, "6", "12.13 m" or "6层"; NaN for all else, and for what is not above 0."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", value).strip())
        value = float(found[1]) if found else np.nan
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        return np.nan
    return float(value) if 0.0 < value < 1000.0 else np.nan


def _numbers(frame: gpd.GeoDataFrame, column: str | None) -> NDArray[np.float64]:
    if column is None:
        return np.full(len(frame), np.nan)
    return np.array([_number(value) for value in frame[column].astype(object).tolist()], dtype=np.float64)


def _first(frame: gpd.GeoDataFrame, *names: str) -> str | None:
    return next((name for name in names if name in frame.columns), None)


def estimate_households(
    buildings: gpd.GeoDataFrame,
    *,
    floors: str | None = None,
    height: str | None = None,
    kind: str | None = None,
    home_share: Mapping[str, float] = HOME_SHARE,
    unknown_share: float = 1.0,
    m2_per_household: float = M2_PER_HOUSEHOLD,
    storey_m: float = STOREY_M,
    default_floors: float = 1.0,
    highest_home_m: float = HIGHEST_HOME_M,
) -> HouseholdEstimate:
    """Estimate how many households live in buildings, from floor area.

    Parameters
    ----------
    buildings : GeoDataFrame
        n polygons in a projected coordinate system in metres.
    floors, height, kind : str, optional
        Columns: storeys, height in metres, and what a building is. Default: "floors", "levels" or "层数"; "height" or
        "高度"; "building", "kind" or "用途". Texts such as "12.5 m" and "6层" are read; what is no number counts as missing.
    home_share : mapping, default `HOME_SHARE`
        Share of the floor area that is homes by kind, 0 to 1; kinds that are not in it, as offices and schools, have none.
    unknown_share : float, default 1.0
        The same where nothing is said of what a building is ("yes", "building", or missing).
    m2_per_household : float, default 111.18
        Floor area of a household, square metres, more than 0. The default is the mean of town and country in 2020 and too
        much for most cities (92.17; see References): give that of the place where it is known.
    storey_m : float, default 3.0
        Height of a storey, metres, more than 0: a building of 20 m has 6.
    default_floors : float, default 1.0
        Storeys where neither storeys nor height are known.
    highest_home_m : float, default 100.0
        Buildings of unknown use above this height, metres, are no homes.

    Returns
    -------
    HouseholdEstimate
        Whole households, and what they rest on.

    Raises
    ------
    InvalidInputError
        A column does not exist, a number is out of range, or the coordinate system is not in metres.

    References
    ----------
    国家统计局, 中国人口普查年鉴-2020, as quoted by 北京日报, 2022-06-27 (2020年城市人均居住面积36.52平方米): homes of family
    households have 111.18 m² on average, 92.17 m² in cities. Heights of storeys and shares of homes are assumptions.
    """
    with optional_import("estimate_households()", "geopandas", "'shequ[geo]'"):
        import shapely
    ranges = (
        ("m2_per_household", m2_per_household, np.inf),
        ("storey_m", storey_m, np.inf),
        ("default_floors", default_floors, np.inf),
        ("highest_home_m", highest_home_m, np.inf),
        ("unknown_share", unknown_share, 1.0),
        *((f'home_share["{name}"]', share, 1.0) for name, share in home_share.items()),
    )
    for name, value, most in ranges:
        if not (0.0 <= value <= most and np.isfinite(value) and (most == 1.0 or value > 0.0)):
            allowed = ("in [0, 1]", "在 [0, 1] 之间") if most == 1.0 else ("more than 0", "大于 0")
            raise InvalidInputError(f"{name}={value} must be {allowed[0]}", f"{name}={value} 必须{allowed[1]}")
    for argument, column in (("floors", floors), ("height", height), ("kind", kind)):
        check_column(buildings, argument, column)
    check_crs(buildings)
    storeys = _numbers(buildings, floors or _first(buildings, "floors", "levels", "层数"))
    metres = _numbers(buildings, height or _first(buildings, "height", "高度"))
    by_height = np.maximum(1.0, np.floor(metres / storey_m + 1e-9))
    has_floors, has_height = ~np.isnan(storeys), ~np.isnan(metres)
    known = np.where(has_floors, storeys, np.where(has_height, by_height, default_floors))
    column = kind or _first(buildings, "building", "kind", "用途")
    words = [""] * len(buildings) if column is None else buildings[column].astype(object).tolist()
    kinds = [word.strip().lower() if isinstance(word, str) else "" for word in words]
    share = np.array([unknown_share if k in _UNKNOWN else home_share.get(k, 0.0) for k in kinds], dtype=np.float64)
    unknown = np.array([k in _UNKNOWN for k in kinds], dtype=np.bool_)
    share[unknown & (metres > highest_home_m)] = 0.0
    homes = shapely.area(np.asarray(buildings.geometry.values, dtype=object)) * known * share
    households = np.floor(homes / m2_per_household + 0.5).astype(np.int64)
    households[(homes >= LEAST_HOME_M2) & (households == 0)] = 1
    households[homes < LEAST_HOME_M2] = 0
    basis = tuple(np.where(has_floors, "floors", np.where(has_height, "height", "default")).tolist())
    parameters = {
        "m2_per_household": m2_per_household,
        "storey_m": storey_m,
        "default_floors": default_floors,
        "unknown_share": unknown_share,
        "highest_home_m": highest_home_m,
    }
    return HouseholdEstimate(households, known, basis, parameters)
