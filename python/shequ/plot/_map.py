# SPDX-License-Identifier: BSD-3-Clause
"""Map of the grids of a district (网格图): what lies on the ground, whose grid it is, and how large each grid is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.plot._colour import PALETTE, colour_grids, tint
from shequ.plot._fonts import drawable, patched
from shequ.plot._labels import Labels, along

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ._grid_plan import CommunityGrids, GridPlan
    from shequ.district import Atoms, District, Feature

__all__ = ["ALARM", "DEDICATED", "INK", "PARK", "PARK_EDGE", "SHORE", "WATER", "MapStyle", "draw_map"]

INK = "#22303c"
PAPER, LAND, ROAD, CASING = "#eceae4", "#f7f4ec", "#ffffff", "#d5cfc0"
WATER, SHORE, WATER_INK = "#b5d6ea", "#8db9d4", "#2f6f97"
PARK, PARK_EDGE, PARK_INK = "#cfe3bb", "#aecb93", "#47703a"
FIELD, FIELD_EDGE = "#eeecc9", "#d9d6a4"
ALARM = "#c1121f"
DEDICATED = "#dcdedd"  # grids where nobody lives

HALF_STREET_M = 6.3  # how far a grid's colour reaches out of its lots: to the middle of a local street


@dataclass(frozen=True)
class MapStyle:
    """What the parts of a map share.

    Parameters
    ----------
    font : FontProperties
        For every text.
    lang : "zh" or "en"
        Language of names.
    scale : float
        1.0 for a map about 1,500 pixels wide; texts and lines grow with it.
    """

    font: FontProperties
    lang: Lang
    scale: float = 1.0

    def name(self, feature: Feature) -> str:
        """Return the name in the language of the map; empty where it has none that the font can show."""
        return drawable(self.font, feature.name if self.lang == "zh" else feature.name_en)

    def short(self, community: CommunityGrids) -> str:
        """Return the name of a community, in English without the word for what it is; else its code."""
        name = community.name
        if self.lang == "en":
            name = community.name_en.removesuffix(" Community").removesuffix(" Village")
        return drawable(self.font, name, community.code) or patched(self.font, name)


def _points_per_metre(ax: Axes) -> float:
    """Return how many typographic points one metre of the ground takes."""
    x0, x1 = ax.get_xlim()
    width = ax.get_window_extent().width * 72.0 / ax.figure.dpi
    return float(width / (x1 - x0))


def _rings(atoms: Atoms, members: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    return [atoms.ring(i) for i in members.tolist()]


def _ground(ax: Axes, features: Sequence[Feature], style: MapStyle, unit: float) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    def shapes(kind: str) -> list[NDArray[np.float64]]:
        return [feature.points for feature in features if feature.kind == kind]

    ax.set_facecolor(PAPER)
    for edge, width in (("#ffffff", 26.0), (LAND, 12.0)):
        ax.add_collection(
            PolyCollection(
                shapes("land"), facecolors=LAND, edgecolors=edge, linewidths=width * unit, joinstyle="round", zorder=1
            )
        )
    for kind, fill, edge in (("field", FIELD, FIELD_EDGE), ("park", PARK, PARK_EDGE)):
        ax.add_collection(PolyCollection(shapes(kind), facecolors=fill, edgecolors=edge, linewidths=0.6, zorder=2))
    for ring in shapes("field"):
        _furrows(ax, ring)
    ax.add_collection(
        PolyCollection(shapes("river"), facecolors=WATER, edgecolors=SHORE, linewidths=1.2 * style.scale, zorder=2)
    )
    roads = [feature for feature in features if feature.kind == "road"]
    for colour, share, order in ((CASING, 0.66, 3), (ROAD, 0.56, 3.1)):
        widths = [feature.width_m * share * unit for feature in roads]
        ax.add_collection(
            LineCollection(
                [f.points for f in roads], colors=colour, linewidths=widths, zorder=order, capstyle="round",
                joinstyle="round",
            )
        )  # fmt: skip


def _furrows(ax: Axes, ring: NDArray[np.float64]) -> None:
    """Draw the furrows of a field."""
    from matplotlib.collections import LineCollection

    a, b, c, d = ring[:4]
    shares = np.linspace(0.06, 0.94, 16)[:, None]
    lines = np.stack([a + shares * (d - a), b + shares * (c - b)], axis=1)
    ax.add_collection(LineCollection(list(lines), colors=FIELD_EDGE, linewidths=0.5, zorder=2.1))


def _passages(ax: Axes, features: Sequence[Feature], style: MapStyle, unit: float) -> None:
    from matplotlib.collections import LineCollection

    for feature in features:
        if feature.kind in ("bridge", "underpass"):
            for colour, width, order in ((CASING, 1.0, 5), ("#7d868d", 0.92, 5), (ROAD, 0.72, 5.1)):
                if feature.kind == "underpass" and colour == "#7d868d":
                    continue
                ax.add_collection(
                    LineCollection(
                        [feature.points], colors=colour, linewidths=feature.width_m * width * unit, zorder=order,
                        capstyle="butt",
                    )
                )  # fmt: skip
        elif feature.kind == "railway":
            wide = max(2.6 * style.scale, feature.width_m * 0.55 * unit)
            line = [feature.points]
            ax.add_collection(LineCollection(line, colors="#59636b", linewidths=wide, zorder=6))
            dashes = LineCollection(line, colors="#ffffff", linewidths=0.62 * wide, zorder=6.1, capstyle="butt")
            dashes.set_linestyle((0, (5.0, 5.0)))
            ax.add_collection(dashes)


def _territories(ax: Axes, atoms: Atoms, plan: GridPlan, shades: NDArray[np.int64], unit: float) -> None:
    """Colour the ground of each grid up to the middle of its streets, and outline grids and communities.

    Each is drawn as its lots with a wide edge, which stands for a band around them; the next one covers half of the
    band in between, so that both meet in the middle of the street.
    """
    from matplotlib.collections import PolyCollection

    def band(members: NDArray[np.int64], colour: object, reach_m: float) -> None:
        ax.add_collection(
            PolyCollection(
                _rings(atoms, members), facecolors=colour, edgecolors=colour, linewidths=2.0 * reach_m * unit,
                joinstyle="round", zorder=4,
            )
        )  # fmt: skip

    owner = np.array([grid.community for grid in plan.grids], dtype=np.int64)
    for index, entry in enumerate(plan.communities):
        if not entry.count:
            continue
        band(np.flatnonzero(owner[plan.labels] == index), INK, HALF_STREET_M + 1.6)
        for grid in range(entry.first, entry.first + entry.count):
            members = plan.atoms_of(grid)
            band(members, "#8b9096", HALF_STREET_M)
            colour = DEDICATED if plan.grids[grid].dedicated else tint(PALETTE[shades[grid]], 0.24)
            band(members, colour, HALF_STREET_M - 1.1)


def _lots(ax: Axes, atoms: Atoms, plan: GridPlan, shades: NDArray[np.int64], style: MapStyle) -> None:
    """Draw lots, buildings, and the borders between grids inside of blocks."""
    from matplotlib.collections import LineCollection, PolyCollection

    light = [tint(colour, 0.24) for colour in PALETTE]
    strong = [tint(colour, 0.86) for colour in PALETTE]
    of_atom = shades[plan.labels]
    dedicated = np.array([grid.dedicated for grid in plan.grids], dtype=np.bool_)[plan.labels]
    fills = [DEDICATED if apart else light[c] for apart, c in zip(dedicated, of_atom, strict=True)]
    ax.add_collection(
        PolyCollection(
            _rings(atoms, np.arange(len(atoms))), facecolors=fills, edgecolors="#ffffff",
            linewidths=0.55 * style.scale, zorder=4.5,
        )
    )  # fmt: skip
    empty = atoms.households == 0
    stands = atoms.footprint_atom
    colours = ["#9aa3aa" if empty[a] else strong[of_atom[a]] for a in stands.tolist()]
    ax.add_collection(PolyCollection(list(atoms.footprints), facecolors=colours, edgecolors="none", zorder=4.7))
    inner, outer = _borders(atoms, plan)
    for segments, colour, width in ((inner, "#70777d", 1.3), (outer, INK, 2.3)):
        ax.add_collection(
            LineCollection(segments, colors=colour, linewidths=width * style.scale, zorder=4.8, capstyle="round")
        )


def _borders(atoms: Atoms, plan: GridPlan) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """Find the sides that two lots share and that part grids of one community, and those that part communities."""
    owner = np.array([grid.community for grid in plan.grids], dtype=np.int64)
    first: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    inner: list[NDArray[np.float64]] = []
    outer: list[NDArray[np.float64]] = []
    for atom in range(len(atoms)):
        corners = [(float(x), float(y)) for x, y in atoms.ring(atom)]
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            other = first.pop((b, a), None)
            if other is None:
                first[a, b] = atom
                continue
            one, two = int(plan.labels[atom]), int(plan.labels[other])
            if one != two:
                (inner if owner[one] == owner[two] else outer).append(np.array([a, b]))
    return inner, outer


def _faulty(ax: Axes, atoms: Atoms, plan: GridPlan) -> None:
    """Hatch the grids that are out of bounds."""
    from matplotlib.collections import PolyCollection

    wrong = np.array([bool(grid.fault) for grid in plan.grids], dtype=np.bool_)
    members = np.flatnonzero(wrong[plan.labels])
    if len(members):
        ax.add_collection(
            PolyCollection(
                _rings(atoms, members), facecolors="none", edgecolors=(0.76, 0.07, 0.12, 0.5), linewidths=0.0,
                hatch="////", zorder=4.75,
            )
        )  # fmt: skip


def _outline_effect(width: float, colour: str = "#ffffff") -> list[Any]:
    from matplotlib import patheffects

    return [patheffects.withStroke(linewidth=width, foreground=colour)]


def _write_names(labels: Labels, district: District, atoms: Atoms, plan: GridPlan, style: MapStyle) -> None:
    scale, centres = style.scale, atoms.centroid
    features = district.landscape
    owner = np.array([grid.community for grid in plan.grids], dtype=np.int64)
    for feature in features:
        if feature.kind == "bridge" and style.name(feature):
            words = style.name(feature)
            point, degrees = along(feature.points, 0.5)
            look: dict[str, Any] = {"color": WATER_INK, "fontsize": 9.0 * scale, "zorder": 9}
            aside = 0.5 * (labels.width(words, **look) + feature.width_m) + 8.0
            way = np.array([np.sin(np.radians(degrees)), -np.cos(np.radians(degrees))])
            level = (degrees + 180.0) % 180.0 - 90.0
            places = [(point + side * way * aside, level) for side in (1.0, -1.0)]
            labels.place(words, places, path_effects=_outline_effect(2.2 * scale, WATER), **look)
    for index, entry in enumerate(plan.communities):
        members = np.flatnonzero(owner[plan.labels] == index)
        if not len(members):
            continue
        middle = centres[members].mean(axis=0)
        near = centres[members][np.argsort(((centres[members] - middle) ** 2).sum(axis=1), kind="stable")][:60]
        labels.place(
            style.short(entry), [(middle, 0.0), *((point, 0.0) for point in near)], must=True, pad=3.0, color=INK,
            fontsize=(13.5 if style.lang == "zh" else 11.5) * scale, zorder=10, path_effects=_outline_effect(3.4 * scale),
        )  # fmt: skip
    for index, grid in enumerate(plan.grids):
        members = plan.atoms_of(index)
        middle = centres[members].mean(axis=0)
        near = centres[members][np.argsort(((centres[members] - middle) ** 2).sum(axis=1), kind="stable")]
        box = {
            "boxstyle": "round,pad=0.22,rounding_size=0.5",
            "facecolor": ALARM if grid.fault else DEDICATED if grid.dedicated else "#ffffff",
            "edgecolor": "none" if grid.fault else "#8b9096",
            "linewidth": 0.6,
            "alpha": 0.94,
        }
        labels.place(
            f"{grid.number:02d}", [(point, 0.0) for point in near], must=True, pad=4.0, fontsize=7.4 * scale,
            color="#ffffff" if grid.fault else INK, zorder=9.5, bbox=box,
        )  # fmt: skip
    _write_places(labels, features, style)


def _write_places(labels: Labels, features: Sequence[Feature], style: MapStyle) -> None:
    scale = style.scale
    for feature in features:
        words = style.name(feature)
        if not words:
            continue
        if feature.kind == "river":
            half = len(feature.points) // 2
            middle = 0.5 * (feature.points[:half] + feature.points[: half - 1 : -1])
            spaced = "   ".join(words) if style.lang == "zh" else words
            for third in ((0.32, 0.28, 0.36), (0.62, 0.66, 0.56), (0.84, 0.8)):
                labels.place(
                    spaced, [along(middle, share) for share in third], color=WATER_INK, fontsize=14.0 * scale, zorder=8,
                    fontstyle="italic",
                )  # fmt: skip
        elif feature.kind == "railway":
            for part in ((0.24, 0.2, 0.28), (0.78, 0.74, 0.82)):
                labels.place(
                    words, [along(feature.points, share) for share in part], color="#3c464e", fontsize=8.5 * scale,
                    zorder=8, path_effects=_outline_effect(3.0 * scale, LAND),
                )  # fmt: skip
        elif feature.kind == "park":
            labels.place(
                words, [(feature.points.mean(axis=0), 0.0)], color=PARK_INK, fontsize=8.0 * scale, zorder=8,
                path_effects=_outline_effect(2.0 * scale, PARK),
            )  # fmt: skip
        elif feature.kind == "road":
            shares = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
            labels.place(
                words, [along(feature.points, share) for share in shares], color="#6b6557", fontsize=7.0 * scale,
                zorder=8, path_effects=_outline_effect(1.8 * scale, ROAD),
            )  # fmt: skip


def draw_map(
    ax: Axes,
    district: District,
    plan: GridPlan,
    style: MapStyle,
    *,
    before_labels: Callable[[Labels], None] | None = None,
) -> None:
    """Draw the map of a district with atoms into axes, whose position and figure size are final.

    Parameters
    ----------
    ax : Axes
        Cleared of ticks and set to equal scales.
    district : District
        With atoms.
    plan : GridPlan
        Of these atoms.
    style : MapStyle
        Font, language, scale.
    before_labels : callable, optional
        Called with the still empty labels, to draw what they must keep off.
    """
    from matplotlib.backends.backend_agg import RendererAgg

    atoms = district.atoms
    assert atoms is not None  # checked by grids_map
    low, high = atoms.points.min(axis=0), atoms.points.max(axis=0)
    margin = 0.03 * float((high - low).max())
    frame = ax.get_window_extent()
    wide, tall = (high - low) + 2.0 * margin
    if wide / tall < frame.width / frame.height:
        wide = tall * frame.width / frame.height
    else:
        tall = wide * frame.height / frame.width
    middle = 0.5 * (low + high)
    ax.set_xlim(middle[0] - 0.5 * wide, middle[0] + 0.5 * wide)
    ax.set_ylim(middle[1] - 0.5 * tall, middle[1] + 0.5 * tall)
    ax.set_xticks([])
    ax.set_yticks([])
    unit = _points_per_metre(ax)
    shades = colour_grids(plan.labels, atoms.edges, len(plan.grids))
    _ground(ax, district.landscape, style, unit)
    _territories(ax, atoms, plan, shades, unit)
    _lots(ax, atoms, plan, shades, style)
    _faulty(ax, atoms, plan)
    _passages(ax, district.landscape, style, unit)
    make: Any = RendererAgg  # has no types
    renderer = make(frame.width, frame.height, ax.figure.dpi)
    labels = Labels(ax, renderer, style.font)
    if before_labels is not None:
        before_labels(labels)
    _write_names(labels, district, atoms, plan, style)
