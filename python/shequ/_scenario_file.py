# SPDX-License-Identifier: BSD-3-Clause
"""Scenarios as files: a list of edits in readable JSON, units by their codes, with the fingerprints of the base."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._scenario_rules import rule_document, rule_of_document
from shequ._scenario_toml import read_toml

if TYPE_CHECKING:
    from os import PathLike

    from shequ._scenario_rules import AssignedRule
    from shequ.scenario import Scenario

__all__ = ["ScenarioFile", "edits_document", "edits_of", "read_scenario", "write_scenario"]

_FORMAT = "shequ.scenario"
_VERSION = 1


def _setting(setting: Any) -> str | None:
    """Return the word for a setting, None for all."""
    return None if setting is None else str(getattr(setting, "name", setting)).lower()


def _edit_document(scenario: Scenario, edit: dict[str, Any]) -> dict[str, Any]:
    kind = edit["kind"]
    document: dict[str, Any] = {"kind": kind, "units": [scenario.code(unit) for unit in edit["units"]]}
    setting = _setting(edit["setting"])
    if kind in ("set", "add"):
        document |= {"column": edit["column"], "value": edit["value"]}
    elif kind == "set_rule":
        document |= {"setting": setting, "rule_kind": edit["rule_kind"], "rule": rule_document(edit["rule"])}
    elif kind == "split":
        document["parts"] = [
            {"name": name, "code": code, **values, "children": [scenario.code(child) for child in children]}
            for name, code, values, children in edit["parts"]
        ]
    elif kind == "move":
        document["to"] = scenario.code(edit["target"])
    elif kind == "transfer":
        document |= {"to": scenario.code(edit["target"]), "values": edit["parts"][0][2]}
    elif kind in ("merge", "create"):
        document |= {"name": edit["parts"][0][0], "code": edit["parts"][0][1]}
        if kind == "create":
            document |= {"level": edit["level"].name.lower(), "setting": setting}
    return document


@dataclass(frozen=True)
class ScenarioFile:
    """What a file of a scenario holds.

    Parameters
    ----------
    edits : list of dict
        kind, units and what the kind needs, by names of the arguments of `Scenario`; units as the file names them.
    rules : list of (setting or None, kind, rule), or None
        Rules before the edits, None where the file does not say.
    base : dict of str to str, or None
        Fingerprints of the base that it was saved on; a file written by hand has none.
    root : str or None
        Code of the root of that base.
    """

    edits: list[dict[str, Any]]
    rules: list[AssignedRule] | None
    base: dict[str, str] | None
    root: str | None = None

    def differs(self, fingerprints: Iterable[tuple[str, int]]) -> list[str]:
        """Return the parts of a base that are not those of the file, each with where it is absent."""
        if self.base is None:
            return []
        saved, own = self.base, _hexadecimal(fingerprints)
        return [
            name + (" (not in this base)" if name not in own else "" if name in saved else " (not in the file's base)")
            for name in {**saved, **own}
            if saved.get(name) != own.get(name)
        ]


def _hexadecimal(fingerprints: Iterable[tuple[str, int]]) -> dict[str, str]:
    return {name: f"{value:016x}" for name, value in fingerprints}


def edits_document(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the edits in force as plain data, units by their codes."""
    return [_edit_document(scenario, edit) for edit in scenario.edits()]


def edits_of(document: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return edits of plain data with their rules built."""
    edits = [dict(edit) for edit in document]
    for edit in edits:
        if edit["kind"] == "set_rule":
            edit["rule"] = rule_of_document(edit["rule"])
    return edits


def write_scenario(path: str | PathLike[str], scenario: Scenario, fingerprints: list[tuple[str, int]]) -> None:
    """Write the edits of a scenario; the file is replaced at once."""
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "base": _hexadecimal(fingerprints),
        "root": scenario.code(0) if len(scenario) else None,
        "rules": [
            {"setting": _setting(setting), "kind": kind, "rule": rule_document(rule)}
            for setting, kind, rule in scenario.rules
        ],
        "edits": edits_document(scenario),
    }
    with replacing(path) as file:
        file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def read_scenario(path: str | PathLike[str]) -> ScenarioFile:
    """Return what a file holds: JSON that `write_scenario` wrote, or TOML by hand (the name ends in .toml).

    Raises
    ------
    InvalidInputError
        The file cannot be read, or is no scenario.
    """
    if Path(path).suffix.lower() == ".toml":
        edits, rules = read_toml(path)
        return ScenarioFile(edits, rules, None)
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
    edits = edits_of(document["edits"])
    saved = document.get("rules")
    found: list[AssignedRule] | None = None
    if saved is not None:
        found = [(rule["setting"], rule["kind"], rule_of_document(rule["rule"])) for rule in saved]
    return ScenarioFile(edits, found, dict(document.get("base", {})), document.get("root"))
