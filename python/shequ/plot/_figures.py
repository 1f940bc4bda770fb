# SPDX-License-Identifier: BSD-3-Clause
"""The figure of the map of grids, with legend and list; how any figure is drawn and saved."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._messages import check_lang

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ.district import District

__all__ = ["checked_path", "grids_map", "plain_settings", "save"]

NORMS = {(300, 500): "grid.haikou2020"}  # 秀英 yearbook 2020: 300 to 500 households a grid
FORMATS = (".png", ".pdf", ".svg")


@contextmanager
def plain_settings() -> Iterator[None]:
    """Draw with the defaults of matplotlib, whatever the user has set, and leave those settings as they were."""
    with optional_import("shequ.plot", "matplotlib", "'shequ[plot]'"):
        import matplotlib as mpl
    settings = {
        key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(("backend", "interactive"))
    }
    with mpl.rc_context({**settings, "hatch.linewidth": 1.3, "svg.hashsalt": "shequ"}):
        yield


def save(figure: Figure, path: Path) -> None:
    """Write a figure; the same figure gives the same bytes."""
    from shequ._core import __version__

    known: dict[str, dict[str, Any]] = {
        ".png": {"Software": f"shequ {__version__}"},
        ".pdf": {"Creator": f"shequ {__version__}", "Producer": None, "CreationDate": None},
        ".svg": {"Creator": f"shequ {__version__}", "Date": None},
    }
    with replacing(path) as file:
        figure.savefig(file, format=path.suffix[1:].lower(), dpi=figure.dpi, metadata=known[path.suffix.lower()])


def checked_path(target: str | os.PathLike[str]) -> Path:
    """Return the path of a figure; raise InvalidInputError where its ending is unknown."""
    path = Path(target)
    if path.suffix.lower() not in FORMATS:
        raise InvalidInputError(
            f"path={path} must end in one of {', '.join(FORMATS)}", f"path={path} 必须以 {'、'.join(FORMATS)} 之一结尾"
        )
    return path


def grids_map(
    district: District,
    plan: GridPlan,
    target: str | os.PathLike[str] | Axes,
    *,
    lang: Lang = "zh",
    title: str | None = None,
    caption: str | tuple[str, str] = "",
) -> None:
    """Draw the grids of a district on a map: river, railway, streets, buildings coloured by grid, names and numbers.

    Parameters
    ----------
    district : District
        With atoms, and a landscape where there is one.
    plan : GridPlan
        Its grids.
    target : path-like or Axes
        A file (.png of 2,000 x 1,400 pixels, .pdf, .svg), replaced only once all is drawn; or axes, which get the map
        alone: no title, legend and list.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default, also where the font lacks one of its characters: the name of the district and what the map shows.
    caption : str or (str, str), optional
        What stands below the map behind size, norm, seed and version: one text, or one in Chinese and one in English.
        Left out where the font lacks one of its characters.

    Raises
    ------
    InvalidInputError
        The district has no atoms, the plan is of another number of atoms, or the path has another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Neighbouring grids have different colours of a scheme for all kinds of colour vision. Grids out of bounds are hatched
    and their numbers red. Settings and state of matplotlib stay untouched.
    """
    lang = check_lang(lang)
    atoms = district.atoms
    if atoms is None or not len(atoms):
        raise InvalidInputError("district.atoms=None must be given", "district.atoms=None 必须给出")
    if len(plan.labels) != len(atoms):
        raise InvalidInputError(
            f"plan has {len(plan.labels)} atoms and must have {len(atoms)}, as the district",
            f"plan 有 {len(plan.labels)} 个楼栋，必须与区内楼栋数 {len(atoms)} 一致",
        )
    with plain_settings():
        from matplotlib.figure import Figure

        from shequ.plot._fonts import choose_font, drawable
        from shequ.plot._map import INK, MapStyle, draw_map
        from shequ.plot._panel import draw_panel, draw_scale

        font, lang = choose_font(lang)
        if not isinstance(target, (str, Path)) and not hasattr(target, "__fspath__"):
            width = target.get_window_extent().width * 150.0 / target.figure.dpi
            draw_map(target, district, plan, MapStyle(font, lang, max(0.3, width / 1500.0)))
            return
        path = checked_path(target)
        style = MapStyle(font, lang)
        figure = Figure(figsize=(2000 / 150, 1400 / 150), dpi=150, facecolor="#fbfaf6")

        def axes(left: float, low: float, width: float, height: float) -> Axes:
            ax: Axes = figure.add_axes((left / 2000, low / 1400, width / 2000, height / 1400))
            return ax

        chart = axes(30, 50, 1490, 1240)
        for spine in chart.spines.values():
            spine.set(color="#b9b4a6", linewidth=0.9)
        draw_map(
            chart, district, plan, style,
            before_labels=lambda labels: draw_scale(chart, style, labels, atoms.points),
        )  # fmt: skip
        panel = axes(1552, 50, 418, 1300)
        panel.set(xlim=(0, 418), ylim=(0, 1300))
        draw_panel(panel, district, plan, style)
        name = drawable(font, district.hierarchy.name(0, lang=lang), district.hierarchy.code(0))
        default = f"{name}网格划分图" if lang == "zh" else f"Grids of {name}" if name else "Grids"
        words = drawable(font, title or "", default)
        figure.text(30 / 2000, 1345 / 1400, words, fontproperties=font, color=INK, va="center").set_fontsize(21)
        more = drawable(font, caption if isinstance(caption, str) else caption[0 if lang == "zh" else 1])
        heading = figure.text(1520 / 2000, 1341 / 1400, _summary(plan, lang), fontproperties=font, color="#5d6770",
                              ha="right", va="center")  # fmt: skip
        heading.set_fontsize(10.5)
        figure.text(30 / 2000, 25 / 1400, _caption(plan, lang, more), fontproperties=font, color="#77808a",
                    va="center").set_fontsize(8.2)  # fmt: skip
        save(figure, path)


def _summary(plan: GridPlan, lang: Lang) -> str:
    total = sum(entry.households for entry in plan.communities)
    bad = sum(bool(grid.fault) for grid in plan.grids)
    if lang == "zh":
        return f"{len(plan.communities)} 个社区 · {total:,} 户 · {len(plan.grids)} 个网格 · {bad} 个超出范围"
    count = len(plan.communities)
    owners = f"{count} {'community' if count == 1 else 'communities'}"
    return f"{owners} · {total:,} households · {len(plan.grids)} grids · {bad} out of bounds"


def _caption(plan: GridPlan, lang: Lang, more: str) -> str:
    from shequ._core import __version__

    lower, upper = plan.size
    if lang == "zh":
        parts = [f"每个网格 {lower:,} 至 {upper:,} 户（含本数）", f"随机种子 {plan.seed}", f"shequ {__version__}"]
    else:
        size = f"{lower:,} to {upper:,} households a grid, both included"
        parts = [size, f"seed {plan.seed}", f"shequ {__version__}"]
    if plan.size in NORMS:
        parts.insert(1, f"{'规范' if lang == 'zh' else 'norm'} {NORMS[plan.size]}")
    return " · ".join([*parts, more] if more else parts)
