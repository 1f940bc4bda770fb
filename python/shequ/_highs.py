# SPDX-License-Identifier: BSD-3-Clause
"""HiGHS without its messages, and runs of it that Ctrl-C ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["run_solver", "silent_solver"]


def silent_solver(highspy: Any) -> Any:
    """Return a solver that prints nothing, not even that it runs, which it does as soon as callbacks are allowed."""

    class Silent(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent()


def run_solver(
    solver: Any, seconds: float, known: NDArray[np.float64] | None, on_interrupt: Callable[[], None]
) -> None:
    """Run a solver on a thread of its own, so that Ctrl-C reaches this one.

    Parameters
    ----------
    solver : highspy.Highs
    seconds : float
        For this run.
    known : ndarray of float64, shape (n_columns,), optional
        A solution to begin with.
    on_interrupt : callable
        Called at Ctrl-C: must make the solver's callback for interrupts end the run, which is waited for.
    """
    _run(solver, seconds, known, on_interrupt)
    if known is not None and not _agrees(solver):
        # HiGHS 1.16 may hand back the solution to begin with in place of the one it found, where presolve alone finds it
        solver.clearSolver()
        _run(solver, seconds, None, on_interrupt)


def _run(solver: Any, seconds: float, known: NDArray[np.float64] | None, on_interrupt: Callable[[], None]) -> None:
    # The limit of HiGHS counts the time of all runs.
    solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
    if known is not None:
        solver.setSolution(len(known), np.arange(len(known), dtype=np.int32), known)
    worker = threading.Thread(target=solver.run, daemon=True)
    worker.start()
    while worker.is_alive():
        try:
            worker.join(0.1)
        except KeyboardInterrupt:
            on_interrupt()


def _agrees(solver: Any) -> bool:
    """Tell whether the solution has the value that the solver says it has."""
    info, problem = solver.getInfo(), solver.getLp()
    if info.primal_solution_status != 2:
        return True
    value = float(np.dot(problem.col_cost_, solver.getSolution().col_value)) + problem.offset_
    said = float(info.objective_function_value)
    return bool(abs(value - said) <= 1e-6 * max(1.0, abs(value)))
