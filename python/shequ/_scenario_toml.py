# SPDX-License-Identifier: BSD-3-Clause
"""Scenarios written by hand in TOML: one table `[[edit]]` an edit; units by code or name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ import norms
from shequ._norm_files import check_keys, parsed_toml, refuse
from shequ._norm_rules import KINDS_OF_NORMS, rule_of_norm
from shequ._scenario_rules import KINDS, AssignedRule, assigned_rules

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["read_toml"]

#: What an edit does is the key that says to what; and the other keys of each.
_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "set": (("unit", "value"), ()),
    "add": (("unit", "value"), ()),
    "transfer": (("to", "values"), ()),
    "norm": ((), ("within", "setting", "of")),
    "merge": (("name",), ("code",)),
    "split": (("parts",), ()),
    "create": (("in",), ("level", "code", "setting")),
    "abolish": ((), ()),
    "move": (("to",), ()),
}
_NEVER_COLUMNS = ("name", "code", "children")


def read_toml(path: str | PathLike[str]) -> tuple[list[dict[str, Any]], list[AssignedRule] | None]:
    """Return the edits of a file, and the rules before them, None where it does not say.

    Raises
    ------
    InvalidInputError
        Names the file, the edit, the key, its value and what is allowed.
    """
    source = Path(path)
    content = parsed_toml(source)
    check_keys(content, ("edit", "norm", "own", *KINDS_OF_NORMS[1:]), source.name)
    own = norms.read(source.parent / _text(content["own"], source.name, "own")) if "own" in content else ()
    tables = content.get("edit", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        refuse(source.name, "edit", tables, "one or more tables [[edit]]", "是一个或多个 [[edit]] 表")
    edits = [_edit(table, f"{source.name}, edit {number}", own) for number, table in enumerate(tables, start=1)]
    return edits, _rules(content, source.name, own)


def _rules(content: Mapping[str, Any], where: str, own: Any) -> list[AssignedRule] | None:
    """Return the rules that stand above the edits; `norm` is that of staffing."""
    given: dict[str, Any] = {}
    for key, kind in {"norm": "staffing", **{kind: kind for kind in KINDS_OF_NORMS[1:]}}.items():
        if key not in content:
            continue
        value = content[key]
        if isinstance(value, Mapping):
            check_keys(value, ("urban", "rural"), f"{where}, {key}")
            given[kind] = {setting: _rule(word, kind, where, own) for setting, word in value.items()}
        else:
            given[kind] = {None: _rule(value, kind, where, own)}
    return assigned_rules(**given) if given else None


def _rule(word: Any, kind: str, where: str, own: Any) -> Any:
    """Return the rule of a kind that a norm gives, None for ""."""
    return None if _text(word, where, "norm") == "" else rule_of_norm(norms.get(word, own), kind)


def _kind(table: Mapping[str, Any], where: str, own: Any) -> str:
    """Return the kind of rule that an edit gives: as it says, else staffing, else the only one that its norm gives."""
    if "of" in table:
        kind = _text(table["of"], where, "of")
        if kind not in KINDS:
            refuse(where, "of", kind, f"one of {', '.join(KINDS_OF_NORMS)}", f"是以下之一：{', '.join(KINDS_OF_NORMS)}")
        return kind
    word = _text(table["norm"], where, "norm")
    norm = norms.get(word, own) if word else None
    kinds = ["staffing"] if norm is None else [kind for kind in KINDS_OF_NORMS if getattr(norm, kind) is not None]
    if "staffing" not in kinds and len(kinds) != 1:
        refuse(where, "norm", word, f"with of = one of {', '.join(kinds)}", f"用 of 说明：{', '.join(kinds)}")
    return "staffing" if "staffing" in kinds else kinds[0]


def _edit(table: Mapping[str, Any], where: str, own: Any) -> dict[str, Any]:
    kinds = [kind for kind in _KINDS if kind in table]
    if len(kinds) != 1:
        names = ", ".join(_KINDS)
        refuse(where, " + ".join(kinds) or ", ".join(table), "", f"exactly one of {names}", f"正好写一个：{names}")
    kind = kinds[0]
    needed, optional = _KINDS[kind]
    check_keys(table, (kind, *needed, *optional), where)
    for key in needed:
        if key not in table:
            refuse(where, key, "", "given", "给出")
    edit: dict[str, Any] = {"kind": "set_rule" if kind == "norm" else kind}
    what = table[kind]
    if kind in ("set", "add"):
        missing_allowed = kind == "set" and table["value"] == ""  # TOML has no null
        if not missing_allowed and (isinstance(table["value"], bool) or not isinstance(table["value"], int)):
            refuse(where, "value", table["value"], "a whole number", "是整数")
        value = None if missing_allowed else table["value"]
        edit |= {"units": [_text(table["unit"], where, "unit")], "column": _field(what, where, kind), "value": value}
    elif kind == "transfer":
        edit |= {"units": [_text(what, where, kind)], "to": _text(table["to"], where, "to")}
        edit |= {"values": _values(table["values"], where)}
    elif kind == "norm":
        edit |= {"units": [_text(table["within"], where, "within")] if "within" in table else [None]}
        rule_kind = _kind(table, where, own)
        edit |= {"rule_kind": rule_kind, "rule": _rule(what, rule_kind, where, own), "setting": table.get("setting")}
    elif kind == "merge":
        if not isinstance(what, list) or not what:
            refuse(where, kind, what, "a list of units", "是单位的列表")
        edit |= {"units": [_text(unit, where, kind) for unit in what], "name": _text(table["name"], where, "name")}
        edit |= {"code": _text(table.get("code", ""), where, "code")}
    elif kind == "split":
        edit |= {"units": [_text(what, where, kind)], "parts": _parts(table["parts"], where)}
    elif kind == "create":
        edit |= {"units": [_text(table["in"], where, "in")], "name": _text(what, where, kind)}
        edit |= {"level": table.get("level", "community"), "setting": table.get("setting")}
        edit |= {"code": _text(table.get("code", ""), where, "code")}
    else:
        edit |= {"units": [_text(what, where, kind)]}
        edit |= {"to": _text(table["to"], where, "to")} if kind == "move" else {}
    return edit


def _values(given: Any, where: str) -> dict[str, Any]:
    if not isinstance(given, dict) or not given:
        refuse(where, "values", given, "a table such as { households = 38 }", "是表，如 { households = 38 }")
    return {_field(key, where, "values"): value for key, value in given.items()}


def _parts(given: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(part, dict) for part in given):
        refuse(where, "parts", given, 'a list such as [{name = "A", households = 900}, ...]', "是各部分的列表")
    return [
        {key if key in _NEVER_COLUMNS else _field(key, where, "parts"): value for key, value in part.items()}
        for part in given
    ]


def _field(word: Any, where: str, key: str) -> str:
    """Return the column that a word means: its own name, or a header as ledgers have it."""
    from shequ.io._headers import field_of

    return field_of(_text(word, where, key))


def _text(value: Any, where: str, key: str) -> str:
    if not isinstance(value, str):
        refuse(where, key, value, "a text", "是文本")
    return str(value)
