# SPDX-License-Identifier: BSD-3-Clause
"""Compares what a certificate claims with what follows from its problem and its plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ._objectives import value_of
from ._rules import plan_of, violations

if TYPE_CHECKING:
    from ._document import Document
    from ._rules import Plan, Violation

__all__ = ["Report", "check"]

Words = tuple[str, str]  # English, Chinese


@dataclass(frozen=True)
class Report:
    """What a check found: `ok` where every rule is kept and every claim is right."""

    findings: tuple[Words, ...]
    unchecked: tuple[Words, ...]
    summary: Words

    @property
    def ok(self) -> bool:
        """Whether there is no finding."""
        return not self.findings

    def lines(self, lang: Literal["en", "zh"] = "en") -> list[str]:
        """Return the findings as sentences."""
        return [words[lang == "zh"] for words in self.findings]


def check(document: Document) -> Report:
    """Recompute all that a certificate claims, and list what is wrong.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Report
        A finding for each rule that the plan breaks and for each claim that is wrong.
    """
    plan = plan_of(document)
    broken = violations(document, plan)
    findings = [(f"the plan breaks a rule: {v.english}", f"方案违反规则：{v.chinese}") for v in broken]
    findings += _violation_claims(document, broken)
    findings += _number_claims(document, plan)
    findings += _status_claims(document, bool(broken))
    return Report(tuple(findings), _unchecked(document), _summary(document, plan))


def _differs(name: str, claimed: Any, right: Any) -> Words:
    return f"claims.{name} is {claimed} and must be {right}", f"claims.{name} 为 {claimed}，应为 {right}"


def _violation_claims(document: Document, broken: list[Violation]) -> list[Words]:
    findings = []
    if document.claims["ok"] is bool(broken):
        findings.append(_differs("ok", str(document.claims["ok"]).lower(), str(not broken).lower()))
    claimed = Counter(
        (entry["kind"], entry["part"], tuple(sorted(entry["nodes"])), entry["amount"])
        for entry in document.claims["violations"]
    )
    for violation in broken:
        key = (violation.kind, violation.part, tuple(sorted(violation.nodes)), violation.amount)
        if claimed[key]:
            claimed[key] -= 1
        else:
            findings.append(
                (f"claims.violations leaves out: {violation.english}", f"claims.violations 漏列：{violation.chinese}")
            )
    for (kind, part, _, amount), count in claimed.items():
        if count:
            findings.append(
                (
                    f"claims.violations lists {kind} of part {part} by {amount}, which the plan does not break so",
                    f"claims.violations 列出网格 {part} 违反 {kind}（{amount}），与方案不符",
                )
            )
    return findings


def _number_claims(document: Document, plan: Plan) -> list[Words]:
    claims = document.claims
    findings = []
    if claims["part_count"] != len(plan.parts):
        findings.append(_differs("part_count", claims["part_count"], len(plan.parts)))
    weights = [sum(document.weights[v] for v in plan.parts.get(part, ())) for part in range(plan.number_limit)]
    if len(claims["part_weights"]) != len(weights):
        findings.append(_differs("part_weights.length", len(claims["part_weights"]), len(weights)))
    else:
        pairs = enumerate(zip(claims["part_weights"], weights, strict=True))
        findings += [_differs(f"part_weights[{p}]", told, right) for p, (told, right) in pairs if told != right]
    if len(claims["terms"]) != len(document.objective):
        findings.append(_differs("terms.length", len(claims["terms"]), len(document.objective)))
        return findings
    for i, (term, told) in enumerate(zip(document.objective, claims["terms"], strict=True)):
        least, most = value_of(term, document, plan.labels, plan.parts)
        if not least <= told <= most:
            findings.append(_differs(f"terms[{i}] ({term.name})", told, least))
    # Terms that are wrong are said above; the sum is that of the claimed ones.
    total = sum(term.weight * told for term, told in zip(document.objective, claims["terms"], strict=True))
    if claims["objective"] != total:
        findings.append(_differs("objective", claims["objective"], total))
    return findings


def _status_claims(document: Document, is_broken: bool) -> list[Words]:
    status, bound, objective = (document.claims[name] for name in ("status", "bound", "objective"))
    findings = []
    if status in ("optimal", "feasible") and is_broken:
        findings.append(
            (f'claims.status is "{status}" and the plan breaks rules', f"claims.status 为“{status}”，但方案违反规则")
        )
    if status in ("unknown", "infeasible") and not is_broken:
        findings.append(
            (
                f'claims.status is "{status}" and the plan keeps every rule',
                f"claims.status 为“{status}”，但方案遵守全部规则",
            )
        )
    if status == "optimal" and bound != objective:
        findings.append(
            (
                f'claims.status is "optimal" and claims.bound={bound} is not claims.objective={objective}',
                f"claims.status 为“optimal”，但 claims.bound={bound} 不等于 claims.objective={objective}",
            )
        )
    elif bound is not None and bound > objective and not is_broken:
        findings.append(
            (
                f"claims.bound={bound} must be at most claims.objective={objective}, which the plan reaches",
                f"claims.bound={bound} 不得大于方案已达到的 claims.objective={objective}",
            )
        )
    return findings


def _unchecked(document: Document) -> tuple[Words, ...]:
    notes = []
    bound = document.claims["bound"]
    if bound is not None:
        notes.append((f"that no plan has an objective below {bound}", f"没有目标值低于 {bound} 的方案"))
    if document.claims["status"] == "infeasible":
        notes.append(("that no plan keeps every rule", "没有遵守全部规则的方案"))
    return tuple(notes)


def _summary(document: Document, plan: Plan) -> Words:
    weights = [sum(document.weights[v] for v in nodes) for nodes in plan.parts.values()]
    span = (
        f"{min(weights):,}" if len(set(weights)) == 1 else f"{min(weights):,} to {max(weights):,}" if weights else "0"
    )
    terms = " + ".join(t.name if t.weight == 1 else f"{t.weight:,} x {t.name}" for t in document.objective)
    objective = f" {document.claims['objective']:,}" + (f" ({terms})" if terms else "")
    return (
        f"{len(plan.parts):,} parts of {span}, objective{objective}, {len(document.ids):,} nodes",
        f"{len(plan.parts):,} 个网格，各 {span.replace(' to ', ' 至 ')}，目标值{objective}，{len(document.ids):,} 个节点",
    )
