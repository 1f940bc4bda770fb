# SPDX-License-Identifier: BSD-3-Clause
"""The Python side of hierarchies: columns in and out, lifetimes, threads, display."""

from __future__ import annotations

import copy
import gc
import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ import HierarchyError, InvalidInputError
from shequ.hierarchy import Hierarchy, Level

DISTRICT = {
    "code": [320412000000, 320412001000, 320412001001, 320412001002, 320412100000, 320412100201],
    "parent": [-1, 320412000000, 320412001000, 320412001000, 320412000000, 320412100000],
    "name": ["武进区", "南夏墅街道", "甲社区", "乙社区", "湖塘镇", "丁村委会"],
}


def small() -> Hierarchy:
    return Hierarchy.from_columns(**DISTRICT)


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size = draw(st.integers(1, 40))
    codes = draw(st.permutations(range(100, 100 + size)))
    parents = [-1] + [codes[draw(st.integers(0, i - 1))] for i in range(1, size)]
    return codes, parents


def levels_of(codes: list[int], parents: list[int]) -> list[int]:
    depth = {-1: -1}
    for code, parent in zip(codes, parents, strict=True):
        depth[code] = min(depth[parent] + 1, 8)
    return [depth[code] for code in codes]


@given(trees(), st.randoms(use_true_random=False), st.data())
@settings(max_examples=50, deadline=None)
def test_rows_in_any_order_give_the_same_tree_and_sums(tree, random, data) -> None:
    codes, parents = tree
    levels = levels_of(codes, parents)
    values = data.draw(st.lists(st.integers(-1000, 1000), min_size=len(codes), max_size=len(codes)))
    h = Hierarchy.from_columns(codes, parents, level=levels)
    order = list(range(len(codes)))
    random.shuffle(order)
    other = Hierarchy.from_columns(
        [codes[i] for i in order], [parents[i] for i in order], level=[levels[i] for i in order]
    )
    assert np.array_equal(h.codes, other.codes)
    assert np.array_equal(h.parents, other.parents)
    totals = h.rollup_sum(h.align(values))
    assert np.array_equal(totals, other.rollup_sum(other.align([values[i] for i in order])))
    for i, code in enumerate(codes):
        unit = h.index(code)
        below = {h.code(u) for u in range(len(h))[h.subtree(unit)]}
        assert totals[unit] == sum(v for c, v in zip(codes, values, strict=True) if str(c) in below)
        assert h.rows[unit] == i


def test_units_are_found_and_walked() -> None:
    h = small()
    assert len(h) == 6
    assert h.parent(0) is None
    assert h.parent(3) == 1
    assert h.children(0).tolist() == [1, 4]
    assert h.subtree(1) == slice(1, 4)
    assert h.path(3).tolist() == [3, 1, 0]
    assert h.ancestor(3, "town") == 1
    assert h.ancestor(3, "city") is None
    assert h.level(5) is Level.COMMUNITY
    assert h.code(5) == "320412100201"
    assert h.name(5) == "丁村委会"
    assert h.index("320412001001") == h.index(320412001001) == h.index(np.int64(320412001001)) == 2
    assert h.find(1) is None
    assert h.find_name("甲社区").tolist() == [2]
    assert h.find_name("甲社区", within=4).tolist() == []


@pytest.mark.parametrize("level", ["community", "社区", "村", Level.COMMUNITY, 5, np.int64(5)])
def test_levels_are_named_in_many_ways(level) -> None:
    assert small().at_level(level).tolist() == [2, 3, 5]


@pytest.mark.parametrize(
    "column",
    [
        list,
        lambda v: [str(x) if x >= 0 else "" for x in v],
        np.array,
        lambda v: np.array(v).astype(">i8"),
        lambda v: np.repeat(np.array(v), 2)[::2],
        lambda v: np.array([str(x) if x >= 0 else "" for x in v]),
        lambda v: np.array([str(x) if x >= 0 else None for x in v], dtype=object),
        lambda v: [None if x < 0 else x for x in v],
        lambda v: np.array([np.nan if x < 0 else x for x in v]),
        lambda v: np.ma.MaskedArray(v, mask=np.array(v) < 0),
    ],
)
def test_codes_may_come_as_any_kind_of_column(column) -> None:
    h = Hierarchy.from_columns(column(DISTRICT["code"]), column(DISTRICT["parent"]), DISTRICT["name"])
    assert h == small()


def test_columns_of_pandas_and_pyarrow_are_read() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(DISTRICT)
    frame["parent"] = frame["parent"].where(frame["parent"] >= 0).astype("Int64")
    h = Hierarchy.from_columns(frame["code"], frame["parent"], frame["name"])
    assert h == small()
    households = pd.Series([None, None, 300, 200, None, 100], dtype="Int64")
    totals = h.rollup_sum(households)
    assert totals.tolist() == [600, 500, 300, 200, 100, 100]
    assert isinstance(totals, np.ma.MaskedArray)
    aligned = h.align(households)
    assert aligned.mask.tolist() == [True, True, False, False, True, False]
    assert h.rollup_sum(pd.Series([0.0, np.nan, 1.5, 2.0, 0.0, 0.0])).tolist() == [3.5, 3.5, 1.5, 2.0, 0.0, 0.0]
    pa = pytest.importorskip("pyarrow")
    arrow = pa.table(frame)
    assert Hierarchy.from_columns(arrow["code"], arrow["parent"], arrow["name"]) == small()


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"code": [1, 2.5], "parent": [-1, 1]}, "code[1]=2.5 must be a whole number or text"),
        ({"code": [1, True], "parent": [-1, 1]}, "code"),
        ({"code": [1, 2], "parent": [-1]}, "parent.size()=1 must be equal to 2"),
        ({"code": [[1, 2]], "parent": [-1]}, "code has 2 dimensions and must have 1"),
        ({"code": [1, 2**63], "parent": [-1, 1]}, "code[1]=9223372036854775808 must be at most"),
        ({"code": [1, 2], "parent": [-1, 1], "level": ["town", "galaxy"]}, "level[1]='galaxy' must be one of"),
        ({"code": [1, 2], "parent": [-1, 1], "level": [3, 9]}, "level[1]=9 must be in [0, 8]"),
        ({"code": [1, 2], "parent": [-1, 1], "level": [3, -1]}, "level[1]=-1 must be in [0, 8]"),
        ({"code": None, "parent": [-1]}, "code=None must be a column"),
        ({"code": [1, 2], "parent": [-1, 1], "level": [3]}, "level.size()=1 must be equal to 2"),
        ({"code": [1, 2], "parent": [-1, 1], "level": [3, 4], "name": ["a", 5]}, "name[1]=5 must be text"),
        ({"code": [1, 2], "parent": [-1, 1], "level": [3, 4], "name": ["a", "\ud800"]}, "name[1] must be text"),
        ({"code": [1], "parent": [-1], "level": [3], "same_level": "drop"}, "same_level='drop' must be one of"),
    ],
)
def test_wrong_columns_are_refused_by_name(columns, message) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Hierarchy.from_columns(**columns)
    assert message in str(caught.value)
    assert caught.value.message("zh")


def test_all_faults_are_listed_in_both_languages() -> None:
    code = [*DISTRICT["code"], 320412001001, 7, 320412009001]
    parent = [*DISTRICT["parent"], 320412001000, 7, 320412009000]
    with pytest.raises(HierarchyError) as caught:
        Hierarchy.from_columns(code, parent, level=[3, 4, 5, 5, 4, 5, 5, 5, 5])
    problems = caught.value.problems
    assert [(p.fault, p.row, p.other_row) for p in problems] == [
        ("duplicate_code", 6, 2),
        ("cycle", 7, 7),
        ("orphan", 8, None),
    ]
    assert "320412009000" in problems[2].message("zh")
    assert problems[0].message("en", row_numbers=np.arange(10, 19)).endswith("row 12 already and must be unique")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == problems
    assert again.message("zh") == caught.value.message("zh")


def test_every_roll_up_leaves_missing_values_out() -> None:
    h = small()
    column = np.ma.MaskedArray([0, 0, 300, 200, 0, 0], mask=[1, 1, 0, 0, 1, 1])
    assert h.rollup_sum(column).tolist() == [500, 500, 300, 200, None, None]
    assert h.rollup_min(column).tolist() == [200, 200, 300, 200, None, None]
    assert h.rollup_max(column).tolist() == [300, 300, 300, 200, None, None]
    assert h.rollup_mean(column).tolist() == [250, 250, 300, 200, None, None]
    assert h.rollup_count(column).tolist() == [2, 2, 1, 1, 0, 0]
    assert h.rollup_mean(column, weights=np.array([0, 0, 1, 3, 0, 0])).tolist() == [225, 225, 300, 200, None, None]
    truths = np.ma.MaskedArray([0, 0, 1, 0, 0, 0], mask=[1, 1, 0, 0, 1, 0], dtype=bool)
    assert h.rollup_any(truths).tolist() == [True, True, True, False, False, False]
    assert h.rollup_all(truths).tolist() == [False, False, True, False, False, False]


def test_a_column_without_gaps_gives_a_plain_array() -> None:
    h = small()
    for dtype in ("i4", "i8", "u2", "f8", ">i4", ">f8"):
        totals = h.rollup_sum(np.ones(6, dtype=dtype))
        assert type(totals) is np.ndarray
        assert totals.tolist() == [6, 3, 1, 1, 2, 1]
        assert totals.dtype == (np.float64 if "f" in dtype else np.int64)
    assert h.rollup_sum(np.ones(12, dtype=np.int64)[::2]).tolist() == [6, 3, 1, 1, 2, 1]
    assert h.rollup_sum([1, None, 2, 3, None, 4]).tolist() == [10, 5, 2, 3, 4, 4]


def test_values_of_one_level_are_rolled_up() -> None:
    h = small()
    assert h.rollup_sum([300, 200, 100], level="community").tolist() == [600, 500, 300, 200, 100, 100]
    with pytest.raises(InvalidInputError, match=r"column has shape \(3,\) and must have shape \(2,\)"):
        h.rollup_sum([300, 200, 100], level="town")


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (np.ones(5), "column has shape (5,) and must have shape (6,)"),
        (np.ones((6, 1)), "column has 2 dimensions"),
        (["a"] * 6, "column[0]='a' must be a number"),
        (np.ones(6, dtype=complex), "column"),
        ([2**63] * 6, "column"),
        (np.full(6, 2**62), "total of code=320412100000 must be in the range of int64"),
    ],
)
def test_wrong_values_are_refused_by_name(column, message) -> None:
    with pytest.raises(InvalidInputError) as caught:
        small().rollup_sum(column)
    assert message in str(caught.value)


def test_a_point_update_equals_rolling_up_again() -> None:
    h = small()
    column = np.array([0, 0, 300, 200, 0, 100])
    totals = h.rollup_sum(column)
    h.update_sum(totals, 3, 50)
    column[3] += 50
    assert np.array_equal(totals, h.rollup_sum(column))
    with pytest.raises(InvalidInputError, match="totals must be a writeable"):
        h.update_sum(totals[::2], 0, 1)


def test_views_outlive_the_hierarchy_and_cannot_be_written() -> None:
    h = small()
    views = [h.parents, h.levels, h.rows, h.subtree_ends, h.codes]
    copies = [view.copy() for view in views]
    del h
    gc.collect()
    for view, kept in zip(views, copies, strict=True):
        assert np.array_equal(view, kept)
        with pytest.raises(ValueError, match="read-only"):
            view[0] = 1


def test_pickle_and_copy_keep_everything() -> None:
    h = small()
    assert copy.copy(h) is h
    assert copy.deepcopy(h) is h
    shuffled = [3, 0, 5, 2, 4, 1]
    mixed = Hierarchy.from_columns(*([DISTRICT[key][i] for i in shuffled] for key in ("code", "parent", "name")))
    again = pickle.loads(pickle.dumps(mixed))
    assert again == mixed
    assert again.rows.tolist() == mixed.rows.tolist() != h.rows.tolist()
    assert again.names.tolist() == h.names.tolist()
    assert mixed != h
    assert h != "h"
    texts = Hierarchy.from_columns(["b", "07"], ["", "b"], level=["district", "town"], name_en=["B", None])
    assert pickle.loads(pickle.dumps(texts)) == texts
    lifted = Hierarchy.from_columns(
        [653130000000, 653130103000, 653130103001, 653130103498],
        [None, 653130000000, 653130103000, 653130103001],
        same_level="lift",
    )
    kept = pickle.loads(pickle.dumps(lifted))
    assert kept == lifted
    assert len(kept.audit().of_kind("level_order")) == 1


def test_an_empty_tree_answers() -> None:
    h = Hierarchy.from_columns([], [])
    assert len(h) == len(Hierarchy()) == 0
    assert h.rollup_sum([]).tolist() == []
    assert repr(h) == "<Hierarchy: empty>"
    assert h.audit().findings == ()
    assert pickle.loads(pickle.dumps(h)) == h
    with pytest.raises(InvalidInputError, match="unit=0"):
        h.parent(0)


def test_display_is_short_and_escapes() -> None:
    h = small()
    assert repr(h) == "<Hierarchy: 武进区, 6 units: 1 district, 2 town, 3 community>"
    assert "community" in str(h)
    odd = Hierarchy.from_columns([1], [-1], ["<script>"], level=[3])
    assert "<script>" not in odd._repr_html_()
    assert "&lt;script&gt;" in odd._repr_html_()


def test_the_audit_lists_findings_with_their_rows() -> None:
    h = Hierarchy.from_columns(
        [653130000000, 653130103498, 653130103001],
        [None, 653130103001, 653130000000],
        ["巴楚县", "振兴路虚拟社区", "三岔口镇"],
        level=[3, 5, 4],
    )
    report = h.audit()
    assert [(f.kind, f.severity, f.row) for f in report] == [("code_level", "warning", 2), ("level_order", "error", 1)]
    assert report.table("zh")[1]["code"] == "653130103498"
    assert report.table("zh")[1]["message"].startswith("653130103498 振兴路虚拟社区")
    assert report.count("error") == 1
    assert report.link["linked_communities"] == 1
    assert repr(report) == "<AuditReport: 3 units, 1 errors, 1 warnings, 0 notes>"
    assert "level_order (error)" in str(report)
    assert "振兴路虚拟社区" in report._repr_html_()
    assert pickle.loads(pickle.dumps(report.findings[0])) == report.findings[0]
    pd = pytest.importorskip("pandas")
    assert isinstance(report.to_dataframe(), pd.DataFrame)
    assert list(small().audit().to_dataframe().columns) == ["severity", "kind", "code", "unit", "row", "message"]


def test_grids_are_compared_with_their_communities() -> None:
    h = Hierarchy.from_columns(
        [*DISTRICT["code"], 32041200100101, 32041200100102],
        [*DISTRICT["parent"], 320412001001, 320412001001],
        level=[3, 4, 5, 5, 4, 5, 6, 6],
    )
    column = np.ma.MaskedArray(h.align([0, 0, 1000, 500, 0, 0, 400, 450]), mask=h.align([1, 1, 0, 0, 1, 1, 0, 0]))
    coverage = h.audit_grids(column)
    assert coverage.uncovered == 150 + 500
    assert coverage.double_counted == 0
    assert coverage.columns["grids"].tolist() == [2, 0, 0]
    assert coverage.columns["households"].tolist() == [1000, 500, -1]
    kinds = {f.kind for f in coverage}
    assert kinds == {"households_uncovered", "community_without_grids"}
    assert "households in no grid" in str(coverage)
    with pytest.raises(InvalidInputError, match="households"):
        h.audit_grids(np.full(8, 0.5))


def test_many_threads_read_one_hierarchy() -> None:
    rng = np.random.default_rng(0)
    codes = np.arange(1, 5001)
    parents = np.concatenate([[-1], [rng.integers(1, i) for i in range(2, 5001)]])
    h = Hierarchy.from_columns(codes, parents, level=np.zeros(5000, dtype=np.int8))
    values = rng.integers(0, 1000, 5000)
    expected = h.rollup_sum(values)
    with ThreadPoolExecutor(4) as pool:
        results = list(
            pool.map(lambda _: (h.rollup_sum(values), h.path(4999).tolist(), h.audit().count("note")), range(16))
        )
    assert all(np.array_equal(totals, expected) for totals, _, _ in results)
    assert len({tuple(path) for _, path, _ in results}) == 1
