# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet of 666,655 communities with ten attribute columns against the same sheet written with pandas.

Both give every number of every community, why a number is missing, and the sums and counts of unknown communities of
every town and district; the answers are compared.

Run: python -m benchmarks.python.sheet
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import shequ
import shequ.rules
from benchmarks.python._timing import arguments, in_turn, report
from shequ import _core
from shequ._core import CellState, Measure

COMMUNITIES = 666_655


def tree_and_frame() -> tuple[shequ.Hierarchy, pd.DataFrame]:
    """Return a country of towns of 15 communities and districts of 15 towns, and a frame of its communities."""
    i = np.arange(COMMUNITIES)
    district = (1 + i // 225) * 1_000_000
    town = district + (1 + i // 15 % 15) * 1000
    code = town + 1 + i % 15
    towns, first = np.unique(town, return_index=True)
    districts = np.unique(district)
    tree = shequ.Hierarchy.from_columns(
        code=np.concatenate([[1], districts, towns, code]),
        parent=np.concatenate([[-1], np.full(len(districts), 1), district[first], town]),
        level=np.repeat([0, 3, 4, 5], [1, len(districts), len(towns), COMMUNITIES]),
    )
    rng = np.random.default_rng(7)
    workers = rng.integers(0, 25, COMMUNITIES)
    frame = pd.DataFrame(
        {
            "town": town,
            "district": district,
            "setting": rng.integers(0, 2, COMMUNITIES),
            "households": rng.integers(0, 6000, COMMUNITIES),
            "dwellings": rng.integers(0, 6000, COMMUNITIES),
            "residents": rng.integers(0, 15_000, COMMUNITIES),
            "workers": workers,
            "certified": rng.integers(0, workers + 1),
            "office_dm2": rng.integers(0, 90_000, COMMUNITIES),
            "outdoor_dm2": rng.integers(0, 90_000, COMMUNITIES),
            "funding_class": rng.integers(0, 2, COMMUNITIES),
            "paid_fen": rng.integers(0, 15_000_000, COMMUNITIES),
        },
        index=pd.Index(code, name="code"),
    )
    return tree, frame


def rules() -> dict[str, Any]:
    """Return the rules of the sheet."""
    at_least = shequ.rules.CertificationRule
    return {
        "household_basis": "resident_households",
        "staffing": shequ.StaffingRule(),
        "funding": shequ.FundingRule(
            base_fen=8_000_000, base_households=1000, step_fen=3_000, class_fen=[0, 1_000_000]
        ),
        "shares": shequ.FundingShares(town="60%", district="40%"),
        "urban_certification": at_least(required="80%", min_level="assistant"),
        "rural_certification": at_least(required="50%", min_level="assistant"),
        "premises": shequ.rules.FacilityRule(least_m2=400, step_m2=30),
        "outdoor": shequ.rules.FacilityRule(least_m2=500),
        "grid_size": (300, 500),
        "visits": shequ.rules.VisitRule(per="week", working_weeks=48),
    }


def pandas_sheet(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Compute the same with pandas: columns as arrays, missing households as a mask, sums by group-by on sorted keys."""
    known = frame["households"].notna()
    urban = frame["setting"] == 0
    h = frame["households"].fillna(0).astype(np.int64)
    over = (h - 1000).clip(lower=0)
    workers, certified = frame["workers"], frame["certified"]
    out: dict[str, pd.Series] = {}
    state: dict[str, np.ndarray] = {}

    in_scope = urban & known
    posts = (4 + over // 250).where(in_scope, 0)
    out["posts"] = out["posts_most"] = posts
    state["posts"] = np.select([~urban, ~known], [CellState.NOT_APPLICABLE, CellState.NO_HOUSEHOLDS], 0)
    out["shortage"] = (posts - workers).clip(lower=0).where(in_scope, 0)
    out["surplus"] = (workers - posts).clip(lower=0).where(in_scope, 0)
    state["shortage"] = state["posts"]
    grant = (8_000_000 + 3_000 * over + 1_000_000 * frame["funding_class"]).where(known, 0)
    state["grant"] = np.where(known, 0, CellState.NO_HOUSEHOLDS)
    out["grant"] = grant
    out["grant_town"] = (grant * 6 + 5) // 10
    out["grant_district"] = grant - out["grant_town"]
    out["unpaid"] = (grant - frame["paid_fen"]).clip(lower=0).where(known, 0)
    need = pd.Series(np.where(urban, (4 * workers + 4) // 5, (workers + 1) // 2), frame.index)
    out["certificates"] = (need - certified).clip(lower=0)
    out["premises_gap"] = ((30 * h).clip(lower=40_000) - frame["office_dm2"]).clip(lower=0).where(known, 0)
    out["outdoor_gap"] = (50_000 - frame["outdoor_dm2"]).clip(lower=0)
    fewest, highest = (h + 499) // 500, h // 300
    fits = known & (fewest <= highest)
    out["grids"], out["grids_most"] = fewest.where(fits, 0), highest.where(fits, 0)
    state["grids"] = np.select([~known, fewest > highest], [CellState.NO_HOUSEHOLDS, CellState.INFEASIBLE], 0)
    visited = known & ((workers > 0) | (h == 0))
    a_week = (10 * workers).clip(lower=1)
    out["visit_weeks"] = ((h + a_week - 1) // a_week).where(visited, 0)
    state["visit_weeks"] = np.select([~known, ~visited], [CellState.NO_HOUSEHOLDS, CellState.NOBODY], 0)
    unknown = {f"{name}_unknown": states >= CellState.NO_SETTING for name, states in state.items()}
    table = pd.DataFrame(out)
    summed = table.drop(columns="visit_weeks").assign(**unknown)
    totals = [summed.groupby(frame[level], sort=True).sum() for level in ("town", "district")]
    return table.assign(**{f"{name}_state": states for name, states in state.items()}), totals


def main() -> None:
    """Print the table; fail where an answer differs."""
    options = arguments(__doc__, repeats=7)
    tree, frame = tree_and_frame()
    missing = np.random.default_rng(8).random(COMMUNITIES) < 0.02
    chosen = rules()
    columns: dict[str, Any] = {}
    units = tree.at_level("community")
    for name in frame.columns[2:]:
        whole = np.zeros(len(tree), dtype=np.int64)
        whole[units] = frame[name].to_numpy()
        columns[name] = whole
    masked = np.zeros(len(tree), dtype=np.bool_)
    masked[units] = missing
    columns["households"] = np.ma.MaskedArray(columns["households"], mask=masked)
    frame["households"] = frame["households"].astype(np.float64).mask(missing)  # as pandas reads a column with gaps

    sheet = _core.district_sheet(tree._core, columns, chosen)
    table, totals = pandas_sheet(frame)
    for measure in Measure:
        name = measure.name.lower()
        np.testing.assert_array_equal(sheet.values(measure)[units], table[name].to_numpy(), err_msg=name)
        if f"{name}_state" in table:
            np.testing.assert_array_equal(sheet.states(measure)[units], table[f"{name}_state"].to_numpy(), err_msg=name)
        for level, sums in zip(("town", "district"), totals, strict=True):
            above = tree.at_level(level)
            if name in sums:
                np.testing.assert_array_equal(sheet.values(measure)[above], sums[name].to_numpy(), err_msg=name)
            if f"{name}_unknown" in sums:
                np.testing.assert_array_equal(sheet.unknown(measure)[above], sums[f"{name}_unknown"].to_numpy())

    two = "shequ district_sheet, 2 threads"
    calls: dict[str, Callable[[], object]] = {
        two: lambda: _core.district_sheet(tree._core, columns, chosen, threads=2),
        "shequ district_sheet, 1 thread": lambda: _core.district_sheet(tree._core, columns, chosen),
        "pandas": lambda: pandas_sheet(frame),
    }
    seconds = in_turn(calls, options.repeats)
    ratios = report(f"Sheet of {COMMUNITIES:,} communities", seconds, two, options.json)
    print(f"\nshequ is {ratios['pandas']:.1f} times as fast as pandas (to reach: 10)")


if __name__ == "__main__":
    main()
