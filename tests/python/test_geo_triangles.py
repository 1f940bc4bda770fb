# SPDX-License-Identifier: BSD-3-Clause
"""Triangles of points: no circle holds another point, whatever GEOS leaves behind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

shapely = pytest.importorskip("shapely", reason="geometry is optional")

from shequ.geo._triangles import Triangles, _flipped, triangulate


def assert_delaunay(points: Any, found: Triangles) -> None:
    """Check that triangles are counter-clockwise, tile the convex hull, and have no point in their circles."""
    corners = found.start.reshape(-1, 3)
    inner = np.flatnonzero(found.twin >= 0)
    assert np.array_equal(found.start[inner], found.end[found.twin[inner]])
    assert np.array_equal(found.end[inner], found.start[found.twin[inner]])
    a, b, c = points[corners].transpose(1, 0, 2)
    twice = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    assert (twice > 0.0).all()
    assert 0.5 * twice.sum() == pytest.approx(shapely.convex_hull(shapely.multipoints(points)).area, rel=1e-9)
    middles = found.middles
    away = np.hypot(*(middles[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    assert away == pytest.approx(np.hypot(*(a - middles).T), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_points_at_random_are_triangulated(seed: int) -> None:
    points = np.random.default_rng(seed).uniform(-50.0, 50.0, (200, 2))
    assert_delaunay(points, triangulate(points))


def test_points_in_rows_and_columns_are_told_apart() -> None:
    across, up = np.meshgrid(np.arange(12.0), np.arange(9.0))
    points = np.stack([across.ravel(), up.ravel() + 1e-3 * across.ravel() ** 2], axis=1)
    assert_delaunay(points, triangulate(points))


def test_a_wall_that_is_all_but_straight_is_triangulated() -> None:
    # Of these GEOS 3.14 makes triangles whose circles hold other points.
    wall = [[8.280036094758165, -33.590033181697606], [7.3200380458037095, -40.79000524576747]]
    points = np.array([*wall, [6.360039996849253, -47.989977309837336], [1020.0, 1000.0]])
    assert_delaunay(points, triangulate(points))


def test_triangles_that_are_none_of_delaunay_are_mended() -> None:
    # A fan from one corner of a polygon; points on an ellipse have one set of Delaunay triangles.
    turn = np.linspace(0.0, 2.0 * np.pi, 40, endpoint=False) + 0.1
    points = np.stack([30.0 * np.cos(turn), 10.0 * np.sin(turn)], axis=1)
    fan = Triangles.of_corners(points, np.array([(0, i, i + 1) for i in range(1, 39)]))
    with pytest.raises(AssertionError):
        assert_delaunay(points, fan)
    assert len(fan.doubtful(points))
    mended = _flipped(points, fan, fan.doubtful(points))
    assert mended.shape == (38, 3)
    assert_delaunay(points, Triangles.of_corners(points, mended))
    expected = {tuple(sorted(corners)) for corners in triangulate(points).start.reshape(-1, 3).tolist()}
    assert {tuple(sorted(corners)) for corners in mended.tolist()} == expected
