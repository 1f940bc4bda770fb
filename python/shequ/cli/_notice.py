# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ notice`: printable notices of grids."""

from pathlib import Path
from typing import Annotated

from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option

__all__ = ["add_notice"]


def add_notice(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("notice")
    def notice(
        folder: Annotated[Path, argument(lang, "cli.notice.folder", text("cli.notice.folder_name", lang))],
        staff: Annotated[Path | None, option(lang, "cli.notice.staff", "--staff", metavar="FILE")] = None,
        show_phones: Annotated[bool, option(lang, "cli.notice.show_phones", "--show-phones")] = False,
        out: Annotated[Path, option(lang, "cli.notice.out", "--out", metavar="FILE")] = Path("notices.html"),
        pdf: Annotated[bool, option(lang, "cli.notice.pdf", "--pdf")] = False,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        from shequ.report import write_notices

        printer = Printer(check_lang(language))
        check_out(out, staff, ".html", ".pdf")
        people = None if staff is None else existing(staff)
        for target in dict.fromkeys([out, out.with_suffix(".pdf")] if pdf else [out]):
            grids = write_notices(folder, target, staff=people, show_phones=show_phones, lang=printer.lang)
            printer.say("cli.notice.wrote", grids=grids, path=target)
