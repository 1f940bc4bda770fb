# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ audit`: what is wrong with the rows and the units of a ledger."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ._core import Level
from shequ._documents import report_document, write_document
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ._save_table import save_table
from shequ.cli._ledger import FINDING_HEADERS, FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option
from shequ.io import ReadOptions

if TYPE_CHECKING:
    from shequ.io import Issue, Ledger

__all__ = ["add_audit"]


def add_audit(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("audit")
    def audit(
        file: Annotated[Path, argument(lang, "cli.staff.file", text("cli.file", lang))],
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        derive_parents: Annotated[bool, option(lang, "cli.derive_parents", "--derive-parents")] = False,
        approximate: Annotated[bool, option(lang, "cli.approximate", "--approximate")] = False,
        far_km: Annotated[float | None, option(lang, "cli.audit.far_km", "--far-km", metavar="KM")] = None,
        changes: Annotated[Path | None, option(lang, "cli.audit.changes", "--changes", metavar="FILE")] = None,
        as_of: Annotated[str | None, option(lang, "cli.audit.as_of", "--as-of", metavar="DAY")] = None,
        out: Annotated[Path | None, option(lang, "cli.audit.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.audit.top", "--top", metavar="N")] = FINDINGS_SHOWN,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        check_out(out, file, ".csv", ".xlsx", ".html", ".json")
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents, "approximate": approximate}
        options |= {"far_km": far_km}
        ledger = read(existing(file), options, printer)
        older = [] if changes is None else _outdated(ledger, existing(changes), as_of)
        raise typer.Exit(_audit(ledger, older, out, top, printer))


def _outdated(ledger: "Ledger", crosswalk: Path, as_of: str | None) -> list["Issue"]:
    """Return what is to be said of units that changed before the day of the ledger, each with its row."""
    from shequ.succession import Succession

    day = as_of or ledger.report.as_of
    if not day:
        raise InvalidInputError(text("cli.audit.no_day", "en"), text("cli.audit.no_day", "zh"))
    tree = ledger.hierarchy
    units = tree.at_level("community").tolist()
    households = ledger.district.columns.get("households")
    found = Succession.read(crosswalk).audit(
        [tree.code(unit) for unit in units],
        day,
        households=None if households is None else households[units],
        names=[tree.name(unit) for unit in units],
    )
    rows = ledger.report.rows_of(tree)
    row_of = {tree.code(unit): rows[unit] for unit in units}
    return [replace(issue, row=row_of.get(issue.value.split()[-1])) for issue in found]


def _audit(ledger: "Ledger", older: list["Issue"], target: Path | None, top: int, out: Printer) -> int:
    lang = out.lang
    tree = ledger.hierarchy
    counts = {level: len(tree.at_level(level)) for level in Level}
    levels = [
        text("cli.audit.level", lang, level=text("level." + level.name.lower(), lang), n=n)
        for level, n in counts.items()
        if n
    ]
    out.say("cli.audit.units", n=len(tree), levels=text("comma", lang).join(levels))
    found = findings(ledger, lang) + [
        [issue.severity, issue.code, issue.value, issue.row, issue.what(lang), issue.todo(lang)] for issue in older
    ]
    if not found:
        out.say("cli.audit.clean", style="green")
    worded = print_findings(found, top, out)
    if target is not None and target.suffix.lower() == ".json":
        write_document(target, report_document(ledger.report, tree.audit(), older))
        out.say("cli.wrote", path=target)
    elif target is not None:
        title = text("report.head.title", lang, name=ledger.report.path.name)
        headers = [text("col." + name, lang) for name in FINDING_HEADERS]
        save_table(target, headers, worded, title=title, lines=[ledger.report.sentence(lang)], lang=lang)
        out.say("cli.wrote", path=target)
    return int(any(finding[0] == "error" for finding in found))
