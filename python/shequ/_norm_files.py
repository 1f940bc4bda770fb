# SPDX-License-Identifier: BSD-3-Clause
"""Norms of one's own, read from TOML: every error names the file, the norm, the key, its value and what is allowed."""

from __future__ import annotations

import datetime as dt
import difflib
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from shequ._core import FacilityRule, FundingRule, Norm, StaffingRatio, StaffingRule, StaffingTable, norm_catalogue
from shequ._errors import InvalidInputError, optional_import

__all__ = ["check_keys", "parsed_toml", "read_norms", "refuse"]

#: Keys of a norm besides its rule, and the kinds of rule with their keys.
_TEXTS = ("id", "title", "parameters", "source", "effective", "status")
_STAFFING = {
    "steps": ("base", "base_households", "step_households", "rounding", "applies_to"),
    "ratio": ("posts", "per", "most_per", "minimum", "basis", "rounding", "applies_to"),
    "table": ("bands", "from_count", "basis", "applies_to"),
}
_AREA = ("least_m2", "step_m2", "step_households", "rounding", "applies_to")
_RULES = {
    **_STAFFING,
    "grid_size": ("min_households", "max_households"),
    "funding": (
        "base_yuan", "base_households", "step_yuan", "step_households", "rounding", "class_yuan", "applies_to",
    ),
    "premises": _AREA,
    "outdoor": _AREA,
}  # fmt: skip
#: Keys that the sources leave open, or that make no rule when they are absent.
_REQUIRED: dict[str, tuple[str, ...]] = {
    "steps": ("base", "base_households", "step_households", "rounding", "applies_to"),
    "ratio": ("per", "basis"),
    "table": ("bands", "basis"),
    "grid_size": ("min_households", "max_households"),
    "funding": ("base_yuan",),
    "premises": ("least_m2",),
    "outdoor": ("least_m2",),
}


def read_norms(path: Path) -> tuple[Norm, ...]:
    """Read the norms of a TOML file; see `shequ.norms.read`."""
    content = parsed_toml(path)
    check_keys(content, ("norm",), str(path.name))
    tables = content.get("norm", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        refuse(path.name, "norm", tables, "one or more tables [[norm]]", "是一个或多个 [[norm]] 表")
    norms: dict[str, Norm] = {}
    known = {norm.id for norm in norm_catalogue()}
    for number, table in enumerate(tables, start=1):
        where = f"{path.name}, norm {number}" + (f" ({table['id']})" if isinstance(table.get("id"), str) else "")
        norm = _norm(table, where)
        if norm.id in norms or norm.id in known:
            refuse(
                where, "id", norm.id, "an id that neither the file nor the catalogue has", "是文件和目录中都没有的编号"
            )
        norms[norm.id] = norm
    return tuple(norms.values())


def parsed_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; say what is wrong with it in both languages."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        with optional_import("reading TOML", "tomli", "tomli", caller_zh="读 TOML"):
            import tomli as tomllib
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return content
    except FileNotFoundError:
        raise InvalidInputError(f"there is no file {path}", f"找不到文件：{path}") from None
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{path.name} is no UTF-8: {error}", f"{path.name} 不是 UTF-8：{error}") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(f"{path.name} is no TOML: {error}", f"{path.name} 不是 TOML：{error}") from None


def _norm(table: Mapping[str, Any], where: str) -> Norm:
    check_keys(table, (*_TEXTS, *_RULES), where)
    for key in ("id", "title", "source"):
        if key not in table:
            refuse(where, key, "", "given", "给出")
    kinds = [kind for kind in _RULES if kind in table]
    if len([kind for kind in kinds if kind in _STAFFING]) > 1:
        refuse(where, " + ".join(kinds), "", "one kind of staffing rule", "只有一种配备规则")
    rules: dict[str, Any] = {}
    for kind in kinds:
        parameters = table[kind]
        if not isinstance(parameters, dict):
            refuse(where, kind, parameters, f"a table [norm.{kind}]", f"是 [norm.{kind}] 表")
        check_keys(parameters, _RULES[kind], f"{where}, {kind}")
        for key in _REQUIRED[kind]:
            if key not in parameters:
                refuse(f"{where}, {kind}", key, "", "given", "给出")
        name = "staffing" if kind in _STAFFING else kind
        rules[name] = _made(lambda: _BUILDERS[kind](parameters, table["id"]), f"{where}, {kind}")  # noqa: B023
    effective = table.get("effective", "")
    if isinstance(effective, dt.date):
        effective = effective.isoformat()
    words = table.get("parameters")
    if words is None:
        described = [rule for rule in rules.values() if hasattr(rule, "describe")]
        if not described:
            refuse(where, "parameters", "", "given where no rule can be put in words", "给出（没有可表述的规则）")
        words = {"zh": described[0].describe("zh"), "en": described[0].describe("en")}
    texts = {"id": table["id"], "title": table["title"], "parameters": words, "source": table["source"]}
    status = table.get("status", "seen")
    norm: Norm = _made(lambda: Norm(**texts, effective=effective, status=status, **rules), where)
    return norm


def _grid_size(parameters: Mapping[str, Any], _id: str) -> tuple[Any, Any]:
    return parameters["min_households"], parameters["max_households"]


def _funding(parameters: Mapping[str, Any], id: str) -> FundingRule:
    money = {"base_yuan": "base_fen", "step_yuan": "step_fen"}
    rule: dict[str, Any] = {}
    for key, value in parameters.items():
        if key in money:
            rule[money[key]] = _fen(key, value)
        elif key == "class_yuan":
            entries = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
            rule["class_fen"] = [_fen(f"class_yuan[{i}]", entry) for i, entry in enumerate(entries)]
        else:
            rule[key] = value
    return FundingRule(**rule, id=id)


def _fen(key: str, value: object) -> int:
    """Return yuan, a whole number or a text with at most two decimals, as fen."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        try:
            fen = Decimal(value) * 100
        except InvalidOperation:
            fen = Decimal("NaN")
        if fen.is_finite() and fen == fen.to_integral_value():
            return int(fen)
    raise InvalidInputError(
        f'{key}={value!r} must be whole yuan, or a text of yuan and fen such as "30.50"',
        f'{key}={value!r} 必须是整数元，或 "30.50" 这样写到分的文本',
    )


_BUILDERS: dict[str, Callable[[Mapping[str, Any], str], Any]] = {
    "steps": lambda parameters, id: StaffingRule(**parameters, id=id),
    "ratio": lambda parameters, id: StaffingRatio(**parameters, id=id),
    "table": lambda parameters, id: StaffingTable(**parameters, id=id),
    "grid_size": _grid_size,
    "funding": _funding,
    "premises": lambda parameters, id: FacilityRule(**parameters, id=id),
    "outdoor": lambda parameters, id: FacilityRule(**parameters, id=id),
}


def _made(build: Callable[[], Any], where: str) -> Any:
    """Build something; what is wrong with a value is told with the place where it stands."""
    try:
        return build()
    except InvalidInputError as error:
        raise InvalidInputError(f"{where}: {error}", f"{where}：{error.message('zh')}") from None


def check_keys(table: Mapping[str, Any], allowed: Sequence[str], where: str) -> None:
    """Refuse a key that a table must not have; name the nearest one."""
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            english = f"; did you mean {near[0]}?" if near else ""
            chinese = f"；是否想用：{near[0]}" if near else ""
            raise InvalidInputError(
                f"{where}: key {key} must be one of {', '.join(allowed)}{english}",
                f"{where}：键 {key} 必须是以下之一：{'、'.join(allowed)}{chinese}",
            )


def refuse(where: str, key: str, value: object, english: str, chinese: str) -> NoReturn:
    """Raise InvalidInputError: the place, the key, its value, and what it must be."""
    shown = f"{key}={value!r}" if value != "" else key
    raise InvalidInputError(f"{where}: {shown} must be {english}", f"{where}：{shown} 必须{chinese}")
