# SPDX-License-Identifier: BSD-3-Clause
"""The main job on the built-in district."""

from __future__ import annotations

import builtins
import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shequ
from shequ import demo

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("matplotlib")
pytest.importorskip("geopandas")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Demo:
    return demo.run(tmp_path_factory.mktemp("demo") / "out")


def test_a_folder_of_four_files_is_written(made: demo.Demo) -> None:
    assert [path.name for _, path in made.files] == ["report.xlsx", "map.png", "grids.geojson", "plan.csv"]
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(path.name for _, path in made.files)
    assert made.skipped == ()


def test_every_household_is_in_one_grid(made: demo.Demo) -> None:
    atoms = made.district.atoms
    assert atoms is not None
    assert sum(grid.households for grid in made.plan.grids) == atoms.households.sum()
    assert all(entry.uncovered == 0 for entry in made.plan.communities)


def test_the_posts_are_those_of_the_rule(made: demo.Demo) -> None:
    units = made.district.hierarchy.at_level("community")
    households = made.district.columns["households"][units]
    urban = np.asarray(made.district.columns["setting"][units]) == 0
    assert made.staff.total.posts == sum(max(4, int(h) // 250) for h in np.asarray(households)[urban])
    assert made.staff.total.communities == len(units)


def test_grids_out_of_bounds_come_with_a_reason(made: demo.Demo) -> None:
    faulty = [grid for grid in made.plan.grids if grid.fault]
    assert faulty  # the sample has a tower above the bound and a village between one grid and two
    for grid in faulty:
        assert grid.message("zh")
        assert grid.message("en")


def test_the_files_agree_with_each_other(made: demo.Demo) -> None:
    files = dict(made.files)
    with files["plan"].open(encoding="utf-8-sig", newline="") as file:
        plan = list(csv.DictReader(file))
    assert files["plan"].read_bytes().startswith(b"\xef\xbb\xbf")
    codes = {grid.code for grid in made.plan.grids}
    assert {row["网格编码"] for row in plan} == codes
    shapes = json.loads(files["geojson"].read_text(encoding="utf-8"))
    assert {feature["properties"]["grid"] for feature in shapes["features"]} == codes
    page = openpyxl.load_workbook(files["report"])["网格一览表"]
    listed = {row[2].value: row[4].value for row in page.iter_rows() if row[2].value in codes}
    assert listed == {grid.code: grid.households for grid in made.plan.grids}
    assert sum(int(row["户数"]) for row in plan) == sum(listed.values())


def test_the_same_seed_gives_the_same_files(made: demo.Demo, tmp_path: Path) -> None:
    again = demo.run(tmp_path)
    for (_, first), (_, second) in zip(made.files, again.files, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_a_missing_package_skips_its_file_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def hide(name: str, *rest: Any, **options: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in {"matplotlib", "geopandas"}:
            raise ImportError(name)
        return load(name, *rest, **options)

    for name in [name for name in sys.modules if name.split(".")[0] in {"matplotlib", "geopandas"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", hide)
    result = demo.run(tmp_path, lang="en")
    assert [kind for kind, _ in result.files] == ["report", "plan"]
    assert [kind for kind, _ in result.skipped] == ["map", "geojson"]
    assert all("pip install" in str(error) for _, error in result.skipped)


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(shequ.InvalidInputError, match=r"folder=.*taken must be a folder that can be written"):
        demo.run(tmp_path / "taken")


def test_bounds_of_grids_are_checked(tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="size"):
        demo.run(tmp_path / "out", size=(500, 300))
    assert list(tmp_path.iterdir()) == []
