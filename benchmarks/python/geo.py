# SPDX-License-Identifier: BSD-3-Clause
"""Towns to atoms: synthetic buildings against momepy and libpysal in the same run; central Shanghai from files to grids.

Run: python -m benchmarks.python.geo [--buildings N]

momepy's enclosed tessellation has points every two metres of an outline, as `make_atoms` has; libpysal tells whose sides agree
corner by corner, which leaves out most neighbours across a street, and not along how many metres: its perimeters refuse cells
that overlap by a hair, as some of momepy do. Shanghai is read from the folder in SHEQU_TEST_DATA, by default ../shared/data,
and left out where that is absent.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.python._timing import in_turn, report
from shequ.geo import make_atoms

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "town"
THREADS = 2
REACH_S, REACH_TOWN_S = 60.0, 10.0
BLOCK_M, PER_BLOCK = (130.0, 110.0), (5, 4)


def synthetic_town(count: int, seed: int = 0) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Make buildings, 20 a block, turned and of uneven sizes, and the streets around the blocks."""
    random = np.random.default_rng(seed)
    blocks = -(-count // (PER_BLOCK[0] * PER_BLOCK[1]))
    side = int(np.ceil(np.sqrt(blocks)))
    rows, columns = np.divmod(np.arange(blocks), side)
    cell = np.array(BLOCK_M) / np.array(PER_BLOCK)
    at = np.stack(np.meshgrid(np.arange(PER_BLOCK[0]), np.arange(PER_BLOCK[1])), axis=-1).reshape(-1, 2)
    corner = np.stack([columns, rows], axis=1) * np.array(BLOCK_M)
    centre = (corner[:, None, :] + (at + 0.5)[None, :, :] * cell).reshape(-1, 2)[:count]
    centre = centre + random.uniform(-2.5, 2.5, centre.shape) + np.array([350_000.0, 3_450_000.0])
    size = random.uniform(0.22, 0.36, centre.shape) * cell
    angle = random.uniform(-0.35, 0.35, count)
    turn = np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], axis=1).reshape(-1, 2, 2)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])[None] * size[:, None, :]
    outlines = shapely.polygons(np.einsum("nij,nkj->nki", turn, corners) + centre[:, None, :])
    buildings = gpd.GeoDataFrame({"households": random.integers(0, 60, count)}, geometry=outlines, crs="EPSG:32651")
    # Streets bend a little from crossing to crossing.
    nodes = np.stack(np.meshgrid(np.arange(side + 1), np.arange(side + 1)), axis=-1) * np.array(BLOCK_M)
    nodes = nodes + random.uniform(-1.5, 1.5, nodes.shape) + np.array([350_000.0, 3_450_000.0])
    ways = [shapely.LineString(line) for line in [*nodes, *nodes.transpose(1, 0, 2)]]
    roads = gpd.GeoDataFrame({"highway": ["residential"] * len(ways)}, geometry=ways, crs="EPSG:32651")
    return buildings, roads


def with_momepy(buildings: gpd.GeoDataFrame, roads: gpd.GeoDataFrame) -> tuple[int, int]:
    """Cut the same town with momepy and find neighbours with libpysal; return cells and edges."""
    import momepy
    from libpysal.graph import Graph

    limit = gpd.GeoSeries([shapely.box(*roads.total_bounds)], crs=roads.crs)
    enclosures = momepy.enclosures(roads, limit=limit)
    cells = momepy.enclosed_tessellation(buildings, enclosures, segment=2.0, n_jobs=THREADS)
    graph = Graph.build_contiguity(cells.reset_index(drop=True), rook=True)
    return len(cells), int((graph.adjacency > 0).sum()) // 2


def synthetic(count: int, repeats: int, path: Path | None) -> None:
    """Compare on a synthetic town; fail where an atom is lost."""
    buildings, roads = synthetic_town(count)
    answers: dict[str, tuple[int, int]] = {}
    cpu_s = []

    def ours() -> None:
        begin = time.process_time()
        town = make_atoms(buildings, roads=roads, households="households", threads=THREADS)
        cpu_s.append(time.process_time() - begin)
        assert int(town.frame["households"].sum()) == int(buildings["households"].sum())
        answers["shequ make_atoms"] = (len(town.frame), town.graph.num_edges)

    def theirs() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers["momepy + libpysal"] = with_momepy(buildings, roads)

    calls: dict[str, Callable[[], object]] = {"shequ make_atoms": ours}
    try:
        import libpysal  # noqa: F401
        import momepy  # noqa: F401

        calls["momepy + libpysal"] = theirs
    except ImportError:
        print("momepy or libpysal is not installed: left out")
    seconds = in_turn(calls, repeats, warm_up=False)
    report(f"{count:,} synthetic buildings to atoms and adjacency", seconds, "shequ make_atoms", path)
    for name, (cells, edges) in answers.items():
        print(f"  {name}: {cells:,} cells, {edges:,} edges")
    print(f"  shequ make_atoms took {np.median(cpu_s):.1f} CPU s: on a busy machine that tells more than the clock")
    assert answers["shequ make_atoms"][0] == count
    print(f"to reach: {REACH_S:g} s for 100,000, and less than momepy + libpysal")


def shanghai(repeats: int, path: Path | None) -> None:
    """Time central Shanghai from files to certified grids; check every grid apart from our code."""
    import networkx as nx

    def layer(name: str) -> gpd.GeoDataFrame:
        return gpd.read_file(f"/vsigzip/{DATA.absolute()}/shanghai_centre_{name}.geojson.gz")

    made: list[Any] = []

    def run() -> None:
        town = make_atoms(
            layer("buildings"), roads=layer("roads"), barriers=[layer("water")], repair=True, threads=THREADS
        )
        made[:] = [town, town.make_grids(size=(300, 500))]

    begin = time.perf_counter()
    seconds = in_turn({"central Shanghai, files to certified grids": run}, repeats, warm_up=False)
    report("Central Shanghai", seconds, "central Shanghai, files to certified grids", path)
    town, grids = made
    network = nx.Graph(town.graph.edges.tolist())
    network.add_nodes_from(range(len(town.frame)))
    for grid in range(len(grids.plan)):
        members = np.flatnonzero(grids.plan.labels == grid).tolist()
        assert nx.number_connected_components(network.subgraph(members)) == 1
    assert len(town.grid_of_buildings(grids)) == len(town.buildings)
    print(f"  {len(town.frame):,} atoms, {len(grids.plan)} grids, each in one piece by networkx")
    print(f"to reach: {REACH_TOWN_S:g} s on two cores; all rounds took {time.perf_counter() - begin:.1f} s")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buildings", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=1, help="rounds; the median counts")
    parser.add_argument("--json", type=Path, help="also write the seconds of every round to this file")
    options = parser.parse_args()
    synthetic(options.buildings, options.repeats, options.json)
    if (DATA / "shanghai_centre_buildings.geojson.gz").is_file():
        shanghai(max(options.repeats, 3), options.json)
    else:
        print(f"Shanghai is left out: there are no data at {DATA}; set SHEQU_TEST_DATA")


if __name__ == "__main__":
    main()
