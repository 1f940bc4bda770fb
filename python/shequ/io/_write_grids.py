# SPDX-License-Identifier: BSD-3-Clause
"""Grids as files: for maps, for spreadsheets, for word processors."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._messages import check_lang
from shequ._save_table import save_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._errors import Lang
    from shequ.geo.bounds import Bounds
    from shequ.geo.grids import Grids

__all__ = ["write_grids"]

_ENDINGS = (".geojson", ".gpkg", ".parquet", ".csv", ".xlsx", ".html")
_SIDES = (("东至", "east"), ("南至", "south"), ("西至", "west"), ("北至", "north"))
#: The columns of `GridPlan.table` have Chinese names only where a person reads them as a table.
_HEADERS = {
    "grid": "网格编码", "community_code": "社区代码", "community": "社区（村）", "number": "网格序号", "atoms": "楼栋数",
    "households": "户数", "state": "是否达标", "remark": "说明", "kind": "类型",
}  # fmt: skip


def write_grids(
    grids: Grids, path: str | os.PathLike[str], *, bounds: Sequence[Bounds] | None = None, lang: Lang = "zh"
) -> Path:
    """Write grids in the format that the ending of the name asks for; the old file stays whole until the new one is.

    Parameters
    ----------
    grids : Grids
        What `shequ.make_grids` or `Grids.from_district` gives.
    path : path-like
        .geojson (longitude and latitude, WGS 84), .gpkg or .parquet (GeoPackage, GeoParquet; coordinate system of the
        grids), .csv (UTF-8 with byte-order mark), .xlsx, or .html, a table to paste into a word processor; the last three
        without shapes.
    bounds : sequence of Bounds, optional
        What bounds each grid in words (`shequ.geo.bounds_in_words`): four more columns.
    lang : "zh" or "en", default "zh"
        Language of names, remarks, and headers of tables.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InvalidInputError
        Another ending, other bounds than one a grid, or the file cannot be written.
    MissingDependencyError
        The format needs a package that is not installed.
    """
    lang, target = check_lang(lang), Path(path)
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        allowed = ", ".join(_ENDINGS)
        raise InvalidInputError(
            f"path={target.name!r} must end in {allowed}", f"文件名“{target.name}”必须以 {allowed} 结尾"
        )
    if bounds is not None and len(bounds) != len(grids.plan):
        raise InvalidInputError(
            f"bounds must have {len(grids.plan)} entries, one a grid, not {len(bounds)}",
            f"bounds 必须有 {len(grids.plan)} 项，每个网格一项，现有 {len(bounds)} 项",
        )
    if ending == ".geojson" and bounds is None:
        grids.write_geojson(target, lang)
    elif ending in {".geojson", ".gpkg", ".parquet"}:
        frame = grids.to_geodataframe(lang)
        for k, (_, name) in enumerate(_SIDES):
            if bounds is not None:
                frame[name] = [sides[k] for sides in bounds]
        _write_shapes(frame, target, ending)
    else:
        _write_table(grids, target, bounds, lang)
    return target


def _write_shapes(frame: Any, target: Path, ending: str) -> None:
    if ending == ".parquet":
        with optional_import("writing Parquet", "pyarrow", "pyarrow", caller_zh="写 Parquet"):
            import pyarrow as pa  # noqa: F401
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        content = buffer.getvalue()
    else:
        with optional_import("writing shapes", "pyogrio", "'shequ[geo]'", caller_zh="写图形文件"):
            import pyogrio
        shapes = frame.to_crs(4326) if ending == ".geojson" else frame
        with tempfile.TemporaryDirectory() as folder:  # the driver wants a file of its own
            made = Path(folder) / f"grids{ending}"
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1980-01-01T00:00:00.000Z"})  # same bytes each time
            try:
                driver = "GPKG" if ending == ".gpkg" else "GeoJSON"
                pyogrio.write_dataframe(shapes, made, layer="grids", driver=driver)
            finally:
                pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
            content = made.read_bytes()
    with replacing(target) as file:
        file.write(content)


def _write_table(grids: Grids, target: Path, bounds: Sequence[Bounds] | None, lang: Lang) -> None:
    rows = grids.plan.table(lang)
    names = list(rows[0]) if rows else list(_HEADERS)
    headers = [_HEADERS.get(name, name) if lang == "zh" else name for name in names]
    cells: list[list[object]] = [[row[name] for name in names] for row in rows]
    if bounds is not None:
        headers += [zh if lang == "zh" else en for zh, en in _SIDES]
        cells = [[*row, *sides] for row, sides in zip(cells, bounds, strict=True)]
    title = "网格一览表" if lang == "zh" else "Grids"
    save_table(target, headers, cells, title=title, lang=lang)
