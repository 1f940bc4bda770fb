# SPDX-License-Identifier: BSD-3-Clause
"""Places labels where they cover no other label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text
    from numpy.typing import NDArray

__all__ = ["Labels", "along"]

Box = tuple[float, float, float, float]
Place = tuple["NDArray[np.float64]", float]


def along(line: NDArray[np.float64], share: float) -> Place:
    """Return the point a fraction `share` along a line, and the direction there in degrees, readable from below."""
    steps = np.diff(line, axis=0)
    lengths = np.sqrt((steps * steps).sum(axis=1))
    reach = np.concatenate([[0.0], np.cumsum(lengths)])
    target = share * reach[-1]
    k = min(max(int(np.searchsorted(reach, target, side="right")) - 1, 0), len(steps) - 1)
    point = line[k] + steps[k] * ((target - reach[k]) / lengths[k] if lengths[k] > 0 else 0.0)
    angle = float(np.degrees(np.arctan2(steps[k, 1], steps[k, 0])))
    return point, (angle + 90.0) % 180.0 - 90.0


class Labels:
    """The labels of one map; each new one looks for a place that is free.

    Parameters
    ----------
    ax : Axes
        With limits and aspect already set.
    renderer : RendererAgg
        To measure texts.
    font : FontProperties
        For every label.
    """

    def __init__(self, ax: Axes, renderer: RendererAgg, font: FontProperties) -> None:
        self.ax = ax
        self.renderer = renderer
        self.font = font
        frame = ax.get_window_extent(renderer)
        self.frame: Box = (frame.x0, frame.y0, frame.x1, frame.y1)
        self.boxes: list[Box] = []

    def _boxes(self, text: Text, pad: float) -> list[Box]:
        """Return boxes that cover a text: one, or a chain along one that is turned."""
        degrees = float(text.get_rotation())
        turned = abs((degrees + 45.0) % 90.0 - 45.0) > 8.0
        extent = text.get_window_extent(self.renderer)
        if not turned:
            return [(extent.x0 - pad, extent.y0 - pad, extent.x1 + pad, extent.y1 + pad)]
        text.set_rotation(0.0)
        flat = text.get_window_extent(self.renderer)
        text.set_rotation(degrees)
        half = 0.5 * flat.height + pad
        middle = np.array([0.5 * (extent.x0 + extent.x1), 0.5 * (extent.y0 + extent.y1)])
        way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        count = max(2, int(flat.width / max(flat.height, 1.0)) + 1)
        centres = middle + np.linspace(-0.5, 0.5, count)[:, None] * flat.width * way
        return [(float(x - half), float(y - half), float(x + half), float(y + half)) for x, y in centres]

    def _free(self, boxes: list[Box]) -> bool:
        left, bottom, right, top = self.frame
        for box in boxes:
            if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top:
                return False
            if any(box[2] > b[0] and b[2] > box[0] and box[3] > b[1] and b[3] > box[1] for b in self.boxes):
                return False
        return True

    def reserve(self, box: Box) -> None:
        """Keep labels off a box: left, bottom, right, top in pixels of the figure."""
        self.boxes.append(box)

    def width(self, words: str, **style: Any) -> float:
        """Return how wide a label is, in metres on the ground."""
        text = self.ax.text(0.0, 0.0, words, fontproperties=self.font, **style)
        pixels = text.get_window_extent(self.renderer).width
        text.remove()
        (left, _), (right, _) = self.ax.transData.inverted().transform([(0.0, 0.0), (pixels, 0.0)])
        return float(right - left)

    def place(
        self, words: str, places: Iterable[Place], *, must: bool = False, pad: float = 2.0, **style: Any
    ) -> tuple[float, float] | None:
        """Write `words` at the first free place.

        Parameters
        ----------
        words : str
            The label.
        places : iterable of (point, degrees)
            Where the middle of the label may be, metres, best first, and how it is turned.
        must : bool, default False
            Write it at the best place even where none is free.
        pad : float, default 2.0
            Room around it, pixels.
        **style
            Passed to `Axes.text`.

        Returns
        -------
        (float, float) or None
            The place, metres; None where it was not written.
        """
        best: Place | None = None
        text = self.ax.text(
            0.0, 0.0, words, fontproperties=self.font, ha="center", va="center", clip_on=True, **style
        )  # fmt: skip
        for point, degrees in places:
            best = best or (point, degrees)
            text.set_position((float(point[0]), float(point[1])))
            text.set_rotation(degrees)
            boxes = self._boxes(text, pad)
            if self._free(boxes):
                self.boxes += boxes
                return float(point[0]), float(point[1])
        if not must or best is None:
            text.remove()
            return None
        text.set_position((float(best[0][0]), float(best[0][1])))
        text.set_rotation(best[1])
        self.boxes += self._boxes(text, pad)
        return float(best[0][0]), float(best[0][1])
