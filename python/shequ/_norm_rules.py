# SPDX-License-Identifier: BSD-3-Clause
"""The rules that norms give, by kind."""

from __future__ import annotations

from shequ import norms
from shequ._core import Norm
from shequ._errors import InvalidInputError

__all__ = ["KINDS_OF_NORMS", "rule_of_norm"]

#: The kinds of rules that norms give.
KINDS_OF_NORMS = ("staffing", "funding", "premises", "outdoor", "grid_size")


def rule_of_norm(rule: object, kind: str) -> object:
    """Return the rule of a kind that a norm gives where a norm or its id is given; else what was given."""
    found = norms.get(rule) if isinstance(rule, str) else rule
    if not isinstance(found, Norm):
        return tuple(rule) if kind == "grid_size" and isinstance(rule, list) else rule
    given = getattr(found, kind, None)
    if given is None:
        able = ", ".join(norm.id for norm in norms.every() if getattr(norm, kind, None) is not None) or "-"
        raise InvalidInputError(
            f"{kind}={found.id} must be a norm that gives one: {able}",
            f"{kind}={found.id} 必须是给出该规则的标准：{able}",
        )
    return given
