# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ audit`: what is wrong with the rows and the units of a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ._core import Level
from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ.cli._ledger import FINDING_HEADERS, issues, print_findings, read
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option, write_csv
from shequ.report import sheet_rows

if TYPE_CHECKING:
    from shequ.io import Ledger

__all__ = ["add_audit"]


def add_audit(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("audit")
    def audit(
        file: Annotated[Path, argument(lang, "cli.staff.file", text("cli.file", lang))],
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        derive_parents: Annotated[bool, option(lang, "cli.derive_parents", "--derive-parents")] = False,
        out: Annotated[Path | None, option(lang, "cli.audit.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.audit.top", "--top", metavar="N")] = 50,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        check_out(out, file, ".csv")
        ledger = read(existing(file), sheet, fill_down, derive_parents, printer)
        raise typer.Exit(_audit(ledger, out, top, printer))


def _audit(ledger: "Ledger", target: Path | None, top: int, out: Printer) -> int:
    lang = out.lang
    tree = ledger.hierarchy
    counts = {level: len(tree.at_level(level)) for level in Level}
    levels = [
        text("cli.audit.level", lang, level=text("level." + level.name.lower(), lang), n=n)
        for level, n in counts.items()
        if n
    ]
    out.say("cli.audit.units", n=len(tree), levels=text("comma", lang).join(levels))
    findings, rows = issues(ledger, lang), sheet_rows(tree, ledger.report)
    findings += [
        [f.severity, f.kind_name(lang), f"{tree.name(f.unit, lang)} {tree.code(f.unit)}", rows[f.unit], f.message(lang)]
        for f in tree.audit()
    ]
    if not findings:
        out.say("cli.audit.clean", style="green")
    worded = print_findings(findings, top, out)
    if target is not None:
        write_csv(target, [text("col." + name, lang) for name in FINDING_HEADERS], worded)
        out.say("cli.wrote", path=target)
    return int(any(finding[0] == "error" for finding in findings))
