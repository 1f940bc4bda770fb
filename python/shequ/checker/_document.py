# SPDX-License-Identifier: BSD-3-Clause
"""Reads the document of a certificate; what does not have the form is refused, nothing is skipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

__all__ = ["FORMAT", "FORMAT_VERSION", "Balance", "Document", "Term", "Unreadable", "load", "read"]

FORMAT = "shequ certificate"
FORMAT_VERSION = 1
KINDS = (
    "unassigned", "unknown_label", "part_count", "below_lower", "above_upper", "balance", "not_contiguous", "together",
    "apart", "locked", "closed",
)  # fmt: skip


class Unreadable(Exception):
    """A file that is no certificate; the message says where and what is allowed, in English and Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese


@dataclass(frozen=True)
class Balance:
    """A further column whose sums parts must keep within bounds."""

    name: str
    weights: list[int]
    lower: int
    upper: int


@dataclass(frozen=True)
class Term:
    """One objective, what it is multiplied with, and its columns and parameters."""

    name: str
    weight: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A problem, a plan and what is claimed of it; nodes are positions in `ids`."""

    ids: list[Any]
    weights: list[int]
    edges: list[tuple[int, int]]
    edge_columns: dict[str, list[Any]]
    lower: int
    upper: int
    parts: tuple[int, int] | None
    balances: list[Balance]
    objective: list[Term]
    together: list[list[int]]
    apart: list[tuple[int, int]]
    locked: list[int]  # empty: none
    closed: list[int]
    links: list[tuple[int, int]]
    start: list[int] | None
    labels: list[int]
    claims: dict[str, Any]


def _refuse(where: str, english: str, chinese: str) -> Unreadable:
    return Unreadable(f"{where} must be {english}", f"{where} 必须是{chinese}")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(value: Any, where: str, least: int | None = None, most: int | None = None) -> int:
    if not _is_whole(value):
        raise _refuse(where, "a whole number", "整数")
    if (least is not None and value < least) or (most is not None and value > most):
        above = f"{least} or more" if most is None else f"in [{least}, {most}]"
        above_zh = f"不小于 {least} 的整数" if most is None else f"[{least}, {most}] 之间的整数"
        raise _refuse(f"{where}={value}", above, above_zh)
    return int(value)


def _text(value: Any, where: str, allowed: tuple[str, ...] = ()) -> str:
    if not isinstance(value, str):
        raise _refuse(where, "a text", "文字")
    if allowed and value not in allowed:
        raise _refuse(f'{where}="{value}"', f"one of {', '.join(allowed)}", f"以下之一：{'、'.join(allowed)}")
    return value


def _list(value: Any, where: str, length: int | None = None) -> list[Any]:
    if not isinstance(value, list):
        raise _refuse(where, "a list", "列表")
    if length is not None and len(value) != length:
        raise _refuse(f"{where} of {len(value)} entries", f"of {length}", f" {length} 项的列表")
    return value


def _column(value: Any, where: str, length: int | None, least: int | None = None) -> list[int]:
    entries = _list(value, where, length)
    for i, entry in enumerate(entries):
        if not _is_whole(entry) or (least is not None and entry < least):
            _whole(entry, f"{where}[{i}]", least)
    return entries


def _fields(value: Any, where: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _refuse(where, "an object", "对象")
    needed = list(required)
    for name in needed:
        if name not in value:
            raise Unreadable(f"{where} lacks {name}", f"{where} 缺少 {name}")
    for name in value:
        if name not in needed and name not in optional:
            raise Unreadable(f"{where} has the unknown field {name}", f"{where} 含有未知的字段 {name}")
    return value


def _pairs(value: Any, where: str, num_nodes: int) -> list[tuple[int, int]]:
    result = []
    for i, pair in enumerate(_list(value, where)):
        a, b = (_whole(end, f"{where}[{i}]", 0, num_nodes - 1) for end in _list(pair, f"{where}[{i}]", 2))
        if a == b:
            raise _refuse(f"{where}[{i}]", "two different nodes", "两个不同的节点")
        result.append((a, b))
    return result


def _or_none(read_value: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    return lambda value, where: None if value is None else read_value(value, where)


def _rule(value: Any, where: str) -> dict[str, Any]:
    rule = _fields(value, where, ("base", "base_households", "step_households", "rounding", "applies_to", "id"))
    _whole(rule["base"], f"{where}.base", 0)
    _whole(rule["base_households"], f"{where}.base_households", 0)
    _whole(rule["step_households"], f"{where}.step_households", 1)
    _text(rule["rounding"], f"{where}.rounding", ("floor", "ceil", "round"))
    _text(rule["applies_to"], f"{where}.applies_to", ("urban", "rural"))
    _text(rule["id"], f"{where}.id")
    return rule


def _terms(value: Any, num_nodes: int, num_edges: int) -> list[Term]:
    def nodes(given: Any, where: str) -> list[int]:
        return _column(given, where, num_nodes, 0)

    def lengths(given: Any, where: str) -> list[int]:
        return _column(given, where, num_edges, 0)

    def coordinates(given: Any, where: str) -> list[int]:
        return _column(given, where, num_nodes)

    def numbers(given: Any, where: str) -> list[int]:
        return _column(given, where, num_nodes, -1)

    def norm(given: Any, where: str) -> str:
        return _text(given, where, ("sum", "max"))

    def distances(given: Any, where: str) -> list[list[int]]:
        rows = _list(given, where, num_nodes)
        centres = len(_list(rows[0], f"{where}[0]")) if rows else 0
        if rows and centres < 1:
            raise _refuse(f"{where}[0]", "a list of 1 or more", "至少 1 项的列表")
        return [_column(row, f"{where}[{i}]", centres, 0) for i, row in enumerate(rows)]

    staff = {"rule": _rule, "households": _or_none(nodes)}
    forms: dict[str, dict[str, Callable[[Any, str], Any]]] = {
        "cut_edges": {},
        "shared_perimeter": {"lengths": lengths},
        "polsby_popper": {"areas": nodes, "outer_perimeters": nodes, "lengths": lengths},
        "reock": {"areas": nodes, "x": coordinates, "y": coordinates},
        "inertia": {"weights": _or_none(nodes), "x": coordinates, "y": coordinates},
        "deviation": {"weights": _or_none(nodes), "target": _or_none(lambda v, w: _whole(v, w, 0)), "norm": norm},
        "part_count": {},
        "staff": staff,
        "staff_load": staff,
        "region_splits": {"region": numbers},
        "disturbance": {"previous": numbers, "weights": _or_none(nodes)},
        "travel": {"distances": distances},
    }
    terms = []
    for i, entry in enumerate(_list(value, "problem.objective")):
        where = f"problem.objective[{i}]"
        name = _text(entry.get("name") if isinstance(entry, dict) else None, f"{where}.name", tuple(forms))
        term = _fields(entry, where, ("name", "weight", *forms[name]))
        values = {field: form(term[field], f"{where}.{field}") for field, form in forms[name].items()}
        if name == "staff_load":
            _whole(values["rule"]["base"], f"{where}.rule.base", 1)
        terms.append(Term(name, _whole(term["weight"], f"{where}.weight", 0), values))
    return terms


def _ids(value: Any) -> list[Any]:
    ids = _list(value, "problem.ids")
    first: dict[str, int] = {}
    for i, name in enumerate(ids):
        if not isinstance(name, (str, int, float, list)) or isinstance(name, bool):
            raise _refuse(f"problem.ids[{i}]", "a text, a number or a list of these", "文字、数字或它们的列表")
        same = first.setdefault(json.dumps(name), i)
        if same != i:
            raise Unreadable(
                f"problem.ids[{i}]={name!r} repeats problem.ids[{same}]",
                f"problem.ids[{i}]={name!r} 与 problem.ids[{same}] 重复",
            )
    return ids


def _edges(value: Any, num_nodes: int) -> list[tuple[int, int]]:
    edges = _pairs(value, "problem.edges", num_nodes)
    first: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(edges):
        same = first.setdefault((min(a, b), max(a, b)), i)
        if same != i:
            raise Unreadable(
                f"problem.edges[{i}] repeats problem.edges[{same}]", f"problem.edges[{i}] 与 problem.edges[{same}] 重复"
            )
    return edges


def _edge_columns(value: Any, num_edges: int) -> dict[str, list[Any]]:
    where = "problem.edge_columns"
    if not isinstance(value, dict):
        raise _refuse(where, "an object", "对象")
    for name, column in value.items():
        for i, entry in enumerate(_list(column, f"{where}.{name}", num_edges)):
            if not (entry is None or isinstance(entry, (str, int, float))):
                raise _refuse(
                    f"{where}.{name}[{i}]", "a number, a text, true, false or null", "数字、文字、true、false 或 null"
                )
    return value


def _balance(value: Any, where: str, num_nodes: int) -> Balance:
    given = _fields(value, where, ("name", "weights", "lower", "upper"))
    return Balance(
        _text(given["name"], f"{where}.name"),
        _column(given["weights"], f"{where}.weights", num_nodes, 0),
        _whole(given["lower"], f"{where}.lower", 0),
        _whole(given["upper"], f"{where}.upper", 0),
    )


def _claims(value: Any, num_nodes: int) -> dict[str, Any]:
    claims = _fields(
        value,
        "claims",
        ("ok", "status", "objective", "terms", "bound", "part_count", "part_weights", "violations"),
        ("seed", "steps"),
    )
    if not isinstance(claims["ok"], bool):
        raise _refuse("claims.ok", "true or false", " true 或 false")
    if claims["status"] is not None:
        _text(claims["status"], "claims.status", ("optimal", "feasible", "unknown", "infeasible"))
    _whole(claims["objective"], "claims.objective")
    _column(claims["terms"], "claims.terms", None)
    if claims["bound"] is not None:
        _whole(claims["bound"], "claims.bound")
    _whole(claims["part_count"], "claims.part_count", 0)
    _column(claims["part_weights"], "claims.part_weights", None, 0)
    for name in ("seed", "steps"):
        _whole(claims.get(name, 0), f"claims.{name}", 0)
    for i, entry in enumerate(_list(claims["violations"], "claims.violations")):
        where = f"claims.violations[{i}]"
        violation = _fields(entry, where, ("kind", "part", "nodes", "amount"), ("english", "chinese"))
        _text(violation["kind"], f"{where}.kind", KINDS)
        for language in ("english", "chinese"):
            _text(violation.get(language, ""), f"{where}.{language}")
        _whole(violation["part"], f"{where}.part")
        _whole(violation["amount"], f"{where}.amount")
        for node in _list(violation["nodes"], f"{where}.nodes"):
            _whole(node, f"{where}.nodes", 0, num_nodes - 1)
    return claims


def read(document: Any) -> Document:
    """Read the document of a certificate.

    Parameters
    ----------
    document : object
        As `json.load` returns it.

    Returns
    -------
    Document

    Raises
    ------
    Unreadable
        Naming the first place that does not have the form of the schema, or that names a node or edge that is none.
    """
    top = _fields(document, "document", ("format", "version", "problem", "labels", "claims"), ("written_by",))
    _text(top["format"], "format", (FORMAT,))
    _text(top.get("written_by", ""), "written_by")
    _whole(top["version"], "version", FORMAT_VERSION, FORMAT_VERSION)
    given = _fields(
        top["problem"],
        "problem",
        ("ids", "weights", "edges", "lower", "upper", "parts", "balances", "objective", "together", "apart", "locked",
         "closed", "links"),
        ("edge_columns", "start"),
    )  # fmt: skip
    ids = _ids(given["ids"])
    edges = _edges(given["edges"], len(ids))
    parts = given["parts"]
    if parts is not None:
        _column(parts, "problem.parts", 2, 1)
    start = given.get("start")
    locked = [] if given["locked"] is None else _column(given["locked"], "problem.locked", len(ids), -1)
    closed = _column(given["closed"], "problem.closed", None, 0)
    numbers_used = set(locked)
    for i, number in enumerate(closed):
        if number not in numbers_used:
            raise _refuse(f"problem.closed[{i}]={number}", "a number in problem.locked", " problem.locked 中的编号")
    together = _list(given["together"], "problem.together")
    return Document(
        ids=ids,
        weights=_column(given["weights"], "problem.weights", len(ids), 0),
        edges=edges,
        edge_columns=_edge_columns(given.get("edge_columns", {}), len(edges)),
        lower=_whole(given["lower"], "problem.lower", 0),
        upper=_whole(given["upper"], "problem.upper", 0),
        parts=None if parts is None else (parts[0], parts[1]),
        balances=[
            _balance(balance, f"problem.balances[{i}]", len(ids))
            for i, balance in enumerate(_list(given["balances"], "problem.balances"))
        ],
        objective=_terms(given["objective"], len(ids), len(edges)),
        together=[
            [_whole(v, f"problem.together[{i}]", 0, len(ids) - 1) for v in _list(group, f"problem.together[{i}]")]
            for i, group in enumerate(together)
        ],
        apart=_pairs(given["apart"], "problem.apart", len(ids)),
        locked=locked,
        closed=closed,
        links=_pairs(given["links"], "problem.links", len(ids)),
        start=None if start is None else _column(start, "problem.start", len(ids), -1),
        labels=_column(top["labels"], "labels", len(ids)),
        claims=_claims(top["claims"], len(ids)),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"the field {twice} stands twice in one object", f"字段 {twice} 在同一对象中出现两次")
    return table


def _no_number(name: str) -> Any:
    raise Unreadable(f"{name} is no number of JSON", f"{name} 不是 JSON 的数字")


def load(path: str | os.PathLike[str]) -> Document:
    """Read the file of a certificate, JSON in UTF-8; raise Unreadable as `read`, and where there is no such file."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as error:
        why = error.strerror or str(error)
        raise Unreadable(f"the file cannot be read: {why}", f"无法读取文件：{why}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file must be JSON in UTF-8: {error}", f"文件必须是 UTF-8 编码的 JSON：{error}") from None
    return read(document)
