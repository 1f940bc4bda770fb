# SPDX-License-Identifier: BSD-3-Clause
"""Model community hierarchies (社区), divide communities into grids (网格), compute their staff.

Start with `sample_district` or `read_district`; posts come from `staff_table` and `StaffingRule`, grids from `make_grids`
and `grids.divide`, and what to trust from `certify`. NumPy is the only package that is always needed; what needs another
one says so when it is called.
"""

from __future__ import annotations

try:
    from shequ._core import (
        Apportionment,
        Basis,
        CommunityKind,
        FundingRule,
        FundingShares,
        Level,
        Norm,
        NormStatus,
        Random,
        Rounding,
        Setting,
        ShortageCost,
        StaffingBalance,
        StaffingRatio,
        StaffingRule,
        StaffingTable,
        TownKind,
        __version__,
        apportion,
        cover_shortage,
        divide_by_shares,
        staffing_balance,
    )
except ModuleNotFoundError as error:
    if error.name != "shequ._core":
        raise
    raise ImportError(
        "the compiled part of shequ is missing: build it with `pip install .` in the folder of the project, "
        "and do not run Python from its folder `python`"
    ) from error

from shequ import datasets, exact, geo, grids, io, norms, objectives, plot, questions, rules
from shequ._errors import (
    Error,
    HierarchyError,
    InfeasibleError,
    InterruptedSearchError,
    InvalidInputError,
    MissingDependencyError,
)
from shequ._interop import partition_labels
from shequ._scenario_parts import parts_of_plan
from shequ.audit import AuditReport, GridCoverage
from shequ.bound import ObjectiveBound, lower_bound
from shequ.certificate import read_certificate
from shequ.datasets import sample_district
from shequ.district import Atoms, District
from shequ.districting import (
    Balance,
    Certificate,
    Diagnosis,
    Plan,
    PlanStatus,
    Problem,
    bounds_within,
    certify,
    diagnose,
    part_count_range,
    solve,
    solve_many,
)
from shequ.enumeration import PlanList, enumerate_plans
from shequ.geo import make_grids
from shequ.graph import Graph
from shequ.growth import grow, sweep
from shequ.hierarchy import Hierarchy
from shequ.io import read_district, read_hierarchy
from shequ.recom import RecomChain, RecomVariant, recom
from shequ.repartition import repartition, resolve
from shequ.report import write_report
from shequ.scenario import Scenario
from shequ.sheet import CellState, DistrictSheet, Measure, district_sheet
from shequ.simulation import simulate_growth
from shequ.staff import staff_table
from shequ.succession import Change, Succession

__all__ = [
    "Apportionment",
    "Atoms",
    "AuditReport",
    "Balance",
    "Basis",
    "CellState",
    "Certificate",
    "Change",
    "CommunityKind",
    "Diagnosis",
    "District",
    "DistrictSheet",
    "Error",
    "FundingRule",
    "FundingShares",
    "Graph",
    "GridCoverage",
    "Hierarchy",
    "HierarchyError",
    "InfeasibleError",
    "InterruptedSearchError",
    "InvalidInputError",
    "Level",
    "Measure",
    "MissingDependencyError",
    "Norm",
    "NormStatus",
    "ObjectiveBound",
    "Plan",
    "PlanList",
    "PlanStatus",
    "Problem",
    "Random",
    "RecomChain",
    "RecomVariant",
    "Rounding",
    "Scenario",
    "Setting",
    "ShortageCost",
    "StaffingBalance",
    "StaffingRatio",
    "StaffingRule",
    "StaffingTable",
    "Succession",
    "TownKind",
    "__version__",
    "apportion",
    "bounds_within",
    "certify",
    "cover_shortage",
    "datasets",
    "diagnose",
    "district_sheet",
    "divide_by_shares",
    "enumerate_plans",
    "exact",
    "geo",
    "grids",
    "grow",
    "io",
    "lower_bound",
    "make_grids",
    "norms",
    "objectives",
    "part_count_range",
    "partition_labels",
    "parts_of_plan",
    "plot",
    "questions",
    "read_certificate",
    "read_district",
    "read_hierarchy",
    "recom",
    "repartition",
    "resolve",
    "rules",
    "sample_district",
    "simulate_growth",
    "solve",
    "solve_many",
    "staff_table",
    "staffing_balance",
    "sweep",
    "write_report",
]


def __dir__() -> list[str]:
    return __all__
