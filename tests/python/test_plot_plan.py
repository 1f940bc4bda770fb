# SPDX-License-Identifier: BSD-3-Clause
"""Pictures of plans: colours of parts that touch differ, the caption says what was found, files repeat byte by byte."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pytest

mpl = pytest.importorskip("matplotlib")

import shequ
from shequ.plot import _fonts, _plan


def town(columns: int = 8, rows: int = 5, **options: Any) -> shequ.Problem:
    place = np.arange(rows * columns).reshape(rows, columns)
    edges = np.vstack(
        [np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()]), np.column_stack([place[:-1].ravel(), place[1:].ravel()])]
    )  # fmt: skip
    x, y = np.meshgrid(np.arange(columns) * 100.0, np.arange(rows) * 100.0)
    graph = shequ.Graph.from_edges(rows * columns, edges, columns={"x": x.ravel(), "y": y.ravel()})
    return shequ.Problem(graph, [10] * (rows * columns), **{"lower": 80, "upper": 120, "parts": 4, **options})


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the texts that a figure or its axes are given."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    found: list[str] = []
    for kind in (Figure, Axes):
        original = kind.text

        def text(self: Any, x: float, y: float, s: str, *rest: Any, _original: Any = original, **style: Any) -> Any:
            found.append(s)
            return _original(self, x, y, s, *rest, **style)

        monkeypatch.setattr(kind, "text", text)
    return found


def test_a_plan_is_drawn_with_its_numbers_and_what_was_found(tmp_path: Path, written: list[str]) -> None:
    problem = town()
    plan = shequ.solve(problem, seed=3)
    shequ.plot.plan(problem, plan, tmp_path / "plan.png", lang="en")
    image = np.asarray(mpl.image.imread(tmp_path / "plan.png"))
    assert image.shape[1] == 1600
    assert [file.name for file in tmp_path.iterdir()] == ["plan.png"]
    assert {"0", "1", "2", "3", "A plan of 4 parts"} <= set(written)
    [summary] = [words for words in written if words.startswith("40 nodes")]
    assert summary == "40 nodes · 67 edges · parts of 80 to 120, asked for 80 to 120, both included".replace(
        "of 80 to 120,", f"of {plan.part_weights.min()} to {plan.part_weights.max()},"
    )
    [caption] = [words for words in written if words.startswith("cut_edges")]
    status = plan.status.name.lower()
    assert caption == (
        f"cut_edges {plan.objective} · proven bound {plan.bound} · {status} · certified · seed 3 · shequ {shequ.__version__}"
    )


def test_the_picture_speaks_chinese_where_a_font_does(tmp_path: Path, written: list[str]) -> None:
    if _fonts.find_cjk_font() is None:
        pytest.skip("no font with Chinese characters is installed")
    problem = town()
    shequ.plot.plan(problem, shequ.solve(problem), tmp_path / "plan.svg", title="四个网格")
    assert "四个网格" in written
    assert any("独立核查通过" in words and "随机种子 0" in words for words in written)
    assert any("要求 80 至 120（含本数）" in words for words in written)


def test_a_plan_that_breaks_rules_says_so_and_is_drawn_all_the_same(tmp_path: Path, written: list[str]) -> None:
    labels = np.zeros(40, dtype=np.int64)
    labels[5], labels[9], labels[20] = -1, 77, 2
    shequ.plot.plan(town(), labels, tmp_path / "plan.png", lang="en")
    [caption] = [words for words in written if words.startswith("cut_edges")]
    assert "breaks rules in" in caption
    assert "seed" not in caption
    assert {"0", "2"} <= set(written)
    assert "77" not in written


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_the_same_plan_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    problem = town()
    plan = shequ.solve(problem)
    for name in ("a", "b"):
        shequ.plot.plan(problem, plan, tmp_path / (name + ending))
    assert (tmp_path / ("a" + ending)).read_bytes() == (tmp_path / ("b" + ending)).read_bytes()


@pytest.mark.parametrize("seed", range(5))
def test_parts_that_touch_have_different_colours(seed: int) -> None:
    problem = town(12, 9, parts=9)
    certificate = shequ.certify(problem, shequ.solve(problem, seed=seed))
    drawing = _plan._drawing(certificate, "x", "y", None)
    ends = drawing.labels[drawing.edges]
    for a, b in ends[ends[:, 0] != ends[:, 1]].tolist():
        assert drawing.colours[a] != drawing.colours[b]


def test_the_ground_of_a_part_is_its_own() -> None:
    problem = town()
    certificate = shequ.certify(problem, shequ.solve(problem))
    drawing = _plan._drawing(certificate, "x", "y", None)
    triangles, parts = _plan._triangles(drawing)
    assert (drawing.labels[triangles] == parts[:, None]).all()
    # Each square of four nodes of one part is covered by two triangles of half its size.
    grid = drawing.labels.reshape(5, 8)
    squares = (grid[:-1, :-1] == grid[1:, 1:]) & (grid[:-1, :-1] == grid[1:, :-1]) & (grid[:-1, :-1] == grid[:-1, 1:])
    corners = drawing.points[triangles]
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    areas = 0.5 * np.abs(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])
    assert areas.sum() >= 10_000.0 * squares.sum()


def test_polygons_with_holes_and_arrays_are_shapes(tmp_path: Path) -> None:
    shapely = pytest.importorskip("shapely", reason="geometries are optional")
    problem = town(3, 1, parts=None, lower=0, upper=30)
    ring = np.array([[0, -50], [50, -50], [50, 50], [0, 50]])
    holed = shapely.box(60, -50, 140, 50).difference(shapely.box(90, -10, 110, 10))
    both = shapely.MultiPolygon([shapely.box(150, -50, 200, 50), shapely.box(210, -50, 900, 50)])
    assert [len(_plan._rings(shape)) for shape in (ring, holed, both, shapely.Polygon())] == [1, 2, 2, 0]
    shapes = [ring, holed, both]
    drawing = _plan._drawing(shequ.certify(problem, [0, 0, 1]), "x", "y", shapes)
    assert drawing.extent.tolist() == [[0.0, -50.0], [900.0, 50.0]]
    shequ.plot.plan(problem, [0, 0, 1], tmp_path / "plan.svg", polygons=shapes, lang="en")
    assert ET.parse(tmp_path / "plan.svg").getroot().tag.endswith("svg")


def test_axes_of_the_user_get_the_picture_alone(written: list[str]) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3))
    axes = figure.add_subplot()
    before = dict(mpl.rcParams)
    problem = town()
    shequ.plot.plan(problem, shequ.solve(problem), axes, lang="en")
    assert dict(mpl.rcParams) == before
    assert axes.collections
    assert not any("nodes" in words for words in written)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    window = axes.get_window_extent()
    assert (right - left) / window.width == pytest.approx((high - low) / window.height)
    assert left < 0
    assert right > 700


def test_degrees_are_stretched_by_latitude() -> None:
    assert _plan._stretch(np.array([[119.0, 59.0], [121.0, 61.0]])) == pytest.approx(2.0)
    assert _plan._stretch(np.array([[0.0, 0.0], [500.0, 60.0]])) == 1.0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_nodes_on_a_line_are_drawn(count: int, tmp_path: Path) -> None:
    graph = shequ.Graph.from_edges(count, [(i, i + 1) for i in range(count - 1)])
    problem = shequ.Problem(graph, [0] * count, lower=0, upper=1)
    shequ.plot.plan(problem, [0] * count, tmp_path / "plan.png", x=[5.0] * count, y=list(range(count)), lang="en")
    assert (tmp_path / "plan.png").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "lon"}, 'x="lon" must be one of graph.columns: x, y'),
        ({"y": [1.0, 2.0]}, "y must be a finite number for each of the 40 nodes"),
        ({"x": [np.nan] * 40}, "x must be a finite number"),
        ({"polygons": []}, "polygons has length 0 and must have length 40"),
        ({"target": "plan.jpg"}, "must end in one of .png, .pdf, .svg"),
        ({"lang": "fr"}, "lang"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, Any], message: str, tmp_path: Path) -> None:
    target = tmp_path / options.pop("target", "plan.png")
    with pytest.raises(shequ.InvalidInputError, match=message.replace("(", r"\(")):
        shequ.plot.plan(town(), [0] * 40, target, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_graph_without_nodes_and_what_is_no_problem_are_refused(tmp_path: Path) -> None:
    empty = shequ.Problem(
        shequ.Graph.from_edges(0, [], columns={"x": np.zeros(0), "y": np.zeros(0)}), [], lower=0, upper=1
    )
    with pytest.raises(shequ.InvalidInputError, match="no node to draw"):
        shequ.plot.plan(empty, [], tmp_path / "plan.png")
    with pytest.raises(shequ.InvalidInputError, match=r"problem is of type Graph and must be a shequ\.Problem"):
        shequ.plot.plan(town().graph, [0] * 40, tmp_path / "plan.png")  # type: ignore[arg-type]
