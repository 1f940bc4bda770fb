# SPDX-License-Identifier: BSD-3-Clause
"""A districting problem as a mixed-integer linear program; that parts hang together is left to cuts."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd
from typing import TYPE_CHECKING

from shequ import objectives
from shequ._core import Rounding
from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shequ._exact_cuts import Cut
    from shequ._exact_groups import Groups
    from shequ.districting import Problem

__all__ = ["Model"]

_MOST_EXACT = 2**45  # objective values up to which floats leave no doubt about whole numbers
_SUPPORTED = (objectives.CutEdges, objectives.SharedPerimeter, objectives.PartCount, objectives.Staff)


@dataclass
class _Columns:
    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)

    def add(self, upper: float, *, cost: float = 0.0, lower: float = 0.0, is_whole: bool = False) -> int:
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.is_whole.append(is_whole)
        return len(self.cost) - 1


@dataclass
class _Rows:
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add(
        self, terms: Iterable[tuple[int, float]], lower: float = -float("inf"), upper: float = float("inf")
    ) -> None:
        self.lower.append(lower)
        self.upper.append(upper)
        self.start.append(len(self.index))
        for column, value in terms:
            self.index.append(column)
            self.value.append(value)


class Model:
    """The program: which group lies in which part.

    Parts are numbered by their first group in `order`, which leaves one numbering of every plan. Groups that no part
    can hold both come first: they open the parts of their own numbers.

    Parameters
    ----------
    problem : Problem
    groups : Groups
        Those of the problem.
    parts : (int, int)
        Least and most number of parts.
    """

    def __init__(self, problem: Problem, groups: Groups, parts: tuple[int, int]) -> None:
        self.groups = groups
        self.least_parts, self.most_parts = parts
        self.columns, self.rows = _Columns(), _Rows()
        self.order, rivals = _order(groups, self.most_parts)
        self._place = {group: place for place, group in enumerate(self.order)}
        self._holds = [
            [
                self.columns.add(0.0 if part > place or group in rivals.get(part, ()) else 1.0, is_whole=True)
                for part in range(self.most_parts)
            ]
            for place, group in enumerate(self.order)
        ]
        self._used = [
            self.columns.add(1.0, lower=float(part < self.least_parts), is_whole=True)
            for part in range(self.most_parts)
        ]
        self._assign()
        self._number()
        self._keep_rules()
        self._costs: dict[tuple[int, int], int] = {}
        self._cut_columns: dict[tuple[int, int], int] = {}
        self._staff: list[tuple[int, list[int], int, int]] = []
        self._state_objective(problem)
        self.unit = max(1, gcd(*(int(cost) for cost in self.columns.cost if cost)))
        self._check_size()

    def hold(self, group: int, part: int) -> int:
        """Return the column that is 1 where the part holds the group."""
        return self._holds[self._place[group]][part]

    def _assign(self) -> None:
        for holds in self._holds:
            self.rows.add([(column, 1.0) for column in holds], 1.0, 1.0)
            for part, column in enumerate(holds):
                self.rows.add([(self._used[part], 1.0), (column, -1.0)], 0.0)
        for part in range(1, self.most_parts):
            self.rows.add([(self._used[part - 1], 1.0), (self._used[part], -1.0)], 0.0)
        for part, used in enumerate(self._used):
            self.rows.add([(used, -1.0), *((holds[part], 1.0) for holds in self._holds)], 0.0)
            for weights, lower, upper in self.groups.columns:
                own = [
                    (holds[part], float(weights[group])) for holds, group in zip(self._holds, self.order, strict=True)
                ]
                own = [(column, weight) for column, weight in own if weight]
                self.rows.add([*own, (used, -float(upper))], upper=0.0)
                if lower > 0:
                    self.rows.add([*own, (used, -float(lower))], 0.0)

    def _number(self) -> None:
        """Let a group into part p only where one before it is in part p - 1.

        The sparse form of the orbitope's inequalities: Y. Faenza, V. Kaibel, "Extended Formulations for Packing and
        Partitioning Orbitopes", Mathematics of Operations Research 34, 2009, doi:10.1287/moor.1090.0392.
        """
        self._opened: list[list[int]] = []  # columns that are at most 1 where a part holds a group up to each place
        for place, holds in enumerate(self._holds):
            self._opened.append([self.columns.add(1.0) for _ in holds])
            for part, column in enumerate(holds):
                before = [] if place == 0 else [(self._opened[place - 1][part], -1.0)]
                self.rows.add([(self._opened[place][part], 1.0), (column, -1.0), *before], upper=0.0)
                if place > 0 and part > 0:
                    later = [(other, -1.0) for other in holds[part:]]
                    self.rows.add([(self._opened[place - 1][part - 1], 1.0), *later], 0.0)

    def _keep_rules(self) -> None:
        for a, b in sorted(self.groups.apart):
            for part in range(self.most_parts):
                self.rows.add([(self.hold(a, part), 1.0), (self.hold(b, part), 1.0)], upper=1.0)

    def _state_objective(self, problem: Problem) -> None:
        for of, weight in problem.objective:
            if weight == 0:
                continue
            if not isinstance(of, _SUPPORTED) or isinstance(of, objectives.StaffLoad):
                names = '"cut_edges", "shared_perimeter", "part_count", "staff"'
                raise InvalidInputError(
                    f'objective="{of.name}" is not linear: an exact solution supports {names}',
                    f'objective="{of.name}" 不是线性目标：精确求解只支持 {names}',
                )
            if isinstance(of, objectives.PartCount):
                for used in self._used:
                    self.columns.cost[used] += weight
            elif isinstance(of, objectives.Staff):
                self._add_staff(problem, of, weight)
            else:
                self._add_costs(problem, of, weight)
        for (a, b), cost in sorted(self._costs.items()):
            column = self.columns.add(1.0, cost=float(cost), is_whole=True)
            self._cut_columns[a, b] = column
            for part in range(self.most_parts):
                own, other = self.hold(a, part), self.hold(b, part)
                self.rows.add([(column, 1.0), (own, -1.0), (other, 1.0)], 0.0)
                self.rows.add([(column, 1.0), (own, 1.0), (other, -1.0)], 0.0)

    def _add_costs(self, problem: Problem, of: objectives.CutEdges | objectives.SharedPerimeter, weight: int) -> None:
        lengths = of.values(problem.graph).get("lengths")
        for number, (a, b) in enumerate(problem.graph.edges.tolist()):
            ends = sorted((self.groups.of_node[a], self.groups.of_node[b]))
            cost = weight * (1 if lengths is None else int(lengths[number]))
            if ends[0] != ends[1] and cost:
                self._costs[ends[0], ends[1]] = self._costs.get((ends[0], ends[1]), 0) + cost

    def _add_staff(self, problem: Problem, of: objectives.Staff, weight: int) -> None:
        values = of.values(problem.graph)
        rule, column = values["rule"], values["households"]
        households = self.groups.sums([int(value) for value in (problem.weights if column is None else column)])
        step = int(rule.step_households)
        slack = {Rounding.FLOOR: 0, Rounding.CEIL: step - 1, Rounding.ROUND: step // 2}[rule.rounding]
        # Steps of a part: the least whole number s >= 0 with step * s + covered >= households.
        covered = int(rule.base_households) - slack + step - 1
        most = max(0, -(-(sum(households) - covered) // step))
        for part, used in enumerate(self._used):
            self.columns.cost[used] += weight * int(rule.base)
            steps = self.columns.add(float(most), cost=float(weight), is_whole=True)
            own = [(self.hold(group, part), -float(value)) for group, value in enumerate(households) if value]
            self.rows.add([(steps, float(step)), (used, float(covered)), *own], 0.0)
            self._staff.append((steps, households, covered, step))

    def _check_size(self) -> None:
        most = sum(cost * upper for cost, upper in zip(self.columns.cost, self.columns.upper, strict=True))
        if most > _MOST_EXACT * self.unit:
            raise InvalidInputError(
                f"the objective can be {most:.3g} and must be {_MOST_EXACT:,} or less for an exact solution",
                f"目标值可达 {most:.3g}，精确求解要求不超过 {_MOST_EXACT:,}",
            )

    def state_bound(self, bound: int) -> None:
        """Add that the objective is `bound` or more, which is proven."""
        costs = [(column, cost / self.unit) for column, cost in enumerate(self.columns.cost) if cost]
        if costs and bound > 0:
            self.rows.add(costs, lower=float(-(-bound // self.unit)))

    def cut_rows(self, cuts: list[Cut]) -> _Rows:
        """Return cuts as rows, one for each part."""
        rows = _Rows()
        for cut in cuts:
            for part in range(self.most_parts):
                terms = [(self.hold(group, part), float(value)) for group, value in cut.terms]
                if cut.used:
                    terms.append((self._used[part], float(cut.used)))
                rows.add(terms, lower=float(cut.least))
        return rows

    def parts_of(self, values: list[float]) -> list[list[int]]:
        """Return the groups of each part that a solution uses."""
        parts: list[list[int]] = [[] for _ in range(self.most_parts)]
        for holds, group in zip(self._holds, self.order, strict=True):
            parts[max(range(self.most_parts), key=lambda part: values[holds[part]])].append(group)
        return [part for part in parts if part]

    def solution(self, labels: list[int]) -> list[float]:
        """Return the values of all columns for a plan that keeps the rules."""
        values = [0.0] * len(self.columns.cost)
        of_group = [labels[nodes[0]] for nodes in self.groups.nodes]
        number: dict[int, int] = {}
        for place, group in enumerate(self.order):
            part = number.setdefault(of_group[group], len(number))
            values[self._holds[place][part]] = 1.0
            for opened in range(len(number)):
                values[self._opened[place][opened]] = 1.0
        for part in range(len(number)):
            values[self._used[part]] = 1.0
        for (a, b), column in self._cut_columns.items():
            values[column] = float(of_group[a] != of_group[b])
        sums = [[0] * self.most_parts for _ in self._staff]
        for group, label in enumerate(of_group):
            for total, (_, households, _, _) in zip(sums, self._staff, strict=True):
                total[number[label]] += households[group]
        for place, (steps, _, covered, step) in enumerate(self._staff):
            values[steps] = float(max(0, -(-(sums[place][place % self.most_parts] - covered) // step)))
        return values


def _order(groups: Groups, most_parts: int) -> tuple[list[int], dict[int, set[int]]]:
    """Return the groups in the order that numbers parts, and the groups that cannot be in the part of each number.

    First comes the largest set found, from each group on, no two of which a part can hold both; then the heaviest.
    """
    weights, _, upper = groups.columns[0]
    rivals = [
        {other for other, weight in enumerate(groups.least_weights(group)) if weight > upper}
        for group in range(groups.count)
    ]
    for a, b in groups.apart:
        rivals[a].add(b)
        rivals[b].add(a)
    heaviest = sorted(range(groups.count), key=lambda group: (-weights[group], group))
    best: list[int] = []
    for first in heaviest[: max(1, 20_000 // max(1, groups.count))]:
        found, allowed = [first], rivals[first] - {first}
        while allowed:
            chosen = max(allowed, key=lambda group: (len(rivals[group] & allowed), weights[group], -group))
            found.append(chosen)
            allowed = allowed & rivals[chosen] - {chosen}
        best = max(best, found, key=len)
    first_groups = set(best)
    order = [*best, *(group for group in heaviest if group not in first_groups)]
    return order, {part: rivals[group] for part, group in enumerate(best[:most_parts])}
