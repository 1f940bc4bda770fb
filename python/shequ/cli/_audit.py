# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ audit`: what is wrong with the rows and the units of a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ._core import Level
from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ.cli._ledger import FINDING_HEADERS, FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option, write_csv
from shequ.io import ReadOptions

if TYPE_CHECKING:
    from shequ.io import Ledger

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
        out: Annotated[Path | None, option(lang, "cli.audit.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.audit.top", "--top", metavar="N")] = FINDINGS_SHOWN,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        check_out(out, file, ".csv")
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents}
        ledger = read(existing(file), options, printer)
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
    found = findings(ledger, lang)
    if not found:
        out.say("cli.audit.clean", style="green")
    worded = print_findings(found, top, out)
    if target is not None:
        write_csv(target, [text("col." + name, lang) for name in FINDING_HEADERS], worded)
        out.say("cli.wrote", path=target)
    return int(any(finding[0] == "error" for finding in found))
