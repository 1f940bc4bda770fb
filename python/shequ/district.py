# SPDX-License-Identifier: BSD-3-Clause
"""A district as one object: its tree of units, what is known of each, its buildings, and what lies between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ._frames import frame_of
from shequ._messages import text
from shequ._repr_html import fields_html, table_html
from shequ._repr_text import fields_text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ._repr_text import Field
    from shequ.graph import Graph
    from shequ.hierarchy import Hierarchy

__all__ = ["CROSSES", "Atoms", "District", "Feature"]

#: What lies between two atoms that touch or face each other: values of `Atoms.crosses`.
CROSSES = ("none", "street", "road", "bridge", "underpass", "gate")


def _check_shape(name: str, array: NDArray[Any], shape: tuple[int | None, ...]) -> None:
    fits = array.ndim == len(shape) and all(
        want is None or got == want for got, want in zip(array.shape, shape, strict=True)
    )
    if not fits:
        wanted = "(" + ", ".join("n" if n is None else str(n) for n in shape) + ("," if len(shape) == 1 else "") + ")"
        raise InvalidInputError(
            f"{name}.shape={array.shape} must be {wanted}", f"{name}.shape={array.shape} 必须是 {wanted}"
        )


#: Columns of numbers that stand for words, in the order of their numbers.
_WORDS = {
    "setting": ("urban", "rural"),
    "kind": ("residents", "villagers", "quasi_residents", "quasi_villagers"),
}


def _word(column: str, value: Any, lang: Lang) -> object:
    """Return what a value is called where its column holds numbers that stand for words, else the value."""
    words = _WORDS.get(column)
    return text(words[value], lang) if words and value in range(len(words)) else value


@dataclass(frozen=True, eq=False)
class Atoms:
    """The smallest pieces that grids are made of: building lots, with who touches whom.

    Parameters
    ----------
    ids : tuple of str, length n
        One id each, unique.
    names, names_en : tuple of str, length n
        What people call it, in Chinese and English.
    community : ndarray of int32, shape (n,)
        Unit of the hierarchy that each atom lies in.
    households, dwellings, floors : ndarray of int64, int64, int32, shape (n,)
        Households living there, flats, storeys. 0 households: an office, a school.
    points : ndarray of float64, shape (p, 2)
        Corners of all outlines one after the other, metres east and north, counter-clockwise, none repeated.
    ring_start : ndarray of int32, shape (n + 1,)
        Outline of atom i is ``points[ring_start[i]:ring_start[i + 1]]``.
    edges : ndarray of int32, shape (m, 2)
        Pairs of atoms that touch, face each other across a street, or are joined by a bridge or underpass.
    shared_border_m : ndarray of float64, shape (m,)
        Length of the common border, or along which the two face each other; for a passage its width.
    crosses : ndarray of int8, shape (m,)
        What lies between, an index into `CROSSES`.
    footprints : ndarray of float64, shape (f, 4, 2)
        Ground plans of the buildings, metres.
    footprint_atom : ndarray of int32, shape (f,)
        The atom that each building stands on.
    crs : str, optional
        Coordinate reference system as PROJ or WKT text.

    Raises
    ------
    InvalidInputError
        Lengths disagree, an id is given twice, or a number of households is negative.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    community: NDArray[np.int32]
    households: NDArray[np.int64]
    dwellings: NDArray[np.int64]
    floors: NDArray[np.int32]
    points: NDArray[np.float64]
    ring_start: NDArray[np.int32]
    edges: NDArray[np.int32]
    shared_border_m: NDArray[np.float64]
    crosses: NDArray[np.int8]
    footprints: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4, 2)))
    footprint_atom: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    crs: str | None = None

    def __post_init__(self) -> None:
        """Check that the columns fit together."""
        n, m = len(self.ids), len(self.edges)
        for name in ("community", "households", "dwellings", "floors"):
            _check_shape(name, getattr(self, name), (n,))
        _check_shape("names", np.array(self.names, dtype=object), (n,))
        _check_shape("names_en", np.array(self.names_en, dtype=object), (n,))
        _check_shape("points", self.points, (None, 2))
        _check_shape("ring_start", self.ring_start, (n + 1,))
        _check_shape("edges", self.edges, (None, 2))
        _check_shape("shared_border_m", self.shared_border_m, (m,))
        _check_shape("crosses", self.crosses, (m,))
        _check_shape("footprints", self.footprints, (None, 4, 2))
        _check_shape("footprint_atom", self.footprint_atom, (len(self.footprints),))
        if len(set(self.ids)) != n:
            raise InvalidInputError("ids must be unique", "ids 不能重复")
        bad = np.flatnonzero(self.households < 0)
        if len(bad):
            i = int(bad[0])
            raise InvalidInputError(
                f"households[{i}]={self.households[i]} must be 0 or more",
                f"households[{i}]={self.households[i]} 必须大于等于 0",
            )
        for name in (
            "community", "households", "dwellings", "floors", "points", "ring_start", "edges", "shared_border_m",
            "crosses", "footprints", "footprint_atom",
        ):  # fmt: skip
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.ids)

    def ring(self, i: int) -> NDArray[np.float64]:
        """Return the outline of atom `i`: shape (corners, 2), metres, a view."""
        return self.points[self.ring_start[i] : self.ring_start[i + 1]]

    @property
    def centroid(self) -> NDArray[np.float64]:
        """Centres of area, shape (n, 2), metres. Complexity: linear."""
        return self._areas_and_centroids()[1]

    @property
    def area_m2(self) -> NDArray[np.float64]:
        """Areas, shape (n,), square metres. Complexity: linear."""
        return self._areas_and_centroids()[0]

    def _areas_and_centroids(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        start = self.ring_start
        follower = np.arange(1, len(self.points) + 1)
        follower[start[1:] - 1] = start[:-1]
        first = np.repeat(self.points[start[:-1]], np.diff(start), axis=0)  # near the corners: keeps digits
        a, b = self.points - first, self.points[follower] - first
        cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
        doubled = np.add.reduceat(cross, start[:-1])
        moment = np.add.reduceat((a + b) * cross[:, None], start[:-1], axis=0)
        return 0.5 * doubled, self.points[start[:-1]] + moment / (3.0 * doubled[:, None])

    def graph(self) -> Graph:
        """Return the graph of atoms; its columns and edge columns are those of the atoms.

        Returns
        -------
        Graph
            Node columns households, dwellings, floors, community; edge columns shared_border_m, crosses.
        """
        from shequ.graph import Graph

        return Graph.from_edges(
            len(self),
            self.edges,
            ids=list(self.ids),
            columns={name: getattr(self, name) for name in ("households", "dwellings", "floors", "community")},
            edge_columns={"shared_border_m": self.shared_border_m, "crosses": self.crosses},
        )

    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """Return the atoms as polygons, with one column for each of theirs, in their own CRS.

        Raises
        ------
        MissingDependencyError
            geopandas is not installed.
        """
        with optional_import("to_geodataframe()", "geopandas", "'shequ[geo]'"):
            import geopandas as gpd
            import shapely
        rings = shapely.linearrings(self.points, indices=np.repeat(np.arange(len(self)), np.diff(self.ring_start)))
        columns = {
            "id": list(self.ids),
            "name": list(self.names),
            "name_en": list(self.names_en),
            "community": self.community,
            "households": self.households,
            "dwellings": self.dwellings,
            "floors": self.floors,
        }
        return gpd.GeoDataFrame(columns, geometry=shapely.polygons(rings), crs=self.crs)

    def _fields(self) -> list[Field]:
        return [
            ("atoms", len(self)),
            ("households", int(self.households.sum())),
            ("edges", len(self.edges)),
            ("communities", len(np.unique(self.community))),
            ("crs", "not stated" if self.crs is None else self.crs),
        ]

    def __repr__(self) -> str:
        """Return one line: the class and its sizes."""
        return f"<Atoms: {len(self)} atoms, {int(self.households.sum())} households, {len(self.edges)} edges>"

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("Atoms", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("Atoms", self._fields())


@dataclass(frozen=True, eq=False)
class Feature:
    """Something to draw that belongs to no community.

    Parameters
    ----------
    kind : str
        "land", "river", "park", "field" (outlines), "road", "railway", "bridge", "underpass" (lines).
    points : ndarray of float64, shape (p, 2)
        Corners of the outline or points of the line, metres.
    name, name_en : str
        May be empty.
    width_m : float
        Width of a line, metres.
    """

    kind: str
    points: NDArray[np.float64]
    name: str = ""
    name_en: str = ""
    width_m: float = 0.0


@dataclass(frozen=True, eq=False)
class District:
    """A tree of units, the columns aligned with it, and, where known, its atoms and landscape.

    Parameters
    ----------
    hierarchy : Hierarchy
        The units.
    columns : mapping of str to ndarray or masked array, each of shape (len(hierarchy),)
        households, workers, certified (int64, persons and households), office_m2, outdoor_m2 (float64, square metres),
        setting (int8, 0 urban, 1 rural), and whatever else is known. Masked where missing, which is never 0.
    atoms : Atoms, optional
        Building lots of the communities.
    landscape : tuple of Feature
        What a map shows besides.

    Raises
    ------
    InvalidInputError
        A column is not as long as the hierarchy, or an atom names a unit that does not exist.
    """

    hierarchy: Hierarchy
    columns: Mapping[str, NDArray[Any]]
    atoms: Atoms | None = None
    landscape: tuple[Feature, ...] = ()

    def __post_init__(self) -> None:
        """Check that the columns fit the hierarchy."""
        n = len(self.hierarchy)
        for name, column in self.columns.items():
            _check_shape(name, column, (n,))
        if self.atoms is not None and len(self.atoms):
            low, high = int(self.atoms.community.min()), int(self.atoms.community.max())
            if low < 0 or high >= n:
                wrong = low if low < 0 else high
                raise InvalidInputError(
                    f"atoms.community={wrong} must be a unit, 0 to {n - 1}",
                    f"atoms.community={wrong} 必须是单位序号 0 至 {n - 1}",
                )

    def table(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict a community: code, name, town and every column; None where a value is missing.

        Setting and kind are words, as ledgers have them: what is written from this can be read again.
        """
        h = self.hierarchy
        buildings = None
        if self.atoms is not None:
            buildings = np.bincount(self.atoms.community, minlength=len(h))
        rows: list[dict[str, object]] = []
        for unit in h.at_level("community").tolist():
            town = h.parent(unit)
            row: dict[str, object] = {
                "code": h.code(unit),
                "name": h.name(unit, lang=lang),
                "town": None if town is None else h.name(town, lang=lang),
            }
            for name, column in self.columns.items():
                value = column[unit]
                missing = value is np.ma.masked or (isinstance(value, float) and math.isnan(value))
                plain = value.item() if isinstance(value, np.generic) else value
                row[name] = None if missing else _word(name, plain, lang)
            if buildings is not None:
                row["atoms"] = int(buildings[unit])
            rows.append(row)
        return rows

    def to_dataframe(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return `table` as a frame, whole numbers as the nullable dtype Int64.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        whole = [name for name, column in self.columns.items() if column.dtype.kind in "iu" and name not in _WORDS]
        return frame_of(self.table(lang), whole=whole)

    def to_geodataframe(self, lang: Lang = "zh") -> gpd.GeoDataFrame:
        """Return the atoms as polygons, `community` being the code of theirs, with names of community and town.

        Raises
        ------
        InvalidInputError
            The district has no atoms.
        MissingDependencyError
            geopandas is not installed.
        """
        if self.atoms is None:
            raise InvalidInputError("district.atoms=None must be given", "district.atoms=None 必须给出")
        frame = self.atoms.to_geodataframe()
        h, units = self.hierarchy, self.atoms.community.tolist()
        towns = {unit: h.parent(unit) for unit in set(units)}
        frame["community"] = [h.code(unit) for unit in units]
        frame["community_name"] = [h.name(unit, lang=lang) for unit in units]
        frame["town_name"] = [None if (town := towns[unit]) is None else h.name(town, lang=lang) for unit in units]
        return frame

    def _fields(self) -> list[Field]:
        h = self.hierarchy
        total: object = None
        if "households" in self.columns:
            at = h.at_level("community")
            total = int(np.ma.filled(self.columns["households"][at], 0).sum())
        return [
            ("district", f"{h.name(0)} {h.name(0, lang='en')}" if len(h) else ""),
            ("towns", len(h.at_level("town"))),
            ("communities", len(h.at_level("community"))),
            ("households", total),
            ("columns", ", ".join(self.columns)),
            ("atoms", 0 if self.atoms is None else len(self.atoms)),
        ]

    def __repr__(self) -> str:
        """Return one line: the class and its sizes."""
        atoms = "no atoms" if self.atoms is None else f"{len(self.atoms)} atoms"
        h = self.hierarchy
        towns, communities = len(h.at_level("town")), len(h.at_level("community"))
        return f"<District: {towns} towns, {communities} communities, {len(self.columns)} columns, {atoms}>"

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("District", self._fields())

    def _repr_html_(self) -> str:
        rows = self.table()
        headers: Sequence[str] = list(rows[0]) if rows else []
        table = table_html(headers, [list(row.values()) for row in rows]) if rows else ""
        return fields_html("District", self._fields()) + table
