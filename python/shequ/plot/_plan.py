# SPDX-License-Identifier: BSD-3-Clause
"""A plan of any graph: its parts in colours, at the places of the nodes or as polygons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._messages import check_lang
from shequ._problem_inputs import check_type, lookup
from shequ.plot._colour import PALETTE, colour_grids, tint
from shequ.plot._figures import checked_path, plain_settings, save

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from numpy.typing import ArrayLike, NDArray

    from shequ._core import Plan
    from shequ._errors import Lang
    from shequ._problem import Labels as PlanLabels
    from shequ.certificate import Certificate
    from shequ.districting import Problem

__all__ = ["plan"]

_PAPER, _CUT, _NOBODY = "#fbfaf6", "#cfc9bb", "#9aa3aa"
_INK, _FAINT = "#22303c", "#77808a"
_ALARM = "#c1121f"
_WIDTH, _HEAD, _FOOT, _MARGIN = 1600.0, 92.0, 50.0, 30.0  # pixels
_DPI = 150.0
_STATUS = {"optimal": "已证最优", "feasible": "可行", "unknown": "未找到可行方案", "infeasible": "已证无解"}


@dataclass(frozen=True)
class _Drawing:
    """What is drawn: places of nodes, their parts (-1: in none) and the colour of each part."""

    certificate: Certificate
    points: NDArray[np.float64]
    edges: NDArray[np.int32]
    labels: NDArray[np.int64]
    colours: list[str]
    faulty: frozenset[int]  # parts that break a rule
    outlines: list[list[NDArray[np.float64]]] | None  # rings of each node's shape

    @property
    def extent(self) -> NDArray[np.float64]:
        """Lowest and highest corner of all that is drawn, shape (2, 2)."""
        rings = [ring for outline in self.outlines or [] for ring in outline]
        points = np.vstack([self.points, *rings])
        return np.vstack([points.min(axis=0), points.max(axis=0)])


def plan(
    problem: Problem,
    labels: Plan | PlanLabels,
    target: str | os.PathLike[str] | Axes,
    *,
    x: str | ArrayLike = "x",
    y: str | ArrayLike = "y",
    polygons: Sequence[Any] | None = None,
    lang: Lang = "zh",
    title: str | None = None,
) -> None:
    """Draw a plan: parts in colours such that neighbours differ, edges between parts light.

    Parameters
    ----------
    problem : Problem
        Of the graph and rules; the plan is certified against it.
    labels : Plan, mapping of id to int, or array_like of int, shape (n_nodes,)
        Part of each node. Only a `Plan` knows status, bound and seed for the caption.
    target : path-like or Axes
        A file (.png 1,600 pixels wide, .pdf, .svg), replaced only once all is drawn; or axes, which get the picture
        alone: no title and caption.
    x, y : str or array_like, shape (n_nodes,), default "x" and "y"
        Place of each node: names in ``graph.columns``, or arrays. Degrees of longitude and latitude, where all are
        such, else metres or any unit with equal scales.
    polygons : sequence, length n_nodes, optional
        Shape of each node: a geometry of shapely, or an array of corners of shape (k, 2), in the coordinates of x and y.
        None: nodes are dots, their areas proportional to their weights.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default, also where the font lacks one of its characters: the number of parts.

    Raises
    ------
    InvalidInputError
        Places are missing, not finite or of another number than the nodes; the path has another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Colours are told apart by people with any kind of colour vision. Numbers of parts that break a rule are red, nodes in
    no part grey. Settings and state of matplotlib stay untouched.
    """
    from shequ.districting import Problem, certify

    check_type(problem, "problem", Problem)
    lang = check_lang(lang)
    certificate = certify(problem, labels)
    drawing = _drawing(certificate, x, y, polygons)
    with plain_settings():
        from matplotlib.figure import Figure

        from shequ.plot._fonts import choose_font, drawable

        font, lang = choose_font(lang)
        if hasattr(target, "get_window_extent"):
            _draw(target, drawing, font)
            return
        path = checked_path(target)
        high = _WIDTH * float(np.clip(_shape(drawing.extent), 0.25, 1.6))
        tall = high + _HEAD + _FOOT
        figure = Figure(figsize=(_WIDTH / _DPI, tall / _DPI), dpi=_DPI, facecolor=_PAPER)
        place = (_MARGIN / _WIDTH, _FOOT / tall, 1.0 - 2.0 * _MARGIN / _WIDTH, high / tall)
        _draw(figure.add_axes(place), drawing, font)
        default = (
            f"{certificate.part_count} 个部分的划分方案"
            if lang == "zh"
            else f"A plan of {certificate.part_count} parts"
        )
        words = drawable(font, title or "", default)
        for text, size, colour, up in (
            (words, 17.0, _INK, 1.0 - 0.36 * _HEAD / tall),
            (_summary(certificate, lang), 9.5, "#5d6770", 1.0 - 0.80 * _HEAD / tall),
            (_caption(certificate, labels, lang), 8.0, _FAINT, 0.46 * _FOOT / tall),
        ):
            figure.text(
                _MARGIN / _WIDTH, up, text, fontproperties=font, color=colour, va="center", fontsize=size
            )  # fmt: skip
        save(figure, path)


def _places(certificate: Certificate, given: object, argument: str) -> NDArray[np.float64]:
    graph = certificate.problem.graph
    column = lookup(graph.columns, given, argument, "graph.columns")
    values = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    if values.shape != (graph.num_nodes,) or not np.isfinite(values).all():
        raise InvalidInputError(
            f"{argument} must be a finite number for each of the {graph.num_nodes} nodes",
            f"{argument} 必须给出全部 {graph.num_nodes} 个节点的坐标，且为有限数",
        )
    return values


def _drawing(certificate: Certificate, x: object, y: object, polygons: Sequence[Any] | None) -> _Drawing:
    points = np.column_stack([_places(certificate, x, "x"), _places(certificate, y, "y")])
    if not len(points):
        raise InvalidInputError("problem.graph has no node to draw", "problem.graph 没有可画的节点")
    if polygons is not None and len(polygons) != len(points):
        raise InvalidInputError(
            f"polygons has length {len(polygons)} and must have length {len(points)}",
            f"polygons 的长度是 {len(polygons)}，必须是 {len(points)}",
        )
    unknown = {int(v) for violation in certificate.violations for v in violation.nodes if violation.part < 0
               and violation.kind.name == "UNKNOWN_LABEL"}  # fmt: skip
    labels = certificate.labels.copy()
    labels[list(unknown)] = -1
    used, numbers = np.unique(labels[labels >= 0], return_inverse=True)
    dense = np.full(len(labels), -1)
    dense[labels >= 0] = numbers
    edges = certificate.problem.graph.edges
    inside = edges[(dense[edges] >= 0).all(axis=1)]
    shades = colour_grids(dense.astype(np.int32), inside, len(used))
    colours = dict(zip(used.tolist(), (PALETTE[shade] for shade in shades.tolist()), strict=True))
    faulty = frozenset(violation.part for violation in certificate.violations if violation.part >= 0)
    limit = max(colours, default=-1) + 1
    of_part = [colours.get(part, _NOBODY) for part in range(limit)]
    outlines = None if polygons is None else [_rings(shape) for shape in polygons]
    return _Drawing(certificate, points, edges, labels, of_part, faulty, outlines)


def _rings(shape: Any) -> list[NDArray[np.float64]]:
    """Return the rings of a geometry, outer and inner; none of an empty one."""
    if hasattr(shape, "geoms"):
        return [ring for part in shape.geoms for ring in _rings(part)]
    if hasattr(shape, "exterior"):
        rings = (np.asarray(ring.coords, dtype=np.float64) for ring in (shape.exterior, *shape.interiors))
        return [ring[:, :2] for ring in rings if len(ring)]
    return [np.asarray(shape, dtype=np.float64)]


def _stretch(extent: NDArray[np.float64]) -> float:
    """Return how much longer a unit of y is than one of x: of degrees, 1 / cos(latitude), else 1."""
    if (np.abs(extent) > (180.0, 90.0)).any():
        return 1.0
    return 1.0 / max(0.05, float(np.cos(np.radians(0.5 * extent[:, 1].sum()))))


def _shape(extent: NDArray[np.float64]) -> float:
    """Return height over width."""
    wide, tall = extent[1] - extent[0]
    return float(tall * _stretch(extent) / wide) if wide > 0 else 1.0


def _frame(ax: Any, extent: NDArray[np.float64]) -> None:
    """Set limits that hold all, with equal scales whatever the shape of the axes."""
    low, high = extent
    stretch = _stretch(extent)
    wide, tall = high[0] - low[0], (high[1] - low[1]) * stretch
    margin = 0.02 * max(wide, tall) or 1.0
    wide, tall = wide + 2.0 * margin, tall + 2.0 * margin
    frame = ax.get_window_extent()
    wide, tall = max(wide, tall * frame.width / frame.height), max(tall, wide * frame.height / frame.width)
    middle = 0.5 * (low + high)
    ax.set_xlim(middle[0] - 0.5 * wide, middle[0] + 0.5 * wide)
    ax.set_ylim(middle[1] - 0.5 * tall / stretch, middle[1] + 0.5 * tall / stretch)


def _triangles(drawing: _Drawing) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return triangles of nodes that cover the ground of each part, and their parts.

    They are nodes of one part that all touch each other, and of the triangles of Delaunay, which have no other node
    inside, those whose corners touch or have a common neighbour: they fill the gaps where more than three nodes meet.
    """
    neighbours: list[set[int]] = [set() for _ in drawing.points]
    for a, b in drawing.edges.tolist():
        if drawing.labels[a] == drawing.labels[b] >= 0:
            neighbours[a].add(b)
            neighbours[b].add(a)
    found = {
        (a, b, c) for a, near in enumerate(neighbours) for b in near if b > a for c in near & neighbours[b] if c > b
    }
    for triangle in _delaunay(drawing.points):
        a, b, c = sorted(triangle)
        if drawing.labels[a] == drawing.labels[b] == drawing.labels[c] >= 0 and all(
            v in neighbours[u] or neighbours[u] & neighbours[v] for u, v in ((a, b), (b, c), (a, c))
        ):
            found.add((a, b, c))
    triangles = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
    return triangles, drawing.labels[triangles[:, 0]]


def _delaunay(points: NDArray[np.float64]) -> list[list[int]]:
    """Return the triangles of Delaunay; none where all points lie on one line."""
    from matplotlib.tri import Triangulation

    try:
        return Triangulation(points[:, 0], points[:, 1]).triangles.tolist()  # type: ignore[no-any-return]
    except (RuntimeError, ValueError):
        return []


def _draw(ax: Any, drawing: _Drawing, font: FontProperties) -> None:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.collections import LineCollection, PolyCollection

    from shequ.plot._labels import Labels

    points, labels = drawing.points, drawing.labels
    ax.set_axis_off()
    _frame(ax, drawing.extent)
    scale = float(ax.get_window_extent().width / ax.figure.dpi) / (_WIDTH / _DPI)
    fine = scale * float(np.clip(np.sqrt(2000.0 / len(points)), 0.7, 3.0))
    ends = labels[drawing.edges]
    cut = ends[:, 0] != ends[:, 1]
    inner = drawing.edges[~cut & (ends[:, 0] >= 0)]
    of_node = [drawing.colours[p] if p >= 0 else _NOBODY for p in labels.tolist()]
    if drawing.outlines is None:
        triangles, parts = _triangles(drawing)
        ground = [tint(drawing.colours[p], 0.30) for p in parts.tolist()]
        ax.add_collection(PolyCollection(
            list(points[triangles]), facecolors=ground, edgecolors=ground, linewidths=1.2 * fine, joinstyle="round",
            zorder=2,
        ))  # fmt: skip
        ax.add_collection(LineCollection(
            list(points[inner]), colors=[tint(of_node[a], 0.62) for a in inner[:, 0].tolist()], linewidths=0.75 * fine,
            zorder=4, capstyle="round",
        ))  # fmt: skip
        weights = np.asarray(drawing.certificate.problem.weights, dtype=np.float64)
        mean = max(float(weights.mean()), 1e-9)
        sizes = (2.1 * fine) ** 2 * np.clip(weights / mean, 0.15, 12.0)
        ax.scatter(
            points[:, 0], points[:, 1], s=sizes, c=of_node, linewidths=0.25 * fine, edgecolors="#ffffff", zorder=5
        )
    else:
        _draw_polygons(ax, drawing.outlines, [tint(colour, 0.55) for colour in of_node], 0.5 * fine)
    ax.add_collection(LineCollection(
        list(points[drawing.edges[cut]]), colors=_CUT, linewidths=0.7 * fine, zorder=3, capstyle="round",
    ))  # fmt: skip
    make: Any = RendererAgg  # has no types
    frame = ax.get_window_extent()
    renderer = make(max(frame.width, 1.0), max(frame.height, 1.0), ax.figure.dpi)
    texts = Labels(ax, renderer, font)
    for part in np.unique(labels[labels >= 0]).tolist():
        members = points[labels == part]
        away = ((members - np.median(members, axis=0)) ** 2).sum(axis=1)
        bad = part in drawing.faulty
        box = {"boxstyle": "round,pad=0.25,rounding_size=0.5", "facecolor": _ALARM if bad else "#ffffff",
               "edgecolor": "none" if bad else "#8b9096", "linewidth": 0.6, "alpha": 0.94}  # fmt: skip
        near = members[np.argsort(away, kind="stable")[:80]]
        texts.place(
            str(part), [(point, 0.0) for point in near], must=True, pad=4.0, fontsize=8.5 * max(scale, 0.4),
            color="#ffffff" if bad else _INK, zorder=9, bbox=box,
        )  # fmt: skip


def _draw_polygons(ax: Any, outlines: list[list[NDArray[np.float64]]], fills: list[Any], line: float) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    paths = []
    for rings in outlines:
        parts = [Path(np.vstack([ring, ring[:1]]), closed=True) for ring in rings]
        paths.append(Path.make_compound_path(*parts) if parts else Path(np.zeros((0, 2))))
    ax.add_collection(PathCollection(paths, facecolors=fills, edgecolors="#ffffff", linewidths=line, zorder=2))


def _summary(certificate: Certificate, lang: Lang) -> str:
    graph, weights = certificate.problem.graph, certificate.part_weights
    held = weights[weights > 0] if len(weights) else np.zeros(1, np.int64)
    least, most = (int(held.min()), int(held.max())) if len(held) else (0, 0)
    lower, upper = certificate.problem.lower, certificate.problem.upper
    if lang == "zh":
        return (
            f"{graph.num_nodes:,} 个节点 · {graph.num_edges:,} 条边 · 各部分 {least:,} 至 {most:,}，"
            f"要求 {lower:,} 至 {upper:,}（含本数）"
        )
    return (
        f"{graph.num_nodes:,} nodes · {graph.num_edges:,} edges · parts of {least:,} to {most:,}, "
        f"asked for {lower:,} to {upper:,}, both included"
    )


def _caption(certificate: Certificate, labels: object, lang: Lang) -> str:
    from shequ._core import Plan, __version__

    zh = lang == "zh"
    names = [of.name if weight == 1 else f"{weight:,} x {of.name}" for of, weight in certificate.problem.objective]
    words = [f"{' + '.join(names) or '-'} {certificate.objective:,}"]
    if certificate.bound is not None:
        words.append(f"下界 {certificate.bound:,}" if zh else f"proven bound {certificate.bound:,}")
    if certificate.status is not None:
        words.append(_STATUS[certificate.status] if zh else certificate.status)
    count = len(certificate.violations)
    if zh:
        words.append("独立核查通过" if certificate.ok else f"违反规则 {count} 处")
    else:
        words.append("certified" if certificate.ok else f"breaks rules in {count} place{'s' if count > 1 else ''}")
    if isinstance(labels, Plan):
        words.append(f"{'随机种子' if zh else 'seed'} {labels.seed}")
    return " · ".join([*words, f"shequ {__version__}"])
