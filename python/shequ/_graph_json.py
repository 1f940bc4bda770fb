# SPDX-License-Identifier: BSD-3-Clause
"""Reads the two forms of JSON that networkx writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._graph_columns import columns_of_records

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable

    from shequ.graph import Graph

__all__ = ["read_graph"]

_ENDS = frozenset({"source", "target", "key"})
_ID = frozenset({"id"})


def _fault(path: Path, english: str, chinese: str) -> InvalidInputError:
    return InvalidInputError(f"{path.name}: {english}", f"{path.name}：{chinese}")


def _key(name: Any) -> Hashable:
    return tuple(_key(item) for item in name) if isinstance(name, list) else name


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InvalidInputError(
            f"path={str(path)!r} must be a file that exists", f"path={str(path)!r} 必须是存在的文件"
        ) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _fault(path, f"must be JSON in UTF-8: {error}", f"必须是 UTF-8 编码的 JSON：{error}") from None
    forms = ("adjacency", "links", "edges")
    if not isinstance(document, dict) or "nodes" not in document or not any(form in document for form in forms):
        raise _fault(
            path,
            'must hold "nodes" and one of "adjacency", "links", "edges"',
            "必须含有 nodes 以及 adjacency、links、edges 之一",
        )
    if document.get("directed"):
        raise _fault(
            path, "directed=true must be false: a border has no direction", "directed=true 必须为 false：边界没有方向"
        )
    return document


def _from_adjacency(
    path: Path, document: dict[str, Any], position: dict[Hashable, int]
) -> tuple[list[tuple[int, int]], list[dict[str, Any]]]:
    """Each undirected edge stands in two rows; it is taken from the first, and the second must agree."""
    rows = document["adjacency"]
    if len(rows) != len(position):
        raise _fault(
            path,
            f"adjacency has {len(rows)} rows and must have {len(position)}, one a node",
            f"adjacency 有 {len(rows)} 行，必须有 {len(position)} 行，每个节点一行",
        )
    edges: list[tuple[int, int]] = []
    records: list[dict[str, Any]] = []
    number: dict[tuple[int, int], int] = {}
    twice: set[tuple[int, int]] = set()
    for node, row in enumerate(rows):
        for entry in row:
            other = _position(path, position, entry.get("id"), f"adjacency[{node}]")
            attributes = {name: value for name, value in entry.items() if name not in ("id", "key")}
            first = number.get((other, node))
            if first is None or node == other or (other, node) in twice:
                number[node, other] = len(edges)
                edges.append((node, other))
                records.append(attributes)
                continue
            twice.add((other, node))
            if records[first] != attributes:
                raise _fault(
                    path,
                    f"adjacency[{node}] and adjacency[{other}] disagree on the attributes of their edge",
                    f"adjacency[{node}] 与 adjacency[{other}] 对同一条边给出的属性不一致",
                )
    return edges, records


def _position(path: Path, position: dict[Hashable, int], name: Any, where: str) -> int:
    found = position.get(_key(name))
    if found is None:
        raise _fault(path, f"{where} names {name!r}, which is no node", f"{where} 指向不存在的节点 {name!r}")
    return found


def read_graph(path: str | os.PathLike[str]) -> Graph:
    """Read a graph; see `shequ.Graph.from_json`."""
    from shequ.graph import Graph

    file = Path(path)
    document = _load(file)
    ids: list[Hashable] = []
    for i, node in enumerate(document["nodes"]):
        if not isinstance(node, dict) or node.get("id") is None:
            raise _fault(file, f"nodes[{i}] must have an id", f"nodes[{i}] 必须有 id")
        ids.append(_key(node["id"]))
    position = {name: i for i, name in enumerate(ids)}
    columns = columns_of_records(document["nodes"], _ID)
    if len(position) != len(ids):
        edges: list[tuple[int, int]] = []  # from_edges names the ids that repeat
        records: list[dict[str, Any]] = []
    elif "adjacency" in document:
        edges, records = _from_adjacency(file, document, position)
    else:
        form = "links" if "links" in document else "edges"
        records = document[form]
        edges = [
            (
                _position(file, position, link.get("source"), f"{form}[{i}]"),
                _position(file, position, link.get("target"), f"{form}[{i}]"),
            )
            for i, link in enumerate(records)
        ]
    return Graph.from_edges(len(ids), edges, ids, columns, columns_of_records(records, _ENDS))
