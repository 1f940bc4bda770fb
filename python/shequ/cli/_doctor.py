# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ doctor`: what could be put right in a ledger; done only where asked, in a new file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ.cli._ledger import FINDINGS_SHOWN, chosen_columns
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option
from shequ.io import ReadOptions

if TYPE_CHECKING:
    from shequ.io import Repairs

__all__ = ["add_doctor"]

_HEADERS = ("code", "action", "row", "column", "before", "after", "why")


def add_doctor(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("doctor")
    def doctor(
        file: Annotated[Path, argument(lang, "cli.staff.file", text("cli.file", lang))],
        apply: Annotated[Path | None, option(lang, "cli.doctor.apply", "--apply", metavar="OUT")] = None,
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        approximate: Annotated[bool, option(lang, "cli.approximate", "--approximate")] = False,
        top: Annotated[int, option(lang, "cli.audit.top", "--top", metavar="N")] = FINDINGS_SHOWN,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        from shequ.io import propose_repairs, read_ledger

        out = Printer(check_lang(language))
        if apply is not None:
            check_out(apply, file, ".csv", ".xlsx")
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"approximate": approximate, "fill_down": False}
        repairs = propose_repairs(existing(file), **options)
        undecided = len(_show(repairs, top, out))
        if apply is not None:
            out.say("cli.doctor.applied", path=repairs.apply(apply, lang=out.lang), n=len(repairs))
            # Headers are those of the file; its encoding and the name of the sheet are those of the new one.
            after = read_ledger(
                apply, columns=options["columns"], sheet=repairs.sheet if apply.suffix == ".xlsx" else None
            )
            out.line(after.report.sentence(out.lang))
            undecided = len(after.report.errors)
        elif len(repairs):
            out.say("cli.doctor.how")
        raise typer.Exit(int(bool(undecided or (len(repairs) and apply is None))))


def _show(repairs: "Repairs", top: int, out: Printer) -> list[object]:
    lang = out.lang
    out.say("cli.doctor.found", n=len(repairs))
    rows = [["" if cell is None else cell for cell in row.values()] for row in repairs.table(lang)[: max(0, top)]]
    if rows:
        out.table([text("repair.head." + name, lang) for name in _HEADERS], rows)
    if len(repairs) > len(rows):
        out.say("cli.doctor.more", n=len(repairs) - len(rows))
    undecided = repairs.undecided
    if undecided:
        out.heading(text("cli.doctor.undecided", lang, n=len(undecided)))
        for issue in undecided[: max(0, top)]:
            out.line(issue.message(lang))
        if len(undecided) > top:
            out.say("cli.doctor.more", n=len(undecided) - top)
    return list(undecided)
