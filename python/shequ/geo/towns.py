# SPDX-License-Identifier: BSD-3-Clause
"""From a town to atoms: buildings, roads, water and railways in; what grids are made of, and who touches whom, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ.geo._blocks import barrier_area, cut_blocks
from shequ.geo._cells import cut_cells
from shequ.geo._checks import check_polygons
from shequ.geo._crossings import find_crossings
from shequ.geo._footprints import footprint_problems, repair_footprints
from shequ.geo._labels import atom_labels
from shequ.geo._problems import MAX_TOLERANCE_M, GeoProblem, listed
from shequ.geo._town_graph import AtomParts, group_buildings, join_parts, touching_cells
from shequ.geo._town_inputs import (
    check_layer,
    compounds_of,
    default_land,
    households_of,
    in_metres,
    land_of,
    lines_of,
)
from shequ.geo.contiguity import TOUCH_M
from shequ.geo.grids import Grids, make_grids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ.geo.households import HouseholdEstimate
    from shequ.graph import Graph

__all__ = ["TownAtoms", "make_atoms"]


@dataclass(frozen=True, eq=False)
class TownAtoms:
    """A town cut into atoms: what grids are made of.

    Parameters
    ----------
    frame : GeoDataFrame
        One row an atom: id, name, households, buildings (how many), zone (side of the barriers, -1: none), and community
        where the boundary names some; polygons in metres.
    graph : Graph
        Who touches whom, in the order of `frame`. Edge columns: `shared_border_m`, and `crosses`, an index into
        `shequ.district.CROSSES`.
    buildings : GeoDataFrame
        One row a building that is used, in metres, with the columns `atom` (row of `frame`) and `atom_households`.
    barrier : polygon or multipolygon
        What nobody walks across.
    roads : GeoDataFrame
        The lines that part blocks, with `road_class`: 1 street, 2 main road.
    problems : tuple of GeoProblem
        All that is wrong with the layers or was assumed about them: errors, warnings, notes.
    estimate : HouseholdEstimate or None
        How households were estimated; None where they were given.
    parameters : dict
        What the cut was made with.
    """

    frame: gpd.GeoDataFrame
    graph: Graph
    buildings: gpd.GeoDataFrame
    barrier: Any
    roads: gpd.GeoDataFrame
    problems: tuple[GeoProblem, ...]
    estimate: HouseholdEstimate | None
    parameters: dict[str, Any]

    def caption(self, lang: Lang = "zh") -> str:
        """Return one sentence on coordinate system and parameters, and one on households if they are an estimate."""
        p = self.parameters
        words = {"cell": ("楼栋单元", "cells of buildings"), "block": ("街区", "street blocks")}[p["by"]]
        if lang == "zh":
            text = (
                f"{words[0]} {len(self.frame):,} 个，坐标系 {p['crs']}，线状障碍物宽 {p['barrier_width_m']:g} 米，"
                f"相邻容差 {p['tolerance_m']:g} 米"
            )
        else:
            text = (
                f"{len(self.frame):,} {words[1]}, {p['crs']}, lines of barriers {p['barrier_width_m']:g} m wide, neighbours "
                f"within {p['tolerance_m']:g} m"
            )
        return text if self.estimate is None else f"{text}{'。' if lang == 'zh' else '. '}{self.estimate.caption(lang)}"

    def make_grids(self, **options: Any) -> Grids:
        """Divide the atoms into grids; `options` are those of `shequ.geo.make_grids`. Problems of both are listed."""
        if "community" in self.frame.columns:
            options.setdefault("within", "community")
        else:
            options.setdefault("within", None)
        found = make_grids(self.frame, "households", graph=self.graph, **options)
        known = {problem.english for problem in self.problems}
        more = [problem for problem in found.problems if problem.kind != "island" and problem.english not in known]
        problems = (*self.problems, *more, *self._island_problems(found))
        return Grids(found.plan, found.atoms, found.islands, found.links, found.overlaps, problems)

    def _island_problems(self, grids: Grids) -> list[GeoProblem]:
        """Put islands into words; where a barrier lies between, only a crossing can link them."""
        zone = dict(zip(self.frame["id"].tolist(), self.frame["zone"].tolist(), strict=True))
        links = {link.island: link for link in grids.links}
        found = [problem for problem in grids.problems if problem.kind == "island"]
        for k, problem in enumerate(found):
            link = links.get(problem.atoms[0])
            if link is not None and (zone[link.island] != zone[link.nearest] or zone[link.island] < 0):
                metres = f"{link.distance_m:,.1f}"
                found[k] = GeoProblem(
                    "warning", "island", problem.atoms,
                    f"{link.island} touches no other; the nearest is {link.nearest}, {metres} m away across a barrier: "
                    "give the crossing by which people get there, if there is one",
                    f"{link.island} 不与其他楼栋相邻；最近的是 {link.nearest}，隔着障碍物，相距 {metres} 米：如有通道，请作为通道（crossings）给出",
                )  # fmt: skip
        return found

    def grid_of_buildings(self, grids: Grids) -> NDArray[np.int32]:
        """Return the grid of each row of `buildings`: shape (n,), an index into `grids.plan.grids`."""
        labels: NDArray[np.int32] = grids.plan.labels[self.buildings["atom"].to_numpy()]
        return labels

    def __repr__(self) -> str:
        """Return one line: the class and key numbers."""
        n, m, homes = len(self.buildings), self.graph.num_edges, int(self.frame["households"].sum())
        said = " (estimated)" if self.estimate is not None else ""
        return f"<TownAtoms: {len(self.frame):,} atoms of {n:,} buildings, {m:,} edges, {homes:,} households{said}>"


def _check_numbers(**numbers: tuple[float, float, float]) -> None:
    for name, (value, least, most) in numbers.items():
        if not least <= value <= most:
            raise InvalidInputError(
                f"{name}={value} must be in [{least:g}, {most:g}]", f"{name}={value} 必须在 [{least:g}, {most:g}] 之间"
            )


def make_atoms(
    buildings: gpd.GeoDataFrame,
    *,
    roads: gpd.GeoDataFrame | None = None,
    barriers: gpd.GeoDataFrame | Sequence[gpd.GeoDataFrame] = (),
    crossings: gpd.GeoDataFrame | None = None,
    boundary: gpd.GeoDataFrame | None = None,
    within: str | None = None,
    compounds: gpd.GeoDataFrame | str | None = None,
    by: Literal["block", "cell"] = "cell",
    households: str | HouseholdEstimate | None = None,
    ids: str | None = None,
    barrier_roads: Sequence[str] = ("motorway", "高速公路"),
    barrier_width_m: float = 1.0,
    reach_m: float = 100.0,
    spacing_m: float = 2.0,
    tolerance_m: float = TOUCH_M,
    repair: bool = False,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> TownAtoms:
    """Cut a town into atoms: a cell for each building, or street blocks.

    Parameters
    ----------
    buildings : GeoDataFrame
        Footprints, one row a building; its coordinate system must be stated. Degrees are converted to metres (UTM).
    roads : GeoDataFrame, optional
        Centre lines. They part blocks; what one runs along stays neighbours and is told by the edge column `crosses`. A column
        as `highway` or `kind` says what each is: paths and tunnels part nothing.
    barriers : GeoDataFrame or sequence of these, optional
        Water, railways, walls: areas or lines, of which a strip of `barrier_width_m` is taken. No relation goes across. Where
        a column as `kind` tells barriers from others, such as grass, only barriers are taken; a note says so.
    crossings : GeoDataFrame, optional
        Bridges, gates and underpasses where people get across: lines over the barrier, or points beside it.
        Columns `name` and `kind` ("bridge", "gate", "underpass").
    boundary : GeoDataFrame, optional
        Polygons of the communities, disjoint. Default: the land within `reach_m` of a building, bays filled,
        as one.
    within : str, optional
        Column of `boundary` with the community, its 12-digit code at best: grids do not cross it.
    compounds : GeoDataFrame or str, optional
        Polygons, or a column of `buildings`, of compounds (小区) that no grid may part: all buildings of one are one atom.
    by : "cell" or "block", default "cell"
        Atoms are cells, each with one building or compound, or street blocks with all that stands in them.
    households : str or HouseholdEstimate, optional
        Column of `buildings`, or an estimate. Default: the column "households" or "户数"; without one
        `estimate_households(buildings)`, which a warning says.
    ids : str, optional
        Column of `buildings` with their ids; see `shequ.geo.find_contiguity`.
    barrier_roads : sequence of str, default ("motorway", "高速公路")
        Classes of roads that are barriers.
    barrier_width_m : float, default 1.0
        Width of a barrier that is drawn as a line, 0.2 to 100 metres.
    reach_m : float, default 100.0
        Land that belongs to the town where no boundary is given; and how far the end of a crossing may be from an atom.
        1 to 10,000 metres.
    spacing_m : float, default 2.0
        Distance of the points of outlines that cells are made from, 0.1 to 100 metres: less is finer and slower.
    tolerance_m : float, default 0.05
        Cells within this distance touch, 0 to 100 metres; never across a barrier that parts the land.
    repair : bool, default False
        Repair invalid footprints; leave out those without an area or drawn twice; each is listed. Default: refuse them.
    threads : int, default 1
        Blocks that are cut at once, 1 to 256; the result is the same.
    progress : callable, optional
        Called with the number of blocks cut into cells, and their total.

    Returns
    -------
    TownAtoms
        Atoms, graph, and all that was found or assumed.

    Raises
    ------
    InvalidInputError
        A coordinate system is not stated, a column is missing, footprints are faulty (lists them), or a number is out of range.
    MissingDependencyError
        geopandas is not installed.

    Notes
    -----
    Every building that lies inside of the boundary is in exactly one atom; one that stands on a barrier altogether is an
    atom that touches no other, and listed. Complexity: O(p log p) for the p points of all outlines.
    """
    with optional_import("make_atoms()", "geopandas", "'shequ[geo]'"):
        import geopandas as gpd
        import shapely
    if by not in ("block", "cell"):
        raise InvalidInputError(f'by="{by}" must be "block" or "cell"', f'by="{by}" 必须是 "block" 或 "cell"')
    _check_numbers(
        barrier_width_m=(barrier_width_m, 0.2, 100.0), reach_m=(reach_m, 1.0, 10_000.0), spacing_m=(spacing_m, 0.1, 100.0),
        tolerance_m=(tolerance_m, 0.0, MAX_TOLERANCE_M), threads=(threads, 1, 256),
    )  # fmt: skip
    if not len(buildings):
        raise InvalidInputError("buildings has 0 rows and must have 1 or more", "buildings 有 0 行，至少要有 1 行")
    used, problems = in_metres(buildings)
    if repair:
        used, repaired = repair_footprints(used, ids)
        problems += repaired
    labels, id_problems = atom_labels(used, ids)
    footprints = check_polygons(used, labels)
    problems += [*id_problems, *footprint_problems(footprints, labels)[0]]
    layers = [barriers] if isinstance(barriers, gpd.GeoDataFrame) else list(barriers)
    lines, classes, walls, found = lines_of(roads, layers, used, barrier_roads)
    problems += found
    land = default_land(footprints, np.concatenate([lines, walls]), reach_m)
    communities: list[Any] | None = None
    if boundary is not None:
        there, land, found = land_of(boundary, used, within)
        problems += found
        communities = None if within is None else there[within].tolist()
    barrier = barrier_area(walls, barrier_width_m, land)
    inside = np.zeros(len(used), dtype=np.bool_)
    inside[shapely.STRtree(land).query(footprints, predicate="intersects")[0]] = True
    if not inside.all():
        outside = tuple(labels[i] for i in np.flatnonzero(~inside).tolist())
        problems.append(GeoProblem(
            "warning", "left_out", outside, f"outside of the boundary and left out: {listed(outside)}",
            f"在边界之外，不采用：{listed(outside)}",
        ))  # fmt: skip
        if not inside.any():
            raise InvalidInputError("boundary holds no building", "boundary 内没有任何楼栋")
    # An estimate of all rows stays one of the rows that are used.
    homes, estimate, found = households_of(used, households)
    problems += found
    used, footprints, homes = used[inside], footprints[inside], homes[inside]
    labels = [label for label, is_in in zip(labels, inside.tolist(), strict=True) if is_in]
    blocks = cut_blocks(footprints, land, barrier, lines, classes)
    for wrong, (english, chinese) in _block_words(blocks.building_block, blocks.unused_m2, labels):
        problems.append(GeoProblem("warning" if wrong else "note", "barrier", wrong, english, chinese))
    of_compound, found = compounds_of(used, footprints, compounds)
    problems += found
    groups, found = group_buildings(blocks, of_compound, labels, by)
    problems += found
    if by == "cell":
        cells = cut_cells(
            footprints, blocks.shapes, blocks.building_block, spacing_m=spacing_m, threads=threads, progress=progress
        )
        parts = touching_cells(cells, blocks, tolerance_m)
    else:
        parts = AtomParts.of_blocks(blocks, footprints)
    atoms = join_parts(parts, groups)
    names = [labels[i] for i in groups.first.tolist()] if by == "cell" else [f"B{i + 1}" for i in range(groups.count)]
    ids_of = [name if name is not None else label for name, label in zip(groups.names, names, strict=True)]
    extra: dict[tuple[int, int], tuple[int, float]] = {}
    if crossings is not None:
        there, found = check_layer("crossings", crossings, used)
        extra, linked = find_crossings(there, barrier, atoms.shapes, atoms.zone, atoms.owner, ids_of, reach_m)
        problems += [*found, *linked]
    graph_columns = {
        "households": np.bincount(groups.of_building, weights=homes, minlength=groups.count).astype(np.int64),
        "buildings": np.bincount(groups.of_building, minlength=groups.count).astype(np.int64),
        "zone": atoms.zone,
    }
    graph = atoms.graph(ids_of, graph_columns, extra)
    columns: dict[str, Any] = {"id": ids_of, **graph_columns}
    if communities is not None:
        columns["community"] = [communities[i] for i in atoms.owner.tolist()]
    if by == "cell" and "name" in used.columns:
        given = used["name"].tolist()
        called = [given[i] for i in groups.first.tolist()]
        columns["name"] = [
            text if isinstance(text, str) else str(label) for text, label in zip(called, ids_of, strict=True)
        ]
    frame = gpd.GeoDataFrame(columns, geometry=list(atoms.shapes), crs=used.crs)
    parameters = {
        "by": by, "crs": used.crs.to_string(), "barrier_width_m": barrier_width_m, "reach_m": reach_m,
        "spacing_m": spacing_m, "tolerance_m": tolerance_m, "barrier_roads": tuple(barrier_roads), "repair": repair,
    }  # fmt: skip
    told = used.assign(atom=groups.of_building, atom_households=homes)
    road_frame = gpd.GeoDataFrame({"road_class": classes}, geometry=list(lines), crs=used.crs)
    return TownAtoms(frame, graph, told, barrier, road_frame, tuple(problems), estimate, parameters)


def _block_words(
    building_block: NDArray[np.int64], unused_m2: float, labels: Sequence[Any]
) -> list[tuple[tuple[Any, ...], tuple[str, str]]]:
    found: list[tuple[tuple[Any, ...], tuple[str, str]]] = []
    afloat = tuple(labels[i] for i in np.flatnonzero(building_block < 0).tolist())
    if afloat:
        found.append((afloat, (
            f"stand on a barrier altogether, and touch no other: {listed(afloat)}",
            f"完全位于障碍物上，不与其他楼栋相邻：{listed(afloat)}",
        )))  # fmt: skip
    if unused_m2 >= 1.0:
        found.append(((), (
            f"{unused_m2:,.0f} m² of land are cut off from every building by barriers and belong to no atom",
            f"{unused_m2:,.0f} 平方米土地被障碍物隔开，没有楼栋，不属于任何单元",
        )))  # fmt: skip
    return found
