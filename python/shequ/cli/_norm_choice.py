# SPDX-License-Identifier: BSD-3-Clause
"""Norms as people name them on the command line: an id of the catalogue, or a TOML file of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from shequ import norms
from shequ._core import Norm, StaffingRatio, StaffingRule
from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ._norm_rules import KINDS_OF_NORMS
from shequ.cli._output import existing

__all__ = ["chosen_norms", "one_rule", "rules_of", "with_rounding"]


def chosen_norms(words: Sequence[str]) -> tuple[Norm, ...]:
    """Return the norms of `--norm`: those of the catalogue by their ids, all of a file that ends in .toml."""
    found: list[Norm] = []
    for word in words:
        if word.lower().endswith(".toml"):
            found += norms.read(existing(Path(word)))
        else:
            found.append(norms.get(word))
    return tuple(found)


def rules_of(chosen: Sequence[Norm]) -> dict[str, Any]:
    """Return the rule of each kind that some norm gives; refuse two of a kind."""
    rules: dict[str, Any] = {}
    giver: dict[str, Norm] = {}
    for norm in chosen:
        for kind in KINDS_OF_NORMS:
            rule = getattr(norm, kind)
            if rule is None:
                continue
            if kind in giver and giver[kind] != norm:
                names = {"a": giver[kind].id, "b": norm.id}
                raise InvalidInputError(
                    text("cli.norm_twice", "en", **names, kind=text("sheet.rule." + kind, "en")),
                    text("cli.norm_twice", "zh", **names, kind=text("sheet.rule." + kind, "zh")),
                )
            rules[kind], giver[kind] = rule, norm
    return rules


def one_rule(word: str, kind: str) -> Any:
    """Return the rule of a kind that the norm of one word gives; a file must hold one such norm."""
    rule = rules_of(chosen_norms([word])).get(kind)
    if rule is None:
        able = ", ".join(norm.id for norm in norms.every() if getattr(norm, kind) is not None)
        raise InvalidInputError(
            f"--norm={word} must be a norm of {text('sheet.rule.' + kind, 'en')}: {able}",
            f"--norm={word} 必须是{text('sheet.rule.' + kind, 'zh')}标准：{able}",
        )
    return rule


def with_rounding(rule: Any, rounding: str | None) -> Any:
    """Return a rule of staffing with another rounding; refuse a table, which has none."""
    if rounding is None:
        return rule
    if isinstance(rule, StaffingRule):
        return rule.replace(rounding=rounding)
    if isinstance(rule, StaffingRatio):
        names = ("posts", "per", "most_per", "minimum", "basis", "applies_to", "id")
        return StaffingRatio(**{name: getattr(rule, name) for name in names}, rounding=cast("Any", rounding))
    raise InvalidInputError(
        text("cli.staff.no_rounding", "en", id=rule.id), text("cli.staff.no_rounding", "zh", id=rule.id)
    )
