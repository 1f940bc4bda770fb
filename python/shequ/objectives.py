# SPDX-License-Identifier: BSD-3-Clause
"""What a plan can be asked to make small: value objects to give to `shequ.Problem`, alone or as a weighted sum.

Every value is a whole number of 0 or more. Columns are names in ``graph.columns`` (of nodes) or ``graph.edge_columns``
(of edges), or arrays. Floats need a `unit`, to whole multiples of which they are rounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from shequ._core import Plan, StaffingRule
from shequ._errors import InvalidInputError
from shequ._problem_inputs import MAX_INT64, check_type, codes, in_units, lookup, node_labels, whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from shequ.graph import Graph

    Column = str | ArrayLike

__all__ = [
    "CutEdges",
    "Deviation",
    "Disturbance",
    "Inertia",
    "Objective",
    "PartCount",
    "PolsbyPopper",
    "RegionSplits",
    "Reock",
    "SharedPerimeter",
    "Staff",
    "StaffLoad",
    "Travel",
]

_MAX_ENTRY = 10**12
_MAX_COORDINATE = 10**9


class Objective:
    """Base of all objectives."""

    name: ClassVar[str]

    def values(self, graph: Graph) -> dict[str, Any]:  # noqa: ARG002  others read its columns
        """Return what the compiled objective is made of: columns as whole numbers, by name."""
        return {}


def _nodes(graph: Graph, given: object, argument: str, unit: float | None = None, least: int = 0) -> Any:
    values = lookup(graph.columns, given, argument, "graph.columns")
    return in_units(values, argument, unit, (least, _MAX_COORDINATE if least < 0 else _MAX_ENTRY))


def _edges(graph: Graph, given: object, argument: str, unit: float | None) -> Any:
    values = lookup(graph.edge_columns, given, argument, "graph.edge_columns")
    return in_units(values, argument, unit, (0, _MAX_ENTRY))


def _squared(unit: float | None) -> float | None:
    return None if unit is None else unit * unit


@dataclass(frozen=True, eq=False)
class CutEdges(Objective):
    """Number of edges between parts: compact parts, few streets crossed."""

    name: ClassVar[str] = "cut_edges"


@dataclass(frozen=True, eq=False)
class SharedPerimeter(Objective):
    """Length of the borders between parts.

    Parameters
    ----------
    lengths : str or array_like, shape (n_edges,)
        Border that each edge stands for, 0 to 10^12 units.
    unit : float, optional
        What lengths are rounded to whole multiples of, for example 0.1 for metres to decimetres.
    """

    name: ClassVar[str] = "shared_perimeter"
    lengths: Column
    unit: float | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return the lengths in units."""
        return {"lengths": _edges(graph, self.lengths, "lengths", self.unit)}


@dataclass(frozen=True, eq=False)
class PolsbyPopper(Objective):
    """How far parts are from circles: sum over parts of 10^6 (1 - 4 pi area / perimeter^2), each rounded.

    Parameters
    ----------
    areas : str or array_like, shape (n_nodes,)
        In squares of the unit of the lengths; rounded to whole multiples of ``unit ** 2``.
    lengths : str or array_like, shape (n_edges,)
        Border that each edge stands for.
    outer_perimeters : str or array_like, shape (n_nodes,), optional
        Border of each node that no edge stands for: the rim of the map. None: 0.
    unit : float, optional
        What lengths are rounded to whole multiples of.

    References
    ----------
    D. D. Polsby, R. D. Popper, "The Third Criterion", Yale Law & Policy Review 9, 1991.
    """

    name: ClassVar[str] = "polsby_popper"
    areas: Column
    lengths: Column
    outer_perimeters: Column | None = None
    unit: float | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return areas, outer perimeters and lengths in units."""
        outer = np.zeros(graph.num_nodes, dtype=np.int64) if self.outer_perimeters is None else self.outer_perimeters
        return {
            "areas": _nodes(graph, self.areas, "areas", _squared(self.unit)),
            "outer_perimeters": _nodes(graph, outer, "outer_perimeters", self.unit),
            "lengths": _edges(graph, self.lengths, "lengths", self.unit),
        }


@dataclass(frozen=True, eq=False)
class Reock(Objective):
    """How little of the smallest circle around its points a part fills: sum of 10^6 (1 - area / circle), each rounded.

    Parameters
    ----------
    areas : str or array_like, shape (n_nodes,)
        In squares of the unit of x and y; rounded to whole multiples of ``unit ** 2``.
    x, y : str or array_like, shape (n_nodes,)
        Centre of each node, within +-10^9 units.
    unit : float, optional
        What x and y are rounded to whole multiples of, for example 1 for metres.

    References
    ----------
    E. C. Reock, "A Note: Measuring Compactness as a Requirement of Legislative Apportionment", Midwest Journal of
    Political Science 5, 1961, doi:10.2307/2109043.
    """

    name: ClassVar[str] = "reock"
    areas: Column
    x: Column
    y: Column
    unit: float | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return areas and coordinates in units."""
        return {
            "areas": _nodes(graph, self.areas, "areas", _squared(self.unit)),
            "x": _nodes(graph, self.x, "x", self.unit, -_MAX_COORDINATE),
            "y": _nodes(graph, self.y, "y", self.unit, -_MAX_COORDINATE),
        }


@dataclass(frozen=True, eq=False)
class Inertia(Objective):
    """Moment of inertia: sum of weight times squared distance to the centre of gravity of its part.

    Parameters
    ----------
    x, y : str or array_like, shape (n_nodes,)
        Centre of each node, within +-10^9 units.
    weights : str or array_like of int, shape (n_nodes,), optional
        Weight of each node; None: the problem's.
    unit : float, optional
        What x and y are rounded to whole multiples of, for example 1 for metres.

    References
    ----------
    J. B. Weaver, S. W. Hess, "A Procedure for Nonpartisan Districting", Yale Law Journal 73, 1963.
    """

    name: ClassVar[str] = "inertia"
    x: Column
    y: Column
    weights: Column | None = None
    unit: float | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return weights, and coordinates in units."""
        return {
            "weights": _nodes(graph, self.weights, "weights"),
            "x": _nodes(graph, self.x, "x", self.unit, -_MAX_COORDINATE),
            "y": _nodes(graph, self.y, "y", self.unit, -_MAX_COORDINATE),
        }


@dataclass(frozen=True, eq=False)
class Deviation(Objective):
    """How far the parts' sums of a column are from a target.

    Parameters
    ----------
    weights : str or array_like of int, shape (n_nodes,), optional
        The column, such as a workload that counts residents by what they cost; None: the problem's weights.
    target : int, optional
        What each part should have; None: the total divided by the number of parts, rounded down.
    norm : {"sum", "max"}, default "sum"
        Sum of all deviations, or the largest.
    """

    name: ClassVar[str] = "deviation"
    weights: Column | None = None
    target: int | None = None
    norm: Literal["sum", "max"] = "sum"

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return the column, the target and the norm."""
        if self.norm not in ("sum", "max"):
            raise InvalidInputError(
                f'norm={self.norm!r} must be one of "sum", "max"', f'norm={self.norm!r} 必须是以下之一："sum"、"max"'
            )
        return {
            "weights": _nodes(graph, self.weights, "weights"),
            "target": None if self.target is None else whole(self.target, "target", MAX_INT64),
            "norm": self.norm,
        }


@dataclass(frozen=True, eq=False)
class PartCount(Objective):
    """Number of parts."""

    name: ClassVar[str] = "part_count"


@dataclass(frozen=True, eq=False)
class Staff(Objective):
    """Posts of all parts under a rule: it pays to stop just below a step.

    Parameters
    ----------
    rule : StaffingRule, optional
        None: ``StaffingRule()``.
    households : str or array_like of int, shape (n_nodes,), optional
        None: the problem's weights. At most 2^31 - 1 in all.
    """

    name: ClassVar[str] = "staff"
    rule: StaffingRule | None = None
    households: Column | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return the rule and the households."""
        rule = StaffingRule() if self.rule is None else self.rule
        check_type(rule, "rule", StaffingRule)
        return {"rule": rule, "households": _nodes(graph, self.households, "households")}


@dataclass(frozen=True, eq=False)
class StaffLoad(Staff):
    """Households that one post of the busiest part serves: the largest 1000 * households / posts, rounded down.

    Parameters
    ----------
    rule : StaffingRule, optional
        With a base of 1 post or more. None: ``StaffingRule()``.
    households : str or array_like of int, shape (n_nodes,), optional
        None: the problem's weights. At most 2^31 - 1 in all.
    """

    name: ClassVar[str] = "staff_load"


@dataclass(frozen=True, eq=False)
class RegionSplits(Objective):
    """How often regions are split: the number of parts that each lies in, less one.

    Parameters
    ----------
    region : str or array_like, shape (n_nodes,)
        Compound, street or community of each node: texts or numbers; missing, None or -1: in none.
    """

    name: ClassVar[str] = "region_splits"
    region: Column

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return the number of each node's region."""
        return {"region": codes(graph, self.region, "region")}


@dataclass(frozen=True, eq=False)
class Disturbance(Objective):
    """Weight that does not stay in its grid of last year; the numbers of parts then mean last year's grids.

    Parameters
    ----------
    previous : Plan, str, mapping of id to int, or array_like of int, shape (n_nodes,)
        Last year's grid of each node, 0 to 999,999; -1 or absent: a node that is new, never counted.
    weights : str or array_like of int, shape (n_nodes,), optional
        What moving each node costs; None: the problem's weights.
    """

    name: ClassVar[str] = "disturbance"
    previous: Plan | Column | Mapping[Hashable, int]
    weights: Column | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return last year's grids and the weights."""
        previous = lookup(graph.columns, self.previous, "previous", "graph.columns")
        return {
            "previous": node_labels(graph, previous, "previous"),
            "weights": _nodes(graph, self.weights, "weights"),
        }


@dataclass(frozen=True, eq=False)
class Travel(Objective):
    """Distance to the centre that serves a part: of several places the one with the least sum over its nodes.

    Parameters
    ----------
    distances : sequence of str, or array_like, shape (n_nodes, n_centres)
        From each node to each place, 0 to 10^12 units, weighted or not; or the names of one column a place.
    unit : float, optional
        What distances are rounded to whole multiples of.
    """

    name: ClassVar[str] = "travel"
    distances: Sequence[str] | ArrayLike
    unit: float | None = None

    def values(self, graph: Graph) -> dict[str, Any]:
        """Return the number of centres, and distances in units."""
        given: Any = self.distances
        if isinstance(given, str):
            given = [given]
        if isinstance(given, Sequence) and given and all(isinstance(name, str) for name in given):
            columns = [lookup(graph.columns, name, "distances", "graph.columns") for name in given]
            given = np.ma.stack([np.ma.asarray(column) for column in columns], axis=1)
        shape = np.shape(given)
        if len(shape) != 2 or shape[0] != graph.num_nodes or shape[1] < 1:
            raise InvalidInputError(
                f"distances has shape {shape} and must have shape ({graph.num_nodes}, n_centres)",
                f"distances 的形状是 {shape}，必须是 ({graph.num_nodes}, 中心数)",
            )
        values = in_units(np.ma.ravel(np.ma.asarray(given)), "distances", self.unit, (0, _MAX_ENTRY))
        return {"centres": shape[1], "distances": values}
