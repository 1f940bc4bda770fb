# SPDX-License-Identifier: BSD-3-Clause
"""The one way to run HiGHS."""

from __future__ import annotations

import numpy as np
import pytest

from shequ._highs import run_solver, silent_solver

highspy = pytest.importorskip("highspy")


def test_a_start_is_not_taken_for_the_answer_where_presolve_finds_a_better_one() -> None:
    solver = silent_solver(highspy)
    none = np.zeros(0, dtype=np.int32)
    cost = np.array([0, 0, 0, 1, 0, 0, 0, 0.0])
    solver.addCols(8, cost, np.zeros(8), np.ones(8), 0, none, none, np.zeros(0))
    whole = np.full(8, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    solver.changeColsIntegrality(8, np.arange(8, dtype=np.int32), whole)
    rows = [[0, 4, 5], [1, 5, 6], [2, 7], [3, 4, 5, 6, 7]]
    for row in rows:
        solver.addRow(1.0, 1.0, len(row), np.array(row, dtype=np.int32), np.ones(len(row)))
    start = np.array([1, 1, 1, 1, 0, 0, 0, 0.0])
    run_solver(solver, 10.0, start, lambda: None)
    values = np.array(solver.getSolution().col_value)
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    assert round(float(cost @ values)) == 0
    assert all(round(float(values[row].sum())) == 1 for row in rows)
