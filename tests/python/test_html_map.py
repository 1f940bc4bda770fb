# SPDX-License-Identifier: BSD-3-Clause
"""The interactive map: one page, nothing loaded, nothing of the data taken for markup."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shequ
from shequ._grid_plan import GridPlan
from shequ.grids import divide_district
from shequ.plot import HtmlMap, html_map

gpd = pytest.importorskip("geopandas", reason="geometry is optional")
shapely = pytest.importorskip("shapely")


@pytest.fixture(scope="module")
def district() -> shequ.District:
    return shequ.sample_district(0)


@pytest.fixture(scope="module")
def plan(district: shequ.District) -> GridPlan:
    return divide_district(district, steps=1000)


@pytest.fixture(scope="module")
def drawn(district: shequ.District, plan: GridPlan) -> HtmlMap:
    team = {plan.grids[0].code: ("王", "</script><b>李", "13812345678")}
    return html_map(district, plan, lang="en", title="<b>Town & Co</b>", team=team, rule=shequ.StaffingRule())


def data_of(page: HtmlMap) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert match is not None
    found: dict[str, Any] = json.loads(match[1])
    return found


def layer_of(page: HtmlMap, name: str) -> list[str]:
    match = re.search(rf'<g data-layer="{name}">(.*?)</g>', page.html, re.DOTALL)
    assert match is not None
    return re.findall(r"<(?:path|text) [^>]*>", match[1])


def test_a_page_tells_every_grid_and_building_once(drawn: HtmlMap, district: shequ.District, plan: GridPlan) -> None:
    data = data_of(drawn)
    assert [row["code"] for row in data["grids"]] == [grid.code for grid in plan.grids]
    assert [row["households"] for row in data["grids"]] == [grid.households for grid in plan.grids]
    assert district.atoms is not None
    assert len(data["buildings"]) == len(district.atoms.footprints)
    for name in ("grids", "borders", "numbers"):
        assert len(layer_of(drawn, name)) == len(plan.grids)
    assert len(layer_of(drawn, "buildings")) == len(data["buildings"])
    bad = sum(bool(grid.fault) for grid in plan.grids)
    assert bad > 0
    assert sum('class="bad"' in path for path in layer_of(drawn, "borders")) == bad


def test_posts_and_persons_are_those_that_were_given(drawn: HtmlMap, plan: GridPlan) -> None:
    first = data_of(drawn)["grids"][0]
    assert first["posts"] == shequ.StaffingRule().posts(plan.communities[0].households)
    assert (first["chief"], first["worker"], first["phone"]) == ("王", "</script><b>李", "138****5678")
    assert "12345678" not in drawn.html.replace("138****5678", "")


def test_texts_of_the_data_are_no_markup(drawn: HtmlMap) -> None:
    assert "<b>" not in drawn.html
    assert drawn.html.count("</script>") == 2  # that of the data, and that of the script
    assert "&lt;b&gt;Town &amp; Co&lt;/b&gt;" in drawn.html


def test_a_page_loads_nothing(drawn: HtmlMap) -> None:
    assert "default-src 'none'" in drawn.html
    assert not re.search(r"https?://|url\(|@import|<link|\ssrc=|fetch\(", drawn.html)


def test_both_languages_are_there_with_seed_norm_and_version(drawn: HtmlMap, plan: GridPlan) -> None:
    texts = data_of(drawn)["texts"]
    assert texts["zh"].keys() == texts["en"].keys()
    assert f"随机种子 {plan.seed}" in texts["zh"]["caption"]
    assert "grid.haikou2020" in texts["en"]["caption"]
    assert f"shequ {shequ.__version__}" in texts["en"]["caption"]
    assert "staff.wujin2012" in texts["en"]["caption"]
    spoken = set(re.findall(r'data-(?:text|title)="([^"]+)"', drawn.html))
    assert spoken <= texts["en"].keys()


def test_paths_lead_back_to_the_ground(district: shequ.District, plan: GridPlan, drawn: HtmlMap) -> None:
    atoms = district.atoms
    assert atoms is not None
    path = layer_of(drawn, "buildings")[7]
    steps = re.search(r'd="M(-?\d+ -?\d+)l([-\d ]+)z"', path)
    assert steps is not None
    corners = np.cumsum(np.array(f"{steps[1]} {steps[2]}".split(), dtype=np.int64).reshape(-1, 2), axis=0)
    x, y = 0.1 * corners[:, 0], -0.1 * corners[:, 1]
    area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
    assert area == pytest.approx(shapely.area(shapely.polygons(atoms.footprints[7])), rel=0.02)


def test_a_notebook_shows_it_in_a_frame_that_runs_scripts_alone(drawn: HtmlMap) -> None:
    shown = drawn._repr_html_()
    match = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="allow-scripts" style="[^"]*"></iframe>', shown)
    assert match is not None
    assert html.unescape(match[1]) == drawn.html
    assert repr(drawn).startswith("<HtmlMap: ")


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path, district: shequ.District, plan: GridPlan) -> None:
    target = tmp_path / "map.html"
    page = html_map(district, plan, target)
    assert target.read_text(encoding="utf-8") == page.html == html_map(district, plan).html


def test_a_town_is_drawn_with_its_estimate() -> None:
    boxes = [shapely.box(x, 0, x + 10, 10) for x in (0, 30, 60)]
    frame = gpd.GeoDataFrame(
        {"levels": [100.0, 100.0, 0.0], "name": ["甲", None, ""]}, geometry=boxes, crs="EPSG:32651"
    )
    town = shequ.geo.make_atoms(frame)
    page = html_map(town, town.make_grids(size=(1, 500)), lang="zh")
    data = data_of(page)
    assert [row[1] for row in data["buildings"]] == ["甲", "1", "2"]
    assert data["texts"]["zh"]["households"] == "户数（估算）"
    assert "EPSG:32651 · 户数为估算值" in data["texts"]["zh"]["caption"]
    assert "layer.water" not in re.findall(r'data-text="([^"]+)"', page.html)  # there is none to switch off


def test_mistakes_are_named(tmp_path: Path, district: shequ.District, plan: GridPlan) -> None:
    with pytest.raises(shequ.InvalidInputError, match=r"must end in \.html"):
        html_map(district, plan, tmp_path / "map.png")
    with pytest.raises(shequ.InvalidInputError, match=r"team names grids that are not there: 99"):
        html_map(district, plan, team={"99": ("", "", "")})
    other = shequ.sample_district(1)
    with pytest.raises(shequ.InvalidInputError, match=r"atoms and must have"):
        html_map(other, plan)
    with pytest.raises(shequ.InvalidInputError, match=r"district\.atoms=None must be given"):
        html_map(shequ.District(district.hierarchy, {}), plan)
