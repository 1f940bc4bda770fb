# SPDX-License-Identifier: BSD-3-Clause
"""The rules of the domain as data: certificates, premises, honours, targets, samples, stars, visits, networks, changes.

Each rule is a small object with parameters, `id`, `source`, `effective` and `applies_to`; each result names the rule.
What the sources leave open has no default and must be given. Rates are exact (`fractions.Fraction`, or texts such as
"80%"), money is whole fen, areas are whole square decimetres, scores whole hundredths of a point; `hundredths` makes the
last two from square metres and points. Missing values stay missing and are said.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._core import (
    AreaRounding,
    Aspect,
    AssessmentCase,
    AssessmentProcess,
    AssessmentRule,
    AssessmentScore,
    AssessmentState,
    AssessmentStep,
    Bands,
    BandShare,
    BeforeAfter,
    CertificationNeed,
    CertificationRule,
    CertLevel,
    ChangeCandidate,
    ChangeEffect,
    ChangeKind,
    ChangeProposals,
    ChangeReason,
    CountRange,
    Coverage,
    CoverageMeasure,
    FacilityRule,
    FailedReview,
    GridCount,
    GridRow,
    GroupTotal,
    Investment,
    NetworkCoverage,
    NetworkRule,
    OrganisationRule,
    OrgCoverage,
    OrgSet,
    PartitionReport,
    PercentRounding,
    Precision,
    PrintedPercent,
    Remedy,
    RemedyKind,
    RemedyPlan,
    Sample,
    SamplingRule,
    ServiceTier,
    Shortfall,
    SizeRule,
    StarAllOf,
    StarQuota,
    StarSummary,
    StarThresholds,
    StarTies,
    StatedNumber,
    Stratum,
    TargetRow,
    TargetRule,
    TargetState,
    TotalRange,
    TrainingInterval,
    TrainingYear,
    UnitBalance,
    Unsampled,
    VisitCheck,
    VisitClass,
    VisitLoad,
    VisitPer,
    VisitRule,
    WorkloadComponent,
    WorkloadNeed,
    YearTarget,
    assess,
    assess_columns,
    band_shares,
    certification_need,
    change_effect,
    cheapest_remedies,
    check_week,
    complete_organisations,
    compute_shortfalls,
    compute_stars,
    consistent_counts,
    consistent_totals,
    coverage,
    detection_probability,
    draw_sample,
    even_parts,
    facility_gaps,
    grid_count,
    group_totals,
    missing_certificates,
    network_coverage,
    org_coverage,
    organisation_coverage,
    parse_stated,
    propose_changes,
    rank_by_rate,
    sample_for_detection,
    shared_areas,
    shortfall,
    summarise_stars,
    target_plan,
    total_investment,
    training_plan,
    visit_load,
    weeks_per_round,
    workload_need,
)
from shequ._errors import InvalidInputError
from shequ._hierarchy_columns import is_missing, split_missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from shequ.graph import Graph
    from shequ.hierarchy import Hierarchy

    IntColumn = NDArray[np.int64] | np.ma.MaskedArray[Any, np.dtype[np.int64]]

__all__ = [
    "AreaRounding",
    "Aspect",
    "AssessmentCase",
    "AssessmentProcess",
    "AssessmentRule",
    "AssessmentScore",
    "AssessmentState",
    "AssessmentStep",
    "BandShare",
    "Bands",
    "BeforeAfter",
    "CertLevel",
    "CertificationNeed",
    "CertificationRule",
    "ChangeCandidate",
    "ChangeEffect",
    "ChangeKind",
    "ChangeProposals",
    "ChangeReason",
    "CountRange",
    "Coverage",
    "CoverageMeasure",
    "FacilityRule",
    "FailedReview",
    "GridCount",
    "GridRow",
    "GroupTotal",
    "Investment",
    "NetworkCoverage",
    "NetworkRule",
    "OrgCoverage",
    "OrgSet",
    "OrganisationRule",
    "PartitionReport",
    "PercentRounding",
    "Precision",
    "PrintedPercent",
    "Remedy",
    "RemedyKind",
    "RemedyPlan",
    "Sample",
    "SamplingRule",
    "ServiceTier",
    "Shortfall",
    "SizeRule",
    "StarAllOf",
    "StarQuota",
    "StarSummary",
    "StarThresholds",
    "StarTies",
    "StatedNumber",
    "Stratum",
    "TargetRow",
    "TargetRule",
    "TargetState",
    "TotalRange",
    "TrainingInterval",
    "TrainingYear",
    "UnitBalance",
    "Unsampled",
    "VisitCheck",
    "VisitClass",
    "VisitLoad",
    "VisitPer",
    "VisitRule",
    "WorkloadComponent",
    "WorkloadNeed",
    "YearTarget",
    "assess",
    "assess_columns",
    "band_shares",
    "certification_need",
    "change_effect",
    "cheapest_remedies",
    "check_week",
    "complete_organisations",
    "compute_shortfalls",
    "compute_stars",
    "consistent_counts",
    "consistent_totals",
    "count_certified",
    "coverage",
    "detection_probability",
    "draw_sample",
    "even_parts",
    "facility_gaps",
    "grid_count",
    "group_totals",
    "hundredths",
    "link_status",
    "missing_certificates",
    "network_coverage",
    "org_coverage",
    "organisation_coverage",
    "parse_stated",
    "propose_changes",
    "rank_by_rate",
    "report_partition",
    "sample_for_detection",
    "shared_areas",
    "shortfall",
    "summarise_stars",
    "target_plan",
    "total_investment",
    "training_plan",
    "visit_load",
    "weeks_per_round",
    "workload_need",
]

#: Whole hundredths up to here come back exactly from a float.
_MAX_HUNDREDTHS = 2**50


def hundredths(values: Any, name: str = "values") -> Any:
    """Return whole hundredths: of points for scores, of square metres (that is, dm2) for areas.

    Parameters
    ----------
    values : int, str, Decimal, Fraction or float, or array or masked array of numbers, shape (n,)
        At most two decimals. A float stands for the decimal that it prints as: 89.99 is 8999.
    name : str
        For messages.

    Returns
    -------
    int, or ndarray or masked array of int64, shape (n,)
        Masked where a value is missing.

    Raises
    ------
    InvalidInputError
        A value is no number, or has more than two decimals; names it.

    Examples
    --------
    >>> hundredths("89.99")
    8999
    >>> hundredths([399.5, 400]).tolist()
    [39950, 40000]
    """
    if isinstance(values, (str, Decimal, Fraction, int, float, np.number)) and not isinstance(values, (bool, np.bool_)):
        return _hundredths(values, name)
    numbers, mask = split_missing(values, name)
    gaps = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(len(numbers), dtype=np.bool_)
    can_miss = mask is not None or bool(gaps.any())
    if mask is not None:
        gaps = gaps | mask
    scaled = np.where(gaps, 0, numbers) * (100 if numbers.dtype.kind != "f" else 100.0)
    whole = np.rint(scaled)
    # A product with 100 is off by half a unit of the last place at most; more is a third decimal.
    wrong = np.flatnonzero((np.abs(scaled) > _MAX_HUNDREDTHS) | (np.abs(scaled - whole) > np.abs(scaled) * 2.0**-51))
    if len(wrong):
        raise _refuse(f"{name}[{wrong[0]}]", numbers[wrong[0]].item())
    result = whole.astype(np.int64)
    return np.ma.MaskedArray(result, mask=gaps) if can_miss else result


def _hundredths(value: Any, name: str) -> int:
    try:
        exact = Fraction(repr(float(value))) if isinstance(value, (float, np.floating)) else Fraction(str(value))
    except (ValueError, OverflowError, ZeroDivisionError):
        raise _refuse(name, value) from None
    scaled = exact * 100
    if scaled.denominator != 1 or abs(scaled) > _MAX_HUNDREDTHS:
        raise _refuse(name, value)
    return int(scaled)


def _refuse(name: str, value: object) -> InvalidInputError:
    return InvalidInputError(
        f"{name}={value!r} must be a number with at most two decimals", f"{name}={value!r} 必须是最多两位小数的数"
    )


def count_certified(highest: Iterable[CertLevel | None], min_level: CertLevel) -> int:
    """Count the persons of a list who hold a level or above: each entry is the highest level of one person.

    Parameters
    ----------
    highest : iterable of CertLevel
        None or missing is not counted.
    min_level : CertLevel
        Lowest level that counts.

    Examples
    --------
    >>> count_certified([CertLevel.NONE, CertLevel.WORKER, CertLevel.ASSISTANT], CertLevel.WORKER)
    1
    """
    return sum(1 for level in highest if not is_missing(level) and level is not None and level >= min_level)


def link_status(hierarchy: Hierarchy, connected: Any) -> Any:
    """Tell of every unit whether it is linked (区、镇、社区三级联网): it and all units below it are connected.

    Parameters
    ----------
    hierarchy : Hierarchy
    connected : array of bool or masked array, shape (n_units,)
        Whether each unit itself is connected.

    Returns
    -------
    ndarray or masked array of bool, shape (n_units,)
        False where one unit is known not to be; masked where none is but of some it is not known.
    """
    return _core.link_status(hierarchy._core, connected)


def report_partition(
    graph: Graph,
    households: Any,
    grid: Any,
    *,
    num_grids: int,
    size: tuple[int, int],
    links: Iterable[tuple[Any, Any]] = (),
    last_year: Any = None,
    duties: Iterable[tuple[int, int]] | None = None,
) -> PartitionReport:
    """Report on the grids of a community as they are found, right or wrong (网格划分核查).

    Parameters
    ----------
    graph : Graph
        Atoms and who touches whom.
    households : array of int, shape (n_atoms,)
    grid : array of int, shape (n_atoms,), or list of (atom, grid)
        Number of the grid of each atom from 0 to `num_grids` - 1, -1 for none. As pairs (positions of atoms), an atom may
        be in no grid or in several, and counts in each.
    num_grids : int
        Grids that there should be, empty ones included.
    size : tuple (least, most)
        Households of a grid, both included.
    links : iterable of (node id, node id)
        Pairs that count as touching: enclaves that are allowed.
    last_year : array of int, shape (n_atoms,), optional
        Grid of each atom a year ago by the same numbers, -1 for none.
    duties : iterable of (worker, grid), optional
        Who is in charge of which grid.

    Returns
    -------
    PartitionReport
    """
    listed = list(grid)
    pairs = (
        [(int(atom), int(own)) for atom, own in listed]
        if listed and hasattr(listed[0], "__len__")
        else [(atom, int(own)) for atom, own in enumerate(listed) if own != -1]
    )
    return _core.report_partition(
        graph._core,
        households,
        pairs,
        num_grids=num_grids,
        lower=size[0],
        upper=size[1],
        links=[(graph.index(a), graph.index(b)) for a, b in links],
        last_year=last_year,
        duties=None if duties is None else [(int(worker), int(own)) for worker, own in duties],
    )
