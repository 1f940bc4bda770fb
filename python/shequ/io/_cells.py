# SPDX-License-Identifier: BSD-3-Clause
"""Questions about all cells of a column: asked of the core where all are texts, else of each cell.

Whatever the core answers, cells that it points to are judged one by one, by the same code in both cases.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Cells
from shequ.io._values import is_blank

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

__all__ = [
    "as_cells",
    "blank_rows",
    "containing",
    "distinct",
    "ending_with",
    "filled",
    "no_digits",
    "repeated",
    "starting_with",
    "taken",
]


def as_cells(cells: list[Any]) -> Sequence[Any]:
    """Return a column in the memory of the core where all its cells are texts, otherwise as it is."""
    return Cells(cells) if set(map(type, cells)) <= {str} else cells


def _listed(rows: NDArray[np.int64]) -> list[int]:
    listed: list[int] = rows.tolist()
    return listed


def taken(cells: Sequence[Any], rows: NDArray[np.int64]) -> Sequence[Any]:
    """Return the cells of some rows."""
    return cells.taken(rows) if isinstance(cells, Cells) else [cells[i] for i in rows.tolist()]


def blank_rows(cells: Sequence[Any]) -> list[int]:
    """Return the rows of cells that hold nothing at all."""
    if isinstance(cells, Cells):
        return _listed(cells.blank())
    return [i for i, cell in enumerate(cells) if is_blank(cell)]


def containing(cells: Sequence[Any], text: str) -> list[int]:
    """Return the rows of texts that hold a text."""
    if isinstance(cells, Cells):
        return _listed(cells.containing(text))
    return [i for i, cell in enumerate(cells) if isinstance(cell, str) and text in cell]


def starting_with(cells: Sequence[Any], texts: Iterable[str]) -> list[int]:
    """Return the rows of texts that begin with one of several."""
    if isinstance(cells, Cells):
        return _listed(cells.starting_with(list(texts)))
    begins = tuple(texts)
    return [i for i, cell in enumerate(cells) if isinstance(cell, str) and cell.startswith(begins)]


def ending_with(cells: Sequence[Any], texts: Iterable[str]) -> list[int]:
    """Return the rows of texts that end with one of several."""
    if isinstance(cells, Cells):
        return _listed(cells.ending_with(list(texts)))
    ends = tuple(texts)
    return [i for i, cell in enumerate(cells) if isinstance(cell, str) and cell.endswith(ends)]


def no_digits(cells: Sequence[Any]) -> Sequence[int]:
    """Return the rows whose cell is more than a text of the digits 0 to 9; an empty text is none."""
    return _listed(cells.no_digits()) if isinstance(cells, Cells) else range(len(cells))


def filled(cells: Sequence[Any]) -> list[int]:
    """Return the rows whose cell is there and no empty text."""
    return [i for i, cell in enumerate(cells) if cell not in ("", None)]


def repeated(cells: Sequence[Any]) -> list[int]:
    """Return the rows whose cell stands in another row as well."""
    if isinstance(cells, Cells):
        return _listed(cells.repeated())
    counts = Counter(cells)
    return [i for i, cell in enumerate(cells) if counts[cell] > 1]


def distinct(cells: Sequence[Hashable]) -> tuple[list[Any], NDArray[np.int32]]:
    """Return the different cells in the order in which they come, and which of them each is."""
    if isinstance(cells, Cells):
        return cells.distinct()
    known: dict[Hashable, int] = {}
    which = np.array([known.setdefault(cell, len(known)) for cell in cells], dtype=np.int32)
    return list(known), which
