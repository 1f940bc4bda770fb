# SPDX-License-Identifier: BSD-3-Clause
"""Charts: steps of rules, treemap, balance before and after; what they say is what the data say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

mpl = pytest.importorskip("matplotlib")

import shequ
from shequ._grid_plan import GridPlan
from shequ.grids import divide_district
from shequ.plot import balance, posts_against_need, rule_steps, treemap
from shequ.plot._balance import _edges
from shequ.plot._treemap import squarify


@pytest.fixture(scope="module")
def district() -> shequ.District:
    return shequ.sample_district(0)


@pytest.fixture(scope="module")
def plan(district: shequ.District) -> GridPlan:
    return divide_district(district, steps=1000)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect every text that is drawn."""
    from matplotlib.text import Text

    texts: list[str] = []
    draw = Text.draw

    def note(self: Text, *rest: Any, **more: Any) -> Any:
        texts.append(self.get_text())
        return draw(self, *rest, **more)

    monkeypatch.setattr(Text, "draw", note)
    return texts


def test_steps_tell_the_posts_of_each_community_and_when_one_more_is_due(tmp_path: Path, shown: list[str]) -> None:
    rule = shequ.StaffingRule()
    rule_steps(
        [rule, rule.replace(rounding="ceil")], tmp_path / "a.png", marked={"Well": 1655, "Hill": 2725}, lang="en"
    )
    assert any("1  Well: 1,655 households, 6 posts, one more after 95 more" in text for text in shown)
    assert any("2  Hill: 2,725 households, 10 posts, one more after 25 more" in text for text in shown)
    assert {"1", "2"} <= set(shown)
    assert f"staff.wujin2012 (full steps) · staff.wujin2012 (started steps) · shequ {shequ.__version__}" in shown
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_the_line_of_a_rule_is_the_rule() -> None:
    from matplotlib.figure import Figure
    from matplotlib.patches import StepPatch

    ax = Figure(figsize=(8, 5)).add_subplot()
    rule = shequ.StaffingRule(rounding="round")
    rule_steps(rule, ax, most=2000, lang="en")
    (line,) = [patch for patch in ax.patches if isinstance(patch, StepPatch)]
    values, edges, _ = line.get_data()
    for homes in (0, 999, 1000, 1124, 1125, 1374, 1375, 2000):
        assert values[np.searchsorted(edges[1:-1], homes, side="right")] == rule.posts(homes)


def test_badges_do_not_cover_each_other() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 6), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0.08, 0.1, 0.9, 0.85))
    rule_steps(shequ.StaffingRule(), ax, marked={f"c{i}": 2000 + 20 * i for i in range(8)}, lang="en")
    renderer = canvas.get_renderer()
    boxes = [text.get_window_extent(renderer).extents for text in ax.texts if text.get_text().isdigit()]
    assert len(boxes) == 8
    for i, a in enumerate(boxes):
        assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for b in boxes[:i])


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=60))
def test_squares_have_the_areas_of_their_values_and_fill_the_whole(values: list[int]) -> None:
    ordered = sorted(values, reverse=True)
    rects = np.array(squarify(ordered, (5.0, 7.0, 300.0, 200.0)))
    areas = rects[:, 2] * rects[:, 3]
    np.testing.assert_allclose(areas, np.array(ordered) / sum(ordered) * 60_000.0, rtol=1e-6)
    assert (rects[:, :2] >= np.array([5.0, 7.0]) - 1e-6).all()
    assert (rects[:, :2] + rects[:, 2:] <= np.array([305.0, 207.0]) + 1e-6).all()
    for i, (x, y, wide, high) in enumerate(rects):
        across = np.minimum(x + wide, rects[:i, 0] + rects[:i, 2]) - np.maximum(x, rects[:i, 0])
        along = np.minimum(y + high, rects[:i, 1] + rects[:i, 3]) - np.maximum(y, rects[:i, 1])
        assert not ((across > 1e-6) & (along > 1e-6)).any()


def test_a_treemap_names_towns_and_communities_and_counts_those_without_a_value(
    district: shequ.District, tmp_path: Path, shown: list[str]
) -> None:
    treemap(district.hierarchy, district.columns["households"], tmp_path / "a.png", lang="en")
    assert any(text.startswith("Linjiang Subdistrict") for text in shown)
    assert "Liuyin Community\n2,725" in shown
    assert any(text.startswith("4 groups, 18 units, 31,448 households; 1 without a value") for text in shown)
    levels = {"outer": "district", "inner": "town"}
    treemap(
        district.hierarchy, np.ones(len(district.hierarchy), dtype=np.int64), tmp_path / "b.svg", lang="zh", **levels
    )
    assert (tmp_path / "b.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_balance_counts_every_grid_once_and_no_bar_reaches_across_a_bound(
    plan: GridPlan, tmp_path: Path, shown: list[str]
) -> None:
    balance([120, 299, 300, 500, 501, 900], plan, tmp_path / "a.png", lang="en")
    assert any(text.startswith("Before: 6 grids of 120 to 900 households, mean 437") for text in shown)
    assert any("4 out of bounds" in text for text in shown if text.startswith("Before"))
    numbers = sum(int(text) for text in shown if text.isdigit() and int(text) < 100)
    assert numbers == 6 + sum(not grid.dedicated for grid in plan.grids)
    assert any(f"seed {plan.seed} · shequ" in text for text in shown)


def test_balance_takes_households_alone_where_the_bounds_are_given(tmp_path: Path, shown: list[str]) -> None:
    balance([100, 400], [250, 250], tmp_path / "a.png", size=(200, 300), lang="en")
    assert any(text.startswith("After: 2 grids of 250 to 250 households") for text in shown)
    assert f"200 to 300 households a grid, both included · shequ {shequ.__version__}" in shown


@given(st.lists(st.integers(1, 5000), max_size=40), st.integers(1, 600), st.integers(0, 600))
def test_edges_of_bars_hold_the_bounds(sizes: list[int], least: int, more: int) -> None:
    size = (least, least + more)
    edges = _edges(np.array(sizes, dtype=np.int64), size)
    assert np.isclose(edges, size[0] - 0.5).any()
    assert np.isclose(edges, size[1] + 0.5).any()
    assert (np.diff(edges) > 0).all()
    assert len(edges) <= 70


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_the_same_charts_give_the_same_bytes(
    district: shequ.District, plan: GridPlan, tmp_path: Path, ending: str
) -> None:
    draws = {
        "steps": lambda path: rule_steps(shequ.StaffingRule(), path, marked={"a": 1200}),
        "tree": lambda path: treemap(district.hierarchy, district.columns["households"], path),
        "balance": lambda path: balance(plan, plan, path),
    }
    for name, draw in draws.items():
        for turn in "ab":
            draw(tmp_path / f"{name}_{turn}{ending}")
        assert (tmp_path / f"{name}_a{ending}").read_bytes() == (tmp_path / f"{name}_b{ending}").read_bytes()


def test_the_chart_of_posts_says_its_rule(district: shequ.District, tmp_path: Path, shown: list[str]) -> None:
    table = shequ.staff_table(district, rule="staff.wujin2012", lang="en")
    posts_against_need(table, tmp_path / "a.png")
    assert any(text.startswith(table.rule.describe("en")) and f"shequ {shequ.__version__}" in text for text in shown)


def test_mistakes_are_named(district: shequ.District, plan: GridPlan, tmp_path: Path) -> None:
    rule, path = shequ.StaffingRule(), tmp_path / "a.png"
    for message, draw in {
        r"rules has 0 entries and must have 1 to 4": lambda: rule_steps([], path),
        r"most=0 must be in \[1, 1000000\]": lambda: rule_steps(rule, path, most=0),
        r"marked: a has 5000 households, more than most=100": lambda: rule_steps(
            rule, path, most=100, marked={"a": 5000}
        ),
        r"marked has 13 entries": lambda: rule_steps(rule, path, marked={str(i): i for i in range(13)}),
        r"must be whole numbers of shape": lambda: treemap(district.hierarchy, [1.5], path),
        r"values must be more than 0 somewhere": lambda: treemap(
            district.hierarchy, np.zeros(len(district.hierarchy), dtype=np.int64), path
        ),
        r"values\[0\]=-1 must be 0 or more": lambda: treemap(
            district.hierarchy, np.full(len(district.hierarchy), -1), path
        ),
        r"before must be whole numbers of 0 or more": lambda: balance([-3], plan, path),
        r"size=None must be given": lambda: balance([3], [4], path),
        r"after must be whole numbers": lambda: balance([3], [0.5], path, size=(1, 2)),
        r"must end in one of": lambda: balance([3], plan, tmp_path / "a.gif"),
    }.items():
        with pytest.raises(shequ.InvalidInputError, match=message):
            draw()
    assert not path.exists()
