# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ template`: a workbook to be filled in."""

from pathlib import Path
from typing import Annotated

from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ.cli._output import Printer, Register, argument, check_out, lang_option

__all__ = ["add_template"]


def add_template(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("template")
    def template(
        file: Annotated[Path, argument(lang, "cli.template.file", text("cli.file", lang))],
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        from shequ.io import write_template

        out = Printer(check_lang(language))
        check_out(file, None, ".xlsx")
        out.say("cli.wrote", path=write_template(file, lang=out.lang))
        out.say("cli.template.next", path=file)
