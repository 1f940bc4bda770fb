# SPDX-License-Identifier: BSD-3-Clause
"""Grids from polygons and back: a GeoDataFrame of atoms in, one of grids out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ._repr_html import table_html
from shequ.district import CROSSES
from shequ.geo._checks import check_polygons, repair_polygons
from shequ.geo._geojson import write_features
from shequ.geo._labels import atom_labels, check_column, owners_of
from shequ.geo._problems import GeoProblem, Link, Overlap, island_problems, overlap_problems, place_problem
from shequ.geo._unite import unite
from shequ.geo.contiguity import TOUCH_M, find_contiguity, find_overlaps, propose_links
from shequ.grids import border_weights, divide, divide_district

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ._grid_plan import CommunityGrids, GridPlan
    from shequ.certificate import Certificate
    from shequ.district import District
    from shequ.geo.bounds import Bounds
    from shequ.graph import Graph

__all__ = ["Grids", "make_grids"]

#: Holes of grids narrower than this, metres, are cracks between borders that agree up to rounding.
_CRACK_M = 0.005


@dataclass(frozen=True, eq=False)
class Grids:
    """A grid plan with the polygons it is made of.

    Parameters
    ----------
    plan : GridPlan
        Which grid each atom belongs to.
    atoms : GeoDataFrame
        One row an atom, in the order of the plan; not to be changed afterwards.
    islands : tuple
        Labels of atoms that touch no other.
    links : tuple of Link
        For each island the nearest atom of its community, and how far it is: a proposal.
    overlaps : tuple of Overlap
        Pairs of atoms that cover the same ground, the largest first.
    problems : tuple of GeoProblem
        All that is wrong with the polygons, their ids and communities, in words: errors, warnings, notes.
    """

    plan: GridPlan
    atoms: gpd.GeoDataFrame
    islands: tuple[Any, ...] = ()
    links: tuple[Link, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    problems: tuple[GeoProblem, ...] = ()

    def __post_init__(self) -> None:
        """Check that plan and atoms fit."""
        if len(self.atoms) != len(self.plan.labels):
            raise InvalidInputError(
                f"atoms has {len(self.atoms)} rows and must have {len(self.plan.labels)}, as the plan",
                f"atoms 有 {len(self.atoms)} 行，必须与方案的 {len(self.plan.labels)} 个一致",
            )

    @classmethod
    def from_district(cls, district: District, plan: GridPlan | None = None) -> Grids:
        """Join a plan of `shequ.grids.divide_district` with the polygons of the district; divide it where none is given."""
        made = divide_district(district) if plan is None else plan
        return cls(made, district.to_geodataframe())

    @property
    def ok(self) -> bool:
        """True where the plan is, and no problem is an error."""
        return self.plan.ok and not any(problem.severity == "error" for problem in self.problems)

    @property
    def certificates(self) -> dict[object, Certificate | None]:
        """What the independent check found, by community; None where there was nothing to divide."""
        return {entry.key: entry.certificate for entry in self.plan.communities}

    @property
    def table(self) -> pd.DataFrame:
        """One row a grid: code, community, number, atoms, households, state, remark; Chinese."""
        return self.plan.to_dataframe()

    def to_geodataframe(self, lang: Lang = "zh") -> gpd.GeoDataFrame:
        """Return one row a grid: the union of its atoms, and the columns of `GridPlan.table` with `in_bounds`.

        The geometry has several parts where streets run between the atoms of a grid. The coordinate system is that of the
        atoms.
        """
        import geopandas as gpd

        rows = self.plan.table(lang)
        for row, grid in zip(rows, self.plan.grids, strict=True):
            row["in_bounds"] = not grid.fault
        columns = list(rows[0]) if rows else ["grid"]
        return gpd.GeoDataFrame(
            {name: [row[name] for row in rows] for name in columns}, geometry=self._outlines, crs=self.atoms.crs
        )

    @cached_property
    def _outlines(self) -> list[Any]:
        """The union of the atoms of each grid: maps and files all want them, and uniting takes longer than drawing."""
        import shapely

        shapes = np.asarray(self.atoms.geometry.values, dtype=object)
        order = np.argsort(self.plan.labels, kind="stable")
        starts = np.searchsorted(self.plan.labels[order], np.arange(len(self.plan.grids) + 1))
        metres = self.atoms.crs is not None and self.atoms.crs.is_projected
        unite = _united if metres else shapely.union_all
        return [unite(shapes[order[a:b]]) for a, b in pairwise(starts.tolist())]

    def write_csv(self, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
        """Write the plan, one line an atom; see `GridPlan.write_csv`."""
        self.plan.write_csv(path, lang)

    def write_geojson(
        self, path: str | os.PathLike[str], lang: Lang = "zh", *, bounds: Sequence[Bounds] | None = None
    ) -> None:
        """Write the grids as GeoJSON (RFC 7946): longitude and latitude in WGS 84, to 7 decimals, about a centimetre.

        Parameters
        ----------
        path : path-like
            The file; replaced only once all is written.
        lang : "zh" or "en", default "zh"
            Language of names and remarks.
        bounds : sequence of Bounds, optional
            From `shequ.geo.bounds_in_words`, one a grid: properties east, south, west, north.

        Raises
        ------
        InvalidInputError
            The number of bounds is another one, the atoms state no coordinate system, or the folder is not writable.
        """
        if self.atoms.crs is None:
            raise InvalidInputError(
                "crs=None must be stated before longitudes and latitudes can be computed: use set_crs()",
                "crs=None 必须先声明坐标系才能换算经纬度：请用 set_crs()",
            )
        if bounds is not None and len(bounds) != len(self.plan.grids):
            raise InvalidInputError(
                f"bounds must have {len(self.plan.grids)} entries, one a grid, not {len(bounds)}",
                f"bounds 必须有 {len(self.plan.grids)} 项，每个网格一项，现有 {len(bounds)} 项",
            )
        frame = self.to_geodataframe(lang)
        rows = frame.drop(columns="geometry").to_dict("records")
        if bounds is not None:
            rows = [{**row, **sides._asdict()} for row, sides in zip(rows, bounds, strict=True)]
        write_features(path, frame.geometry, rows, "grid")

    def __repr__(self) -> str:
        """Return one line: the class and its plan."""
        islands, problems = len(self.islands), len(self.problems)
        return f"<Grids: {self.plan!r}, {islands} islands, {problems} problems>"

    def _repr_html_(self) -> str:
        rows = [[problem.severity, problem.english] for problem in self.problems]
        return self.plan._repr_html_() + (table_html(["severity", "problem"], rows, limit=30) if rows else "")


def _united(shapes: NDArray[np.object_]) -> Any:
    """Unite polygons in metres that meet up to rounding: on a grid of a millimetre, without the cracks that this leaves."""
    import shapely

    parts = []
    for part in shapely.get_parts(unite(shapes)):
        # Half of the outline of a crack is about its length.
        holes = [h for h in part.interiors if shapely.Polygon(h).area > _CRACK_M * 0.5 * h.length]
        parts.append(shapely.Polygon(part.exterior, holes))
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def make_grids(
    atoms: gpd.GeoDataFrame,
    households: str = "households",
    *,
    size: tuple[int, int] = (300, 500),
    within: str | None = "community",
    graph: Graph | None = None,
    seed: int = 0,
    contiguity: Literal["rook", "queen"] = "rook",
    tolerance_m: float = TOUCH_M,
    ids: str | None = None,
    codes: str | None = None,
    towns: str | None = None,
    repair: bool = False,
    numbering: Literal["rows", "columns"] = "rows",
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[int, int, CommunityGrids], None] | None = None,
) -> Grids:
    """Divide polygons into grids.

    Parameters
    ----------
    atoms : GeoDataFrame
        n polygons, buildings or blocks, in a projected coordinate system in metres.
    households : str, default "households"
        Column with the households of each, whole numbers.
    size, seed, numbering, time_limit_s, steps, threads, progress
        See `shequ.grids.divide`.
    within : str or None, default "community"
        Column with the community of each, its 12-digit code at best; None: all in one, which has no code.
    graph : Graph, optional
        Who touches whom, in the order of the rows. Default: `find_contiguity`. Edge columns `shared_border_m` and
        `crosses`, as in `shequ.district.Atoms`, tell which borders are good ones.
    contiguity, tolerance_m
        For that; see there.
    ids : str, optional
        Column with the ids of the atoms. Default: the index; where that only counts the rows, a column "id", "编号" or
        "楼栋编号", if its values differ. With `graph`: its ids.
    codes, towns : str, optional
        Columns with the code and the town of the community, where `within` holds names: a name is no key. Communities
        are told apart by code, else by town and name. Default: a column whose header says so, as "社区代码" or "街道".
    repair : bool, default False
        Repair invalid polygons, such as outlines that cross themselves, and list them in `problems`. Default: refuse them.

    Returns
    -------
    Grids
        Plan, certificates, polygons, and what is wrong with these: overlaps (an error), atoms that touch no other (linked
        to nothing), places outside of China, names that may stand for several communities.

    Raises
    ------
    InvalidInputError
        A column is missing or holds no such values, or a geometry is faulty: lists the rows.
    MissingDependencyError
        geopandas is not installed.
    """
    with optional_import("make_grids()", "geopandas", "'shequ[geo]'"):
        import shapely
    from shequ.graph import Graph

    check_column(atoms, "households", households)
    check_column(atoms, "within", within)
    repaired: list[GeoProblem] = []
    if repair:
        atoms, repaired = repair_polygons(atoms, ids)
    weights = crossings = None
    if graph is None:
        labels, problems = atom_labels(atoms, ids)
        found = find_contiguity(atoms, contiguity, tolerance_m=tolerance_m, ids=ids)
        graph = Graph.from_edges(len(atoms), found.edges, ids=labels)
        weights, overlaps = np.rint(10.0 * found.shared_border_m).astype(np.int64), found.overlaps
        shapes = np.asarray(atoms.geometry.values, dtype=object)
    elif graph.num_nodes != len(atoms):
        raise InvalidInputError(
            f"graph has {graph.num_nodes} nodes and must have {len(atoms)}, one a row",
            f"graph 有 {graph.num_nodes} 个节点，必须与 atoms 的 {len(atoms)} 行一致",
        )
    else:
        labels, problems = list(graph.ids), []
        shapes = check_polygons(atoms, labels)
        left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        overlaps = find_overlaps(shapes, labels, left[left < right], right[left < right])
        if "crosses" in graph.edge_columns:
            weights = border_weights(graph.edge_columns)
            crossings = graph.edge_columns["crosses"] >= CROSSES.index("bridge")
    owners = owners_of(atoms, labels, within, codes, towns)
    alone = np.flatnonzero(np.bincount(np.asarray(graph.edges).ravel(), minlength=len(atoms)) == 0)
    islands = tuple(labels[i] for i in alone.tolist())
    links = propose_links(shapes, labels, alone, owners.keys)
    place = place_problem(atoms, labels)
    centres = shapely.centroid(shapes)
    plan = divide(
        graph,
        atoms[households],
        owners.keys,
        codes=owners.codes,
        names=owners.names,
        size=size,
        seed=seed,
        position=np.stack([shapely.get_x(centres), shapely.get_y(centres)], axis=1),
        atom_names=_names(atoms, labels),
        edge_weights=weights,
        crossings=crossings,
        numbering=numbering,
        time_limit_s=time_limit_s,
        steps=steps,
        threads=threads,
        progress=progress,
    )
    problems = [
        *overlap_problems(overlaps),
        *([] if place is None else [place]),
        *repaired,
        *owners.problems,
        *problems,
        *island_problems(islands, links, tolerance_m),
    ]
    return Grids(plan, atoms, islands, links, overlaps, tuple(problems))


def _names(atoms: gpd.GeoDataFrame, labels: list[Any]) -> list[str] | None:
    """Return the names of atoms, the label where one has none; None without a column of names."""
    if "name" not in atoms.columns:
        return None
    missing = atoms["name"].isna().tolist()
    return [str(label if gap else name) for name, label, gap in zip(atoms["name"], labels, missing, strict=True)]
