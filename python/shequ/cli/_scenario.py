# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ scenario`: replay edits on a ledger, compare, sweep."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shequ._counted import exact
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._scenario_file import ScenarioFile, read_scenario
from shequ.cli._ledger import FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._norm_choice import chosen_norms, one_rule, rules_of, with_rounding
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option
from shequ.growth import Sweep, sweep
from shequ.io import ReadOptions
from shequ.scenario import Comparison, Conflict, Scenario

if TYPE_CHECKING:
    from shequ.io import Ledger

__all__ = ["add_scenario"]

_DEFAULT = "staff.wujin2012"


def add_scenario(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("scenario")
    def scenario(
        file: Annotated[Path, argument(lang, "cli.scenario.file", text("cli.scenario.metavar", lang))],
        on: Annotated[Path, option(lang, "cli.scenario.on", "--on", metavar="FILE")],
        report: Annotated[Path | None, option(lang, "cli.scenario.report", "--report", metavar="FILE")] = None,
        norm: Annotated[list[str] | None, option(lang, "cli.scenario.norm", "--norm", metavar="ID|TOML")] = None,
        rural: Annotated[bool, option(lang, "cli.scenario.rural", "--rural")] = False,
        anyway: Annotated[bool, option(lang, "cli.scenario.replay", "--replay")] = False,
        rates: Annotated[str | None, option(lang, "cli.scenario.sweep", "--sweep", metavar="RATES")] = None,
        others: Annotated[list[str] | None, option(lang, "cli.scenario.with", "--with", metavar="ID|TOML")] = None,
        sheet: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        derive_parents: Annotated[bool, option(lang, "cli.derive_parents", "--derive-parents")] = False,
        top: Annotated[int, option(lang, "cli.staff.top", "--top", metavar="N")] = 20,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        for source in (file, on):
            check_out(report, source, ".xlsx", ".html", ".txt", ".csv", name="--report")
        steps = [] if rates is None else [_rate(rate.strip()) for rate in rates.split(",")]
        options: ReadOptions = {"sheet": sheet, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents}
        plan = read_scenario(existing(file))
        ledger = read(existing(on), options, printer)
        given = rules_of(chosen_norms(norm or ()))
        staffing = _staffing(plan, given.pop("staffing", None), rural)
        _check_columns(ledger, staffing.values())
        base = Scenario(ledger.district, rules=staffing, **_others(plan, given))
        if anyway or not plan.differs(base._base.fingerprints()):
            made, conflicts = base.replay(file)
        else:
            made, conflicts = base.load(file), []  # raises: says what differs
        compared = made.differences(lang=printer.lang)
        grid = None
        if steps:
            asked = [None, *(rule for rule in staffing.values() if rule is not None)]
            asked = asked[1:] if all(edit["kind"] != "set_rule" for edit in made.edits()) else asked
            asked += [with_rounding(*_split(word)) for word in others or ()]
            place = compared.place
            grid = sweep(made, asked, steps, every_setting=rural, place=place, lang=printer.lang)
        _print(compared, conflicts, grid, top, printer)
        found = findings(ledger, printer.lang)
        if found:
            printer.heading(text("cli.staff.findings", printer.lang))
            print_findings(found, FINDINGS_SHOWN, printer)
        if report is not None:
            extra = [*([_conflicts_sheet(conflicts, compared)] if conflicts else []), *([grid.sheet()] if grid else [])]
            compared.save(report, extra=extra)
            printer.say("cli.wrote", path=report)
        raise typer.Exit(int(bool(conflicts) or any(finding[0] == "error" for finding in found)))


def _rate(word: str) -> Fraction:
    """Return a rate; a bare 5 could mean 5% or fivefold, so it is refused."""
    if word.strip("+-0.") and not word.endswith("%") and "/" not in word:
        raise InvalidInputError(text("sweep.bad_rate", "en", rate=word), text("sweep.bad_rate", "zh", rate=word))
    return exact(word, "--sweep")


def _split(word: str) -> tuple[Any, str | None]:
    """Return the rule of "id" or "id:rounding", and the rounding."""
    name, sign, rounding = word.rpartition(":")
    if sign and rounding in ("floor", "ceil", "round"):
        return one_rule(name, "staffing"), rounding
    return one_rule(word, "staffing"), None


def _by_setting(plan: ScenarioFile, kind: str) -> dict[Any, Any]:
    return {setting: rule for setting, own_kind, rule in plan.rules or () if own_kind == kind}


def _others(plan: ScenarioFile, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the rules before the edits beside those of staffing, by kind: as asked, else as the file says."""
    kinds = {kind: None for _, kind, _ in plan.rules or () if kind != "staffing"}
    return {kind: _by_setting(plan, kind) for kind in kinds} | asked


def _staffing(plan: ScenarioFile, asked: Any, rural: bool) -> dict[Any, Any]:
    """Return the norms before the edits, by settings: as asked, else as the file says, else the usual one."""
    given = _by_setting(plan, "staffing")
    if asked is None and (given or plan.base is not None):
        hand_written = plan.base is None
        if not (hand_written and None in given and not rural):
            return given
        rule = given[None]
        return {} if rule is None else {rule.applies_to.name.lower(): rule}
    rule = one_rule(_DEFAULT, "staffing") if asked is None else asked
    return {None if rural else rule.applies_to.name.lower(): rule}


def _check_columns(ledger: "Ledger", rules: Any) -> None:
    for rule in rules:
        if rule is not None and basis_column(rule.basis) not in ledger.district.columns:
            key, column = "cli.scenario.no_norm", "col." + basis_column(rule.basis)
            raise InvalidInputError(
                text(key, "en", column=text(column, "en"), id=rule.id),
                text(key, "zh", column=text(column, "zh"), id=rule.id),
            )


def _print(compared: Comparison, conflicts: Sequence[Conflict], grid: Sweep | None, top: int, out: Printer) -> None:
    lang = out.lang
    for number, words in enumerate(compared.edits, start=1):
        out.line(f"{number:>3}  {words}")
    out.line(compared.sentence(), "bold")
    if compared.rows:
        out.heading(text("cli.scenario.summary", lang))
        out.table(compared.summary_headers, compared.summary())
        shown = compared.rows[: max(0, top)]
        out.heading(text("cli.scenario.detail", lang, n=len(shown), all=len(compared)))
        kept = [0, 2, 4, 5, 6, 7, 8]  # town, unit, measure, before, after, difference, edit
        out.table([compared.headers[c] for c in kept], [[compared.cells(row)[c] for c in kept] for row in shown])
    if conflicts:
        out.heading(text("conflict.head", lang, n=len(conflicts)))
        out.table(_conflict_heads(lang), [[c.number, c.words(lang), c.reason(lang)] for c in conflicts])
    if grid is not None:
        out.heading(text("compare.tab.sweep", lang))
        table = grid.table()
        out.table(table.headers, [list(row) for row in table.rows])
        for note in table.notes:
            out.line(note, "dim")


def _conflict_heads(lang: Lang) -> list[str]:
    return [text("conflict.number", lang), text("col.edit_words", lang), text("col.why", lang)]


def _conflicts_sheet(conflicts: Sequence[Conflict], compared: Comparison) -> Any:
    from shequ.report._workbook import Column, Sheet

    lang = compared.lang
    rows: list[list[object]] = [[c.number, c.words(lang), c.reason(lang)] for c in conflicts]
    kinds: list[Any] = ["count", "words", "words"]
    columns = [Column(head, kind, 60) for head, kind in zip(_conflict_heads(lang), kinds, strict=True)]
    title = text("conflict.title", lang, name=compared.place)
    states: dict[tuple[int, int], Any] = {(r, 2): "bad" for r in range(len(rows))}
    return Sheet(text("conflict.tab", lang), title, columns, rows, states=states)
