# SPDX-License-Identifier: BSD-3-Clause
"""Values that can be read and cannot be, or hardly: ratios, slips of unit, points that lie elsewhere.

A value that stands against another or against those of its town is only pointed out; nothing is changed.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.io._headers import AREAS

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from numpy.typing import NDArray

    from shequ.io._sheet import Sheet
    from shequ.io._units import Units

__all__ = ["check_plausible"]

_MOST_PERSONS = 10  # a household of a residents' community; the census of 2020 has 2.62 on average
_SLIPS = (10_000.0, 100.0)  # 万 for one, or m² for hectares; a wrong decimal point
_SLIP_BAND = 2.5  # how far from exactly 100 or 10,000 times the median a slip may be
_LEAST_PEERS = 4  # values of which a median says something
_CHINA = (73.0, 136.0, 3.0, 54.0)  # west, east, south, north, in degrees
_EARTH_KM = 6371.0088


def check_plausible(
    sheet: Sheet, units: Units, columns: MutableMapping[str, NDArray[Any]], far_km: float | None
) -> None:
    """Report impossible and unlikely values of the units; impossible points are missing from `columns` afterwards."""
    _check_persons(sheet, units, columns)
    _check_areas(sheet, units, columns)
    for name in ("households", "persons", *AREAS):  # few persons are no slip of unit
        if name in columns:
            _check_slips(sheet, units, name, columns[name])
    if "lon" in columns and "lat" in columns:
        impossible = _check_points(sheet, units, columns["lon"], columns["lat"])
        if impossible.any():
            for name in ("lon", "lat"):
                columns[name] = np.ma.MaskedArray(columns[name], mask=np.ma.getmaskarray(columns[name]) | impossible)
        if far_km is not None:
            _check_distances(sheet, units, columns["lon"], columns["lat"], far_km)


def _known(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    known = ~np.ma.getmaskarray(columns[0])
    for column in columns[1:]:
        known &= ~np.ma.getmaskarray(column)
    return known


def _check_persons(sheet: Sheet, units: Units, columns: Mapping[str, NDArray[Any]]) -> None:
    if "persons" not in columns or "households" not in columns:
        return
    persons, households = columns["persons"], columns["households"]
    h, p = np.ma.getdata(households).astype(np.int64), np.ma.getdata(persons).astype(np.int64)
    source = (units.source >= 0) & _known(persons, households)
    for unit in np.flatnonzero(source & (p > _MOST_PERSONS * h)).tolist():
        sheet.say(
            "E15", "warning", int(units.source[unit]), "persons", int(p[unit]),
            f"is more than {_MOST_PERSONS} a household ({int(h[unit])} households): check both",
            f"平均每户超过 {_MOST_PERSONS} 人（{int(h[unit])} 户）：请核对户数和人口",
        )  # fmt: skip
    for unit in np.flatnonzero(source & (p < h)).tolist():
        sheet.say(
            "E16", "warning", int(units.source[unit]), "households", int(h[unit]),
            f"is more than the {int(p[unit])} persons: the columns may be exchanged",
            f"大于人口数 {int(p[unit])}：两列可能填反",
        )  # fmt: skip


def _check_areas(sheet: Sheet, units: Units, columns: Mapping[str, NDArray[Any]]) -> None:
    if "office_m2" not in columns:
        return
    area = columns["office_m2"]
    for unit in np.flatnonzero(_known(area) & (np.ma.getdata(area) == 0) & (units.source >= 0)).tolist():
        sheet.say(
            "E15", "warning", int(units.source[unit]), "office_m2", 0,
            "is an area of 0: leave the cell empty where it is not known", "面积为 0：不清楚时请留空",
        )  # fmt: skip


def _check_slips(sheet: Sheet, units: Units, name: str, column: NDArray[Any]) -> None:
    """Warn where a value is about 100 or 10,000 times the median of its town, or a hundredth of it."""
    tree = units.hierarchy
    known = _known(column) & (np.ma.getdata(column) > 0) & (units.source >= 0)
    data = np.ma.getdata(column).astype(np.float64)
    parents = tree.parents
    rows = np.flatnonzero(known)
    if not len(rows):
        return
    rows = rows[np.argsort(parents[rows], kind="stable")]
    _, first = np.unique(parents[rows], return_index=True)
    for group in np.split(rows, first[1:]):
        if len(group) < _LEAST_PEERS:
            continue
        middle = float(np.median(data[group]))
        ratio = data[group] / middle
        if ratio.max() < _SLIPS[1] / _SLIP_BAND and ratio.min() > _SLIP_BAND / _SLIPS[1]:
            continue
        for unit, times in zip(group.tolist(), ratio.tolist(), strict=True):
            off = max(times, 1 / times)
            slip = next((s for s in _SLIPS if s / _SLIP_BAND <= off <= s * _SLIP_BAND), None)
            if slip is None:
                continue
            i = int(units.source[unit])
            share, share_zh = (
                (f"{slip:,.0f} times", f"{slip:,.0f} 倍") if times > 1 else (f"1/{slip:,.0f} of", f"1/{slip:,.0f}")
            )
            sheet.say(
                "E16", "warning", i, name, sheet.cells(name)[i],
                f"is about {share} the median of its town, {middle:g}: check the unit",
                f"约为本街道（乡镇）中位数 {middle:g} 的 {share_zh}：请核对单位",
            )  # fmt: skip


def _inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    west, east, south, north = _CHINA
    inside: NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


def _check_points(sheet: Sheet, units: Units, lon_column: NDArray[Any], lat_column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return the units whose point is none that can be."""
    known = _known(lon_column, lat_column) & (units.source >= 0)
    rows = np.flatnonzero(known)
    lon, lat = np.ma.getdata(lon_column)[rows], np.ma.getdata(lat_column)[rows]
    impossible = np.zeros(len(known), dtype=np.bool_)
    inside = _inside(lon, lat)
    swapped = _inside(lat, lon)
    # A ledger of another country has all its points elsewhere; then only degrees that are none are wrong.
    here = 2 * int((inside | swapped).sum()) >= len(rows)
    sound = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & (inside | (not here))
    for k in np.flatnonzero(~sound).tolist():
        unit = rows[k]
        i = int(units.source[unit])
        x, y = float(lon[k]), float(lat[k])
        if here and swapped[k]:
            english, chinese = "the two axes are exchanged: longitude comes first", "经度和纬度填反了"
        elif here:
            english, chinese = "lies outside of China: check the coordinate system", "不在中国境内：请核对坐标系"
        else:
            english, chinese = "is no longitude and latitude in degrees", "不是以度为单位的经纬度"
        sheet.say("E22", "error", i, "lon", f"{x:g}, {y:g}", english, chinese)
        impossible[unit] = True
    return impossible


def _check_distances(
    sheet: Sheet, units: Units, lon_column: NDArray[Any], lat_column: NDArray[Any], limit: float
) -> None:
    """Warn of points farther than a limit from the median of those of their town."""
    lon, lat = np.ma.getdata(lon_column), np.ma.getdata(lat_column)
    rows = np.flatnonzero(_known(lon_column, lat_column) & (units.source >= 0))
    if not len(rows):
        return
    parents = units.hierarchy.parents
    rows = rows[np.argsort(parents[rows], kind="stable")]
    _, first = np.unique(parents[rows], return_index=True)
    for group in np.split(rows, first[1:]):
        if len(group) < _LEAST_PEERS:
            continue
        x, y = float(np.median(lon[group])), float(np.median(lat[group]))
        distances = [_distance_km(x, y, float(lon[unit]), float(lat[unit])) for unit in group.tolist()]
        for unit, km in zip(group.tolist(), distances, strict=True):
            if km > limit:
                sheet.say(
                    "E25", "warning", int(units.source[unit]), "lon", f"{float(lon[unit]):g}, {float(lat[unit]):g}",
                    f"lies {km:.0f} km from the middle of its town (more than {limit:g}): check the address",
                    f"距本街道（乡镇）各点中心 {km:.0f} 公里（超过 {limit:g}）：请核对地址",
                )  # fmt: skip


def _distance_km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Return the great-circle distance (haversine formula)."""
    a = sin(radians(lat1 - lat0) / 2) ** 2
    a += cos(radians(lat0)) * cos(radians(lat1)) * sin(radians(lon1 - lon0) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, a)))
