# SPDX-License-Identifier: BSD-3-Clause
"""Wrong arguments: every public function names the argument, its value and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import shequ
from shequ import Graph, InvalidInputError, Problem, Random, StaffingRule

NOT_WHOLE = ["2", 2.7, None, True, [1], np.array([1, 2])]
TOO_LARGE = [2**40, -(2**40), 2**70]
NOT_TEXT = [3, b"zh", None, ["zh"], "\ud800"]
NOT_COLUMNS = ["abc", 5, ..., [..., 1], [[1, 2]], ["x"] * 6]

TREE = shequ.Hierarchy.from_columns(
    code=[1, 2, 3, 4, 5, 6], parent=[None, 1, 1, 2, 2, 3], level=[3, 4, 4, 5, 5, 5], name=list("甲乙丙丁戊己")
)
TOTALS = np.zeros(6, dtype=np.int64)
GRAPH = Graph.from_edges(3, [(0, 1), (1, 2)])
PROBLEM = Problem(GRAPH, [1, 1, 1], parts=1, lower=1, upper=3)
NORM = shequ.norms.get("staff.wujin2012")

WHOLE: dict[str, tuple[str, Callable[[Any], object]]] = {
    "parent": ("unit", TREE.parent),
    "level": ("unit", TREE.level),
    "code": ("unit", TREE.code),
    "name": ("unit", TREE.name),
    "subtree": ("unit", TREE.subtree),
    "children": ("unit", TREE.children),
    "path": ("unit", TREE.path),
    "ancestor": ("unit", lambda x: TREE.ancestor(x, "town")),
    "find_name": ("within", lambda x: TREE.find_name("丁", x)),
    "update_sum, unit": ("unit", lambda x: TREE.update_sum(TOTALS, x, 1)),
    "from_edges": ("num_nodes", lambda x: Graph.from_edges(x, [(0, 1)])),
    "below": ("bound", lambda x: Random(1).below(x)),
    "solve, threads": ("threads", lambda x: shequ.solve(PROBLEM, threads=x)),
}
WHOLE_64: dict[str, tuple[str, Callable[[Any], object]]] = {
    "update_sum, delta": ("delta", lambda x: TREE.update_sum(TOTALS, 0, x)),
    "Random": ("seed", Random),
    "Random, stream": ("stream", lambda x: Random(1, x)),
    "StaffingRule": ("base", lambda x: StaffingRule(base=x)),
    "StaffingRule, step": ("step_households", lambda x: StaffingRule(step_households=x)),
    "part_count_range": ("weight", lambda x: shequ.part_count_range(x, 1, 2)),
    "Problem": ("lower", lambda x: Problem(GRAPH, [1, 1, 1], parts=1, lower=x, upper=3)),
    "solve, seed": ("seed", lambda x: shequ.solve(PROBLEM, seed=x)),
}
TEXT: dict[str, tuple[str, Callable[[Any], object]]] = {
    "find_name": ("name", TREE.find_name),
    "name": ("lang", lambda x: TREE.name(0, x)),
    "title": ("lang", NORM.title),
    "parameters": ("lang", NORM.parameters),
}
COLUMN: dict[str, tuple[str, Callable[[Any], object]]] = {
    "rollup_sum": ("column", TREE.rollup_sum),
    "rollup_min": ("column", TREE.rollup_min),
    "rollup_max": ("column", TREE.rollup_max),
    "rollup_mean": ("column", TREE.rollup_mean),
    "rollup_mean, weights": ("weights", lambda x: TREE.rollup_mean([1] * 6, weights=x)),
    "rollup_count": ("column", TREE.rollup_count),
    "rollup_any": ("column", TREE.rollup_any),
    "rollup_all": ("column", TREE.rollup_all),
    "audit_grids": ("households", TREE.audit_grids),
}


def refused(call: Callable[[Any], object], argument: str, value: object) -> str:
    with pytest.raises(InvalidInputError) as caught:
        call(value)
    message = str(caught.value)
    assert message.startswith(argument), message
    assert "must" in message
    assert "必须" in caught.value.message("zh")
    return message


@pytest.mark.parametrize("value", NOT_WHOLE, ids=repr)
@pytest.mark.parametrize("call", sorted(WHOLE | WHOLE_64))
def test_what_is_no_whole_number_is_refused_by_name(call: str, value: object) -> None:
    argument, function = (WHOLE | WHOLE_64)[call]
    if call in ("find_name", "Problem") and value is None:
        assert function(value) is not None  # None: the whole tree; no lower bound
    else:
        assert f"{argument}={value!r} must be a whole number" in refused(function, argument, value)


@pytest.mark.parametrize("value", TOO_LARGE)
@pytest.mark.parametrize("call", sorted(WHOLE))
def test_a_whole_number_out_of_range_is_refused_with_the_range(call: str, value: int) -> None:
    argument, function = WHOLE[call]
    assert "must be " in refused(function, f"{argument}={value}", value)


@pytest.mark.parametrize("call", sorted(WHOLE_64))
def test_a_whole_number_beyond_64_bits_is_refused_with_the_range(call: str) -> None:
    argument, function = WHOLE_64[call]
    assert "must be " in refused(function, f"{argument}={2**70}", 2**70)


@pytest.mark.parametrize("value", NOT_TEXT, ids=ascii)
@pytest.mark.parametrize("call", sorted(TEXT))
def test_what_is_no_text_is_refused_by_name(call: str, value: object) -> None:
    argument, function = TEXT[call]
    assert "must be " in refused(function, f"{argument}={value!r}", value)


@pytest.mark.parametrize("value", NOT_COLUMNS, ids=repr)
@pytest.mark.parametrize("call", sorted(COLUMN))
def test_what_is_no_column_is_refused_by_name(call: str, value: object) -> None:
    argument, function = COLUMN[call]
    assert " must " in refused(function, argument, value)


@pytest.mark.parametrize(
    "totals", [[0] * 6, np.zeros(6), np.zeros(6, np.int32), np.zeros(12, np.int64)[::2], np.zeros((6, 1), np.int64)]
)
def test_totals_are_never_changed_in_a_copy(totals: object) -> None:
    message = refused(lambda x: TREE.update_sum(x, 1, 1), "totals", totals)
    assert "writeable contiguous array of int64" in message


def test_read_only_totals_are_refused() -> None:
    totals = np.zeros(6, dtype=np.int64)
    totals.setflags(write=False)
    message = refused(lambda x: TREE.update_sum(x, 1, 1), "totals", totals)
    assert "writeable contiguous array of int64" in message


def test_numpy_numbers_are_numbers() -> None:
    assert TREE.name(np.int16(1)) == "乙"
    assert Graph.from_edges(np.uint8(2), [(0, 1)]).num_nodes == 2
    totals = np.zeros(6, dtype=np.int64)
    TREE.update_sum(totals, np.int32(3), np.int64(7))
    assert totals.tolist() == [7, 7, 0, 7, 0, 0]


@pytest.mark.parametrize("value", ["10", None, True, [1.0]], ids=repr)
def test_a_time_limit_that_is_no_number_is_refused(value: object) -> None:
    assert "must be " in refused(lambda x: shequ.solve(PROBLEM, time_limit_s=x), f"time_limit_s={value!r}", value)


def test_progress_that_cannot_be_called_is_refused() -> None:
    assert "must be " in refused(lambda x: shequ.solve(PROBLEM, progress=x), "progress=5", 5)
