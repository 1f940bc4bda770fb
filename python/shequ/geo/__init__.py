# SPDX-License-Identifier: BSD-3-Clause
"""Geometry: contiguity of polygons, grids as polygons. Needs geopandas, which is imported on use."""

from __future__ import annotations

from shequ.geo._problems import GeoProblem, GeoWarning, Link, Overlap
from shequ.geo.contiguity import Contiguity, find_contiguity, graph_from_geodataframe
from shequ.geo.grids import Grids, make_grids
from shequ.geo.households import HouseholdEstimate, estimate_households
from shequ.geo.towns import TownAtoms, make_atoms

__all__ = [
    "Contiguity",
    "GeoProblem",
    "GeoWarning",
    "Grids",
    "HouseholdEstimate",
    "Link",
    "Overlap",
    "TownAtoms",
    "estimate_households",
    "find_contiguity",
    "graph_from_geodataframe",
    "make_atoms",
    "make_grids",
]
