# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ audit`: what is wrong with the units of a ledger."""

from pathlib import Path
from typing import Annotated

import typer

from shequ._core import Level
from shequ._errors import HierarchyError, Lang
from shequ._messages import check_lang, text
from shequ.cli._output import (
    Printer,
    Register,
    argument,
    check_suffix,
    existing,
    lang_option,
    option,
    progress_bar,
    write_csv,
)

__all__ = ["add_audit"]

_ORDER = ("error", "warning", "note")
_STATES = {"error": "bad", "warning": "warn", "note": ""}


def add_audit(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("audit")
    def audit(
        file: Annotated[
            Path,
            argument(lang, "cli.staff.file", text("cli.file", lang)),
        ],
        out: Annotated[Path | None, option(lang, "cli.audit.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.audit.top", "--top", metavar="N")] = 50,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        check_suffix(out, ".csv")
        raise typer.Exit(_audit(existing(file), out, top, printer))


def _audit(file: Path, target: Path | None, top: int, out: Printer) -> int:
    from shequ.io import read_hierarchy

    lang = out.lang
    headers = [text("col." + name, lang) for name in ("severity", "code", "community", "row", "what")]
    try:
        with progress_bar(text("cli.reading", lang)):
            tree = read_hierarchy(file)
            report = tree.audit()
    except HierarchyError as error:
        out.say("cli.audit.no_tree", style="bold red")
        rows = [["error", p.code, "", p.row + 2, p.message(lang)] for p in error.problems]
    else:
        names = [level for level in Level if len(tree.at_level(level))]
        shown = [
            text("cli.audit.level", lang, level=text("level." + level.name.lower(), lang), n=len(tree.at_level(level)))
            for level in names
        ]
        out.say("cli.audit.units", n=len(tree), levels=text("comma", lang).join(shown))
        rows = [
            [f.severity, tree.code(f.unit), tree.name(f.unit, lang), f.row + 2, f.message(lang)]
            for f in report.findings
        ]
    rows.sort(key=lambda row: _ORDER.index(str(row[0])))
    errors, warnings = (sum(row[0] == severity for row in rows) for severity in ("error", "warning"))
    states = {(r, 0): _STATES[str(row[0])] for r, row in enumerate(rows)}
    worded = [[text(str(row[0]), lang), *row[1:]] for row in rows]
    if worded:
        out.table(headers, worded[: max(0, top)], states=states)
        if len(worded) > max(0, top):
            out.say("cli.more", n=len(worded) - max(0, top))
        out.say("cli.audit.count", errors=errors, warnings=warnings, notes=len(rows) - errors - warnings)
    else:
        out.say("cli.audit.clean", style="green")
    if target is not None:
        write_csv(target, headers, worded)
        out.say("cli.wrote", path=target)
    return int(errors > 0)
