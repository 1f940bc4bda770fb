# SPDX-License-Identifier: BSD-3-Clause
"""Scenarios as files: a list of edits in readable JSON, units by their codes, with the fingerprints of the base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._core import Basis, Rounding, Setting, StaffingRatio, StaffingRule, StaffingTable
from shequ._errors import InvalidInputError
from shequ._files import replacing

if TYPE_CHECKING:
    from os import PathLike

    from shequ.scenario import Scenario

__all__ = ["read_edits", "write_scenario"]

_FORMAT = "shequ.scenario"
_VERSION = 1
_NORMS = {
    "steps": (StaffingRule, ("base", "base_households", "step_households", "rounding", "applies_to", "id")),
    "ratio": (StaffingRatio, ("posts", "per", "most_per", "minimum", "basis", "rounding", "applies_to", "id")),
    "table": (StaffingTable, ("bands", "basis", "applies_to", "from_count", "id")),
}


def _norm_document(norm: object) -> dict[str, Any] | None:
    for kind, (made, keys) in _NORMS.items():
        if isinstance(norm, made):
            values = {key: getattr(norm, key) for key in keys}
            return {kind: {key: _plain(value) for key, value in values.items()}}
    return None


def _plain(value: Any) -> Any:
    return value.name.lower() if isinstance(value, (Basis, Rounding, Setting)) else value


def _norm(document: dict[str, Any] | None) -> Any:
    if document is None:
        return None
    ((kind, values),) = document.items()
    if kind not in _NORMS:
        raise InvalidInputError(
            f"norm={kind!r} must be one of {', '.join(_NORMS)}", f"norm={kind!r} 必须是以下之一：{', '.join(_NORMS)}"
        )
    if kind == "table":
        values = {**values, "bands": [tuple(band) for band in values["bands"]]}
    return _NORMS[kind][0](**values)


def _edit_document(scenario: Scenario, edit: dict[str, Any]) -> dict[str, Any]:
    kind = edit["kind"]
    document: dict[str, Any] = {"kind": kind, "units": [scenario.code(unit) for unit in edit["units"]]}
    setting = None if edit["setting"] is None else _plain(edit["setting"])
    if kind in ("set", "add"):
        document |= {"column": edit["column"], "value": edit["value"]}
    elif kind == "set_rule":
        document |= {"setting": setting, "norm": _norm_document(edit["norm"])}
    elif kind == "split":
        document["parts"] = [
            {"name": name, "code": code, **values, "children": [scenario.code(child) for child in children]}
            for name, code, values, children in edit["parts"]
        ]
    elif kind == "move":
        document["to"] = scenario.code(edit["target"])
    elif kind in ("merge", "create"):
        document |= {"name": edit["parts"][0][0], "code": edit["parts"][0][1]}
        if kind == "create":
            document |= {"level": edit["level"].name.lower(), "setting": setting}
    return document


def write_scenario(path: str | PathLike[str], scenario: Scenario, fingerprints: list[tuple[str, int]]) -> None:
    """Write the edits of a scenario; the file is replaced at once."""
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "base": {name: f"{value:016x}" for name, value in fingerprints},
        "edits": [_edit_document(scenario, edit) for edit in scenario.edits()],
    }
    with replacing(path) as file:
        file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def read_edits(path: str | PathLike[str], fingerprints: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the edits of a file, their norms built.

    Raises
    ------
    InvalidInputError
        The file cannot be read, is no scenario, or was saved on another base.
    """
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInputError(
            f"path={path} must be a readable JSON file: {error}", f"path={path} 无法读取：{error}"
        ) from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT or document.get("version") != _VERSION:
        raise InvalidInputError(
            f"path={path} must be a scenario of version {_VERSION}", f"path={path} 必须是版本 {_VERSION} 的方案文件"
        )
    own = {name: f"{value:016x}" for name, value in fingerprints}
    saved = document.get("base", {})
    differs = [name for name in {**saved, **own} if saved.get(name) != own.get(name)]
    if differs:
        listed = ", ".join(
            name + (" (not in this base)" if name not in own else "" if name in saved else " (not in the file's base)")
            for name in differs
        )
        raise InvalidInputError(
            f"path={path} was saved on another base: {listed} differ", f"path={path} 基于另一基准保存，差异：{listed}"
        )
    edits = [dict(edit) for edit in document["edits"]]
    for edit in edits:
        if edit["kind"] == "set_rule":
            edit["norm"] = _norm(edit["norm"])
    return edits
