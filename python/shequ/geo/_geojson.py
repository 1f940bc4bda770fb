# SPDX-License-Identifier: BSD-3-Clause
"""GeoJSON (RFC 7946): longitude and latitude in WGS 84, to 7 decimals, about a centimetre."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._files import replacing

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import geopandas as gpd

__all__ = ["write_features"]


def write_features(
    path: str | os.PathLike[str], shapes: gpd.GeoSeries, rows: Sequence[dict[str, Any]], key: str | None = None
) -> None:
    """Write shapes with their properties; `key` names the property that is the id of a feature, too."""
    import shapely

    there = shapely.set_precision(np.asarray(shapes.to_crs(4326).values, dtype=object), 1e-7)
    features = [
        {
            "type": "Feature",
            **({} if key is None else {"id": row[key]}),
            "properties": row,
            "geometry": _rounded(json.loads(shapely.to_geojson(_counter_clockwise(shape)))),
        }
        for row, shape in zip(rows, there, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    with replacing(path) as file:
        file.write(text.encode())


def _counter_clockwise(shape: Any) -> Any:
    """Turn outer rings counter-clockwise and holes clockwise, as RFC 7946 asks; leave lines as they are."""
    import shapely

    if shapely.get_dimensions(shape) < 2:
        return shape
    parts = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def walk(value: Any) -> Any:
        return [walk(item) for item in value] if isinstance(value, list) else round(value, 7)

    return {**geometry, "coordinates": walk(geometry["coordinates"])}
