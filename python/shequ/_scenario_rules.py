# SPDX-License-Identifier: BSD-3-Clause
"""Rules that communities of a scenario go by: of which kind each is, by settings, and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from shequ._core import (
    CertificationRule,
    FacilityRule,
    FundingRule,
    StaffingRatio,
    StaffingRule,
    StaffingTable,
)
from shequ._errors import InvalidInputError
from shequ._norm_rules import rule_of_norm

if TYPE_CHECKING:
    from shequ._core import Setting

__all__ = [
    "KINDS",
    "AssignedRule",
    "assigned_rules",
    "kind_of",
    "rule_document",
    "rule_of_document",
]

#: Kinds of rules, and the class of each.
KINDS: dict[str, tuple[type, ...]] = {
    "staffing": (StaffingRule, StaffingRatio, StaffingTable),
    "funding": (FundingRule,),
    "certification": (CertificationRule,),
    "premises": (FacilityRule,),
    "outdoor": (FacilityRule,),
    "grid_size": (tuple,),
}

#: Setting (None: all communities), kind and rule (None: none of this kind).
AssignedRule: TypeAlias = "tuple[Setting | str | None, str, Any]"

_INFO = ("applies_to", "id")
_DOCUMENTS: dict[str, tuple[type, tuple[str, ...]]] = {
    "steps": (StaffingRule, ("base", "base_households", "step_households", "rounding", *_INFO)),
    "ratio": (StaffingRatio, ("posts", "per", "most_per", "minimum", "basis", "rounding", *_INFO)),
    "table": (StaffingTable, ("bands", "basis", "applies_to", "from_count", "id")),
    "funding": (FundingRule, ("base_fen", "base_households", "step_fen", "step_households", "rounding", *_INFO)),
    "certification": (CertificationRule, ("required", "min_level", *_INFO)),
    "facility": (FacilityRule, ("least_m2", "step_m2", "step_households", "rounding", *_INFO)),
}


def kind_of(rule: object, kind: str | None) -> str:
    """Return the kind of a rule: as given, else told by its class.

    Raises
    ------
    InvalidInputError
        There is no such kind, or several could be meant: a FacilityRule is for premises or outdoor.
    """
    if kind is None:
        if rule is None:
            return "staffing"
        kinds = [name for name, classes in KINDS.items() if isinstance(rule, classes)]
        if len(kinds) == 1:
            return kinds[0]
    elif kind in KINDS:
        return kind
    allowed = ", ".join(KINDS)
    raise InvalidInputError(f"kind={kind!r} must be one of {allowed}", f"kind={kind!r} 必须是以下之一：{allowed}")


def assigned_rules(**given: object) -> list[AssignedRule]:
    """Return the rules of a scenario as a list, from arguments named by kind: a rule, a norm, its id, or these by settings."""
    found: list[AssignedRule] = []
    for kind, value in given.items():
        if isinstance(value, Mapping):
            found += [(setting, kind, rule_of_norm(rule, kind)) for setting, rule in value.items()]
        elif value is not None:
            found.append((None, kind, rule_of_norm(value, kind)))
    return found


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.name.lower()
    return str(value) if isinstance(value, Fraction) else value


def rule_document(rule: object) -> dict[str, Any] | None:
    """Return a rule as plain data: its form, and the parameters of it."""
    if isinstance(rule, tuple):
        return {"grid_size": list(rule)}
    for form, (made, keys) in _DOCUMENTS.items():
        if isinstance(rule, made):
            return {form: {key: _plain(getattr(rule, key)) for key in keys}}
    return None


def rule_of_document(document: Mapping[str, Any] | None) -> Any:
    """Return the rule of plain data.

    Raises
    ------
    InvalidInputError
        There is no such form, or a parameter is out of range.
    """
    if document is None:
        return None
    ((form, values),) = document.items()
    if form == "grid_size":
        return tuple(values)
    if form not in _DOCUMENTS:
        allowed = ", ".join([*_DOCUMENTS, "grid_size"])
        raise InvalidInputError(f"rule={form!r} must be one of {allowed}", f"rule={form!r} 必须是以下之一：{allowed}")
    if form == "table":
        values = {**values, "bands": [tuple(band) for band in values["bands"]]}
    return _DOCUMENTS[form][0](**values)
