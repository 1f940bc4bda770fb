# SPDX-License-Identifier: BSD-3-Clause
"""The main job on the built-in district: posts for every community, grids on a map, a folder of results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError, MissingDependencyError
from shequ._messages import check_lang
from shequ.datasets import sample_district
from shequ.geo.grids import Grids
from shequ.grids import divide_district
from shequ.plot import grids_map
from shequ.report import write_report
from shequ.staff import StaffTable, staff_table

if TYPE_CHECKING:
    import os

    from shequ._errors import Lang
    from shequ.district import District
    from shequ.grids import GridPlan

__all__ = ["Demo", "run"]

_THREADS = 2  # the grids are the same for any number


@dataclass(frozen=True)
class Demo:
    """What the demonstration made.

    Parameters
    ----------
    district : District
        The sample.
    staff : StaffTable
        Posts and gaps of its communities.
    plan : GridPlan
        Their grids.
    folder : pathlib.Path
        Where the files are.
    files : tuple of (str, pathlib.Path)
        Kind ("report", "map", "geojson", "plan") and file, as far as written.
    skipped : tuple of (str, MissingDependencyError)
        Kinds that were not written, and the package that is missing.
    """

    district: District
    staff: StaffTable
    plan: GridPlan
    folder: Path
    files: tuple[tuple[str, Path], ...]
    skipped: tuple[tuple[str, MissingDependencyError], ...]


def run(
    folder: str | os.PathLike[str] = "demo",
    *,
    seed: int = 0,
    size: tuple[int, int] = (300, 500),
    lang: Lang = "zh",
    progress: Callable[..., None] | None = None,
) -> Demo:
    """Compute posts and grids of the sample district and write a folder of results.

    Parameters
    ----------
    folder : path-like, default "demo"
        Made where it is missing; its files report.xlsx, map.png, grids.geojson and plan.csv are replaced.
    seed : int, default 0
        Of the sample and of the search for grids: the same seed gives the same files.
    size : (int, int), default (300, 500)
        Least and most households of a grid, both included.
    lang : "zh" or "en", default "zh"
        Language of the files.
    progress : callable, optional
        Called as progress(done, all, community) after each community.

    Returns
    -------
    Demo
        District, posts, grids, and what was written. A file whose package is not installed is skipped and named.

    Raises
    ------
    InvalidInputError
        The folder cannot be written, or a bound of the grids is out of range.
    """
    lang = check_lang(lang)
    district = sample_district(seed)
    staff = staff_table(district, lang=lang)
    plan = divide_district(district, size=size, seed=seed, threads=_THREADS, progress=progress)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise InvalidInputError(
            f"folder={target} must be a folder that can be written: {why}",
            f"folder={target} 必须是可写的文件夹：{why}",
        ) from error

    def report(path: Path) -> None:
        write_report(path, district, grids=plan, lang=lang)

    def map_image(path: Path) -> None:
        grids_map(district, plan, path, lang=lang, caption=("虚构的示例", "a made-up sample"))

    def geojson(path: Path) -> None:
        Grids.from_district(district, plan).write_geojson(path, lang)

    def table(path: Path) -> None:
        plan.write_csv(path, lang)

    files: list[tuple[str, Path]] = []
    skipped: list[tuple[str, MissingDependencyError]] = []
    for kind, name, write in (
        ("report", "report.xlsx", report),
        ("map", "map.png", map_image),
        ("geojson", "grids.geojson", geojson),
        ("plan", "plan.csv", table),
    ):
        try:
            write(target / name)
        except MissingDependencyError as error:
            skipped.append((kind, error))
        else:
            files.append((kind, target / name))
    return Demo(district, staff, plan, target, tuple(files), tuple(skipped))
