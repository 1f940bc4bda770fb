# SPDX-License-Identifier: BSD-3-Clause
"""Maps and charts: readable files, colours that differ, labels apart, nothing of the user's matplotlib changed."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

mpl = pytest.importorskip("matplotlib")

import shequ
from shequ.datasets import sample_district
from shequ.district import District
from shequ.grids import GridPlan, divide_district
from shequ.plot import _figures, _fonts, grids_map, posts_against_need
from shequ.plot._colour import PALETTE, colour_grids
from shequ.plot._labels import Labels, along
from shequ.staff import staff_table


@pytest.fixture(scope="module")
def sample() -> tuple[District, GridPlan]:
    district = sample_district()
    return district, divide_district(district, steps=2000)


def read_png(path: Path) -> np.ndarray:
    from matplotlib.image import imread

    return np.asarray(imread(path))


def test_the_map_is_a_png_of_2000_by_1400_pixels_with_many_colours(
    sample: tuple[District, GridPlan], tmp_path: Path
) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"old")
    grids_map(*sample, path)
    image = read_png(path)
    assert image.shape[:2] == (1400, 2000)
    colours = np.unique((image[::3, ::3, :3] * 15).round().reshape(-1, 3), axis=0)
    assert len(colours) > 100
    assert [file.name for file in tmp_path.iterdir()] == ["map.png"]


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_the_same_figures_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    table = staff_table(sample_district(), lang="en")
    for name in ("a", "b"):
        posts_against_need(table, tmp_path / (name + ending))
    assert (tmp_path / ("a" + ending)).read_bytes() == (tmp_path / ("b" + ending)).read_bytes()


def test_the_caption_names_size_norm_seed_and_version(sample: tuple[District, GridPlan]) -> None:
    _, plan = sample
    caption = _figures._caption(plan, "en", "made up")
    assert caption == (
        f"300 to 500 households a grid, both included · norm grid.haikou2020 · seed 0 · shequ {shequ.__version__} · made up"
    )
    assert "规范 grid.haikou2020" in _figures._caption(plan, "zh", "")
    assert "norm" not in _figures._caption(dataclasses.replace(plan, size=(200, 400)), "en", "")


def test_a_map_without_a_chinese_font_is_in_english_and_shows_no_empty_boxes(
    sample: tuple[District, GridPlan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_fonts, "find_cjk_font", lambda: None)
    grids_map(*sample, tmp_path / "map.png", lang="zh")  # a missing glyph would be a warning, so an error here
    assert read_png(tmp_path / "map.png").shape[0] == 1400


def test_what_has_only_chinese_names_is_readable_without_a_chinese_font(
    sample: tuple[District, GridPlan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_fonts, "find_cjk_font", lambda: None)
    district, plan = sample
    entries = tuple(dataclasses.replace(e, name_en=e.name, english=f"{e.name}：过大") for e in plan.communities)
    features = tuple(dataclasses.replace(feature, name_en=feature.name) for feature in district.landscape)
    bare = District(district.hierarchy, district.columns, district.atoms, features)
    chinese = dataclasses.replace(plan, communities=entries)
    shown: list[str] = []
    from matplotlib.text import Text

    draw = Text.draw
    monkeypatch.setattr(Text, "draw", lambda self, *rest: (shown.append(self.get_text()), draw(self, *rest))[1])
    grids_map(bare, chinese, tmp_path / "map.png", title="网格图", caption=("示例", "a sample"))
    assert all(words.isascii() for words in shown if not set(words) & set("·–—"))
    assert {entry.code for entry in entries if entry.atoms} <= set(shown)
    assert any(words.startswith("Grids of ") for words in shown)
    assert any(words.endswith("a sample") for words in shown)
    shown.clear()
    grids_map(bare, chinese, tmp_path / "map.png", caption="示例")
    assert any(words.endswith(f"shequ {shequ.__version__}") for words in shown)
    table = staff_table({"households": [2600], "workers": [8], "name": ["望澜社区"]}, every_setting=True)
    posts_against_need(table, tmp_path / "posts.png", title="应配与在岗")
    assert read_png(tmp_path / "posts.png").shape[1] == 1400


def test_a_character_that_no_font_has_is_no_empty_box(sample: tuple[District, GridPlan], tmp_path: Path) -> None:
    district, plan = sample
    first = dataclasses.replace(plan.communities[0], name="高\ue170社区", name_en="高\ue170社区")
    rare = dataclasses.replace(plan, communities=(first, *plan.communities[1:]))
    for lang in ("zh", "en"):
        grids_map(district, rare, tmp_path / "map.png", lang=lang)  # type: ignore[arg-type]
    assert read_png(tmp_path / "map.png").shape[0] == 1400


def test_a_chinese_font_has_the_characters_of_a_map() -> None:
    path = _fonts.find_cjk_font()
    if path is None:
        pytest.skip("no font with Chinese characters is installed")
    from matplotlib.ft2font import FT2Font

    glyphs = FT2Font(path).get_charmap()
    assert all(ord(letter) in glyphs for letter in "社区网格图例铁路桥梁")
    assert "bold" not in path.lower()  # of a family the weight for running text
    assert _fonts.choose_font("zh")[1] == "zh"
    assert _fonts.choose_font("en")[1] == "en"


def test_matplotlib_keeps_its_settings_and_knows_no_figure(sample: tuple[District, GridPlan], tmp_path: Path) -> None:
    with mpl.rc_context({"axes.grid": True, "font.size": 31.0, "savefig.dpi": 33}):
        before = dict(mpl.rcParams)
        grids_map(*sample, tmp_path / "map.png", lang="en")
        assert dict(mpl.rcParams) == before
        assert read_png(tmp_path / "map.png").shape[:2] == (1400, 2000)
    code = "import sys, shequ.plot; assert 'matplotlib' not in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))


def test_a_map_can_be_drawn_into_axes(sample: tuple[District, GridPlan]) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 5))
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    grids_map(*sample, ax, lang="en")
    canvas.draw()
    assert len(ax.collections) > 20
    assert any(text.get_text() == "Lan River" for text in ax.texts)


def test_labels_do_not_cover_each_other(sample: tuple[District, GridPlan]) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    district, plan = sample
    figure = Figure(figsize=(10, 8.4), dpi=150)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    grids_map(district, plan, ax, lang="en")
    renderer = canvas.get_renderer()
    upright = [text for text in ax.texts if abs(text.get_rotation()) < 1.0 and text.get_text()]
    boxes = np.array([text.get_window_extent(renderer).extents for text in upright])
    names = {entry.name_en.removesuffix(" Community").removesuffix(" Village") for entry in plan.communities}
    assert names <= {text.get_text() for text in upright}
    numbers = [text for text in upright if text.get_text().isdigit()]
    assert len(numbers) == len(plan)
    overlap = 0
    for i in range(len(boxes)):
        for j in range(i + 1, len(boxes)):
            a, b = boxes[i], boxes[j]
            overlap += bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])
    assert overlap <= 1


def test_a_district_without_buildings_and_landscape_can_be_drawn(
    sample: tuple[District, GridPlan], tmp_path: Path
) -> None:
    district, plan = sample
    assert district.atoms is not None
    bare = dataclasses.replace(
        district.atoms, footprints=np.zeros((0, 4, 2)), footprint_atom=np.zeros(0, dtype=np.int32)
    )
    grids_map(District(district.hierarchy, district.columns, bare), plan, tmp_path / "map.png", lang="en")
    assert read_png(tmp_path / "map.png").shape[0] == 1400


@pytest.mark.parametrize("seed", range(4))
def test_neighbouring_grids_have_different_colours(seed: int) -> None:
    district = sample_district(seed)
    plan = divide_district(district, steps=500)
    assert district.atoms is not None
    shades = colour_grids(plan.labels, district.atoms.edges, len(plan))
    pairs = plan.labels[district.atoms.edges]
    across = pairs[:, 0] != pairs[:, 1]
    assert np.all(shades[pairs[across, 0]] != shades[pairs[across, 1]])
    assert set(shades.tolist()) <= set(range(len(PALETTE)))


def test_colours_are_reused_where_there_are_too_few() -> None:
    n = len(PALETTE) + 2
    edges = np.array([(i, j) for i in range(n) for j in range(i)], dtype=np.int32)
    shades = colour_grids(np.arange(n, dtype=np.int32), edges, n)
    assert len(set(shades.tolist())) == len(PALETTE)


def test_a_line_of_text_is_never_upside_down() -> None:
    line = np.array([(0.0, 0.0), (-10.0, 0.0), (-10.0, -30.0)])
    point, degrees = along(line, 0.25)
    assert point.tolist() == [-10.0, 0.0]
    for share in (0.0, 0.1, 0.5, 1.0):
        assert -90.0 <= along(line, share)[1] < 90.0
    assert -90.0 <= degrees < 90.0


def test_a_label_without_room_is_left_out_unless_it_must_stand() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 2), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    labels = Labels(ax, canvas.get_renderer(), _fonts.choose_font("en")[0])
    middle = [(np.array([0.5, 0.5]), 0.0)]
    assert labels.place("one", middle) == (0.5, 0.5)
    assert labels.place("two", middle) is None
    assert labels.place("three", middle, must=True) == (0.5, 0.5)
    assert labels.place("four", [*middle, (np.array([0.5, 0.1]), 0.0)]) == (0.5, 0.1)
    assert [text.get_text() for text in ax.texts] == ["one", "three", "four"]


@pytest.mark.parametrize("name", ["map.gif", "map", "map.txt"])
def test_an_unknown_ending_is_named(sample: tuple[District, GridPlan], tmp_path: Path, name: str) -> None:
    with pytest.raises(shequ.InvalidInputError, match=r"must end in one of \.png, \.pdf, \.svg"):
        grids_map(*sample, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_another_district_is_refused(sample: tuple[District, GridPlan], tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="plan has"):
        grids_map(sample_district(1), sample[1], tmp_path / "map.png")
    with pytest.raises(shequ.InvalidInputError, match=r"district\.atoms=None"):
        grids_map(District(sample[0].hierarchy, {}), sample[1], tmp_path / "map.png")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chart_of_posts_shows_every_community_with_an_answer(tmp_path: Path, lang: str) -> None:
    table = staff_table(sample_district(), lang=lang)  # type: ignore[arg-type]
    posts_against_need(table, tmp_path / "posts.png")
    assert read_png(tmp_path / "posts.png").shape[1] == 1400


def test_the_chart_names_shortage_first_and_says_what_it_leaves_out() -> None:
    from matplotlib.figure import Figure

    table = staff_table(
        {"households": [900, 2600, 5000, 1000], "workers": [4, 8, 5, 6], "name": ["a", "b", "c", "d"]},
        lang="en",
        every_setting=True,
    )
    ax = Figure().add_axes((0, 0, 1, 1))
    posts_against_need(table, ax, limit=3)
    names = [text.get_text() for text in ax.texts if len(text.get_text()) == 1]
    assert names == ["c", "b", "a"]
    assert any(text.get_text() == "5/20  15 short" for text in ax.texts)


def test_a_chart_without_communities_says_so(tmp_path: Path) -> None:
    posts_against_need(staff_table({"households": []}, lang="en"), tmp_path / "posts.png")
    assert read_png(tmp_path / "posts.png").shape[1] == 1400


def test_without_matplotlib_the_message_says_how_to_install_it(
    sample: tuple[District, GridPlan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(shequ.MissingDependencyError, match=r"needs matplotlib: pip install 'shequ\[plot\]'"):
        grids_map(*sample, tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []
