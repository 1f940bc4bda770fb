# SPDX-License-Identifier: BSD-3-Clause
"""What became of the units of a base in a scenario, as changes that join figures of different years."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from shequ._levels import to_level
from shequ.succession import Change, ChangeKind, Succession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._levels import LevelLike
    from shequ.scenario import Scenario

__all__ = ["succession_of"]

#: Shares of a unit of the base in the units that it became; None where a split does not tell them.
_Heirs = dict[int, Fraction | None]


def succession_of(scenario: Scenario, date: str, level: LevelLike, share_by: str) -> Succession:
    """Return the changes of the units of a level; see `Scenario.succession`."""
    units = scenario.hierarchy.at_level(to_level(level)).tolist()
    heirs: dict[int, _Heirs] = {unit: {unit: Fraction(1)} for unit in units}
    for kind, before, after, number in scenario.successions():
        if kind not in ("merge", "split"):
            continue
        shares = _shares(scenario._core.edit(number), after, share_by)
        for own in heirs.values():
            for unit in before:
                if unit in own:
                    _hand_on(own, unit, shares)
    predecessors = Counter(heir for own in heirs.values() for heir in own)
    changes = []
    for unit, own in heirs.items():
        old, old_name = scenario.code(unit), scenario.name(unit)
        if unit in own and scenario.exists(unit):
            if scenario.parent(unit) != scenario.hierarchy.parent(unit):
                changes.append(Change(date, "move", old, old, None, old_name, old_name))
            continue
        lasting = [heir for heir in own if scenario.exists(heir)]
        if not lasting:
            changes.append(Change(date, "abolish", old, "", None, old_name))
        known = None not in own.values() and len(lasting) == len(own)
        for heir in lasting:
            share = own[heir] if known and len(own) > 1 else None
            if share == 0:
                continue  # none of its figures goes there
            kind = _kind(len(own), predecessors[heir])
            changes.append(Change(date, kind, old, scenario.code(heir), share, old_name, scenario.name(heir)))
    made = range(len(scenario.hierarchy), len(scenario))
    for unit in made:
        if scenario.exists(unit) and scenario.level(unit) == to_level(level) and not predecessors[unit]:
            changes.append(Change(date, "create", "", scenario.code(unit), None, "", scenario.name(unit)))
    return Succession(changes)


def _kind(heirs: int, predecessors: int) -> ChangeKind:
    if predecessors > 1:
        return "merge"
    return "split" if heirs > 1 else "recode"


def _shares(edit: dict[str, Any], after: Sequence[int], share_by: str) -> _Heirs:
    """Return the share of each unit that an edit made: the whole of one, of several by their values of a column."""
    if len(after) == 1:
        return {after[0]: Fraction(1)}
    values = [part[2].get(share_by) for part in edit["parts"]]
    total = sum(value or 0 for value in values)
    if None in values or total == 0:
        return dict.fromkeys(after)
    return {unit: Fraction(value, total) for unit, value in zip(after, values, strict=True)}


def _hand_on(own: _Heirs, unit: int, shares: _Heirs) -> None:
    """Replace a unit among the heirs by what it became."""
    whole = own.pop(unit)
    for heir, share in shares.items():
        part = None if whole is None or share is None else whole * share
        have = own.get(heir, Fraction(0))
        own[heir] = None if part is None or have is None else have + part
