# SPDX-License-Identifier: BSD-3-Clause
"""Edits of a scenario in words, and where one cannot be done the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shequ._messages import TEXTS, text

if TYPE_CHECKING:
    from shequ._errors import InvalidInputError, Lang
    from shequ.scenario import Scenario

__all__ = ["Conflict", "edits_in_words", "measure_words", "rule_words", "shown_number", "words_of"]

#: What is counted in fen or square decimetres.
_HUNDREDTHS = ("grant", "premises_gap", "outdoor_gap", "office_dm2", "outdoor_dm2")


def measure_words(name: str, lang: Lang) -> str:
    """Return what people call a column or measure; its own name where there is no other."""
    key = "col." + name
    return text(key, lang) if key in TEXTS else name


def rule_words(rule: Any, lang: Lang) -> str:
    """Return what people call a rule: its id, the two sizes of grids, or that there is none."""
    if rule is None:
        return text("edit.no_norm", lang)
    return f"{rule[0]}–{rule[1]}" if isinstance(rule, tuple) else str(rule.id)


def shown_number(measure: str, number: int | None) -> int | float | None:
    """Return a number as people read it: money in yuan, areas in square metres."""
    if number is None or measure not in _HUNDREDTHS:
        return number
    return number // 100 if number % 100 == 0 else number / 100


def words_of(edit: Mapping[str, Any], lang: Lang, name: Callable[[Any], str] = str) -> str:
    """Say what an edit does.

    Parameters
    ----------
    edit : mapping
        As `read_scenario` returns them: kind, units and what the kind needs.
    lang : "zh" or "en"
    name : function
        From a unit of the edit to what people call it.
    """
    kind, comma = edit["kind"], text("comma", lang)
    units = [name(unit) for unit in edit["units"]]
    if kind in ("set", "add"):
        column = edit["column"]
        values: dict[str, Any] = {"unit": units[0], "column": measure_words(column, lang)}
        if edit["value"] is None:
            return text("edit.set_missing", lang, **values)
        value = edit["value"]
        key = "edit.add_less" if kind == "add" and value < 0 else f"edit.{kind}"
        return text(key, lang, **values, value=shown_number(column, abs(value) if kind == "add" else value))
    if kind == "transfer":
        given = [f"{measure_words(name, lang)} {shown_number(name, value):,}" for name, value in edit["values"].items()]
        return text("edit.transfer", lang, unit=units[0], to=name(edit["to"]), values=comma.join(given))
    if kind == "set_rule":
        called = text("rule." + edit["rule_kind"], lang) + " " + rule_words(edit["rule"], lang)
        if edit["setting"] is None:
            return text("edit.set_rule", lang, unit=units[0], norm=called)
        setting = text(str(getattr(edit["setting"], "name", edit["setting"])).lower(), lang)
        return text("edit.set_rule_setting", lang, unit=units[0], norm=called, setting=setting)
    if kind == "merge":
        return text("edit.merge", lang, units=comma.join(units), name=edit["name"])
    if kind == "split":
        names = comma.join(str(part.get("name", "")) for part in edit["parts"])
        return text("edit.split", lang, unit=units[0], names=names)
    if kind == "create":
        return text("edit.create", lang, unit=units[0], name=edit["name"])
    if kind == "abolish":
        return text("edit.abolish", lang, unit=units[0])
    return text("edit.move", lang, unit=units[0], to=name(edit["to"]))


def edits_in_words(scenario: Scenario, lang: Lang) -> list[str]:
    """Return the edits of a scenario in words, in their order."""
    said = []
    for edit in scenario.edits():
        shown = dict(edit)
        if edit["kind"] in ("merge", "create"):
            shown["name"] = edit["parts"][0][0]
        elif edit["kind"] == "split":
            shown["parts"] = [{"name": part[0]} for part in edit["parts"]]
        elif edit["kind"] in ("move", "transfer"):
            shown["to"] = edit["target"]
            shown["values"] = edit["parts"][0][2] if edit["kind"] == "transfer" else {}
        said.append(words_of(shown, lang, lambda unit: scenario.name(unit, lang) or scenario.code(unit)))
    return said


@dataclass(frozen=True)
class Conflict:
    """An edit of a file that could not be done.

    Parameters
    ----------
    number : int
        Of the edit in the file, from 1.
    edit : mapping
        What it asks for; `words` says it.
    error : InvalidInputError
        Why not.
    """

    number: int
    edit: Mapping[str, Any]
    error: InvalidInputError

    def words(self, lang: Lang = "en") -> str:
        """Say what was asked for."""
        return words_of(self.edit, lang)

    def reason(self, lang: Lang = "en") -> str:
        """Say why it could not be done."""
        return self.error.message(lang)

    def __str__(self) -> str:
        """Return one line."""
        return f"edit {self.number}, {self.words()}: {self.reason()}"
