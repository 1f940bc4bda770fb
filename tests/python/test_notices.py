# SPDX-License-Identifier: BSD-3-Clause
"""Notices of grids, as HTML and as PDF, from a folder as `shequ grids --out FOLDER` writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import shequ
from shequ.report import write_notices
from shequ.report._notice_style import columns_of, map_frame, scale_of


def square(x: float, y: float, side: float) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def write(path: Path, features: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    rows = [{"type": "Feature", "properties": facts, "geometry": shape} for facts, shape in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two grids side by side: one of two buildings and one of more than a page holds; a river north of both."""
    sides = {"east": "A & B Road", "south": "grid 2", "west": "edge", "north": "<River>"}
    write(
        tmp_path / "grids.geojson",
        [
            ({"grid": "01", "community": "<Well> & Co", **sides}, square(121.0, 31.0, 0.01)),
            ({"grid": "02", "community": "all buildings"}, square(121.01, 31.0, 0.01)),
        ],
    )
    few = [
        ({"id": "7", "name": "", "grid": "01", "households": 1200, "estimated": False}, square(121.002, 31.002, 0.001)),
        ({"id": "8", "name": "Tower $x$", "grid": "01", "households": 3}, square(121.004, 31.004, 0.001)),
    ]
    many = [({"id": f"n{i}", "grid": "02", "households": 1}, square(121.015, 31.005, 0.0001)) for i in range(400)]
    write(tmp_path / "buildings.geojson", few + many)
    line = {"type": "LineString", "coordinates": [[121.0, 31.001], [121.02, 31.001]]}
    lines = {"type": "MultiLineString", "coordinates": [line["coordinates"]]}
    write(
        tmp_path / "ground.geojson",
        [({"kind": "water"}, square(121.0, 31.01, 0.02)), ({"kind": "street"}, line), ({"kind": "road"}, lines)],
    )
    return tmp_path


def pages(path: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", path.read_bytes()))


def test_a_pdf_has_an_a4_page_a_grid_and_more_where_a_list_is_longer(folder: Path) -> None:
    pytest.importorskip("matplotlib")
    path = folder / "notices.pdf"
    assert write_notices(folder, path, lang="en") == 2
    assert path.read_bytes().startswith(b"%PDF")
    assert pages(path) == 3  # 400 buildings need a second page, and none is dropped
    assert b"/MediaBox [ 0 0 595.27" in path.read_bytes()


def test_the_same_notices_give_the_same_bytes(folder: Path) -> None:
    pytest.importorskip("matplotlib")
    first, second = folder / "a.pdf", folder / "b.pdf"
    write_notices(folder, first, lang="en")
    write_notices(folder, second, lang="en")
    assert first.read_bytes() == second.read_bytes()


def test_a_pdf_is_refused_where_no_font_has_the_characters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("shequ.plot._fonts.find_cjk_font", lambda: None)
    with pytest.raises(shequ.InvalidInputError, match=r"no font here can show in a PDF: install one"):
        write_notices(folder, folder / "notices.pdf", lang="zh")
    assert not (folder / "notices.pdf").exists()


def test_html_tells_bounds_scale_names_and_escapes_all(folder: Path) -> None:
    write_notices(folder, folder / "notices.html", lang="en")
    html = (folder / "notices.html").read_text(encoding="utf-8")
    assert "&lt;Well&gt; &amp; Co · grid 01" in html
    assert "Bounds: east A &amp; B Road, south grid 2, west edge, north &lt;River&gt;" in html
    assert "<h1>Grid 02</h1>" in html  # buildings of no named community are called nothing
    assert "<span>7</span><b>1,200</b>" in html
    assert "<span>Tower $x$</span>" in html
    assert html.count("<li>") == 402
    assert "200 m</text>" in html
    assert "http" not in html


def test_a_folder_without_ground_and_bounds_still_has_its_notices(folder: Path) -> None:
    (folder / "ground.geojson").unlink()
    assert write_notices(folder, folder / "notices.html") == 2
    assert "四至" not in (folder / "notices.html").read_text(encoding="utf-8").split("<h1>网格 02")[1]


def test_another_ending_is_refused(folder: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match=r"must end in \.html or \.pdf"):
        write_notices(folder, folder / "notices.docx")


@pytest.mark.parametrize(("wide", "bar"), [(0.5, 1), (49.0, 5), (50.0, 10), (740.0, 100), (1_000.0, 200)])
def test_scale_bars_are_round_and_at_most_a_fifth_of_the_map(wide: float, bar: int) -> None:
    assert scale_of(wide) == bar


@pytest.mark.parametrize("count", [0, 1, 48, 49, 80, 120, 150, 400])
def test_lists_get_more_columns_before_they_get_more_pages(count: int) -> None:
    columns, lines, size_pt, line_mm = columns_of(count)
    assert count <= columns * lines or columns == 6
    assert 7.0 <= size_pt <= 10.0
    assert lines * line_mm <= 88.0


def test_a_map_frame_holds_the_ground_in_its_middle() -> None:
    west, south, east, north = map_frame((0.0, 0.0, 100.0, 300.0))
    assert (south, north) == (0.0, 300.0)
    assert west == pytest.approx(50.0 - 150.0 * 182.0 / 130.0)
    assert east - 50.0 == pytest.approx(50.0 - west)
