# SPDX-License-Identifier: BSD-3-Clause
"""What the interactive map draws, in metres: of a town that was cut into atoms, or of a district with a landscape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import optional_import
from shequ.plot._colour import colour_grids
from shequ.plot._map import HALF_STREET_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shequ._grid_plan import GridPlan
    from shequ.district import District
    from shequ.geo import Grids, TownAtoms

__all__ = ["Scene", "district_scene", "town_scene"]

#: Outlines of grids may leave their course by this many metres, which no screen shows.
_SIMPLER_M = 0.3
_FRAME_M = 20.0
#: A coordinate system with a longer text, as of PROJ, is no name that a caption could give.
_NAME_OF_CRS = 20
#: Lines of a landscape: kind to class of the style sheet; others are streets.
_RAILS = ("railway",)
_AREAS = {"land": "land", "field": "fields", "park": "parks", "river": "water"}


@dataclass
class Scene:
    """Layers of shapes, and what is known of grids and buildings.

    Parameters
    ----------
    areas : dict of layer to geometries
        "land", "fields", "parks", "water".
    lines : list of (geometry, class, metres)
        Streets and railways; metres of width, 0 for a hairline.
    grids : ndarray of geometries, shape (g,)
        One a grid.
    colours : ndarray of int64, shape (g,)
        Index into the palette.
    buildings : ndarray of geometries, shape (b,)
        Footprints.
    building_grid : list of int
        Grid of each.
    building_name : list of str
        What it is called, or its id.
    building_households : list of int
        Households of each.
    crs : str
        Coordinate system, may be empty.
    estimated : bool
        Households are an estimate.
    """

    grids: NDArray[np.object_]
    colours: NDArray[np.int64]
    buildings: NDArray[np.object_]
    building_grid: list[int]
    building_name: list[str]
    building_households: list[int]
    crs: str = ""
    estimated: bool = False
    areas: dict[str, list[Any]] = field(default_factory=dict)
    lines: list[tuple[Any, str, float]] = field(default_factory=list)

    def extent(self) -> NDArray[np.float64]:
        """Return west, south, east, north of grids and buildings with a margin, shape (4,), metres."""
        import shapely

        west, south, east, north = shapely.total_bounds(np.concatenate([self.grids, self.buildings])).tolist()
        return np.array([west - _FRAME_M, south - _FRAME_M, east + _FRAME_M, north + _FRAME_M])

    def rooms(self) -> NDArray[np.float64]:
        """Return middle and radius of a circle inside of each grid, shape (g, 3), metres."""
        import shapely

        circles = shapely.maximum_inscribed_circle(self.grids, tolerance=1.0)
        middles = shapely.get_coordinates(shapely.get_point(circles, 0))
        return np.column_stack([middles, shapely.length(circles)])


def _simplified(shapes: Sequence[Any]) -> NDArray[np.object_]:
    import shapely

    found: NDArray[np.object_] = shapely.simplify(np.array(list(shapes), dtype=object), _SIMPLER_M)
    return found


def town_scene(town: TownAtoms, grids: Grids) -> Scene:
    """Return the scene of `town_map`."""
    from shequ.geo._labels import atom_labels

    labels, _ = atom_labels(town.buildings)
    names = town.buildings["name"].tolist() if "name" in town.buildings.columns else [None] * len(labels)
    scene = Scene(
        grids=_simplified(grids.to_geodataframe().geometry.values),
        colours=colour_grids(grids.plan.labels, town.graph.edges, len(grids.plan)),
        buildings=np.asarray(town.buildings.geometry.values, dtype=object),
        building_grid=town.grid_of_buildings(grids).tolist(),
        building_name=[
            name if isinstance(name, str) and name else str(label) for name, label in zip(names, labels, strict=True)
        ],
        building_households=[int(homes) for homes in town.buildings["atom_households"].tolist()],
        crs=town.parameters["crs"],
        estimated=town.estimate is not None,
    )
    if not town.barrier.is_empty:
        scene.areas["water"] = [town.barrier]
    scene.lines = [
        (line, "main" if kind == 2 else "", 0.0)
        for line, kind in zip(town.roads.geometry, town.roads["road_class"].tolist(), strict=True)
    ]
    return scene


def district_scene(district: District, plan: GridPlan) -> Scene:
    """Return the scene of `grids_map`; the streets between its lots belong to the ground of a grid."""
    with optional_import("html_map()", "shapely", "'shequ[geo]'"):
        import shapely
    atoms = district.atoms
    assert atoms is not None  # checked by html_map
    n = len(atoms)
    rings = shapely.linearrings(atoms.points, indices=np.repeat(np.arange(n), np.diff(atoms.ring_start)))
    lots = shapely.buffer(shapely.polygons(rings), HALF_STREET_M, join_style="mitre", mitre_limit=2.0)
    united = [shapely.union_all(lots[plan.labels == grid]) for grid in range(len(plan))]
    areas = shapely.buffer(np.array(united, dtype=object), -HALF_STREET_M, join_style="mitre", mitre_limit=2.0)
    prints, owner = shapely.polygons(atoms.footprints), atoms.footprint_atom
    # Where a lot has several buildings, households are known of the lot, and each of them tells those.
    scene = Scene(
        grids=_simplified(areas),
        colours=colour_grids(plan.labels, atoms.edges, len(plan)),
        buildings=np.asarray(prints, dtype=object)
        if len(prints)
        else np.asarray(shapely.polygons(rings), dtype=object),
        building_grid=(plan.labels[owner] if len(prints) else plan.labels).tolist(),
        building_name=[atoms.names[i] or atoms.ids[i] for i in (owner.tolist() if len(prints) else range(n))],
        building_households=(atoms.households[owner] if len(prints) else atoms.households).tolist(),
        crs="" if atoms.crs is None or len(atoms.crs) > _NAME_OF_CRS else atoms.crs,
    )
    for feature in district.landscape:
        if feature.kind in _AREAS and len(feature.points) > 2:
            scene.areas.setdefault(_AREAS[feature.kind], []).append(shapely.Polygon(feature.points))
        elif len(feature.points) > 1:
            kind = "rail" if feature.kind in _RAILS else "main" if feature.width_m == 0.0 else "wide"
            scene.lines.append((shapely.LineString(feature.points), kind, feature.width_m))
    return scene
