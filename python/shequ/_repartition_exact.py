# SPDX-License-Identifier: BSD-3-Clause
"""A proof of how few households must move: a whole-number model with the numbers of last year's grids, solved by HiGHS.

One binary variable for each atom and grid. That a grid hangs together is asked for where an answer breaks it: of two atoms
of a grid in different pieces, not both without one of the atoms that separate them (a minimal separator). Every answer on
the way bounds the number from below.
"""

from __future__ import annotations

import math
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._highs import run_solver, silent_solver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["StayModel"]

_SLACK = 1e-6


class StayModel:
    """Which atoms go where so that the most households stay.

    Parameters
    ----------
    highspy : module
    neighbours : list of lists of int
        Of each atom, links included.
    weights : ndarray of int64, shape (n,)
        Households.
    previous : ndarray of int32, shape (n,)
        Grid of last year, -1 for a new atom.
    lower, upper : int
        Households of a grid, both included.
    num_labels : int
        Grids that there may be: those of last year by their numbers, then new ones. One that no atom is in does not exist.
    fixed : dict of int to int
        Atoms that must be in a grid.
    closed : iterable of int
        Grids that take no other atom than the fixed ones.

    Attributes
    ----------
    labels : ndarray of int32 or None
        The best plan found.
    bound : int
        At least so many households move.
    finished, infeasible : bool
        The bound is the least; there is no plan at all (in the arithmetic of HiGHS).
    """

    def __init__(
        self,
        highspy: Any,
        neighbours: list[list[int]],
        weights: NDArray[np.int64],
        previous: NDArray[np.int32],
        *,
        lower: int,
        upper: int,
        num_labels: int,
        fixed: dict[int, int],
        closed: Iterable[int],
    ) -> None:
        self._highspy, self._neighbours = highspy, neighbours
        self._size, self._num_labels = len(weights), num_labels
        self.labels: NDArray[np.int32] | None = None
        self.bound = 0
        self.finished = self.infeasible = False
        self._stop = False
        n, k = self._size, num_labels
        self._old = int(weights[previous >= 0].sum())
        solver = silent_solver(highspy)
        for name, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 1.0 - 1e-3}.items():
            solver.setOptionValue(name, value)
        cost = np.zeros(n * k + k)
        known = np.flatnonzero(previous >= 0)
        cost[known * k + previous[known]] = -weights[known]
        low, high = np.zeros(n * k + k), np.ones(n * k + k)
        for atom, label in fixed.items():
            low[atom * k + label] = 1.0
        for label in closed:
            for atom in range(n):
                if fixed.get(atom) != label:
                    high[atom * k + label] = 0.0
        none = np.zeros(0, np.int32)
        solver.addCols(n * k + k, cost, low, high, 0, none, none, np.zeros(0))
        kinds = np.full(n * k + k, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(n * k + k, np.arange(n * k + k, dtype=np.int32), kinds)
        self._solver = solver
        infinity = highspy.kHighsInf
        for atom in range(n):
            self._row(1.0, 1.0, {atom * k + label: 1.0 for label in range(k)})
        for label in range(k):
            exists = n * k + label
            inside = {atom * k + label: float(weights[atom]) for atom in range(n) if weights[atom]}
            self._row(0.0, infinity, {**inside, exists: -float(lower)})
            self._row(-infinity, 0.0, {**inside, exists: -float(upper)})
            for atom in range(n):
                if not weights[atom]:
                    self._row(-infinity, 0.0, {atom * k + label: 1.0, exists: -1.0})
        solver.cbMipInterrupt.subscribe(lambda event: event.interrupt(self._stop))

    def _row(self, low: float, high: float, entries: dict[int, float]) -> None:
        index, value = np.array(list(entries), dtype=np.int32), np.array(list(entries.values()))
        self._solver.addRow(low, high, len(index), index, value)

    def run(self, end: float, known: NDArray[np.int32] | None) -> None:
        """Solve until nothing is broken, or to the time `end` of `time.monotonic`, or to Ctrl-C, which ends with the best.

        Parameters
        ----------
        end : float
        known : ndarray of int32, shape (n,), optional
            A plan that keeps the rules.
        """
        if known is not None:
            self.labels = known.copy()
        status = self._highspy.HighsModelStatus
        while not self.finished and not self._stop and time.monotonic() < end:
            self._solve(end - time.monotonic())
            found, info = self._solver.getModelStatus(), self._solver.getInfo()
            if found == status.kInfeasible:
                self.infeasible = self.finished = self.labels is None
                return
            if math.isfinite(info.mip_dual_bound):
                low = self._old + info.mip_dual_bound
                self.bound = max(self.bound, math.ceil(low - _SLACK * max(1.0, abs(low))))
            if info.primal_solution_status != 2:
                return
            values = np.array(self._solver.getSolution().col_value[: self._size * self._num_labels])
            labels = values.reshape(self._size, self._num_labels).argmax(axis=1).astype(np.int32)
            cuts = self._broken(labels)
            if not cuts:
                self.labels = labels
                self.finished = found == status.kOptimal
                return
            for a, b, separator, label in cuts:
                k = self._num_labels
                row = {a * k + label: 1.0, b * k + label: 1.0, **{s * k + label: -1.0 for s in separator}}
                self._row(-self._highspy.kHighsInf, 1.0, row)

    def _solve(self, left: float) -> None:
        """Run HiGHS from the best plan known."""
        k, known = self._num_labels, None
        if self.labels is not None:
            known = np.zeros(self._size * k + k)
            known[np.arange(self._size) * k + self.labels] = 1.0
            known[self._size * k + np.unique(self.labels)] = 1.0
        run_solver(self._solver, left, known, self._interrupt)

    def _interrupt(self) -> None:
        self._stop = True

    def _broken(self, labels: NDArray[np.int32]) -> list[tuple[int, int, list[int], int]]:
        """Return two atoms, what separates them, and the grid, for every piece that hangs loose from the largest."""
        found = []
        for label in range(self._num_labels):
            pieces = _pieces(np.flatnonzero(labels == label).tolist(), self._neighbours)
            if len(pieces) < 2:
                continue
            pieces.sort(key=lambda piece: (-len(piece), min(piece)))
            main = min(pieces[0])
            for piece in pieces[1:]:
                found.append((min(piece), main, _separator(piece, main, self._neighbours), label))
        return found


def _pieces(nodes: list[int], neighbours: list[list[int]]) -> list[set[int]]:
    left, pieces = set(nodes), []
    while left:
        piece = _reached(min(left), left, neighbours)
        pieces.append(piece)
        left -= piece
    return pieces


def _reached(start: int, allowed: set[int], neighbours: list[list[int]]) -> set[int]:
    seen, queue = {start}, deque([start])
    while queue:
        for node in neighbours[queue.popleft()]:
            if node in allowed and node not in seen:
                seen.add(node)
                queue.append(node)
    return seen


def _separator(piece: set[int], other: int, neighbours: list[list[int]]) -> list[int]:
    """Return the atoms around a piece that are reached from `other` without crossing others of them."""
    ring = {node for inner in piece for node in neighbours[inner]} - piece
    outside = _reached(other, set(range(len(neighbours))) - piece - ring, neighbours)
    return sorted(node for node in ring if any(near in outside for near in neighbours[node]))
