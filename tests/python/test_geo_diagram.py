# SPDX-License-Identifier: BSD-3-Clause
"""Regions of groups of points, against the nearest point of places drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

shapely = pytest.importorskip("shapely", reason="geometry is optional")

from shequ.geo._diagram import regions_of_owners

REACH_M = 80.0


def nearest_owner(places: Any, points: Any, owner: Any) -> Any:
    """Return whose point lies nearest to each place: every distance is computed."""
    return owner[np.hypot(*(places[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).argmin(axis=1)]


def assert_nearest(regions: Any, points: Any, owner: Any, seed: int = 1) -> None:
    """Check that regions are valid, share the ground out, and hold the places that are nearest."""
    assert shapely.is_valid(regions).all()
    ground = shapely.box(-50.0, -50.0, 50.0, 50.0)
    on_it = shapely.intersection(regions, ground)
    assert shapely.area(on_it).sum() == pytest.approx(10_000.0, rel=1e-12)
    assert shapely.area(shapely.union_all(on_it)) == pytest.approx(10_000.0, rel=1e-9)
    places = np.random.default_rng(seed).uniform(-50.0, 50.0, (1000, 2))
    inside = shapely.contains_xy(regions[nearest_owner(places, points, owner)], places)
    assert inside.all()


@pytest.mark.parametrize(("seed", "count", "size"), [(0, 2, 2), (1, 3, 40), (2, 12, 300), (3, 60, 60), (4, 5, 500)])
def test_a_region_holds_what_is_nearest_to_its_owner(seed: int, count: int, size: int) -> None:
    random = np.random.default_rng(seed)
    points = random.uniform(-50.0, 50.0, (size, 2))
    owner = np.concatenate([np.arange(count), random.integers(0, count, size - count)])
    assert_nearest(regions_of_owners(points, owner, count, REACH_M), points, owner)


def test_one_owner_has_all_the_ground() -> None:
    points = np.array([[0.0, 0.0], [3.0, 1.0]])
    (region,) = regions_of_owners(points, np.zeros(2, dtype=np.int64), 1, REACH_M)
    assert region.contains(shapely.box(-50.0, -50.0, 50.0, 50.0))


def test_a_house_in_a_courtyard_is_a_hole_and_its_own_yard_an_island_in_it() -> None:
    turn = np.linspace(0.0, 2.0 * np.pi, 90, endpoint=False) + 0.01
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    points = np.concatenate([40.0 * circle, 20.0 * circle, [[0.003, 0.1]]])
    owner = np.repeat([0, 1, 0], [90, 90, 1])
    regions = regions_of_owners(points, owner, 2, REACH_M)
    assert_nearest(regions, points, owner)
    assert shapely.get_num_geometries(regions).tolist() == [2, 1]
    assert shapely.get_num_interior_rings(regions[1]) == 1


def test_rows_of_equal_houses_have_equal_regions() -> None:
    # Corners of four houses lie on one circle; they are moved by less than a millimetre, as cells do.
    across, up = np.meshgrid(np.arange(-40.0, 41.0, 10.0), np.arange(-40.0, 41.0, 10.0))
    middles = np.stack([across.ravel(), up.ravel()], axis=1)
    corners = np.array([[-3.0, -3.0], [3.0, -3.0], [3.0, 3.0], [-3.0, 3.0]])
    owner = np.repeat(np.arange(81), 4)
    points = (middles[:, None, :] + corners).reshape(-1, 2)
    points += np.random.default_rng(0).uniform(-5e-5, 5e-5, points.shape)
    regions = regions_of_owners(points, owner, 81, REACH_M)
    assert_nearest(regions, points, owner)
    inner = (np.abs(middles) < 35.0).all(axis=1)
    assert shapely.area(regions[inner]) == pytest.approx(100.0, abs=0.01)
