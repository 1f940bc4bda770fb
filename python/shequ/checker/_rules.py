# SPDX-License-Identifier: BSD-3-Clause
"""Which rules of its problem a plan breaks, by networkx."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._document import Document

__all__ = ["Plan", "Violation", "plan_of", "violations"]

_SHOWN = 8  # nodes that a sentence names


@dataclass(frozen=True)
class Violation:
    """A broken rule: which, in which part (-1: in none), at which nodes, by how much, and the sentence in two languages."""

    kind: str
    part: int
    nodes: tuple[int, ...]
    amount: int
    english: str = field(compare=False)
    chinese: str = field(compare=False)


@dataclass(frozen=True)
class Plan:
    """Labels with what no part can be called made -1, and the nodes of each part in the order of the numbers."""

    labels: list[int]
    parts: dict[int, list[int]]
    unassigned: list[int]
    unknown: list[int]
    keeps_numbers: bool  # numbers mean last year's grids, and may be left out

    @property
    def number_limit(self) -> int:
        """One more than the largest number of a part."""
        return max(self.parts, default=-1) + 1


def plan_of(document: Document) -> Plan:
    """Sort the nodes by part.

    No more parts than nodes can be numbered from 0; numbers that mean last year's grids may go on behind those.
    """
    count = len(document.ids)
    limit, keeps_numbers = count, False
    for term in document.objective:
        if term.name == "disturbance":
            keeps_numbers = True
            limit = max(limit, max(term.values["previous"], default=-1) + 1 + count)
    labels: list[int] = []
    unassigned: list[int] = []
    unknown: list[int] = []
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for node, label in enumerate(document.labels):
        if 0 <= label < limit:
            parts[label].append(node)
        else:
            (unassigned if label == -1 else unknown).append(node)
        labels.append(label if 0 <= label < limit else -1)
    return Plan(labels, dict(sorted(parts.items())), unassigned, unknown, keeps_numbers)


def violations(document: Document, plan: Plan) -> list[Violation]:
    """Return every rule of the problem that the plan breaks."""
    return [
        *_numbers(document, plan),
        *_bounds(document, plan),
        *_contiguity(document, plan),
        *_groups(document, plan),
        *_locks(document, plan),
    ]


def _names(document: Document, nodes: Iterable[int], separator: str) -> str:
    names = [str(document.ids[v]) for v in nodes]
    return separator.join(names[:_SHOWN] + (["..."] if len(names) > _SHOWN else []))


def _broken(
    document: Document, kind: str, part: int, nodes: Iterable[int], amount: int, english: str, chinese: str
) -> Violation:
    """Make a violation; {} in its sentences stands for the names of the nodes."""
    found = tuple(nodes)
    return Violation(
        kind, part, found, amount, english.replace("{}", _names(document, found, ", ")),
        chinese.replace("{}", _names(document, found, "、")),
    )  # fmt: skip


def _numbers(document: Document, plan: Plan) -> Iterable[Violation]:
    if plan.unassigned:
        count = len(plan.unassigned)
        yield _broken(
            document, "unassigned", -1, plan.unassigned, count, "nodes in no part: {}", "未划入网格的节点：{}"
        )
    if plan.unknown:
        yield _broken(
            document, "unknown_label", -1, plan.unknown, len(plan.unknown), "nodes whose label is no number of a part: {}",
            "编号无效的节点：{}",
        )  # fmt: skip
    for part in range(0 if plan.keeps_numbers else plan.number_limit):
        if part not in plan.parts:
            yield _broken(document, "unknown_label", part, (), 1, f"part {part} has no node", f"网格 {part} 没有节点")
    if document.parts is not None:
        least, most = document.parts
        count = len(plan.parts)
        if not least <= count <= most:
            yield _broken(
                document, "part_count", -1, (), max(least - count, count - most),
                f"{count} parts where {least} to {most} are asked for", f"网格数为 {count}，要求为 {least} 至 {most}",
            )  # fmt: skip


def _bounds(document: Document, plan: Plan) -> Iterable[Violation]:
    columns = [("", document.weights, document.lower, document.upper)]
    columns += [(b.name or f"balances[{i}]", b.weights, b.lower, b.upper) for i, b in enumerate(document.balances)]
    for i, (name, weights, lower, upper) in enumerate(columns):
        for part, nodes in plan.parts.items():
            total = sum(weights[v] for v in nodes)
            if lower <= total <= upper:
                continue
            below = total < lower
            bound = lower if below else upper
            what, what_zh = (f"{name} of part {part} is", f"网格 {part} 的“{name}”为") if i else (
                f"part {part} weighs", f"网格 {part} 的户数为")  # fmt: skip
            yield _broken(
                document, "balance" if i else "below_lower" if below else "above_upper", part, nodes, abs(total - bound),
                f"{what} {total}, {'below' if below else 'above'} {bound}",
                f"{what_zh} {total}，{'低于下限' if below else '高于上限'} {bound}",
            )  # fmt: skip


def _contiguity(document: Document, plan: Plan) -> Iterable[Violation]:
    graph = nx.Graph()
    graph.add_nodes_from(v for nodes in plan.parts.values() for v in nodes)
    for pairs in (document.edges, document.links):
        graph.add_edges_from((a, b) for a, b in pairs if plan.labels[a] == plan.labels[b] >= 0)
    pieces: defaultdict[int, list[list[int]]] = defaultdict(list)
    for component in nx.connected_components(graph):
        nodes = sorted(component)
        pieces[plan.labels[nodes[0]]].append(nodes)
    for part in plan.parts:
        found = sorted(pieces[part])  # by their first nodes, so that of equal pieces the first is the heaviest
        if len(found) < 2:
            continue
        heaviest = max(found, key=lambda nodes: sum(document.weights[v] for v in nodes))
        outside = sorted(v for nodes in found if nodes is not heaviest for v in nodes)
        yield _broken(
            document, "not_contiguous", part, outside, len(found),
            f"part {part} is in {len(found)} pieces; outside of the heaviest: {{}}",
            f"网格 {part} 不连通，分为 {len(found)} 块；最大一块之外的节点：{{}}",
        )  # fmt: skip


def _groups(document: Document, plan: Plan) -> Iterable[Violation]:
    for i, group in enumerate(document.together):
        if len({document.labels[v] for v in group}) > 1:
            yield _broken(
                document, "together", -1, group, len(group), f"together[{i}] lies in several parts: {{}}",
                f"必须在一起的第 {i} 组分在多个网格：{{}}",
            )  # fmt: skip
    for pair in document.apart:
        part = plan.labels[pair[0]]
        if part >= 0 and part == plan.labels[pair[1]]:
            yield _broken(
                document, "apart", part, pair, 2, f"nodes that must be apart lie in part {part}: {{}}",
                f"必须分开的节点同在网格 {part}：{{}}",
            )  # fmt: skip


def _locks(document: Document, plan: Plan) -> Iterable[Violation]:
    locks: defaultdict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(document.locked):
        if number >= 0:
            locks[number].append(node)
    holder: dict[int, int] = {}  # of each part the first lock that it holds
    for number in sorted(locks):
        nodes = locks[number]
        if len({document.labels[v] for v in nodes}) > 1:
            yield _broken(
                document, "locked", document.labels[nodes[0]], nodes, len(nodes),
                f"nodes locked to {number} lie in several parts: {{}}", f"锁定为 {number} 的节点分在多个网格：{{}}",
            )  # fmt: skip
        for part in sorted({plan.labels[v] for v in nodes} - {-1}):
            first = holder.setdefault(part, number)
            if first != number:
                yield _broken(
                    document, "locked", part, nodes, 2, f"part {part} holds nodes locked to {first} and to {number}",
                    f"网格 {part} 同时含有锁定为 {first} 和 {number} 的节点",
                )  # fmt: skip
    closed, closed_parts = set(document.closed), dict[int, int]()
    for node, number in enumerate(document.locked):
        if number in closed and plan.labels[node] >= 0:
            closed_parts.setdefault(plan.labels[node], number)
    for part, number in closed_parts.items():
        added = [v for v in plan.parts[part] if document.locked[v] != number]
        if added:
            yield _broken(
                document, "closed", part, added, len(added),
                f"part {part} is closed, being locked to {number}, and holds further nodes: {{}}",
                f"网格 {part}（锁定为 {number}）不得增加，却含有其他节点：{{}}",
            )  # fmt: skip
