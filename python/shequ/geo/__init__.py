# SPDX-License-Identifier: BSD-3-Clause
"""Geometry: towns cut into atoms, contiguity of polygons, grids as polygons, datums of Chinese maps. Needs geopandas, which is imported on use."""

from __future__ import annotations

from shequ.geo._problems import GeoProblem, GeoWarning, Link, Overlap
from shequ.geo.bounds import Bounds, bounds_in_words, landmarks_of
from shequ.geo.contiguity import Contiguity, find_contiguity, graph_from_geodataframe
from shequ.geo.datums import convert_degrees, to_wgs84
from shequ.geo.grids import Grids, make_grids
from shequ.geo.households import HouseholdEstimate, estimate_households
from shequ.geo.towns import TownAtoms, make_atoms

__all__ = [
    "Bounds",
    "Contiguity",
    "GeoProblem",
    "GeoWarning",
    "Grids",
    "HouseholdEstimate",
    "Link",
    "Overlap",
    "TownAtoms",
    "bounds_in_words",
    "convert_degrees",
    "estimate_households",
    "find_contiguity",
    "graph_from_geodataframe",
    "landmarks_of",
    "make_atoms",
    "make_grids",
    "to_wgs84",
]
