# SPDX-License-Identifier: BSD-3-Clause
"""Objectives and rules as Python states them; values are worked out by hand and by NumPy."""

import pickle

import numpy as np
import pytest

import shequ
from shequ import objectives
from shequ.districting import Balance, Certificate, ViolationKind
from shequ.graph import Graph

SQUARES = Graph.from_edges(
    4,
    [(0, 1), (0, 2), (1, 3), (2, 3)],
    ids=["甲", "乙", "丙", "丁"],
    columns={
        "h": np.array([1000, 249, 1000, 250]),
        "area_m2": np.full(4, 100.0),
        "rim_m": np.full(4, 20.0),
        "x": np.array([0.0, 10.0, 0.0, 10.0]),
        "y": np.array([0.0, 0.0, 10.0, 10.0]),
        "street": np.array(["东街", "东街", "西街", "西街"]),
        "compound": np.ma.array([7, 7, 8, 7], mask=[0, 0, 0, 1]),
        "old": np.array([3, 5, 3, -1]),
        "to_a": np.array([1.0, 2.0, 3.0, 4.0]),
        "to_b": np.array([4.0, 3.0, 2.0, 1.5]),
    },
    edge_columns={"border_m": np.full(4, 10.0)},
)
ROWS = [0, 0, 1, 1]


def certified(objective: object, labels: object = ROWS, **options: object) -> Certificate:
    given = {"lower": 0, "upper": 10_000, **options}
    return shequ.certify(shequ.Problem(SQUARES, weights="h", objective=objective, **given), labels)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("objective", "value"),
    [
        ("cut_edges", 2),
        (objectives.CutEdges(), 2),
        (objectives.SharedPerimeter("border_m", unit=0.1), 200),
        (objectives.SharedPerimeter([1, 2, 3, 4]), 5),
        (objectives.PolsbyPopper("area_m2", "border_m", "rim_m", unit=0.1), 2 * 301_868),
        (objectives.PolsbyPopper([100] * 4, [10] * 4, [20] * 4), 2 * 301_868),
        (objectives.PolsbyPopper([1] * 4, [10] * 4), 2 * 937_168),  # 8 pi / 20^2
        (objectives.Reock([10.0] * 4, "x", "y", unit=1), 2 * 745_352),  # 20 / 25 pi
        (objectives.Inertia("x", "y", weights=[1, 1, 2, 2], unit=1), 50 + 100),
        (objectives.Inertia("x", "y", unit=10), 199 + 200),
        ("deviation", 0 + 1),
        (objectives.Deviation(target=1000, norm="max"), 250),
        (objectives.Deviation([1, 2, 3, 4], target=4), 1 + 3),
        ("part_count", 2),
        ("staff", 4 + 5),
        (objectives.Staff(shequ.StaffingRule(base=1, base_households=0, rounding="ceil")), 2 * 6),
        ("staff_load", 312_250),
        (objectives.StaffLoad(households=[800, 0, 0, 2]), 200_000),
        (objectives.RegionSplits("street"), 0),
        (objectives.RegionSplits("compound"), 0),
        (objectives.RegionSplits([7, 8, 7, 8]), 2),
        (objectives.Disturbance("old"), 1000 + 249 + 1000),
        (objectives.Disturbance({"甲": 0, "乙": 0, "丙": 0}, weights=[1, 2, 4, 8]), 4),
        (objectives.Travel(["to_a", "to_b"], unit=0.5), 6 + 7),
        (objectives.Travel([[1, 4], [2, 3], [3, 2], [4, 1]]), 3 + 3),
        (objectives.Travel("to_a", unit=1), 10),
    ],
)
def test_each_objective_has_the_value_worked_out_by_hand(objective: object, value: int) -> None:
    if isinstance(objective, objectives.Inertia) and objective.unit == 10:
        x, weights = np.array([0, 1]), np.array([[1000, 249], [1000, 250]])
        value = sum(round(float((w * (x - (w * x).sum() / w.sum()) ** 2).sum())) for w in weights)
    assert certified(objective).terms == [value]
    assert certified(objective).objective == value


def test_objectives_add_up_with_their_weights() -> None:
    for both in (
        {"cut_edges": 10, objectives.Staff(): 3},
        [("cut_edges", 10), (objectives.Staff(), 3)],
        ("cut_edges", ("staff", 3)),
    ):
        certificate = certified(both)
        assert certificate.terms == [2, 9]
        assert certificate.objective == (2 + 27 if isinstance(both, tuple) else 20 + 27)
    assert certified([]).objective == 0
    assert certified({}).terms == []
    problem = shequ.Problem(SQUARES, weights="h", lower=0, upper=9999, objective={"cut_edges": 10_000, "staff": 1})
    assert [(of.name, weight) for of, weight in problem.objective] == [("cut_edges", 10_000), ("staff", 1)]
    assert "10,000 x cut_edges + staff" in str(problem)


@pytest.mark.parametrize(
    ("objective", "message"),
    [
        ("compactness", r"needs columns and must be given as shequ\.objectives\.PolsbyPopper"),
        ("travel", r"shequ\.objectives\.Travel"),
        (7, r"objective\[0\]=7 must be a name or an object"),
        ([("cut_edges", 1.5)], r"objective\[0\] weight=1.5 must be a whole number"),
        ([("cut_edges", -1)], r"objective\[0\].weight=-1 must be in \[0, 1000000\]"),
        ([("cut_edges", 1, 2)], r"objective\[0\]="),
        (objectives.SharedPerimeter("border_m"), "lengths has dtype float64"),
        (objectives.SharedPerimeter("border"), 'lengths="border" must be one of graph.edge_columns: border_m'),
        (objectives.SharedPerimeter([1, 2, 3]), r"objective\[0\].lengths.size\(\)=3 must be equal to 4"),
        (objectives.SharedPerimeter([1, -2, 3, 4]), r"objective\[0\].lengths\[1\]=-2 must be in"),
        (objectives.SharedPerimeter("border_m", unit=-1), "unit=-1 must be above 0"),
        (objectives.SharedPerimeter(["a"] * 4, unit=1), "lengths must be of numbers"),
        (objectives.Reock("area_m2", "x", "y", unit=1e-9), r"area_m2|areas\[0\]=100.0 must be in"),
        (objectives.Inertia("x", [np.nan, 0, 0, 0], unit=1), r"y\[0\]=nan must be in \[-1000000000, 1000000000\]"),
        (objectives.Deviation(norm="most"), 'norm=\'most\' must be one of "sum", "max"'),  # type: ignore[arg-type]
        (objectives.Deviation(target=1.5), "target=1.5 must be a whole number"),  # type: ignore[arg-type]
        (objectives.Staff("wujin"), r"rule is of type str and must be a shequ\.StaffingRule"),  # type: ignore[arg-type]
        (objectives.StaffLoad(shequ.StaffingRule(base=0)), r"objective\[0\].rule.base=0 must be 1 or more"),
        (objectives.RegionSplits("road"), 'region="road" must be one of graph.columns'),
        (objectives.RegionSplits([1, 2]), "region has shape"),
        (objectives.Disturbance([0, 0, 0, 1_000_000]), r"objective\[0\].previous\[丁\]=1000000 must be in"),
        (objectives.Travel([1, 2, 3, 4]), r"distances has shape \(4,\) and must have shape \(4, n_centres\)"),
    ],
)
def test_objectives_refuse_what_they_cannot_read(objective: object, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError, match=message) as caught:
        certified(objective)
    assert "必须" in caught.value.message("zh")


def test_bounds_come_from_a_tolerance_around_the_mean_or_a_target() -> None:
    def bounds(**options: object) -> tuple[int, int]:
        problem = shequ.Problem(SQUARES, weights="h", **options)  # type: ignore[arg-type]
        return problem.lower, problem.upper

    assert bounds(parts=2, tolerance=0.1) == (1125, 1374)  # 2499 / 2 = 1249.5
    assert bounds(target=1000, tolerance=0.25) == (750, 1250)
    assert bounds(lower=300) == (300, 2499)
    assert bounds(upper=1300) == (0, 1300)
    assert shequ.bounds_within(1000, 4, 0.05) == (238, 262)
    for options, message in (
        ({}, "lower and upper are missing"),
        ({"tolerance": 0.1}, "tolerance=0.1 must come with one number of parts"),
        ({"tolerance": 0.1, "parts": (2, 3)}, "must come with one number of parts"),
        ({"tolerance": 5, "parts": 2}, r"tolerance=5 must be a fraction in \[0, 1\]"),
        ({"tolerance": 0.1, "parts": 2, "lower": 5}, "must not come with lower or upper"),
        ({"target": 1000}, "target=1000 must come with a tolerance"),
    ):
        with pytest.raises(shequ.InvalidInputError, match=message) as caught:
            bounds(**options)
        assert "必须" in caught.value.message("zh")


def test_balances_closed_parts_and_links_are_certified() -> None:
    graph = Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)], columns={"h": [1, 2, 3, 4], "old": [5, 0, 0, 6]})
    problem = shequ.Problem(
        graph,
        weights="h",
        lower=1,
        upper=9,
        balances=[Balance("old", lower=1, upper=11), Balance([1, 1, 1, 1], tolerance=0.5, target=2, name="buildings")],
        locked={0: 4, 3: 4},
        closed=[4],
        links=[(0, 3)],
    )
    violations = shequ.certify(problem, [0, 1, 1, 0]).violations
    assert [violation.kind for violation in violations] == [ViolationKind.BALANCE]
    assert violations[0].message() == "balances[0] (old) of part 1 is 0, below lower=1"
    grown = shequ.certify(problem, [0, 0, 1, 0]).violations
    assert {violation.kind for violation in grown} == {ViolationKind.BALANCE, ViolationKind.CLOSED}
    assert "buildings" not in grown[0].message()
    assert shequ.certify(problem, [0, 0, 0, 0]).violations[0].message() == "part 0 weighs 10, above upper=9"
    assert "balances, locked, closed, links" in str(problem)
    assert shequ.certify(pickle.loads(pickle.dumps(problem)), [0, 1, 1, 0]).violations[0].part == 1
    with pytest.raises(shequ.InvalidInputError, match=r"closed\[0\]=3 must be a number in locked"):
        shequ.Problem(graph, weights="h", lower=1, upper=9, locked={0: 4}, closed=[3])
    with pytest.raises(shequ.InvalidInputError, match=r"links\[0\]=\(1,\) must be a pair of ids"):
        shequ.Problem(graph, weights="h", lower=1, upper=9, links=[(1,)])  # type: ignore[list-item]
    with pytest.raises(shequ.InvalidInputError, match=r"balances\[0\]\.upper=1 must be in \[2,"):
        shequ.Problem(graph, weights="h", lower=1, upper=9, balances={"old": (2, 1)})


def test_columns_keep_streets_and_compounds_whole() -> None:
    def torn(labels: list[int], **options: object) -> int:
        return sum(v.kind is ViolationKind.TOGETHER for v in certified("cut_edges", labels, **options).violations)

    assert torn([0, 0, 1, 1], keep_whole="street") == 0
    assert torn([0, 1, 0, 1], keep_whole="street") == 2
    assert torn([0, 1, 0, 1], keep_whole=["street", "compound"]) == 3
    assert torn([0, 0, 1, 0], keep_whole="compound") == 0  # the value of the last is missing
    assert torn([0, 1, 0, 1], keep_whole=[5, 6, 6, -1]) == 1
    with pytest.raises(shequ.InvalidInputError, match='keep_whole="road" must be one of graph.columns'):
        certified("cut_edges", keep_whole="road")


def test_problems_with_objectives_survive_pickle() -> None:
    problem = shequ.Problem(
        SQUARES,
        weights="h",
        parts=2,
        tolerance=0.3,
        objective=[objectives.Reock("area_m2", "x", "y", unit=1), objectives.Disturbance("old")],
    )
    again = pickle.loads(pickle.dumps(problem))
    assert shequ.certify(again, ROWS).terms == shequ.certify(problem, ROWS).terms
    assert repr(again) == repr(problem)
    with pytest.raises(shequ.InvalidInputError, match="another version"):
        problem.__setstate__((1, None, None, None))


def test_plans_tell_their_terms_and_take_a_target() -> None:
    problem = shequ.Problem(SQUARES, weights="h", parts=2, lower=0, upper=2499)
    plan = shequ.solve(problem, steps=2000)
    certificate = shequ.certify(problem, plan)
    assert (certificate.ok, certificate.objective) == (True, plan.objective)
    assert all(point.violation >= 0 and point.elapsed_s >= 0 for point in plan.trace)
    assert pickle.loads(pickle.dumps(plan)).terms == plan.terms
    with pytest.raises(shequ.InvalidInputError, match="target=0.5 must be a whole number"):
        shequ.solve(problem, target=0.5)  # type: ignore[arg-type]
