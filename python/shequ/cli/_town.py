# SPDX-License-Identifier: BSD-3-Clause
"""`shequ grids BUILDINGS --roads ROADS --barriers WATER`: from the files of a town to a folder with its grids."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._documents import geo_problems_document, write_document
from shequ._errors import InvalidInputError, MissingDependencyError
from shequ._messages import text
from shequ.cli._grids import read_layer, tell_grids
from shequ.cli._output import Printer, existing, progress_bar, write_csv
from shequ.geo._geojson import write_features

if TYPE_CHECKING:
    import geopandas as gpd

    from shequ._errors import Lang
    from shequ.geo import Grids, TownAtoms

__all__ = ["TownRequest", "divide_town"]


#: A browser moves a map of more buildings too slowly to be of use.
_MAP_BUILDINGS = 30_000
#: More threads than this gain nothing: half of the work holds the interpreter.
_MOST_THREADS = 4


@dataclass(frozen=True)
class TownRequest:
    """What is asked for: files, and how the town is cut."""

    buildings: Path
    roads: Path | None
    barriers: list[Path]
    crossings: Path | None
    crossing_names: list[str]
    boundary: Path | None
    compounds: Path | None
    by: str
    m2_per_household: float | None
    households: str
    within: str | None
    ids: str | None
    tolerance_m: float
    repair: bool


def _layer(path: Path | None) -> gpd.GeoDataFrame | None:
    return None if path is None else read_layer(existing(path))


def _crossings(request: TownRequest, roads: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    """Return the layer of crossings and the roads that are named as such; a name that no road has is an error."""
    import pandas as pd

    layer = _layer(request.crossings)
    if not request.crossing_names:
        return layer
    names = [] if roads is None or "name" not in roads.columns else roads["name"].tolist()
    for name in request.crossing_names:
        if name not in names:
            raise InvalidInputError(
                text("cli.grids.no_crossing", "en", name=name), text("cli.grids.no_crossing", "zh", name=name)
            )
    assert roads is not None
    named = roads[roads["name"].isin(request.crossing_names)][["name", roads.geometry.name]]
    if layer is None:
        return named
    found: gpd.GeoDataFrame = pd.concat([layer.to_crs(named.crs), named], ignore_index=True)
    return found


def divide_town(request: TownRequest, options: dict[str, Any], target: Path | None, out: Printer) -> int:
    """Cut the town, divide it, print and write all; return the exit code."""
    from shequ.geo import estimate_households, landmarks_of, make_atoms
    from shequ.geo._town_inputs import in_metres

    if target is not None and (target.suffix or target.is_file()):
        raise InvalidInputError(
            text("cli.grids.folder", "en", path=target), text("cli.grids.folder", "zh", path=target)
        )
    started = time.perf_counter()
    buildings = read_layer(existing(request.buildings))
    roads = _layer(request.roads)
    households: Any = request.households if request.households in buildings.columns else None
    if request.m2_per_household is not None:
        metres = in_metres(buildings)[0]
        if request.repair:
            from shequ.geo._footprints import repair_footprints

            metres = repair_footprints(metres, request.ids)[0]
        households = estimate_households(metres, m2_per_household=request.m2_per_household)
    elif households is None and request.households != "households":
        households = request.households  # named, and not there: make_atoms says so
    with progress_bar(text("cli.grids.cutting", out.lang)) as progress:
        town = make_atoms(
            buildings,
            roads=roads,
            barriers=[read_layer(existing(path)) for path in request.barriers],
            crossings=_crossings(request, roads),
            boundary=_layer(request.boundary),
            within=request.within,
            compounds=_layer(request.compounds),
            by=request.by,  # type: ignore[arg-type]  # checked there
            households=households,
            ids=request.ids,
            tolerance_m=request.tolerance_m,
            repair=request.repair,
            threads=min(os.cpu_count() or 1, _MOST_THREADS),  # the result is the same
            progress=progress,
        )
    out.line(town.caption(out.lang), "dim")
    with progress_bar(text("cli.grids.searching", out.lang)) as progress:
        grids = town.make_grids(progress=progress, **options)
    tell_grids(grids, list(grids.problems), out)
    out.say("demo.elapsed", style="dim", seconds=time.perf_counter() - started)
    if target is not None:
        _write(town, grids, [] if roads is None else landmarks_of(roads, crs=town.frame.crs), target, out)
    return int(not grids.ok)


def _write(town: TownAtoms, grids: Grids, landmarks: list[tuple[str, Any]], folder: Path, out: Printer) -> None:
    """Write the folder: grids, register, buildings, problems, certificates, map."""
    from shequ.geo import Bounds, bounds_in_words

    lang = out.lang
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInputError(
            text("cli.grids.unwritable", "en", path=folder, why=error.strerror),
            text("cli.grids.unwritable", "zh", path=folder, why=error.strerror),
        ) from error
    bounds = bounds_in_words(grids, landmarks, lang=lang)
    grids.write_geojson(folder / "grids.geojson", lang, bounds=bounds)
    keys = ("grid", "community", "number", "kind", "atoms", "households", "state", "remark")
    heads = ["grid", "community", "number", "kind", "buildings", "households", "state", "remark"]
    heads += [f"side.{side}" for side in Bounds._fields]
    rows = [[*(row[key] for key in keys), *sides] for row, sides in zip(grids.plan.table(lang), bounds, strict=True)]
    write_csv(folder / "grids.csv", [_header(name, lang) for name in heads], rows)
    _write_buildings(town, grids, folder / "buildings.csv", lang)
    problems = [[text(p.severity, lang), p.kind, p.message(lang)] for p in grids.problems]
    write_csv(folder / "problems.csv", [_header(name, lang) for name in ("severity", "kind", "what")], problems)
    grids.plan.write_json(folder / "plan.json")
    write_document(folder / "problems.json", geo_problems_document(grids.problems))
    _write_outlines(town, grids, folder / "buildings.geojson")
    _write_ground(town, folder / "ground.geojson")
    written = ["grids.geojson", "grids.csv", "buildings.csv", "buildings.geojson", "ground.geojson", "problems.csv"]
    written += ["plan.json", "problems.json"]
    for index, certificate in enumerate(grids.certificates.values(), 1):
        if certificate is not None:
            certificate.write(folder / f"certificate_{index}.json")
            written.append(f"certificate_{index}.json")
    if len(town.buildings) <= _MAP_BUILDINGS:
        from shequ.plot import html_map

        html_map(town, grids, folder / "map.html", lang=lang)
        written.append("map.html")
    else:
        out.say("cli.grids.no_html_map", style="dim", n=len(town.buildings), most=_MAP_BUILDINGS)
    try:
        from shequ.plot import town_map

        town_map(town, grids, folder / "map.png", lang=lang)
        written.append("map.png")
    except MissingDependencyError as error:
        out.line(text("demo.map", lang) + ": " + text("demo.skipped", lang, why=error.message(lang)), "yellow")
    out.say("cli.wrote", path=f"{folder}: {', '.join(written)}")


def _write_outlines(town: TownAtoms, grids: Grids, path: Path) -> None:
    """Write the outlines of buildings with id, name, grid, households and whether these are estimated."""
    from shequ.geo._labels import atom_labels

    labels, _ = atom_labels(town.buildings)
    n = len(labels)
    homes, at = town.buildings["atom_households"].tolist(), town.grid_of_buildings(grids).tolist()
    names = town.buildings["name"].tolist() if "name" in town.buildings.columns else [None] * n
    rows = [
        {
            "id": str(label), "name": name if isinstance(name, str) else "", "grid": grids.plan.grids[grid].code,
            "households": int(count), "estimated": town.estimate is not None,
        }
        for label, name, grid, count in zip(labels, names, at, homes, strict=True)
    ]  # fmt: skip
    write_features(path, town.buildings.geometry, rows)


def _write_ground(town: TownAtoms, path: Path) -> None:
    """Write what maps show below the buildings: barriers (water), and the roads that part blocks (street, road)."""
    import geopandas as gpd
    import pandas as pd

    barrier = gpd.GeoSeries([town.barrier], crs=town.frame.crs)
    shapes = pd.concat([barrier[~barrier.is_empty], town.roads.geometry], ignore_index=True)
    kinds = ["water"] * int((~barrier.is_empty).sum())
    kinds += ["road" if kind == 2 else "street" for kind in town.roads["road_class"].tolist()]
    write_features(path, shapes, [{"kind": kind} for kind in kinds])


def _header(name: str, lang: Lang) -> str:
    return text(f"col.{name}", lang)


def _write_buildings(town: TownAtoms, grids: Grids, path: Path, lang: Lang) -> None:
    """Write one line a building: its id, grid, households; the latter are said to be an estimate where they are one."""
    from shequ.geo._labels import atom_labels

    labels, _ = atom_labels(town.buildings)
    homes = town.buildings["atom_households"].tolist()
    codes = [grids.plan.grids[grid].code for grid in town.grid_of_buildings(grids).tolist()]
    count = _header("households", lang)
    if town.estimate is not None:
        count = text("cli.grids.estimated", lang, what=count)
    rows = [[str(label), code, int(n)] for label, code, n in zip(labels, codes, homes, strict=True)]
    rows.sort(key=lambda row: str(row[1]))
    write_csv(path, [_header("building", lang), _header("grid", lang), count], rows)
