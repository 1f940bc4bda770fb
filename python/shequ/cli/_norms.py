# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ norms`: the catalogue of norms, or one of them."""

from typing import Annotated

from shequ import norms
from shequ._core import Norm
from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ._staff_table import describe_rule
from shequ.cli._output import Printer, Register, argument, lang_option

__all__ = ["add_norms"]


def add_norms(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("norms")
    def show_norms(
        id: Annotated[
            str | None,
            argument(lang, "cli.norms.id", text("col.id", lang)),
        ] = None,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        out = Printer(check_lang(language))
        if id is None:
            headers = [text("col." + name, out.lang) for name in ("id", "title", "parameters", "effective", "known")]
            rows = [
                [norm.id, norm.title(out.lang), norm.parameters(out.lang), norm.effective, _known(norm, out.lang)]
                for norm in norms.every()
            ]
            out.table(headers, rows)
            out.say("cli.norms.hint", style="dim")
            return
        norm = norms.get(id)
        out.line(f"{norm.id}  {norm.title(out.lang)}", "bold")
        for name, value in (
            ("parameters", norm.parameters(out.lang)),
            ("source", norm.source),
            ("effective", norm.effective or "—"),
            ("known", _known(norm, out.lang)),
        ):
            out.line(f"{text('col.' + name, out.lang)}: {value}")
        if norm.staffing is not None:
            out.line(describe_rule(norm.staffing, out.lang))


def _known(norm: Norm, lang: Lang) -> str:
    return text("norms." + norm.status.name.lower(), lang)
