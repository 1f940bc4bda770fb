# SPDX-License-Identifier: BSD-3-Clause
"""Model community hierarchies (社区), divide communities into grids (网格), compute their staff."""

from __future__ import annotations

from shequ._core import (
    Norm,
    NormStatus,
    Random,
    Rounding,
    StaffingBalance,
    StaffingRule,
    __version__,
    staffing_balance,
)
from shequ._errors import (
    Error,
    HierarchyError,
    InfeasibleError,
    InterruptedSearchError,
    InvalidInputError,
    MissingDependencyError,
)

__all__ = [
    "Error",
    "HierarchyError",
    "InfeasibleError",
    "InterruptedSearchError",
    "InvalidInputError",
    "MissingDependencyError",
    "Norm",
    "NormStatus",
    "Random",
    "Rounding",
    "StaffingBalance",
    "StaffingRule",
    "__version__",
    "staffing_balance",
]
