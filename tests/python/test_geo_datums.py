# SPDX-License-Identifier: BSD-3-Clause
"""GCJ-02 and BD-09: known places, there and back, and what is refused."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

pytest.importorskip("geopandas", reason="geometry is optional")

import geopandas as gpd
import shapely

from shequ import InvalidInputError
from shequ.geo import convert_degrees, to_wgs84

rng = np.random.default_rng(0)
PLACES = np.stack([rng.uniform(74.0, 134.0, 2000), rng.uniform(18.0, 53.0, 2000)], axis=1)
METRE = 1.0 / 111_000.0


def test_gcj_lies_hundreds_of_metres_south_east_in_shanghai_and_beijing() -> None:
    # Tian'anmen by satellite, and as Chinese maps place it.
    shifted = convert_degrees([[116.39123, 39.90730]], "wgs84", "gcj02")[0]
    assert shifted == pytest.approx([116.39747, 39.90870], abs=5e-5)
    metres = (convert_degrees([[121.4737, 31.2304]], "wgs84", "gcj02")[0] - [121.4737, 31.2304]) / METRE
    assert 300 < metres[0] < 600
    assert -300 < metres[1] < -100
    baidu = (convert_degrees([[116.404, 39.915]], "gcj02", "bd09")[0] - [116.404, 39.915]) / METRE
    assert baidu == pytest.approx([0.0064 / METRE, 0.0062 / METRE], abs=60)


@pytest.mark.parametrize(("source", "target"), list(permutations(["wgs84", "gcj02", "bd09"], 2)))
def test_there_and_back_agrees_to_a_millimetre(source: str, target: str) -> None:
    there = convert_degrees(PLACES, source, target)  # type: ignore[arg-type]
    back = convert_degrees(there, target, source)  # type: ignore[arg-type]
    assert np.abs(back - PLACES).max() < 1e-3 * METRE
    assert np.abs(there - PLACES).max() / METRE > 100


def test_abroad_gcj_is_wgs84() -> None:
    assert convert_degrees([[24.94, 60.17], [-122.4, 37.8]], "wgs84", "gcj02").tolist() == [
        [24.94, 60.17],
        [-122.4, 37.8],
    ]


def test_a_layer_moves_and_says_what_it_is_in() -> None:
    box = shapely.box(121.47, 31.23, 121.48, 31.24)
    frame = gpd.GeoDataFrame({"id": [1, 2]}, geometry=[box, None])
    moved = to_wgs84(frame, "gcj02")
    assert moved.crs == "EPSG:4326"
    assert moved.geometry[1] is None
    corners = shapely.get_coordinates(moved.geometry[0])
    assert convert_degrees(corners, "wgs84", "gcj02") == pytest.approx(shapely.get_coordinates(box), abs=1e-9)
    with pytest.raises(InvalidInputError, match="must be degrees"):
        to_wgs84(frame.set_crs(32651), "gcj02")


@pytest.mark.parametrize(
    ("points", "source", "message"),
    [
        ([[121.0, 31.0]], "mars", 'source="mars" must be'),
        ([121.0, 31.0], "gcj02", "points.shape="),
        ([[31.0, 121.0]], "gcj02", "points[0]=(31.0, 121.0) must be longitude and latitude"),
        ([[float("nan"), 31.0]], "gcj02", "points[0]="),
    ],
)
def test_mistakes_are_named(points: object, source: str, message: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        convert_degrees(points, source)  # type: ignore[arg-type]
    assert message in str(caught.value)
