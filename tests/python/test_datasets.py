# SPDX-License-Identifier: BSD-3-Clause
"""The sample district: believable, planar, connected, and the same bytes everywhere; judged by shapely and networkx."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

import shequ
from shequ.datasets import sample_district
from shequ.district import CROSSES, Atoms, District

SEEDS = range(10)


@pytest.fixture(scope="module", params=SEEDS)
def district(request: pytest.FixtureRequest) -> District:
    return sample_district(seed=request.param)


def atoms_of(district: District) -> Atoms:
    assert district.atoms is not None
    return district.atoms


def features(district: District, kind: str) -> list[np.ndarray]:
    return [feature.points for feature in district.landscape if feature.kind == kind]


def test_a_district_has_15_to_25_communities_in_4_or_5_towns_with_well_formed_codes(district: District) -> None:
    h = district.hierarchy
    communities = h.at_level("community")
    assert 15 <= len(communities) <= 25
    assert 4 <= len(h.at_level("town")) <= 5
    codes = [h.code(int(unit)) for unit in communities]
    assert all(re.fullmatch(r"990101\d{6}", code) for code in codes)
    assert all(h.code(h.parent(int(u))) == code[:9] + "000" for u, code in zip(communities, codes, strict=True))
    for lang in ("zh", "en"):
        names = [h.name(i, lang=lang) for i in range(len(h))]
        assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


def test_communities_have_the_size_of_real_ones_and_a_few_awkward_cases(district: District) -> None:
    atoms = atoms_of(district)
    units = district.hierarchy.at_level("community")
    households = district.columns["households"][units]
    built = np.bincount(atoms.community, minlength=len(district.hierarchy))
    sums = np.bincount(atoms.community, weights=atoms.households, minlength=len(district.hierarchy)).astype(np.int64)
    assert np.array_equal(sums[units], households)
    assert np.count_nonzero(households == 0) == 1  # the office park
    assert np.count_nonzero((households > 500) & (households < 600)) == 1
    assert np.all((households == 0) | ((households >= 500) & (households <= 4000)))
    lived_in = households > 0
    assert np.all((built[units][lived_in] >= 20) & (built[units][lived_in] <= 120))
    assert np.flatnonzero(atoms.households > 500).size == 1
    assert atoms.households.max() == 620
    assert np.all(atoms.dwellings >= atoms.households)
    assert 0 < np.count_nonzero(atoms.households == 0) < 0.15 * len(atoms)


def test_staff_and_premises_are_near_their_norms_with_two_values_missing(district: District) -> None:
    units = district.hierarchy.at_level("community")
    column = {name: values[units] for name, values in district.columns.items()}
    assert np.all(column["certified"] <= column["workers"])
    assert np.all(column["workers"] >= 2)
    assert np.ma.count_masked(column["office_m2"]) == 1
    assert np.ma.count_masked(column["outdoor_m2"]) == 1
    assert set(column["setting"].tolist()) == {0, 1}
    due = 4 + np.maximum(0, column["households"] - 1000) // 250
    assert np.any(column["workers"] < due)
    assert 0.6 < column["workers"].sum() / due.sum() < 1.1
    towns = district.hierarchy.at_level("town")
    assert np.all(np.ma.getmaskarray(district.columns["households"])[towns])


def test_the_lots_of_every_community_are_connected(district: District) -> None:
    nx = pytest.importorskip("networkx")
    atoms = atoms_of(district)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(atoms)))
    graph.add_edges_from(atoms.edges.tolist())
    assert graph.number_of_edges() == len(atoms.edges)
    assert nx.is_connected(graph)
    for unit in np.unique(atoms.community):
        assert nx.is_connected(graph.subgraph(np.flatnonzero(atoms.community == unit).tolist()))


def test_lots_are_planar_and_keep_off_the_river_and_the_railway(district: District) -> None:
    shapely = pytest.importorskip("shapely")
    atoms = atoms_of(district)
    lots = np.array([shapely.Polygon(atoms.ring(i)) for i in range(len(atoms))])
    assert np.all(shapely.is_valid(lots))
    assert np.all(shapely.is_ccw(shapely.get_exterior_ring(lots)))
    assert np.allclose(shapely.area(lots), atoms.area_m2)
    assert np.all(atoms.area_m2 > 400.0)
    centres = shapely.centroid(lots)
    assert np.allclose(np.stack([shapely.get_x(centres), shapely.get_y(centres)], axis=1), atoms.centroid)
    assert shapely.coverage_is_valid(lots)  # no overlaps, and borders agree corner by corner
    left, right = shapely.STRtree(lots).query(lots, predicate="intersects")
    overlap = shapely.area(shapely.intersection(lots[left], lots[right]))[left != right]
    assert overlap.max() < 1e-6
    others = [shapely.Polygon(ring) for kind in ("park", "field") for ring in features(district, kind)]
    everything = shapely.union_all([*lots, *others])
    assert everything.area == pytest.approx(sum(shapely.area([*lots, *others])))
    (river,) = features(district, "river")
    water = shapely.Polygon(river)
    assert water.is_valid
    assert everything.distance(water) > 5.0
    (railway,) = features(district, "railway")
    assert everything.distance(shapely.LineString(railway)) > 9.0
    (land,) = features(district, "land")
    assert shapely.Polygon(land).buffer(1.0).contains(everything)
    buildings = shapely.polygons(atoms.footprints)
    assert np.all(shapely.contains_properly(lots[atoms.footprint_atom], buildings))
    assert set(atoms.footprint_atom.tolist()) == set(range(len(atoms)))


def test_only_bridges_and_underpasses_cross_river_and_railway(district: District) -> None:
    shapely = pytest.importorskip("shapely")
    atoms = atoms_of(district)
    lines = shapely.linestrings(atoms.centroid[atoms.edges])
    kinds = np.array(CROSSES)[atoms.crosses]
    (river,) = features(district, "river")
    (railway,) = features(district, "railway")
    over_river = shapely.intersects(lines, shapely.Polygon(river))
    over_rails = shapely.intersects(lines, shapely.LineString(railway))
    assert np.array_equal(over_river, kinds == "bridge")
    assert np.array_equal(over_rails, kinds == "underpass")
    assert len(features(district, "bridge")) == 2
    assert len(features(district, "underpass")) == 3
    assert np.count_nonzero(kinds == "bridge") == 4
    for line in features(district, "bridge"):
        assert shapely.LineString(line).crosses(shapely.Polygon(river))
    both = {int(c) for c in atoms.community[atoms.edges[over_river]].ravel()}
    spans = [c for c in both if np.any(np.all(atoms.community[atoms.edges[over_river]] == c, axis=1))]
    assert len(spans) == 1  # one community lies on both banks


def test_borders_have_the_length_that_shapely_measures(district: District) -> None:
    shapely = pytest.importorskip("shapely")
    atoms = atoms_of(district)
    lots = np.array([shapely.Polygon(atoms.ring(i)) for i in range(len(atoms))])
    touching = atoms.crosses == CROSSES.index("none")
    a, b = atoms.edges[touching].T
    common = shapely.length(shapely.intersection(lots[a], lots[b]))
    assert np.allclose(common, atoms.shared_border_m[touching], atol=0.05)
    left, right = shapely.STRtree(lots).query(lots, predicate="touches")
    pairs = left < right
    real = shapely.length(shapely.intersection(lots[left[pairs]], lots[right[pairs]])) > 0.6
    assert np.count_nonzero(real) <= np.count_nonzero(touching)
    street = atoms.edges[(atoms.crosses == CROSSES.index("street")) | (atoms.crosses == CROSSES.index("road"))]
    gaps = shapely.distance(lots[street[:, 0]], lots[street[:, 1]])
    assert gaps.min() > 5.0
    assert gaps.max() < 41.0


def digest(district: District) -> str:
    atoms = atoms_of(district)
    state = hashlib.sha256()
    for array in (
        atoms.points, atoms.ring_start, atoms.households, atoms.dwellings, atoms.floors, atoms.community, atoms.edges,
        atoms.shared_border_m, atoms.crosses, atoms.footprints, atoms.footprint_atom,
    ):  # fmt: skip
        state.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes())
    for column in district.columns.values():
        state.update(np.ma.filled(column, 0).astype(column.dtype.newbyteorder("<")).tobytes())
    for feature in district.landscape:
        state.update(feature.points.astype("<f8").tobytes() + feature.name.encode())
    state.update("".join((*atoms.ids, *atoms.names, *atoms.names_en)).encode())
    return state.hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_district() -> None:
    assert digest(sample_district(7)) == digest(sample_district(7))
    assert digest(sample_district(7)) != digest(sample_district(8))
    assert sample_district() != sample_district(1)


def test_the_bytes_of_seed_0_do_not_change_between_platforms_and_versions() -> None:
    assert digest(sample_district(0)) == "8aa751cec3a52088029a248a1df83ee005005c6961a963fd16dd2384e80d8a93"


@pytest.mark.parametrize("seed", [-1, 2**64, 1.5, "1", True, None])
def test_a_seed_that_is_no_number_in_range_is_named(seed: object) -> None:
    with pytest.raises(shequ.InvalidInputError, match=re.escape(f"seed={seed!r} must be")):
        sample_district(seed)  # type: ignore[arg-type]


def test_any_seed_in_range_gives_a_district() -> None:
    for seed in (2**64 - 1, 2**32, 12345678901234567890):
        assert 15 <= len(sample_district(seed).hierarchy.at_level("community")) <= 25


def test_a_district_is_shown_as_a_table_with_missing_values_as_none() -> None:
    district = sample_district(0)
    rows = district.table(lang="en")
    assert len(rows) == len(district.hierarchy.at_level("community"))
    assert sum(row["office_m2"] is None for row in rows) == 1
    assert {"code", "name", "town", "households", "workers", "setting", "atoms"} <= set(rows[0])
    assert "communities" in str(district)
    assert district.table()[0]["name"] in district._repr_html_()
    assert repr(district).startswith("<District: ")
    pytest.importorskip("pandas")
    frame = district.to_dataframe()
    assert str(frame["households"].dtype) == "Int64"
    assert frame["office_m2"].isna().sum() == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_that_is_written_is_read_as_the_same_ledger(lang: Literal["zh", "en"], tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    district = sample_district(0)
    path = tmp_path / "ledger.csv"
    district.to_dataframe(lang).drop(columns="atoms").to_csv(path, index=False)
    again = shequ.read_district(path)
    for name in ("households", "workers", "certified", "office_m2", "setting"):
        ours, theirs = (
            {d.hierarchy.name(unit, lang): d.columns[name][unit] for unit in d.hierarchy.at_level("community").tolist()}
            for d in (district, again)
        )
        assert ours.keys() == theirs.keys()
        assert [str(value) for value in ours.values()] == [str(theirs[unit]) for unit in ours]


def test_columns_and_atoms_that_do_not_fit_are_named() -> None:
    district = sample_district(0)
    with pytest.raises(shequ.InvalidInputError, match=r"households\.shape=\(3,\) must be \("):
        District(district.hierarchy, {"households": np.zeros(3, dtype=np.int64)})
    atoms = atoms_of(district)
    with pytest.raises(shequ.InvalidInputError, match=r"atoms\.community=\d+ must be a unit"):
        District(district.hierarchy, {}, _with(atoms, community=atoms.community + 1000))
    with pytest.raises(shequ.InvalidInputError, match=r"households\[0\]=-\d+ must be 0 or more"):
        _with(atoms, households=-atoms.households - 1)
    with pytest.raises(shequ.InvalidInputError, match="ids must be unique"):
        _with(atoms, ids=("a",) * len(atoms))
    with pytest.raises(ValueError, match="read-only"):
        atoms.households[0] = 1


def _with(atoms: Atoms, **changes: object) -> Atoms:
    import dataclasses

    return dataclasses.replace(atoms, **changes)  # type: ignore[arg-type]


def test_atoms_become_a_geodataframe_that_lies_in_the_open_sea() -> None:
    pytest.importorskip("geopandas")
    atoms = atoms_of(sample_district(0))
    frame = atoms.to_geodataframe()
    assert len(frame) == len(atoms)
    assert frame["households"].sum() == atoms.households.sum()
    west, south, east, north = frame.to_crs(4326).total_bounds
    assert 124 < west < east < 125
    assert 29 < south < north < 30
