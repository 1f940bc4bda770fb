# SPDX-License-Identifier: BSD-3-Clause
"""Values of objectives from their definitions, in whole numbers and fractions.

The compiled core computes some values with floating-point numbers before it rounds them to whole ones. Where the exact
number is so close to a half that such an error could round it the other way, both neighbours are right: each value is
therefore a least and a most, the same but there.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from ._circle import squared_radius

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._document import Document, Term

__all__ = ["value_of"]

Value = tuple[int, int]  # least and most
Parts = dict[int, list[int]]  # nodes of each part, by its number

_PI = Fraction(31415926535897932384626433832795028841971693993751, 10**49)
_MILLIONTHS_ERROR = Fraction(1, 10**6)  # of one part's value; that of double precision is below 10^-8


def _rounded(exact: Fraction, error: Fraction) -> Value:
    half = Fraction(1, 2)
    return floor(exact - error + half), floor(exact + error + half)


def _added(values: list[Value]) -> Value:
    return sum(least for least, _ in values), sum(most for _, most in values)


def _sure(value: int) -> Value:
    return value, value


class _Evaluation:
    def __init__(self, document: Document, labels: list[int], parts: Parts) -> None:
        self.document = document
        self.labels = labels  # -1: in no part
        self.parts = parts

    def sums(self, column: list[int] | None) -> list[int]:
        """Return the sums over parts; None: of the problem's weights."""
        weights = self.document.weights if column is None else column
        return [sum(weights[v] for v in nodes) for nodes in self.parts.values()]

    def cut(self) -> list[int]:
        """Return the positions of the edges between parts."""
        return [e for e, (a, b) in enumerate(self.document.edges) if self.labels[a] != self.labels[b]]

    def cut_edges(self) -> Value:
        return _sure(len(self.cut()))

    def shared_perimeter(self, lengths: list[int]) -> Value:
        return _sure(sum(lengths[e] for e in self.cut()))

    def polsby_popper(self, areas: list[int], outer_perimeters: list[int], lengths: list[int]) -> Value:
        borders: defaultdict[int, int] = defaultdict(int)
        for e in self.cut():
            for end in self.document.edges[e]:
                borders[self.labels[end]] += lengths[e]
        values = []
        for part, nodes in self.parts.items():
            perimeter = borders[part] + sum(outer_perimeters[v] for v in nodes)
            if perimeter:
                area = sum(areas[v] for v in nodes)
                values.append(_short_of_one(4 * _PI * area / Fraction(perimeter**2)))
        return _added(values)

    def reock(self, areas: list[int], x: list[int], y: list[int]) -> Value:
        values = []
        for nodes in self.parts.values():
            radius = squared_radius([(x[v], y[v]) for v in nodes])
            if radius:
                values.append(_short_of_one(sum(areas[v] for v in nodes) / (_PI * radius)))
        return _added(values)

    def inertia(self, weights: list[int] | None, x: list[int], y: list[int]) -> Value:
        column = self.document.weights if weights is None else weights
        values = []
        for nodes in self.parts.values():
            weight = sum(column[v] for v in nodes)
            if not weight:
                continue
            squares = sum(column[v] * (x[v] ** 2 + y[v] ** 2) for v in nodes)
            moments = [sum(column[v] * axis[v] for v in nodes) for axis in (x, y)]
            exact = squares - Fraction(moments[0] ** 2 + moments[1] ** 2, weight)
            # Only a last fraction below weight / 2 is a floating-point number.
            values.append(_rounded(exact, Fraction(weight, 2**51)))
        return _added(values)

    def deviation(self, weights: list[int] | None, target: int | None, norm: str) -> Value:
        sums = self.sums(weights)
        if not sums:
            return _sure(0)
        wanted = sum(sums) // len(sums) if target is None else target
        away = [abs(value - wanted) for value in sums]
        return _sure(sum(away) if norm == "sum" else max(away))

    def part_count(self) -> Value:
        return _sure(len(self.parts))

    def staff(self, rule: dict[str, Any], households: list[int] | None) -> Value:
        return _sure(sum(_posts(rule, value) for value in self.sums(households)))

    def staff_load(self, rule: dict[str, Any], households: list[int] | None) -> Value:
        return _sure(max((1000 * value // _posts(rule, value) for value in self.sums(households)), default=0))

    def region_splits(self, region: list[int]) -> Value:
        places: defaultdict[int, set[int]] = defaultdict(set)
        for part, nodes in self.parts.items():
            for v in nodes:
                if region[v] >= 0:
                    places[region[v]].add(part)
        return _sure(sum(len(parts) - 1 for parts in places.values()))

    def disturbance(self, previous: list[int], weights: list[int] | None) -> Value:
        column = self.document.weights if weights is None else weights
        moved = (v for v, label in enumerate(self.labels) if previous[v] >= 0 and label != previous[v])
        return _sure(sum(column[v] for v in moved))

    def travel(self, distances: list[list[int]]) -> Value:
        best = (min(map(sum, zip(*(distances[v] for v in nodes), strict=True))) for nodes in self.parts.values())
        return _sure(sum(best))


def _short_of_one(share: Fraction) -> Value:
    least, most = _rounded(10**6 * (1 - share), _MILLIONTHS_ERROR)
    return max(0, least), max(0, most)


def _posts(rule: dict[str, Any], households: int) -> int:
    further = Fraction(max(0, households - rule["base_households"]), rule["step_households"])
    rounding: str = rule["rounding"]
    steps = {"floor": floor(further), "ceil": -floor(-further), "round": floor(further + Fraction(1, 2))}[rounding]
    return int(rule["base"]) + steps


def value_of(term: Term, document: Document, labels: list[int], parts: Parts) -> Value:
    """Return the least and the most that the value of an objective can be, unweighted.

    Parameters
    ----------
    term : Term
    document : Document
    labels : list of int
        Part of each node; -1: in none.
    parts : dict of int to list of int
        Nodes of each part.
    """
    method: Callable[..., Value] = getattr(_Evaluation(document, labels, parts), term.name)
    return method(**term.values)
