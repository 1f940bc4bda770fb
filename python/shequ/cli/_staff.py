# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ staff`: posts of one community, or of every community of a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ import norms
from shequ._core import StaffingRule
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ._save_table import save_table
from shequ.cli._ledger import FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._output import (
    Printer,
    Register,
    argument,
    check_out,
    existing,
    lang_option,
    option,
)
from shequ.io import ReadOptions
from shequ.report import write_report
from shequ.staff import Answer, StaffTable, describe_rule, reason, staff_table

if TYPE_CHECKING:
    from shequ.io import Ledger

__all__ = ["add_staff", "print_staff"]


def add_staff(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("staff")
    def staff(
        file: Annotated[
            Path | None,
            argument(lang, "cli.staff.file", text("cli.file", lang)),
        ] = None,
        households: Annotated[int | None, option(lang, "cli.staff.households", "--households", metavar="N")] = None,
        norm: Annotated[str, option(lang, "cli.staff.norm", "--norm", metavar="ID")] = "staff.wujin2012",
        rounding: Annotated[
            str, option(lang, "cli.staff.rounding", "--rounding", metavar="floor|ceil|round")
        ] = "floor",
        rural: Annotated[bool, option(lang, "cli.staff.rural", "--rural")] = False,
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        derive_parents: Annotated[bool, option(lang, "cli.derive_parents", "--derive-parents")] = False,
        out: Annotated[Path | None, option(lang, "cli.staff.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.staff.top", "--top", metavar="N")] = 20,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        chosen = check_lang(language)
        if (file is None) == (households is None):
            raise InvalidInputError(text("cli.staff.one_of", "en"), text("cli.staff.one_of", "zh"))
        check_out(out, file, ".xlsx", ".csv", ".html")
        rule = _rule(norm, rounding)
        if file is None:
            _one(rule, int(households or 0), Printer(chosen))
            return
        printer = Printer(chosen)
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents}
        ledger = read(existing(file), options, printer)
        raise typer.Exit(_ledger(ledger, rule, rural, out, top, printer))


def _rule(norm: str, rounding: str) -> StaffingRule:
    staffing = norms.get(norm).staffing
    if not isinstance(staffing, StaffingRule):
        able = ", ".join(other.id for other in norms.every() if isinstance(other.staffing, StaffingRule))
        raise InvalidInputError(
            f"--norm={norm} must be a norm of base and steps of households: {able}",
            f"--norm={norm} 必须是按户数基数和档计的标准：{able}",
        )
    return staffing.replace(rounding=rounding)


def _one(rule: StaffingRule, households: int, out: Printer) -> None:
    posts = rule.posts(households)
    more = rule.households_to_next_post(households)
    out.say("staff.one", style="bold", households=households, posts=posts)
    out.line(reason(rule, households, out.lang))
    out.say("staff.one_next", n=more, at=households + more)
    out.line(describe_rule(rule, out.lang), "dim")


def _ledger(ledger: "Ledger", rule: StaffingRule, rural: bool, target: Path | None, top: int, out: Printer) -> int:
    district, lang = ledger.district, out.lang
    if "households" not in district.columns:
        name, unread = ledger.report.path.name, ", ".join(ledger.report.unread) or "—"
        raise InvalidInputError(
            text("cli.staff.no_households", "en", file=name, unread=unread),
            text("cli.staff.no_households", "zh", file=name, unread=unread),
        )
    table = staff_table(district, rule=rule, every_setting=rural, read=ledger.report, lang=lang)
    print_staff(table, out, top)
    found = findings(ledger, lang)
    if found:
        out.heading(text("cli.staff.findings", lang))
        print_findings(found, FINDINGS_SHOWN, out)
    if target is not None:
        if target.suffix.lower() in {".csv", ".html"}:
            title = text(
                "report.title.communities", lang, name=ledger.hierarchy.name(0, lang) if len(ledger.hierarchy) else ""
            )
            cells = [table.row(i) for i in range(len(table))]
            save_table(target, table.headers, cells, title=title, lines=[table.summary(), *table.notes], lang=lang)
        else:
            write_report(target, district, rule=rule, every_setting=rural, read=ledger.report, lang=lang)
        out.say("cli.wrote", path=target)
    unanswered = any(Answer(int(answer)).severity == "error" for answer in table.answer)
    return int(unanswered or not len(table) or any(finding[0] == "error" for finding in found))


def print_staff(table: StaffTable, out: Printer, top: int) -> None:
    """Print the sums by town, the shortest communities, and those without an answer."""
    if not len(table):
        out.say("cli.staff.no_communities", style="yellow")
        return
    out.line(describe_rule(table.rule, out.lang) + f"  ({table.rule.id})")
    for note in table.notes:
        out.line(note, "dim")
    out.heading(text("cli.staff.by_town", out.lang))
    names: tuple[str, ...] = ("communities", "households", "posts", "workers", "workers_missing")
    names += ("shortage", "surplus", "unanswered")
    totals, whole, lang = table.totals(), table.total, out.lang
    names = tuple(name for name in names if name != "workers_missing" or whole.workers_missing)
    rows = [[town.name, *(town.cell(name, lang) for name in names)] for town in totals]
    states = {(r, names.index("shortage") + 1): "bad" for r, town in enumerate(totals) if town.shortage}
    total = [whole.name, *(whole.cell(name, lang) for name in names)]
    out.table([text("col." + name, lang) for name in ("town", *names)], rows, states=states, total=total)
    if whole.unanswered:
        out.say("cli.staff.counted", style="dim")
    out.line(table.summary())

    every = table.shortest()
    shown = every[: max(0, top)]
    if len(shown):
        out.heading(text("cli.staff.shortest", out.lang, n=len(shown), all=len(every)))
        cells = [table.row(int(i)) for i in shown]
        kept = [0, 2, 4, 5, 6, 7, 9]  # town, community, households, posts, workers, gap, reason
        colours = {(r, 5): "bad" for r in range(len(shown))}
        out.table([table.headers[c] for c in kept], [[row[c] for c in kept] for row in cells], states=colours)
    elif not len(every):
        out.say("cli.staff.short_unknown" if whole.missing("shortage") else "cli.staff.none_short")

    wrong = [i for i, answer in enumerate(table.answer) if Answer(int(answer)).severity == "error"]
    if wrong:
        out.heading(text("cli.staff.unanswered", out.lang, n=len(wrong)))
        listed = wrong[: max(5, top)]
        headers = [text("col." + name, out.lang) for name in ("town", "code", "community", "what")]
        out.table(headers, [[*table.row(i)[:3], table.reason(i)] for i in listed])
        if len(wrong) > len(listed):
            out.say("cli.more", n=len(wrong) - len(listed))
