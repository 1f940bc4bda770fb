# SPDX-License-Identifier: BSD-3-Clause
"""Do the edits of a file again, on its own base or on another one, and list what cannot be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ._scenario_words import Conflict

if TYPE_CHECKING:
    from shequ.scenario import Scenario

__all__ = ["UnitFinder", "replay"]


class UnitFinder:
    """Finds the unit that a word means: a code, a name that only one unit has, or the name of its parent and its own.

    Parameters
    ----------
    scenario : Scenario
        Names are those of the units that exist when the word is looked up.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        #: Labels of units that the edits of a file make, and the units; None where the edit was not done.
        self.made: dict[str, int | None] = {}
        self.number_of: dict[str, int] = {}

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """Units of the base by name; made only where some word is no code."""
        tree = self.scenario.hierarchy
        named: dict[str, list[int]] = defaultdict(list)
        for unit in range(len(tree)):
            for name in {tree.name(unit), tree.name(unit, "en")}:
                named[name].append(unit)
        return named

    def __call__(self, word: Any) -> int:
        """Return the unit of a word; raise InvalidInputError where there is none, or more than one."""
        if not isinstance(word, str):
            return 0 if word is None else int(word)
        if word in self.made:
            unit = self.made[word]
            if unit is None:
                values = {"label": word, "number": self.number_of[word]}
                raise InvalidInputError(text("conflict.made", "en", **values), text("conflict.made", "zh", **values))
            return unit
        found = self.scenario._core.find(word)
        if found >= 0:
            return found
        units = self._by_name(word)
        if len(units) == 1:
            return units[0]
        if not units:
            own = word.rpartition("/")[2]
            if own in self._named:
                raise InvalidInputError(text("conflict.gone", "en", unit=word), text("conflict.gone", "zh", unit=word))
            near = [name for name in self._named if own and own in name][:3] or get_close_matches(own, self._named)
            english = f"; did you mean {', '.join(near)}?" if near else ""
            chinese = f"；是否想用：{'、'.join(near)}" if near else ""
            raise InvalidInputError(
                f"unit={word!r} must be the code or the name of a unit{english}",
                f"unit={word!r} 必须是单位的代码或名称{chinese}",
            )
        codes = ", ".join(sorted(self.scenario.code(unit) for unit in units)[:10])
        raise InvalidInputError(
            f"unit={word!r} is the name of {len(units)} units: {codes}; give the code, or town/community",
            f"unit={word!r} 有{len(units)}个：{codes}；请写代码，或“街道/社区”",
        )

    def _by_name(self, word: str) -> list[int]:
        scenario = self.scenario
        parent, sign, own = word.rpartition("/")
        for name, above in ((word, ""), (own, parent)) if sign else ((word, ""),):
            units = [unit for unit in self._named.get(name, ()) if scenario.exists(unit)]
            units += [
                unit
                for unit in range(len(scenario.hierarchy), len(scenario))
                if scenario.exists(unit) and scenario.name(unit) == name
            ]
            if above:
                units = [unit for unit in units if self._is_called(scenario.parent(unit), above)]
            if units:
                return units
        return []

    def _is_called(self, unit: int | None, name: str) -> bool:
        return unit is not None and name in (self.scenario.name(unit), self.scenario.name(unit, "en"))


def replay(scenario: Scenario, edits: Iterable[Mapping[str, Any]], root: str | None = None) -> list[Conflict]:
    """Do edits on a scenario, one after the other; return those that could not be done, each leaving it as it was.

    Parameters
    ----------
    scenario : Scenario
        Changed in place.
    edits : iterable of mapping
        As `read_scenario` returns them.
    root : str, optional
        What the file calls the root, which ledgers without a code name after their file.

    Notes
    -----
    A unit without a code of its own is called "new-1" and so on by the number of units made before it. Where an edit is left
    out the numbers shift, so words of the file go by the numbers that its units had when it was saved.
    """
    find = UnitFinder(scenario)
    if root is not None and scenario._core.find(root) < 0:
        find.made[root] = 0
    conflicts: list[Conflict] = []
    count = 0
    for number, edit in enumerate(edits, start=1):
        try:
            made: list[int | None] = list(_apply(scenario, edit, find))
        except (InvalidInputError, KeyError, TypeError) as error:
            known = error if isinstance(error, InvalidInputError) else _malformed(error)
            conflicts.append(Conflict(number, edit, known))
            made = [None] * _makes(edit)
        for unit, code in zip(made, _codes(edit), strict=True):
            count += 1
            label = code or f"new-{count}"
            find.made[label], find.number_of[label] = unit, number
    return conflicts


def _malformed(error: Exception) -> InvalidInputError:
    what = f"key {error}" if isinstance(error, KeyError) else str(error)
    return InvalidInputError(f"the edit is malformed: {what}", f"该项写法有误：{what}")


def _codes(edit: Mapping[str, Any]) -> list[str]:
    """Return the code of each unit that an edit makes, empty where the scenario names it."""
    if edit["kind"] == "split":
        return [str(part.get("code", "")) for part in edit["parts"]]
    return [str(edit.get("code", ""))] if edit["kind"] in ("merge", "create") else []


def _makes(edit: Mapping[str, Any]) -> int:
    return len(_codes(edit))


def _apply(scenario: Scenario, edit: Mapping[str, Any], find: UnitFinder) -> list[int]:
    """Do one edit; return the units that it made."""
    kind = edit["kind"]
    units = [find(word) for word in edit["units"]]
    if kind in ("set", "add"):
        getattr(scenario, kind)(edit["column"], units[0], edit["value"])
    elif kind == "transfer":
        scenario.transfer(units[0], find(edit["to"]), **edit["values"])
    elif kind == "set_rule":
        scenario.set_rule(edit["rule"], units[0], setting=edit["setting"], kind=edit["rule_kind"])
    elif kind == "merge":
        return [scenario.merge(units, name=edit["name"], code=edit.get("code", ""))]
    elif kind == "split":
        parts = [{**part, "children": [find(word) for word in part.get("children", ())]} for part in edit["parts"]]
        return scenario.split(units[0], parts)
    elif kind == "create":
        made = {key: edit[key] for key in ("name", "level", "code", "setting") if key in edit}
        return [scenario.create(units[0], **made)]
    elif kind == "abolish":
        scenario.abolish(units[0])
    elif kind == "move":
        scenario.move(units[0], find(edit["to"]))
    else:
        raise InvalidInputError(f"kind={kind!r} must be a kind of edit", f"kind={kind!r} 必须是一种调整")
    return []
