# SPDX-License-Identifier: BSD-3-Clause
"""Geometry: contiguity of polygons, grids as polygons. Needs geopandas, which is imported on use."""

from __future__ import annotations

from shequ.geo._problems import GeoProblem, GeoWarning, Link, Overlap
from shequ.geo.bounds import Bounds, bounds_in_words, landmarks_of
from shequ.geo.contiguity import Contiguity, find_contiguity, graph_from_geodataframe
from shequ.geo.grids import Grids, make_grids

__all__ = [
    "Bounds",
    "Contiguity",
    "GeoProblem",
    "GeoWarning",
    "Grids",
    "Link",
    "Overlap",
    "bounds_in_words",
    "find_contiguity",
    "graph_from_geodataframe",
    "landmarks_of",
    "make_grids",
]
