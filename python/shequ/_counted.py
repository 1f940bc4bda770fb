# SPDX-License-Identifier: BSD-3-Clause
"""Counts of communities from a district, a scenario as it stands, or columns: what questions and sweeps are asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import norms
from shequ._columns import RURAL, UNKNOWN, count_column
from shequ._core import Level, Norm, StaffingRatio, StaffingRule, StaffingTable
from shequ._errors import InvalidInputError
from shequ._norm_comparison import basis_column

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._errors import Lang
    from shequ.district import District
    from shequ.scenario import Scenario

    StaffingNorm: TypeAlias = StaffingRule | StaffingRatio | StaffingTable
    Source: TypeAlias = District | Scenario | Mapping[str, Any]

__all__ = ["Counted", "counted", "exact", "posts_of", "rule_of"]

_COUNTS = ("households", "dwellings", "persons", "workers")


@dataclass(frozen=True)
class Counted:
    """Communities with their counts.

    Parameters
    ----------
    columns : dict of str to masked array of int64, shape (n,)
        households, dwellings, persons, workers, as far as there are.
    setting : ndarray of int8, shape (n,), or None
        0 urban, 1 rural, -1 unknown; None where nothing tells urban from rural, so that norms are for every one.
    town_index : ndarray of int64, shape (n,)
        Entry of `towns`, the names of the towns.
    label : function
        From an entry to code and name of the community.
    own_norm : function or None
        From an entry to the norm of the community, where the source has norms of its own.
    units : list of int or None
        Number of each community in the tree; None for columns, whose communities are numbered by their rows.
    """

    columns: dict[str, IntColumn]
    setting: NDArray[np.int8] | None
    towns: list[str]
    town_index: NDArray[np.int64]
    label: Callable[[int], tuple[str, str]]
    own_norm: Callable[[int], StaffingNorm | None] | None = None
    units: list[int] | None = None

    def __len__(self) -> int:
        """Return the number of communities."""
        return len(self.town_index)

    def of(self, name: str, asked_by: str) -> IntColumn:
        """Return a column; raise InvalidInputError where there is none."""
        if name not in self.columns:
            given = ", ".join(self.columns)
            raise InvalidInputError(
                f"columns=[{given}] must contain {name}, which {asked_by} counts",
                f"columns=[{given}] 必须含有 {name}（{asked_by} 的口径）",
            )
        return self.columns[name]


def counted(source: Source, lang: Lang = "zh") -> Counted:
    """Return the communities of a source with their counts."""
    from shequ.scenario import Scenario

    if isinstance(source, Mapping):
        return _of_columns(source)
    return _of_scenario(source, lang) if isinstance(source, Scenario) else _of_district(source, lang)


def _of_columns(columns: Mapping[str, Any]) -> Counted:
    from shequ.staff import settings_of, texts_of

    size = len(next(iter(columns.values()), ()))
    codes, names, towns = (texts_of(columns, name, size) for name in ("code", "name", "town"))
    telling = bool({"setting", "kind", "code", "name"} & columns.keys())
    setting = settings_of(columns, codes, names, size, "en")[0] if telling else None
    order = {name: i for i, name in enumerate(dict.fromkeys(towns))}
    index = np.array([order[name] for name in towns], dtype=np.int64)
    found = {name: _strict(columns[name], name, size) for name in _COUNTS if name in columns}
    return Counted(found, setting, list(order), index, lambda i: (codes[i], names[i]))


def _strict(values: Any, name: str, size: int) -> IntColumn:
    column = count_column(values, name, size)
    if column.invalid:
        i, given = next(iter(column.invalid.items()))
        raise InvalidInputError(
            f"{name}[{i}]={given} must be a whole number in [0, 2147483647]",
            f"{name}[{i}]={given} 必须是 0 至 2147483647 之间的整数",
        )
    return column.values


def _of_district(district: District, lang: Lang) -> Counted:
    from shequ.sheet import setting_of_units

    tree = district.hierarchy
    units = tree.at_level(Level.COMMUNITY)
    towns = tree.at_level(Level.TOWN)
    ends = np.array([tree.subtree(int(town)).stop for town in towns], dtype=np.int64)
    at = np.searchsorted(towns, units, side="right") - 1
    # a community outside of towns stands in a group of its own, after them
    inside = at >= 0
    inside[inside] = units[inside] < ends[at[inside]]
    index = np.where(inside, at, len(towns)).astype(np.int64)
    names = [tree.name(int(town), lang) for town in towns] + ([] if inside.all() else [""])
    setting = setting_of_units(district)
    kinds = None if setting is None else np.where(np.ma.getmaskarray(setting), UNKNOWN, setting.data)[units]
    found = {
        name: _strict(district.columns[name][units], name, len(units)) for name in _COUNTS if name in district.columns
    }
    return Counted(
        found,
        None if kinds is None else kinds.astype(np.int8),
        names,
        index,
        lambda i: (tree.code(int(units[i])), tree.name(int(units[i]), lang)),
        units=units.tolist(),
    )


def _of_scenario(scenario: Scenario, lang: Lang) -> Counted:
    """Read the state of a scenario unit by unit: a microsecond or so for each."""
    core = scenario._core
    units: list[int] = []
    towns: list[str] = []
    index: list[int] = []
    order: dict[int, int] = {}
    stack = [(0, -1)] if len(scenario) else []
    while stack:
        unit, town = stack.pop()
        level = core.level(unit)
        if level == Level.TOWN:
            town = unit
        if level == Level.COMMUNITY:
            if town not in order:
                order[town] = len(towns)
                towns.append("" if town < 0 else core.name(town, lang))
            units.append(unit)
            index.append(order[town])
        elif level < Level.COMMUNITY:
            stack += [(child, town) for child in reversed(core.children(unit))]
    found = {}
    for name in _COUNTS:
        column = "residents" if name == "persons" and name not in scenario.columns else name
        if column in scenario.columns:
            values = [core.total(unit, column) for unit in units]
            mask = [value is None for value in values]
            found[name] = np.ma.MaskedArray(
                np.array([0 if value is None else value for value in values], dtype=np.int64), mask=mask
            )
    settings = [core.setting(unit) for unit in units]
    kinds = np.array([UNKNOWN if setting is None else setting.value for setting in settings], dtype=np.int8)
    return Counted(
        found,
        None if (kinds == UNKNOWN).all() else kinds,
        towns,
        np.array(index, dtype=np.int64),
        lambda i: (core.code(units[i]), core.name(units[i], lang)),
        lambda i: core.rule(units[i], "staffing"),
        units,
    )


def rule_of(rule: StaffingNorm | Norm | str) -> StaffingNorm:
    """Return a rule of staffing, given as such, as a norm or as the id of one."""
    if isinstance(rule, (StaffingRule, StaffingRatio, StaffingTable)):
        return rule
    norm = norms.get(rule) if isinstance(rule, str) else rule
    staffing = getattr(norm, "staffing", None)
    if isinstance(staffing, (StaffingRule, StaffingRatio, StaffingTable)):
        return staffing
    called = getattr(norm, "id", repr(rule))
    raise InvalidInputError(
        f"rule={called} must be a norm of staffing, see shequ.norms.catalogue()",
        f"rule={called} 必须是配备标准，见 shequ.norms.catalogue()",
    )


def posts_of(source: Counted, rule: StaffingNorm | None, every_setting: bool) -> tuple[IntColumn, IntColumn, IntColumn]:
    """Return least posts, most posts, and what was counted, of every community; masked where a rule gives none.

    Without a rule each community goes by its own norm.
    """
    if rule is not None:
        counts = source.of(basis_column(rule.basis), rule.id).copy()
        counts[~in_scope(source, rule, every_setting)] = np.ma.masked
        least, most = rule.posts_range(counts)
        return least, most, counts
    if source.own_norm is None:
        raise InvalidInputError("rule=None must be a norm of staffing", "rule=None 必须是配备标准")
    size = len(source)
    least, most, counts = (np.ma.MaskedArray(np.zeros(size, dtype=np.int64), mask=True) for _ in range(3))
    for i in range(size):
        norm = source.own_norm(i)
        if norm is None:
            continue
        count = source.of(basis_column(norm.basis), norm.id)[i]
        if count is not np.ma.masked:
            counts[i] = count
            found = norm.posts_range(int(count))
            if found is not None:
                least[i], most[i] = found
    return least, most, counts


def in_scope(source: Counted, rule: StaffingNorm, every_setting: bool) -> NDArray[np.bool_]:
    """Tell which communities a rule is meant for, shape (n,)."""
    if every_setting or source.setting is None:
        return np.ones(len(source), dtype=np.bool_)
    wanted = RURAL if rule.applies_to.name == "RURAL" else 1 - RURAL
    return np.asarray(source.setting == wanted)


def exact(value: Any, name: str) -> Fraction:
    """Return a rate as a fraction: a whole number, a Fraction, or a text such as "5%", "1/20", "0.05"; never a float."""
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        written = value.strip()
        try:
            return Fraction(written[:-1].strip()) / 100 if written.endswith("%") else Fraction(written)
        except (ValueError, ZeroDivisionError):
            pass
    raise InvalidInputError(
        f'{name}={value!r} must be a fraction, or a text such as "5%" or "1/20"',
        f'{name}={value!r} 必须是分数，或 "5%"、"1/20" 这样的文本',
    )
