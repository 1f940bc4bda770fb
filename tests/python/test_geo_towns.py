# SPDX-License-Identifier: BSD-3-Clause
"""Towns to atoms and grids, checked with shapely and networkx alone."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("geopandas", reason="geometry is optional")

import geopandas as gpd
import networkx as nx
import shapely

from shequ import InvalidInputError
from shequ.district import CROSSES
from shequ.geo import TownAtoms, bounds_in_words, estimate_households, landmarks_of, make_atoms
from shequ.geo._town_inputs import default_land

CRS = "EPSG:32651"
EAST, NORTH = 350_000.0, 3_450_000.0
TOWN = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "town"


def layer(shapes: list[Any], **columns: list[Any]) -> gpd.GeoDataFrame:
    moved = [shapely.transform(shape, lambda corners: np.add(corners, (EAST, NORTH))) for shape in shapes]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=CRS)


def small_town() -> dict[str, gpd.GeoDataFrame]:
    """Six houses a bank: three columns by two rows, a street between the rows, a river between the banks."""
    boxes = [shapely.box(x, y, x + 10, y + 10) for x0 in (0, 100) for y in (5, 45) for x in (x0 + 5, x0 + 30, x0 + 55)]
    return {
        "buildings": layer(boxes, id=[f"h{i}" for i in range(12)], households=[100] * 12),
        "roads": layer([shapely.LineString([(-20, 30), (200, 30)])], highway=["residential"], name=["街"]),
        "barriers": layer([shapely.box(75, -50, 95, 150)], kind=["river"]),
        "boundary": layer([shapely.box(-5, -5, 175, 65)], community=["320412001003"]),
    }


def pieces(shapes: Any, barrier: Any) -> int:
    """Count the connected parts of ground that shapes cover between barriers: independent of the graph."""
    ground = shapely.union_all(shapely.buffer(np.asarray(shapes, dtype=object), 0.02)).difference(barrier)
    parts = shapely.get_parts(ground)
    return int((shapely.area(parts) > 1.0).sum())


def assert_sound(town: TownAtoms) -> None:
    """Check what holds of every town."""
    shapes = np.asarray(town.frame.geometry.values, dtype=object)
    assert shapely.is_valid(shapes).all()
    assert (shapely.area(shapes) > 0.0).all()
    assert np.array_equal(np.unique(town.buildings["atom"]), np.arange(len(town.frame)))
    assert town.frame["buildings"].sum() == len(town.buildings)
    assert town.frame["households"].sum() == town.buildings["atom_households"].sum()
    on_land = (town.frame["zone"] >= 0).to_numpy()
    left, right = shapely.STRtree(shapes[on_land]).query(shapes[on_land], predicate="intersects")
    common = shapely.area(
        shapely.intersection(shapes[on_land][left[left < right]], shapes[on_land][right[left < right]])
    )
    assert common.sum() < 1e-4 * shapely.area(shapes).sum()
    # Corners are rounded to a centimetre.
    on_barrier = shapely.area(shapely.intersection(shapes[on_land], town.barrier)).sum()
    assert on_barrier <= 0.01 * shapely.length(town.barrier)
    crosses = town.graph.edge_columns["crosses"]
    edges = town.graph.edges[crosses < CROSSES.index("bridge")]
    zone = town.frame["zone"].to_numpy()
    assert np.array_equal(zone[edges[:, 0]], zone[edges[:, 1]])
    gaps = shapely.distance(shapes[edges[:, 0]], shapes[edges[:, 1]])
    assert gaps.max() < 0.06


def test_a_cell_for_each_building_and_no_relation_across_the_river() -> None:
    town = make_atoms(**small_town(), within="community")
    assert_sound(town)
    assert list(town.frame["id"]) == [f"h{i}" for i in range(12)]
    assert town.frame["community"].unique().tolist() == ["320412001003"]
    assert town.estimate is None
    graph = nx.Graph(town.graph.edges.tolist())
    assert sorted(map(len, nx.connected_components(graph))) == [6, 6]
    assert shapely.area(town.frame.geometry.values).sum() == pytest.approx(160 * 70, abs=1.0)
    between = {
        tuple(edge): k for edge, k in zip(town.graph.edges.tolist(), town.graph.edge_columns["crosses"], strict=True)
    }
    assert between[0, 1] == CROSSES.index("none")
    assert between[0, 3] == CROSSES.index("street")
    length = dict(zip(map(tuple, town.graph.edges.tolist()), town.graph.edge_columns["shared_border_m"], strict=True))
    assert length[0, 1] == pytest.approx(35.0, abs=0.2)
    assert length[0, 3] == pytest.approx(27.5, abs=0.2)


def test_blocks_hold_all_that_stands_in_them() -> None:
    town = make_atoms(**small_town(), within="community", by="block")
    assert_sound(town)
    assert town.frame["households"].tolist() == [300] * 4
    edges = dict(zip(map(tuple, town.graph.edges.tolist()), town.graph.edge_columns["shared_border_m"], strict=True))
    assert edges == {(0, 1): pytest.approx(80.0), (2, 3): pytest.approx(80.0)}


@pytest.mark.parametrize("kind", ["bridge", "underpass", "gate"])
@pytest.mark.parametrize("shape", [shapely.LineString([(60, 20), (110, 20)]), shapely.Point(85, 20)])
def test_only_a_named_crossing_links_the_banks(kind: str, shape: Any) -> None:
    given = small_town()
    crossings = layer([shape, shapely.Point(900, 900)], name=["桥", "远"], kind=[kind, kind])
    town = make_atoms(**given, within="community", crossings=crossings)
    assert_sound(town)
    across = np.flatnonzero(town.graph.edge_columns["crosses"] == CROSSES.index(kind))
    assert town.graph.edges[across].tolist() == [[2, 6]]
    told = [problem for problem in town.problems if problem.kind == "crossing"]
    assert [problem.severity for problem in told] == ["note", "warning"]
    assert "桥" in told[0].english
    assert "h2–h6" in told[0].chinese
    assert "远" in told[1].chinese


def test_grids_use_the_bridge_only_where_there_is_no_other_way() -> None:
    given = small_town()
    crossings = layer([shapely.Point(85, 20)], name=["桥"])
    apart = make_atoms(**given, within="community", crossings=crossings).make_grids(size=(300, 300))
    assert apart.ok
    assert all(certificate is not None and certificate.ok for certificate in apart.certificates.values())
    for grid in range(len(apart.plan)):
        members = apart.plan.atoms_of(grid)
        assert len(members) == 3
        assert (members < 6).all() or (members >= 6).all()
    whole = make_atoms(**given, within="community", crossings=crossings).make_grids(size=(1200, 1200))
    assert whole.ok
    assert len(whole.plan) == 1
    dry = make_atoms(**given, within="community").make_grids(size=(1200, 1200))
    assert not dry.ok
    assert dry.plan.communities[0].diagnosis is not None


def test_a_line_of_rails_parts_land_also_where_the_data_end_just_before_the_edge() -> None:
    given = small_town()
    given["barriers"] = layer([shapely.LineString([(85, -3), (85, 63)])], railway=["rail"])
    town = make_atoms(**given, within="community")
    assert_sound(town)
    assert len(town.frame["zone"].unique()) == 2
    assert pieces(town.frame.geometry.values, town.barrier) == 2


def test_a_barrier_that_ends_inside_of_the_town_is_walked_around_but_not_crossed() -> None:
    given = small_town()
    given["barriers"] = layer([shapely.LineString([(85, -50), (85, 35)])], railway=["rail"])
    town = make_atoms(**given, within="community")
    assert_sound(town)
    assert town.frame["zone"].unique().tolist() == [0]
    shapes = town.frame.geometry.values
    for i, j in town.graph.edges.tolist():
        assert pieces([shapes[i], shapes[j]], town.barrier) == 1
    pairs = set(map(tuple, town.graph.edges.tolist()))
    assert (2, 6) not in pairs
    assert (5, 9) in pairs


def test_compounds_stay_whole_and_one_that_the_river_parts_is_named() -> None:
    given = small_town()
    given["buildings"]["小区"] = ["甲", "甲", "乙", "甲", None, None, "乙", None, None, None, None, None]
    town = make_atoms(**given, within="community", compounds="小区")
    assert_sound(town)
    assert len(town.frame) == 10
    assert town.frame["id"].tolist()[:3] == ["甲", "乙", "h4"]
    assert town.frame["households"].tolist()[0] == 300
    assert "乙 (2)" in town.frame["id"].tolist()
    assert [problem.atoms for problem in town.problems if problem.kind == "compound"] == [("乙",)]
    areas = layer([shapely.box(0, 0, 45, 20)], name=["丙"])
    by_area = make_atoms(**small_town(), within="community", compounds=areas)
    assert by_area.frame["id"].tolist()[0] == "丙"
    assert by_area.frame["households"].tolist()[0] == 200
    grids = by_area.make_grids(size=(200, 400))
    assert len(set(by_area.grid_of_buildings(grids)[[0, 1]].tolist())) == 1


def test_a_park_between_carriageways_belongs_to_a_block_and_parts_nobody() -> None:
    given = small_town()
    lines = [shapely.LineString([(-20, y), (200, y)]) for y in (28, 32)]
    given["roads"] = layer(lines, highway=["primary", "primary"])
    town = make_atoms(**given, within="community")
    assert_sound(town)
    assert shapely.area(town.frame.geometry.values).sum() == pytest.approx(160 * 70, abs=1.0)
    between = dict(zip(map(tuple, town.graph.edges.tolist()), town.graph.edge_columns["crosses"], strict=True))
    assert between[0, 3] == CROSSES.index("road")


def test_faulty_footprints_are_refused_by_name_and_repaired_only_on_request() -> None:
    given = small_town()
    bow = shapely.Polygon([(130, 25), (140, 28), (140, 25), (130, 28)])
    thin = shapely.box(0, 0, 20, 0.1)
    twice = shapely.box(5, 5, 15, 15)
    more = layer(
        [bow, twice, thin, shapely.LineString([(0, 0), (1, 1)])],
        id=["bow", "twice", "thin", "line"],
        households=[1] * 4,
    )
    buildings = gpd.GeoDataFrame(
        {name: [*given["buildings"][name], *more[name]] for name in ("id", "households")},
        geometry=[*given["buildings"].geometry, *more.geometry],
        crs=CRS,
    )
    given["buildings"] = buildings
    with pytest.raises(InvalidInputError, match=r"not a polygon: line.*invalid: bow.*twice \(= h0\)"):
        make_atoms(**given, within="community", ids="id")
    town = make_atoms(**given, within="community", ids="id", repair=True)
    kinds = {(problem.kind, problem.atoms) for problem in town.problems}
    assert {("repaired", ("bow",)), ("left_out", ("twice",)), ("left_out", ("line",)), ("sliver", ("thin",))} <= kinds
    assert len(town.buildings) == 14
    assert_sound(town)


def test_buildings_beyond_the_boundary_are_named_and_those_on_the_river_touch_nobody() -> None:
    given = small_town()
    more = layer([shapely.box(80, 20, 90, 25), shapely.box(500, 0, 510, 10)], id=["boat", "far"], households=[1, 1])
    given["buildings"] = gpd.GeoDataFrame(
        {name: [*given["buildings"][name], *more[name]] for name in ("id", "households")},
        geometry=[*given["buildings"].geometry, *more.geometry],
        crs=CRS,
    )
    town = make_atoms(**given, within="community")
    said = {problem.kind: problem for problem in town.problems}
    assert said["left_out"].atoms == ("far",)
    assert said["barrier"].atoms == ("boat",)
    boat = town.frame["id"].tolist().index("boat")
    assert town.frame["zone"][boat] == -1
    assert boat not in town.graph.edges
    assert town.make_grids(size=(100, 2000)).islands == ("boat",)


def test_overlapping_footprints_share_the_ground_and_are_listed() -> None:
    given = small_town()
    given["buildings"].geometry = [
        shapely.union_all([shape, shapely.box(EAST + 14, NORTH + 5, EAST + 32, NORTH + 15)]) if i == 0 else shape
        for i, shape in enumerate(given["buildings"].geometry)
    ]
    town = make_atoms(**given, within="community")
    assert_sound(town)
    (overlap,) = [problem for problem in town.problems if problem.kind == "footprints"]
    assert overlap.atoms == ("h0", "h1")
    assert "20.0 m²" in overlap.english


def test_degrees_are_converted_mixed_layers_meet_and_nothing_stated_is_refused() -> None:
    given = small_town()
    plain = make_atoms(**given, within="community")
    mixed = {name: frame.to_crs(4326 if name != "roads" else 3857) for name, frame in given.items()}
    town = make_atoms(**mixed, within="community")
    assert np.array_equal(plain.graph.edges, town.graph.edges)
    assert town.frame.crs == CRS
    assert "EPSG:32651" in town.caption("zh")
    given["barriers"] = given["barriers"].set_crs(None, allow_override=True)
    with pytest.raises(InvalidInputError, match=r"barriers\[0\]: crs=None must be stated"):
        make_atoms(**given)
    away = small_town()
    away["roads"] = away["roads"].set_crs(32650, allow_override=True)
    problems = make_atoms(**away).problems
    assert any(problem.kind == "place" and "roads lies" in problem.english for problem in problems)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"by": "house"}, 'by="house" must be "block" or "cell"'),
        ({"spacing_m": 0.0}, "spacing_m=0.0 must be in [0.1, 100]"),
        ({"barrier_width_m": float("nan")}, "barrier_width_m=nan must be in [0.2, 100]"),
        ({"within": "name"}, 'within="name" must be a column'),
        ({"households": "hh"}, 'households="hh" must be a column'),
    ],
)
def test_mistakes_of_arguments_are_named(option: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        make_atoms(**small_town(), **option)
    assert message in str(caught.value)


def test_an_estimate_says_that_it_is_one_and_how_it_was_made() -> None:
    shapes = [shapely.box(20 * i, 0, 20 * i + 10, 10) for i in range(7)]
    frame = layer(
        shapes, levels=["6", "3.5", None, None, None, None, "x"], height=[99, None, "12.13 m", None, 200, None, 2.0],
        building=["apartments", "residential", "yes", "garages", "yes", "yes", None],
    )  # fmt: skip
    found = estimate_households(frame, m2_per_household=100.0)
    assert found.households.tolist() == [6, 4, 4, 0, 0, 1, 1]
    assert found.basis == ("floors", "floors", "height", "default", "height", "default", "height")
    assert "are an estimate" in found.caption("en")
    assert "户数为估算值" in found.caption("zh")
    assert "100 m² a household" in found.caption("en")
    town = make_atoms(frame, households=found)
    assert town.frame["households"].sum() == 16
    assert any(problem.kind == "estimate" and problem.severity == "warning" for problem in town.problems)
    with pytest.raises(InvalidInputError, match="m2_per_household=0 must be more than 0"):
        estimate_households(frame, m2_per_household=0)
    with pytest.raises(InvalidInputError, match=r"unknown_share=1.5 must be in \[0, 1\]"):
        estimate_households(frame, unknown_share=1.5)


@pytest.mark.filterwarnings("ignore:Several features with id")
@pytest.mark.parametrize("name", ["shanghai_centre", "helsinki_centre", "suburb"])
def test_a_real_town_is_divided_and_no_grid_lies_on_both_banks(name: str) -> None:
    if not TOWN.is_dir():
        pytest.skip(f"the data of real towns are not at {TOWN}")
    ground = "water" if name == "shanghai_centre" else "landcover"
    buildings, roads, barriers = (
        gpd.read_file(f"/vsigzip/{TOWN}/{name}_{what}.geojson.gz") for what in ("buildings", "roads", ground)
    )
    town = make_atoms(buildings, roads=roads, barriers=barriers, ids="id", repair=True)
    assert_sound(town)
    left_out = {atom for problem in town.problems if problem.kind == "left_out" for atom in problem.atoms}
    assert len(town.buildings) + len(left_out) == len(buildings)
    grids = town.make_grids(size=(300, 500), steps=2000)
    assert (grids.plan.labels >= 0).all()
    graph = nx.Graph(town.graph.edges.tolist())
    graph.add_nodes_from(range(len(town.frame)))
    shapes = np.asarray(town.frame.geometry.values, dtype=object)
    for index, grid in enumerate(grids.plan.grids):
        members = grids.plan.atoms_of(index)
        assert nx.is_connected(graph.subgraph(members.tolist()))
        if (town.frame["zone"].to_numpy()[members] >= 0).all():
            assert pieces(shapes[members], town.barrier) == 1
        within = 300 <= grid.households <= 500
        assert within == (grid.fault == "") or grid.fault == "broken"


def test_the_same_town_gives_the_same_atoms_in_any_order_of_roads() -> None:
    given = small_town()
    lines = [shapely.LineString([(x, -20), (x, 90)]) for x in (22, 47, 122, 147)]
    more = layer(lines, highway=["residential"] * 4)
    roads = gpd.GeoDataFrame(
        {"highway": ["residential"] * 5}, geometry=[*given["roads"].geometry, *more.geometry], crs=CRS
    )
    found = [make_atoms(**{**given, "roads": some}, within="community") for some in (roads, roads.iloc[::-1])]
    for one, other in pairwise(found):
        assert np.array_equal(one.graph.edges, other.graph.edges)
        assert one.frame.geometry.geom_equals_exact(other.frame.geometry, 0.01).all()


@pytest.mark.parametrize(("seed", "reach_m"), [(0, 30.0), (1, 45.0), (2, 300.0)])
def test_the_land_of_a_town_is_that_within_reach_of_any_building(seed: int, reach_m: float) -> None:
    random = np.random.default_rng(seed)
    west_south = np.concatenate([random.uniform(0.0, 1500.0, (1500, 2)), random.uniform(2500.0, 2700.0, (60, 2))])
    size = np.concatenate([random.uniform(5.0, 40.0, (1550, 2)), random.uniform(200.0, 600.0, (10, 2))])
    shapes = shapely.box(*west_south.T - 700.0, *(west_south + size).T - 700.0)
    (found,) = default_land(shapes, np.zeros(0, dtype=object), reach_m)
    wide = shapely.union_all(shapely.buffer(shapes, 3.0 * reach_m, quad_segs=4))
    near = shapely.get_parts(shapely.buffer(wide, -2.0 * reach_m, quad_segs=4))
    filled = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(near)))
    expected = filled.intersection(shapely.convex_hull(shapely.multipolygons(shapes)))
    assert found.symmetric_difference(expected).area < 1e-6 * expected.area
    assert found.hausdorff_distance(expected) < 1e-6


def test_rows_of_equal_houses_are_cut_into_cells() -> None:
    boxes = [shapely.box(x, y, x + 10, y + 10) for x in (0, 30, 60) for y in (0, 30)]
    town = make_atoms(gpd.GeoDataFrame({"households": [1] * 6}, geometry=boxes, crs="EPSG:32651"))
    cells = np.asarray(town.frame.geometry.values, dtype=object)
    assert shapely.is_valid(cells).all()
    assert shapely.area(shapely.intersection(cells, np.array(boxes, dtype=object))).min() == pytest.approx(100.0)
    assert shapely.area(cells).sum() == pytest.approx(shapely.area(shapely.union_all(cells)), rel=1e-4)
    assert town.graph.num_edges >= 7


def test_streets_bound_grids_and_tunnels_and_the_metro_do_not() -> None:
    boxes = [shapely.box(x, 0, x + 40, 60) for x in (0, 50)]
    lines = [shapely.LineString([(45, -20), (45, 80)]), shapely.LineString([(-20, -4), (120, -4)])]
    columns = {"name": [" 中山路 ", "地铁一号线"], "highway": ["residential", "subway"]}
    roads = gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:32651")
    town = make_atoms(gpd.GeoDataFrame({"households": [300, 300]}, geometry=boxes, crs="EPSG:32651"), roads=roads)
    grids = town.make_grids(size=(300, 300))
    named = landmarks_of(roads.to_crs(4326), crs=town.frame.crs)
    assert [name for name, _ in named] == ["中山路"]
    assert [tuple(sides) for sides in bounds_in_words(grids, named)] == [
        ("中山路", "社区边界", "社区边界", "社区边界"),
        ("社区边界", "社区边界", "中山路", "社区边界"),
    ]
    assert landmarks_of(roads.drop(columns="name")) == []


def test_blocks_cut_on_several_threads_give_the_same_town() -> None:
    x0, y0 = 350_000.0, 3_450_000.0
    boxes = [shapely.box(x0 + x, y0 + y, x0 + x + 11, y0 + y + 9) for x in range(0, 240, 30) for y in range(0, 200, 25)]
    frame = gpd.GeoDataFrame({"households": range(len(boxes))}, geometry=boxes, crs="EPSG:32651")
    lines = [shapely.LineString([(x0 + x, y0 - 20), (x0 + x + 3, y0 + 220)]) for x in (80, 170)]
    roads = gpd.GeoDataFrame({"highway": ["residential"] * 2}, geometry=lines, crs="EPSG:32651")
    one, two = (make_atoms(frame, roads=roads, threads=threads) for threads in (1, 2))
    assert one.frame.geometry.to_wkb().tolist() == two.frame.geometry.to_wkb().tolist()
    assert one.graph == two.graph
    with pytest.raises(InvalidInputError, match=r"threads=0 must be in \[1, 256\]"):
        make_atoms(frame, threads=0)
