# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ staff`: posts of one community, or of every community of a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shequ._columns import MAX_COUNT
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._save_table import save_table
from shequ.cli._ledger import FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._norm_choice import one_rule, with_rounding
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
    from shequ._staff_table import StaffingNorm
    from shequ.io import Ledger

__all__ = ["add_staff", "print_staff"]

_BOTH: tuple[Lang, Lang] = ("en", "zh")


def add_staff(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("staff")
    def staff(
        file: Annotated[
            Path | None,
            argument(lang, "cli.staff.file", text("cli.file", lang)),
        ] = None,
        households: Annotated[int | None, option(lang, "cli.staff.households", "--households", metavar="N")] = None,
        norm: Annotated[str, option(lang, "cli.staff.norm", "--norm", metavar="ID|TOML")] = "staff.wujin2012",
        rounding: Annotated[
            str | None, option(lang, "cli.staff.rounding", "--rounding", metavar="floor|ceil|round")
        ] = None,
        persons: Annotated[int | None, option(lang, "cli.staff.persons", "--persons", metavar="N")] = None,
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
        if sum(given is not None for given in (file, households, persons)) != 1:
            raise InvalidInputError(text("cli.staff.one_of", "en"), text("cli.staff.one_of", "zh"))
        check_out(out, file, ".xlsx", ".csv", ".html")
        rule = with_rounding(one_rule(norm, "staffing"), rounding)
        if file is None:
            _one(rule, households, persons, Printer(chosen))
            return
        printer = Printer(chosen)
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents}
        ledger = read(existing(file), options, printer)
        raise typer.Exit(_ledger(ledger, rule, rural, out, top, printer))


def _one(rule: "StaffingNorm", households: int | None, persons: int | None, out: Printer) -> None:
    """Answer for one community, whose number of households or of persons is given."""
    lang, counted = out.lang, basis_column(rule.basis)
    count = persons if counted == "persons" else households
    if count is None:
        how = "--persons" if counted == "persons" else "--households"
        raise InvalidInputError(
            text("cli.staff.other_basis", "en", id=rule.id, how=how),
            text("cli.staff.other_basis", "zh", id=rule.id, how=how),
        )
    if not 0 <= count <= MAX_COUNT:
        raise InvalidInputError(
            f"{counted}={count} must be in [0, {MAX_COUNT}]", f"{counted}={count} 必须在 [0, {MAX_COUNT}] 内"
        )
    found = rule.posts_range(count)
    if found is not None:
        key = "staff.one" if found[0] == found[1] else "staff.one_range"
        what = text("staff.count." + counted, lang, n=count)
        out.say(key, style="bold", what=what, posts=found[0], most=found[1])
    out.line(reason(rule, count, lang))
    at = rule.next_post_at(count)
    if found is not None and at is not None:
        out.say("staff.one_next", what=text("staff.more." + counted, lang, n=at - count), at=at)
    out.line(describe_rule(rule, lang), "dim")


def _word(counted: str, lang: Lang) -> str:
    word = text("col." + counted, lang).lower()
    return word if lang == "zh" else f"{word} ({text('col.' + counted, 'zh')})"


def _ledger(ledger: "Ledger", rule: "StaffingNorm", rural: bool, target: Path | None, top: int, out: Printer) -> int:
    district, lang = ledger.district, out.lang
    counted = basis_column(rule.basis)
    if counted not in district.columns:
        values = {"file": ledger.report.path.name, "unread": ", ".join(ledger.report.unread) or "—"}
        raise InvalidInputError(
            *(text("cli.staff.no_column", lang, **values, field=counted, column=_word(counted, lang)) for lang in _BOTH)
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
    names: tuple[str, ...] = ("communities", "households", "posts", "posts_most", "workers", "workers_missing")
    names += ("shortage", "surplus", "unanswered")
    totals, whole, lang = table.totals(), table.total, out.lang
    useless = set() if whole.workers_missing else {"workers_missing"}
    useless |= set() if table.ranged else {"posts_most"}
    useless |= set() if table.counted == "households" or table.households.count() else {"households"}
    names = tuple(name for name in names if name not in useless)
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
        kept = [c for c, name in enumerate(table.names) if name not in {"code", "setting", "posts_most", "to_next"}]
        colours = {(r, kept.index(table.names.index("gap"))): "bad" for r in range(len(shown))}
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
