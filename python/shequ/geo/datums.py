# SPDX-License-Identifier: BSD-3-Clause
"""Coordinates of Chinese maps: GCJ-02 (火星坐标系) and BD-09 (百度坐标系) to and from WGS 84, where the user states them.

Sources: the offset of GCJ-02 as it was published with the code of Maps 10 for Linux and described in "Restrictions on
geographic data in China" (Wikipedia), on the ellipsoid of Krasovsky 1940; BD-09 as a polar shift of GCJ-02, as in Baidu's
own conversion scripts. Both are approximations of secret algorithms: good to about a metre.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ.geo._problems import CHINA

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]

__all__ = ["convert_degrees", "to_wgs84"]

Datum = Literal["wgs84", "gcj02", "bd09"]

#: Krasovsky 1940: semi-major axis in metres, and first eccentricity squared.
_AXIS_M, _ECCENTRICITY2 = 6_378_245.0, 0.006_693_421_622_965_943
#: Shift of BD-09 from GCJ-02, degrees, and the frequency of its waves.
_EAST, _NORTH, _WAVES = 0.0065, 0.006, np.pi * 3000.0 / 180.0


def _offset(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return how far GCJ-02 lies east and north of WGS 84 at a place, degrees; 0 outside of China."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    both = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)

    def waves(v: Degrees, a: float, b: float, c: float, d: float) -> Degrees:
        return (a * np.sin(np.pi * v) + b * np.sin(np.pi * v / 3.0)) + (
            c * np.sin(np.pi * v / 12.0) + d * np.sin(np.pi * v / 30.0)
        )

    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + (both + waves(y, 20.0, 40.0, 160.0, 320.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + (both + waves(x, 20.0, 40.0, 150.0, 300.0)) * 2.0 / 3.0
    angle = np.radians(lat)
    w2 = 1.0 - _ECCENTRICITY2 * np.sin(angle) ** 2
    meridian = _AXIS_M * (1.0 - _ECCENTRICITY2) / (w2 * np.sqrt(w2))
    parallel = _AXIS_M / np.sqrt(w2) * np.cos(angle)
    low_lon, high_lon, low_lat, high_lat = CHINA
    inside = (lon >= low_lon) & (lon <= high_lon) & (lat >= low_lat) & (lat <= high_lat)
    return np.where(inside, np.degrees(east / parallel), 0.0), np.where(inside, np.degrees(north / meridian), 0.0)


def _wgs_to_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def _gcj_to_bd(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _WAVES)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _WAVES)
    return radius * np.cos(angle) + _EAST, radius * np.sin(angle) + _NORTH


def _inverse(
    forward: Callable[[Degrees, Degrees], tuple[Degrees, Degrees]], lon: Degrees, lat: Degrees
) -> tuple[Degrees, Degrees]:
    """Find what `forward` takes to a place: its shift hardly changes over the shift, so that a few rounds settle it."""
    x, y = lon.copy(), lat.copy()
    for _ in range(10):
        there_x, there_y = forward(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    return x, y


def _check(name: str, datum: str) -> None:
    if datum not in ("wgs84", "gcj02", "bd09"):
        raise InvalidInputError(
            f'{name}="{datum}" must be "wgs84", "gcj02" or "bd09"',
            f'{name}="{datum}" 必须是 "wgs84"、"gcj02" 或 "bd09"',
        )


def convert_degrees(points: Any, source: Datum, target: Datum = "wgs84") -> NDArray[np.float64]:
    """Convert longitudes and latitudes between the datums of Chinese maps.

    Parameters
    ----------
    points : array_like of float, shape (n, 2)
        Longitude and latitude, degrees.
    source, target : "wgs84", "gcj02" or "bd09"
        What they are in, which nothing in the numbers tells, and what is wanted. CGCS2000 agrees with WGS 84 to a
        decimetre.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Good to about a metre; there and back agrees to less than a millimetre. Outside of China GCJ-02 is WGS 84.

    Raises
    ------
    InvalidInputError
        A datum is unknown, or the points are no (n, 2) array of finite degrees.
    """
    _check("source", source)
    _check("target", target)
    given = np.asarray(points, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != 2:
        raise InvalidInputError(
            f"points.shape={given.shape} must be (n, 2)", f"points.shape={given.shape} 必须是 (n, 2)"
        )
    bad = np.flatnonzero(~(np.abs(given) <= (180.0, 90.0)).all(axis=1))
    if len(bad):
        i = int(bad[0])
        raise InvalidInputError(
            f"points[{i}]={tuple(given[i].tolist())} must be longitude and latitude in degrees",
            f"points[{i}]={tuple(given[i].tolist())} 必须是经度、纬度（度）",
        )
    x, y = given[:, 0], given[:, 1]
    if source != target:
        if source == "bd09":
            x, y = _inverse(_gcj_to_bd, x, y)
        if source in ("bd09", "gcj02") and target == "wgs84":
            x, y = _inverse(_wgs_to_gcj, x, y)
        elif source == "wgs84":
            x, y = _wgs_to_gcj(x, y)
        if target == "bd09":
            x, y = _gcj_to_bd(x, y)
    return np.stack([x, y], axis=1)


def to_wgs84(frame: gpd.GeoDataFrame, source: Literal["gcj02", "bd09"]) -> gpd.GeoDataFrame:
    """Return a layer whose degrees are in GCJ-02 or BD-09 with its geometries in WGS 84 (EPSG:4326).

    Parameters
    ----------
    frame : GeoDataFrame
        Geometries in degrees, longitude first; what it states as its coordinate system must be none or degrees, since files
        with such coordinates are mostly said to be in WGS 84.
    source : "gcj02" or "bd09"
        What the degrees are in.

    Returns
    -------
    GeoDataFrame
        A copy.

    Raises
    ------
    InvalidInputError
        The frame states a projected coordinate system, the datum is unknown, or a coordinate is no degree.
    """
    with optional_import("to_wgs84()", "geopandas", "'shequ[geo]'"):
        import shapely
    _check("source", source)
    if frame.crs is not None and frame.crs.is_projected:
        raise InvalidInputError(
            f"crs={frame.crs.name} must be degrees: {source} is a way of writing longitude and latitude",
            f"crs={frame.crs.name} 必须是经纬度：{source} 是经纬度的一种写法",
        )
    shapes = np.asarray(frame.geometry.values, dtype=object)
    moved = shapely.transform(shapes, lambda points: convert_degrees(points, source))
    return frame.set_geometry(list(moved)).set_crs(4326, allow_override=True)
