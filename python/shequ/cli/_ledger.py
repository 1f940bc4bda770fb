# SPDX-License-Identifier: BSD-3-Clause
"""Reading a ledger, and telling what became of its rows: shared by the commands that take one."""

from pathlib import Path
from typing import TYPE_CHECKING

from shequ._errors import Lang
from shequ._messages import text
from shequ.cli._output import Printer, progress_bar

if TYPE_CHECKING:
    from shequ.io import Ledger

__all__ = ["FINDING_HEADERS", "issues", "print_findings", "read"]

#: Columns of a table of findings; each row begins with "error", "warning" or "note".
FINDING_HEADERS = ("severity", "kind", "where", "row", "what")

_ORDER = ("error", "warning", "note")
_STATES = {"error": "bad", "warning": "warn", "note": ""}


def read(file: Path, sheet: str | None, fill_down: bool, derive_parents: bool, out: Printer) -> "Ledger":
    """Read the sound rows of a ledger and say how many there are."""
    from shequ.io import read_ledger

    with progress_bar(text("cli.reading", out.lang)):
        ledger = read_ledger(file, sheet=sheet, fill_down=fill_down, derive_parents=derive_parents)
    report = ledger.report
    out.say("cli.rows", file=file.name, rows=report.rows, used=report.used, rejected=report.rejected)
    return ledger


def issues(ledger: "Ledger", lang: Lang) -> list[list[object]]:
    """Return one row of `FINDING_HEADERS` an issue of reading."""
    return [[i.severity, i.code, i.column, i.row, i.message(lang)] for i in ledger.report.issues]


def print_findings(findings: list[list[object]], top: int, out: Printer) -> list[list[object]]:
    """Print findings, errors first, at most `top`; return them in this order with the severity in words."""
    ordered = sorted(findings, key=lambda row: _ORDER.index(str(row[0])))
    worded = [[text(str(row[0]), out.lang), *row[1:]] for row in ordered]
    shown = worded[: max(0, top)]
    if shown:
        states = {(r, 0): _STATES[str(row[0])] for r, row in enumerate(ordered[: len(shown)])}
        out.table([text("col." + name, out.lang) for name in FINDING_HEADERS], shown, states=states)
    if len(worded) > len(shown):
        out.say("cli.more", n=len(worded) - len(shown))
    counts = [sum(row[0] == severity for row in findings) for severity in _ORDER]
    if findings:
        out.say("cli.audit.count", errors=counts[0], warnings=counts[1], notes=counts[2])
    return worded
