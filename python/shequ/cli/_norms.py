# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ norms`: the catalogue of norms, one of them, or two of them side by side on a ledger."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from shequ import norms
from shequ._core import Norm
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ.cli._ledger import chosen_columns, read
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option, write_csv
from shequ.io import ReadOptions

__all__ = ["add_norms"]


def add_norms(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("norms")
    def show_norms(
        words: Annotated[
            list[str] | None,
            argument(lang, "cli.norms.id", text("cli.norms.metavar", lang)),
        ] = None,
        on: Annotated[Path | None, option(lang, "cli.norms.on", "--on", metavar="FILE")] = None,
        own: Annotated[Path | None, option(lang, "cli.norms.own", "--own", metavar="FILE")] = None,
        rural: Annotated[bool, option(lang, "cli.norms.rural", "--rural")] = False,
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        out: Annotated[Path | None, option(lang, "cli.norms.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.norms.top", "--top", metavar="N")] = 20,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        given = words or []
        mine = () if own is None else norms.read(existing(own))
        comparing = given[:1] == ["compare"]
        if len(given) != (3 if comparing else min(len(given), 1)) or comparing != (on is not None):
            raise InvalidInputError(text("cli.norms.usage", "en"), text("cli.norms.usage", "zh"))
        if comparing and on is not None:
            check_out(out, on, ".csv")
            options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
            options |= {"fill_down": fill_down}
            first, second = (norms.get(id, mine) for id in given[1:])
            ledger = read(existing(on), options, printer)
            table = norms.compare(
                first, second, ledger.district, every_setting=rural, read=ledger.report, lang=printer.lang
            )
            _compared(table, out, top, printer)
            raise typer.Exit(int(bool(ledger.report.errors)))
        if given:
            _one(norms.get(given[0], mine), printer)
        else:
            _all((*norms.every(), *mine), printer)


def _all(every: tuple[Norm, ...], out: Printer) -> None:
    headers = [text("col." + name, out.lang) for name in ("id", "title", "parameters", "effective", "known")]
    rows = [
        [norm.id, norm.title(out.lang), norm.parameters(out.lang), norm.effective, _known(norm, out.lang)]
        for norm in every
    ]
    out.table(headers, rows)
    out.say("cli.norms.hint", style="dim")


def _one(norm: Norm, out: Printer) -> None:
    out.line(f"{norm.id}  {norm.title(out.lang)}", "bold")
    for name, value in (
        ("parameters", norm.parameters(out.lang)),
        ("source", norm.source),
        ("effective", norm.effective or "—"),
        ("known", _known(norm, out.lang)),
    ):
        out.line(f"{text('col.' + name, out.lang)}: {value}")
    for rule in (norm.staffing, norm.funding):
        if rule is not None:
            out.line(rule.describe(out.lang))


def _compared(table: norms.NormComparison, target: Path | None, top: int, out: Printer) -> None:
    for norm in (table.a, table.b):
        out.line(f"{norm.id}  {norm.title(out.lang)}: {norm.parameters(out.lang)}")
    for note in table.notes:
        out.line(note, "dim")
    headers = [table.headers[0], text("col.communities", out.lang), *table.headers[3:5]]
    cells = [
        [
            total.name,
            total.communities,
            _sum(total.least_a, total.most_a),
            _sum(total.least_b, total.most_b),
        ]
        for total in (*table.totals(), table.total)
    ]
    out.table(headers, cells[:-1], total=cells[-1])
    out.line(table.summary())
    difference = np.ma.filled(table.difference, 0)
    order = np.argsort(-np.abs(difference), kind="stable")
    order = order[difference[order] != 0]
    shown = order[: max(0, top)]
    if len(shown):
        out.heading(text("norms.largest", out.lang, n=len(shown), all=len(order)))
        kept = [0, 2, 3, 4, 5]
        rows = [table.row(int(i)) for i in shown]
        out.table([table.headers[c] for c in kept], [[row[c] for c in kept] for row in rows])
    if target is not None:
        write_csv(target, table.headers, [table.row(i) for i in range(len(table))])
        out.say("cli.wrote", path=target)


def _sum(least: int | None, most: int | None) -> object:
    if least is None or most is None:
        return None
    return least if least == most else f"{least:,}-{most:,}"


def _known(norm: Norm, lang: Lang) -> str:
    return text("norms." + norm.status.name.lower(), lang)
