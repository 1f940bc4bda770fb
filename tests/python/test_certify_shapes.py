# SPDX-License-Identifier: BSD-3-Clause
"""What certify says of polygons agrees with what shapely makes of their shapes."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

shapely = pytest.importorskip("shapely", reason="geometries are optional")
gpd = pytest.importorskip("geopandas", reason="geometries are optional")

import shequ
from shequ import checker, objectives
from shequ.districting import ViolationKind

#: Rectangles of whole decimetres, so that lengths and areas are exact.
WIDTHS, HEIGHTS = [40, 25, 60, 35, 50], [30, 55, 20, 45]


def blocks(random: np.random.Generator) -> NDArray[np.object_]:
    """Return a town of rectangles with some squares left open."""
    x, y = np.cumsum([0, *WIDTHS]), np.cumsum([0, *HEIGHTS])
    shapes = [shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for i in range(len(WIDTHS)) for j in range(len(HEIGHTS))]
    return np.array([shape for shape in shapes if random.random() < 0.85], dtype=object)


@pytest.mark.parametrize("seed", range(25))
def test_parts_borders_and_areas_are_those_of_the_united_shapes(seed: int) -> None:
    random = np.random.default_rng(seed)
    shapes = blocks(random)
    n = len(shapes)
    frame = gpd.GeoDataFrame({"households": random.integers(1, 99, n)}, geometry=shapes, crs="EPSG:4547")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of places outside of China and of blocks that touch no other
        graph = shequ.Graph.from_geodataframe(frame)
    areas = shapely.area(shapes).round().astype(np.int64)
    outer = shapely.length(shapes).round().astype(np.int64)
    lengths = graph.edge_columns["shared_border_m"].round().astype(np.int64)
    np.subtract.at(outer, graph.edges, lengths[:, None])
    total = int(frame["households"].sum())
    problem = shequ.Problem(
        graph, "households", lower=0, upper=total, parts=4 if n >= 4 else None,
        objective=[objectives.SharedPerimeter(lengths), objectives.PolsbyPopper(areas, lengths, outer)],
    )  # fmt: skip
    grown = shequ.solve(problem, seed=seed, steps=500, time_limit_s=60.0).labels.astype(np.int64)
    for labels in (grown, random.integers(0, 4, n)):
        certificate = shequ.certify(problem, labels)
        united = {part: shapely.union_all(shapes[labels == part]) for part in np.unique(labels).tolist()}
        torn = {v.part for v in certificate.violations if v.kind is ViolationKind.NOT_CONTIGUOUS}
        assert torn == {part for part, shape in united.items() if shape.geom_type != "Polygon"}
        border, roundness = certificate.terms
        everything = shapely.union_all(shapes)
        edges = sum(shape.length for shape in united.values())
        assert border == round((edges - everything.length) / 2)
        by_hand = [1e6 * (1 - 4 * np.pi * shape.area / shape.length**2) for shape in united.values()]
        assert roundness == sum(int(np.floor(value + 0.5)) for value in by_hand)


def test_the_certificates_of_grids_are_checked_from_their_files(tmp_path: Path) -> None:
    town = shequ.sample_district(seed=0)
    assert town.atoms is not None
    atoms = town.atoms.to_geodataframe()
    some = atoms[atoms["community"].isin(sorted(set(atoms["community"]))[:2])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", shequ.geo.GeoWarning)
        grids = shequ.make_grids(some, households="households", size=(300, 500), within="community")
    assert len(grids.certificates) == 2
    for certificate in grids.certificates.values():
        assert certificate is not None
        certificate.write(tmp_path / "grids.json")
        report = checker.check(checker.load(tmp_path / "grids.json"))
        assert report.ok == certificate.ok, report.lines()
        assert len(report.findings) == len(certificate.violations)
