# SPDX-License-Identifier: BSD-3-Clause
"""HiGHS on a districting model: solved again with further cuts while its answer has a part that does not hang together."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._exact_cuts import broken
from shequ._highs import run_solver, silent_solver

if TYPE_CHECKING:
    from shequ._exact_cuts import Cut
    from shequ._exact_groups import Groups
    from shequ._exact_model import Model

__all__ = ["Search"]

_SLACK = 1e-6  # of a bound in floats, relative, before it is rounded up to a whole number


class Search:
    """Search for the least objective of a model, from a plan that may be known.

    Attributes
    ----------
    labels : list of int or None
        Part of each node in the best plan known.
    bound : int or None
        The largest proven; None: nothing but what the model states.
    is_infeasible : bool
        Proven, in the arithmetic of HiGHS.
    is_finished, is_interrupted : bool
        Why the search ended; neither: the time was over.
    """

    def __init__(self, highspy: Any, groups: Groups, model: Model, labels: list[int] | None, threads: int) -> None:
        self._highspy, self._groups, self._model = highspy, groups, model
        self.labels = labels
        self.bound: int | None = None
        self.is_infeasible = self.is_finished = self.is_interrupted = False
        self._cuts: list[Cut] = []
        self._known: set[Cut] = set()
        self._threads = threads
        self._stop = False
        self._error: BaseException | None = None
        self._solver = self._load()

    def run(self, end: float) -> None:
        """Solve until nothing is broken, or to the time `end` of `time.monotonic`, or to Ctrl-C."""
        while not self.is_finished and not self.is_interrupted:
            left = end - time.monotonic()
            if left <= 0:
                return
            self._cuts = []
            self._solve(left)
            self._take_up()
            if self._cuts:
                self._add(self._model.cut_rows(self._cuts))
            elif self._solver.getModelStatus() != self._highspy.HighsModelStatus.kOptimal and not self.is_infeasible:
                return

    def _load(self) -> Any:
        solver = silent_solver(self._highspy)
        options = {
            "threads": self._threads, "mip_rel_gap": 0.0,
            # Objectives are whole multiples of 1 here: less than 1 of a gap proves the best plan.
            "mip_abs_gap": 1.0 - 1e-3,
            "mip_feasibility_tolerance": 1e-7, "primal_feasibility_tolerance": 1e-8, "dual_feasibility_tolerance": 1e-8,
        }  # fmt: skip
        for name, value in options.items():
            solver.setOptionValue(name, value)
        columns = self._model.columns
        size = len(columns.cost)
        none = np.zeros(0, np.int32)
        cost = np.array(columns.cost, np.float64) / self._model.unit
        solver.addCols(size, cost, np.array(columns.lower), np.array(columns.upper), 0, none, none, np.zeros(0))
        kinds = np.where(columns.is_whole, int(self._highspy.HighsVarType.kInteger), 0).astype(np.uint8)
        solver.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
        self._solver = solver
        self._add(self._model.rows)
        solver.cbMipImprovingSolution.subscribe(self._look_at)
        solver.cbMipInterrupt.subscribe(self._look_at)
        return solver

    def _add(self, rows: Any) -> None:
        self._solver.addRows(
            len(rows.lower), np.array(rows.lower), np.array(rows.upper), len(rows.index),
            np.array(rows.start, np.int32), np.array(rows.index, np.int32), np.array(rows.value, np.float64),
        )  # fmt: skip

    def _solve(self, left: float) -> None:
        """Run HiGHS from the best plan known."""
        known = None if self.labels is None else np.array(self._model.solution(self.labels))
        run_solver(self._solver, left, known, self._interrupt)
        if self._error is not None:
            raise self._error

    def _interrupt(self) -> None:
        self._stop = self.is_interrupted = True

    def _look_at(self, event: Any) -> None:
        """Look at a better solution at once: HiGHS would look for better ones only, though no plan may be as good."""
        try:
            if event.callback_type == self._highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
                self._judge(list(event.data_out.mip_solution))
            else:
                event.interrupt(self._stop or bool(self._cuts))  # the flag stays set from an earlier run
        except BaseException as error:  # noqa: BLE001  raised by the thread that called
            self._error, self._stop = error, True

    def _judge(self, values: list[float]) -> None:
        parts = self._model.parts_of(values)
        cuts = [cut for cut in broken(self._groups, parts) if cut not in self._known]
        self._known.update(cuts)
        self._cuts += cuts
        if not cuts:
            labels = [0] * len(self._groups.of_node)
            for number, part in enumerate(parts):
                for group in part:
                    for node in self._groups.nodes[group]:
                        labels[node] = number
            if not broken(self._groups, parts):
                self.labels = labels

    def _take_up(self) -> None:
        solver, status = self._solver, self._highspy.HighsModelStatus
        found, info = solver.getModelStatus(), solver.getInfo()
        if found == status.kInfeasible:
            self.is_infeasible = self.is_finished = self.labels is None
            return
        if info.primal_solution_status == 2:  # feasible for the model
            self._judge(list(solver.getSolution().col_value))
        lowest = info.mip_dual_bound
        if math.isfinite(lowest):
            proven = math.ceil(lowest - _SLACK * max(1.0, abs(lowest))) * self._model.unit
            self.bound = proven if self.bound is None else max(self.bound, proven)
        self.is_finished = found == status.kOptimal and not self._cuts
