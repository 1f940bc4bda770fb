# SPDX-License-Identifier: BSD-3-Clause
"""What a mixed-integer model needs to know of a problem: nodes that must lie in one part, taken as one."""

from __future__ import annotations

import heapq
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shequ.districting import Problem

__all__ = ["Groups"]


class Groups:
    """Nodes that must lie in one part, by together and by locks; every other node is a group of its own.

    Attributes
    ----------
    of_node : list of int
        Group of each node.
    nodes : list of list of int
        Nodes of each group.
    columns : list of (list of int, int, int)
        Weights of the groups in each column that parts keep within bounds, its lower and its upper bound.
    neighbours : list of set of int
        Groups that touch each group, by an edge or a link.
    touching : list of set of int
        Nodes that touch each node, by an edge or a link.
    apart : set of (int, int)
        Pairs of groups, the lower first, that must lie in two parts: by apart, by locks, by closed parts.
    entry_weights : list of int
        What a way that enters a group adds to the weight of its part; 0 for a group in several pieces, which a way may
        enter several times.
    contradictory : bool
        Whether two rules alone exclude every plan.
    """

    def __init__(self, problem: Problem) -> None:
        given = problem._arguments
        size = problem.graph.num_nodes
        locked = [-1] * size if given["locked"] is None else [int(number) for number in given["locked"]]
        locked = locked or [-1] * size
        sets = [list(group) for group in given["together"]]
        for number in sorted(set(locked) - {-1}):
            sets.append([node for node in range(size) if locked[node] == number])
        self._merge(size, sets)
        self._touch(problem, size)
        self._read_columns(problem)
        self.entry_weights = [
            weight if self._hangs_together(group) else 0 for group, weight in enumerate(self.columns[0][0])
        ]
        self._separate(given["apart"], locked, set(given["closed"]))

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.nodes)

    def _merge(self, size: int, sets: list[list[int]]) -> None:
        parent = list(range(size))

        def root(node: int) -> int:
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for group in sets:
            for node in group[1:]:
                a, b = sorted((root(group[0]), root(node)))
                parent[b] = a
        number: dict[int, int] = {}
        self.of_node = [number.setdefault(root(node), len(number)) for node in range(size)]
        self.nodes: list[list[int]] = [[] for _ in number]
        for node, group_number in enumerate(self.of_node):
            self.nodes[group_number].append(node)

    def _touch(self, problem: Problem, size: int) -> None:
        self.touching: list[set[int]] = [set() for _ in range(size)]
        for a, b in [*problem.graph.edges.tolist(), *problem._arguments["links"]]:
            self.touching[a].add(b)
            self.touching[b].add(a)
        self.neighbours: list[set[int]] = [
            {self.of_node[other] for node in nodes for other in self.touching[node]} - {group}
            for group, nodes in enumerate(self.nodes)
        ]

    def _hangs_together(self, group: int) -> bool:
        found, queue = {self.nodes[group][0]}, [self.nodes[group][0]]
        while queue:
            for other in self.touching[queue.pop()]:
                if self.of_node[other] == group and other not in found:
                    found.add(other)
                    queue.append(other)
        return len(found) == len(self.nodes[group])

    def _read_columns(self, problem: Problem) -> None:
        given = [("", problem.weights, problem.lower, problem.upper), *problem._arguments["balances"]]
        self.columns: list[tuple[list[int], int, int]] = [
            (self.sums([int(value) for value in column]), lower, upper) for _, column, lower, upper in given
        ]

    def sums(self, column: list[int]) -> list[int]:
        """Return the sum of a column over the nodes of each group."""
        return [sum(column[node] for node in nodes) for nodes in self.nodes]

    def _separate(self, apart: list[tuple[int, int]], locked: list[int], closed: set[int]) -> None:
        locks = [{locked[node] for node in nodes} - {-1} for nodes in self.nodes]
        self.contradictory = any(len(numbers) > 1 for numbers in locks)
        self.apart = {tuple(sorted((self.of_node[a], self.of_node[b]))) for a, b in apart}
        self.contradictory = self.contradictory or any(a == b for a, b in self.apart)
        self.apart |= set(combinations([group for group, numbers in enumerate(locks) if numbers], 2))
        for group, numbers in enumerate(locks):
            if not numbers & closed:
                continue
            self.contradictory = self.contradictory or any(locked[node] == -1 for node in self.nodes[group])
            self.apart |= {tuple(sorted((group, other))) for other in range(self.count) if other != group}

    def least_weights(self, start: int) -> list[int]:
        """Return the least weight of a connected set of groups that holds `start` and another group, for each group.

        More than the upper bound where there is none.
        """
        weights, _, upper = self.columns[0]
        least = [upper + 1] * self.count
        least[start] = weights[start]
        queue = [(weights[start], start)]
        while queue:
            weight, group = heapq.heappop(queue)
            if weight > least[group]:
                continue
            for other in self.neighbours[group]:
                more = weight + weights[other]
                if more < least[other]:
                    least[other] = more
                    heapq.heappush(queue, (more, other))
        return least
