# SPDX-License-Identifier: BSD-3-Clause
"""Which atoms may go over to a neighbouring part, by every rule of a problem, and what that does to posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from shequ._connected_sets import connected_sets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from numpy.typing import NDArray

    from shequ._counted import StaffingNorm
    from shequ._problem import Problem

__all__ = ["Borders"]

Numbers: TypeAlias = "tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]"
Found: TypeAlias = "tuple[int, tuple[int, ...], int, int, Numbers]"


class Borders:
    """Parts of a problem that give and take atoms.

    Parameters
    ----------
    problem : Problem
    labels : array_like of int, shape (n_nodes,)
        -1 for an atom in no part: it stays.
    towns : ndarray of int64, shape (n_nodes,), or None
        Atoms move between parts only where the atoms that touch have the same number, -1 never.
    norm : norm of staffing
    """

    def __init__(self, problem: Problem, labels: Any, towns: NDArray[np.int64] | None, norm: StaffingNorm) -> None:
        rules = problem.arguments
        self._norm, self._posts_of = norm, {}  # type: tuple[StaffingNorm, dict[int, int | None]]
        self._label: list[int] = np.asarray(labels).tolist()
        self._town = [0] * len(self._label) if towns is None else towns.tolist()
        self._weight: list[int] = problem.weights.tolist()
        self._near: list[list[int]] = [[] for _ in self._label]
        for a, b in [*problem.graph.edges.tolist(), *rules["links"]]:
            self._near[a].append(b)
            self._near[b].append(a)
        self._members: dict[int, list[int]] = {}
        for i, label in enumerate(self._label):
            if label >= 0:
                self._members.setdefault(label, []).append(i)
        #: Columns with bounds of a part: the weights first.
        columns = [(self._weight, problem.lower, problem.upper)]
        columns += [(np.asarray(column).tolist(), low, high) for _, column, low, high in rules["balances"]]
        self._columns = columns
        self._sums = {
            label: [sum(column[i] for i in atoms) for column, _, _ in columns] for label, atoms in self._members.items()
        }
        locked = rules["locked"]
        self._locked = [False] * len(self._label) if locked is None else [int(number) >= 0 for number in locked]
        closed = set(rules["closed"])
        self._closed = {self._label[i] for i in range(len(self._label)) if self._locked[i] and int(locked[i]) in closed}
        self._together = [set(group) for group in rules["together"]]
        self._groups: dict[int, list[int]] = {}
        for number, group in enumerate(self._together):
            for i in group:
                self._groups.setdefault(i, []).append(number)
        self._apart: dict[int, list[int]] = {}
        for a, b in rules["apart"]:
            self._apart.setdefault(a, []).append(b)
            self._apart.setdefault(b, []).append(a)

    def _posts(self, weight: int) -> int | None:
        if weight not in self._posts_of:
            found = self._norm.posts_range(weight)
            self._posts_of[weight] = None if found is None else found[0]
        return self._posts_of[weight]

    def moves(self, most_atoms: int, most_weight: int | None) -> list[Found]:
        """Return weight, atoms, giver, taker and numbers of every move that frees a post, the lightest first.

        One that contains another between the same parts which frees as many is left out.
        """
        found = [move for giver in self._members for move in self._from(giver, most_atoms, most_weight)]
        found.sort(key=lambda move: (move[0], len(move[1]), move[1], move[3]))
        kept: list[Found] = []
        freed: dict[tuple[int, int], list[tuple[frozenset[int], int]]] = {}
        for move in found:
            _, atoms, giver, taker, numbers = move
            own, number = frozenset(atoms), _freed(numbers)
            before = freed.setdefault((giver, taker), [])
            if not any(less >= number and smaller <= own for smaller, less in before):
                before.append((own, number))
                kept.append(move)
        return kept

    def _from(self, giver: int, most_atoms: int, most_weight: int | None) -> Iterator[Found]:
        members = self._members[giver]
        if giver in self._closed or len(members) < 2:
            return
        sums = self._sums[giver]
        room = sums[0] - self._columns[0][1]
        room = room if most_weight is None else min(room, most_weight)
        if room < 0:
            return
        posts = self._posts(sums[0])
        pieces: int | None = None
        for atoms in self._sets(giver, most_atoms, room):
            weight = sum(self._weight[i] for i in atoms)
            left = self._posts(sums[0] - weight)
            takers = {taker for i in atoms for taker in self._touched(i)}
            if not takers or posts is None or left is None or len(atoms) == len(members):
                continue
            sound: bool | None = None
            for taker in sorted(takers):
                total = self._sums[taker][0]
                before, after = self._posts(total), self._posts(total + weight)
                if before is None or after is None or left + after >= posts + before:
                    continue
                if sound is None:
                    pieces = self._pieces(set(members)) if pieces is None else pieces
                    sound = self._gives(atoms, giver) and self._pieces(set(members) - set(atoms)) <= pieces
                if sound and self._takes(atoms, taker):
                    was, now = (sums[0], posts), (sums[0] - weight, left)
                    yield weight, atoms, giver, taker, (was, now, (total, before), (total + weight, after))

    def _touched(self, atom: int) -> set[int]:
        """Return the parts that an atom of another part touches and may go to."""
        own, town = self._label[atom], self._town[atom]
        return {
            self._label[j]
            for j in self._near[atom]
            if self._label[j] not in (own, -1) and self._town[j] == town >= 0 and self._label[j] not in self._closed
        }

    def _sets(self, giver: int, most_atoms: int, room: int) -> Iterator[tuple[int, ...]]:
        """Yield the connected sets of free atoms near a border."""
        ring = {i for i in self._members[giver] if not self._locked[i] and self._touched(i)}
        free = set(ring)
        for _ in range(most_atoms - 1):
            ring = {
                j
                for i in ring
                for j in self._near[i]
                if self._label[j] == giver and not self._locked[j] and j not in free
            }
            free |= ring
        near = {i: {j for j in self._near[i] if j in free} for i in free}
        yield from connected_sets(sorted(free), near, self._weight, (1, most_atoms), room)

    def _gives(self, atoms: tuple[int, ...], giver: int) -> bool:
        """Tell whether bounds hold that fall, and whether groups move as one."""
        gone = set(atoms)
        for (column, low, _), total in zip(self._columns, self._sums[giver], strict=True):
            less = sum(column[i] for i in atoms)
            if less and total - less < low:
                return False
        return all(self._together[number] <= gone for i in atoms for number in self._groups.get(i, ()))

    def _takes(self, atoms: tuple[int, ...], taker: int) -> bool:
        """Tell whether bounds hold that rise, and no pair comes together that must be apart."""
        for (column, _, high), total in zip(self._columns, self._sums[taker], strict=True):
            more = sum(column[i] for i in atoms)
            if more and total + more > high:
                return False
        return not any(self._label[j] == taker for i in atoms for j in self._apart.get(i, ()))

    def _pieces(self, left: set[int]) -> int:
        count = 0
        while left:
            count += 1
            stack = [left.pop()]
            while stack:
                for j in self._near[stack.pop()]:
                    if j in left:
                        left.remove(j)
                        stack.append(j)
        return count


def _freed(numbers: Numbers) -> int:
    return numbers[0][1] + numbers[2][1] - numbers[1][1] - numbers[3][1]
