# SPDX-License-Identifier: BSD-3-Clause
"""Reading a ledger, and telling what became of its rows: shared by the commands that take one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError, Lang
from shequ._messages import text
from shequ.cli._output import Printer, progress_bar
from shequ.io import ReadOptions
from shequ.report import read_problems, rows_sentence, tree_problems

if TYPE_CHECKING:
    from shequ.io import Ledger

__all__ = ["FINDINGS_SHOWN", "FINDING_HEADERS", "chosen_columns", "findings", "print_findings", "read"]

#: Columns of a table of findings; each row begins with "error", "warning" or "note".
FINDING_HEADERS = ("severity", "kind", "where", "row", "what", "todo")

#: Most findings on the screen where nobody asks for another number.
FINDINGS_SHOWN = 50

_ORDER = ("error", "warning", "note")
_STATES = {"error": "bad", "warning": "warn", "note": ""}


def chosen_columns(choices: Sequence[str]) -> dict[str, str]:
    """Read "FIELD=HEADER" of each `--column`."""
    columns = {}
    for choice in choices:
        field, sign, header = (part.strip() for part in choice.partition("="))
        if not (field and sign and header) or field in columns:
            raise InvalidInputError(
                text("cli.bad_column", "en", value=choice), text("cli.bad_column", "zh", value=choice)
            )
        columns[field] = header
    return columns


def read(file: Path, options: ReadOptions, out: Printer) -> "Ledger":
    """Read the sound rows of a ledger and say how many there are."""
    from shequ.io import read_ledger

    with progress_bar(text("cli.reading", out.lang)):
        ledger = read_ledger(file, **options)
    out.line(rows_sentence(ledger.report, out.lang))
    return ledger


def findings(ledger: "Ledger", lang: Lang) -> list[list[object]]:
    """Return one row of `FINDING_HEADERS` for all that reading and the audit of the units found."""
    tree, report = ledger.hierarchy, ledger.report
    rows = report.rows_of(tree)
    found = read_problems(report, tree, lang) + tree_problems(tree, rows, lang, notes=True)
    return [
        [problem.severity, problem.kind, problem.where, problem.row, problem.what, problem.todo] for problem in found
    ]


def print_findings(found: list[list[object]], top: int, out: Printer) -> list[list[object]]:
    """Print findings, errors first, at most `top`; return them in this order with the severity in words."""
    ordered = sorted(found, key=lambda row: _ORDER.index(str(row[0])))
    worded = [[text(str(row[0]), out.lang), *row[1:]] for row in ordered]
    shown = worded[: max(0, top)]
    if shown:
        states = {(r, 0): _STATES[str(row[0])] for r, row in enumerate(ordered[: len(shown)])}
        headers = [text("col." + name, out.lang) for name in FINDING_HEADERS[:-1]]  # what to do is for the file
        out.table(headers, [row[:-1] for row in shown], states=states)
    if len(worded) > len(shown):
        out.say("cli.more_findings", n=len(worded) - len(shown))
    counts = [sum(row[0] == severity for row in found) for severity in _ORDER]
    if found:
        out.say("cli.audit.count", errors=counts[0], warnings=counts[1], notes=counts[2])
    return worded
