# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ sheet`: the district sheet of a ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shequ import norms
from shequ._errors import InvalidInputError, Lang
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._sheet_table import reasons_table, towns_table, unknown_rows
from shequ.cli._ledger import FINDINGS_SHOWN, chosen_columns, findings, print_findings, read
from shequ.cli._norm_choice import chosen_norms, rules_of
from shequ.cli._output import Printer, Register, argument, check_out, existing, lang_option, option
from shequ.io import ReadOptions
from shequ.rules import CertificationRule, VisitRule
from shequ.sheet import DistrictSheet, district_sheet

if TYPE_CHECKING:
    from shequ.hierarchy import Hierarchy
    from shequ.io import Ledger

__all__ = ["add_sheet", "find_unit"]

#: What is taken where no norm of the kind is named.
_DEFAULTS = {"staffing": "staff.wujin2012", "premises": "area.wujin2012", "outdoor": "area.wujin2012"}
_DEFAULTS |= {"grid_size": "grid.haikou2020"}

#: Shares of certificates asked for, urban and rural: cert.jiangsu2012.
_CERTIFICATES = ("80%", "50%")


def add_sheet(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("sheet")
    def sheet(
        file: Annotated[Path, argument(lang, "cli.staff.file", text("cli.file", lang))],
        norm: Annotated[list[str] | None, option(lang, "cli.sheet.norm", "--norm", metavar="ID|TOML")] = None,
        basis: Annotated[str | None, option(lang, "cli.sheet.basis", "--basis", metavar="NAME")] = None,
        shares: Annotated[
            tuple[str, str] | None, option(lang, "cli.sheet.shares", "--shares", metavar="TOWN DISTRICT")
        ] = None,
        size: Annotated[tuple[int, int] | None, option(lang, "cli.sheet.size", "--size", metavar="MIN MAX")] = None,
        certificate_level: Annotated[
            str | None, option(lang, "cli.sheet.certificate_level", "--certificate-level", metavar="LEVEL")
        ] = None,
        visits_per: Annotated[
            str | None, option(lang, "cli.sheet.visits_per", "--visits-per", metavar="week|half_day")
        ] = None,
        explain: Annotated[list[str] | None, option(lang, "cli.sheet.explain", "--explain", metavar="CODE")] = None,
        rural: Annotated[bool, option(lang, "cli.norms.rural", "--rural")] = False,
        tab: Annotated[str | None, option(lang, "cli.sheet", "--sheet", metavar="NAME")] = None,
        encoding: Annotated[str | None, option(lang, "cli.encoding", "--encoding", metavar="NAME")] = None,
        column: Annotated[list[str] | None, option(lang, "cli.column", "--column", metavar="FIELD=HEADER")] = None,
        fill_down: Annotated[bool, option(lang, "cli.fill_down", "--fill-down")] = False,
        derive_parents: Annotated[bool, option(lang, "cli.derive_parents", "--derive-parents")] = False,
        out: Annotated[Path | None, option(lang, "cli.sheet.out", "--out", metavar="FILE")] = None,
        top: Annotated[int, option(lang, "cli.sheet.top", "--top", metavar="N")] = 20,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        from shequ import FundingShares

        printer = Printer(check_lang(language))
        check_out(out, file, ".xlsx", ".csv", ".html")
        given: dict[str, Any] = rules_of(chosen_norms(norm or ()))
        given |= {} if shares is None else {"shares": FundingShares(town=shares[0], district=shares[1])}
        given |= {} if size is None else {"grid_size": size}
        if certificate_level is not None:
            given["certificates"] = [
                CertificationRule(required=share, min_level=certificate_level, id="cert.jiangsu2012")
                for share in _CERTIFICATES
            ]
        if visits_per is not None:
            # working weeks do not enter the weeks of a round
            given["visits"] = VisitRule(per=visits_per, working_weeks=48, id="visit.shizhong2009")
        options: ReadOptions = {"sheet": tab, "encoding": encoding, "columns": chosen_columns(column or ())}
        options |= {"fill_down": fill_down, "derive_parents": derive_parents}
        ledger = read(existing(file), options, printer)
        rules, absent = _rules(ledger, given, printer.lang)
        made = district_sheet(
            ledger.district,
            household_basis=basis or _basis(ledger),
            every_setting=rural,
            lang=printer.lang,
            **rules,
        )
        lines = [text("sheet.line.absent", printer.lang, what=text("separator", printer.lang).join(absent))]
        raise typer.Exit(_print(made, ledger, explain or (), lines if absent else [], out, top, printer))


def _rules(ledger: "Ledger", given: dict[str, Any], lang: Lang) -> tuple[dict[str, Any], list[str]]:
    """Return the rules that the columns allow, and in words what is left out and why."""
    columns = ledger.district.columns
    rules: dict[str, Any] = {}
    absent: list[str] = []

    def ask(name: str, rule: Any, *needs: str) -> bool:
        lacking = [text("col." + need, lang) for need in needs if need not in columns]
        if lacking:
            label = text("sheet.rule." + name, lang)
            absent.append(text("sheet.absent.column", lang, rule=label, column=text("comma", lang).join(lacking)))
        elif rule is None:
            how = text("sheet.how." + name, lang)
            absent.append(text("sheet.absent.no_rule", lang, rule=text("sheet.rule." + name, lang), how=how))
        return not lacking and rule is not None

    for kind, id in _DEFAULTS.items():
        given.setdefault(kind, getattr(norms.get(id), kind))
    if ask("staffing", given["staffing"], basis_column(given["staffing"].basis)):
        rules["staffing"] = given["staffing"]
        ask("gap", True, "workers")
    if ask("funding", given.get("funding"), "households"):
        rules["funding"] = given["funding"]
        rules["shares"] = given.get("shares")
        ask("unpaid", True, "paid_fen")
    if ask("certificates", given.get("certificates"), "workers", "certified"):
        rules["urban_certification"], rules["rural_certification"] = given["certificates"]
    for kind, need in (("premises", "office_m2"), ("outdoor", "outdoor_m2"), ("grid_size", "households")):
        if ask(kind, given[kind], need):
            rules[kind] = given[kind]
    if ask("visits", given.get("visits"), "households", "workers"):
        rules["visits"] = given["visits"]
    if not rules:
        listed = ", ".join(ledger.report.headers.values())
        raise InvalidInputError(
            text("cli.sheet.nothing", "en", columns=listed), text("cli.sheet.nothing", "zh", columns=listed)
        )
    return rules, absent


def _basis(ledger: "Ledger") -> str:
    """Return what the households are, by their header; "households" where it does not say."""
    header = ledger.report.headers.get("households", "")
    return "registered_households" if "户籍" in header else "resident_households" if "常住" in header else "households"


def _print(
    made: DistrictSheet,
    ledger: "Ledger",
    explained: Sequence[str],
    lines: list[str],
    target: Path | None,
    top: int,
    out: Printer,
) -> int:
    lang, tree = out.lang, made.hierarchy
    units = [find_unit(tree, word, lang) for word in explained]
    for line in lines:
        out.line(line, "dim")
    towns = towns_table(made, ("households", "workers"))  # all that is given is in the file
    out.heading(text("cli.staff.by_town", lang))
    out.table(towns.headers, towns.rows, states=towns.states, total=towns.total)
    out.say("sheet.line.sums", style="dim")
    if units:
        for unit in units:
            table = reasons_table(made, [unit])
            out.heading(f"{tree.name(unit, lang)}  {tree.code(unit)}")
            states = {(r, c - 3): state for (r, c), state in table.states.items()}
            out.table(table.headers[3:], [row[3:] for row in table.rows], states=states)
    missing = unknown_rows(made)
    if missing:
        out.heading(text("cli.sheet.unknown", lang, n=len({str(row[1]) for row in missing})))
        shown = missing[: max(0, top)]
        heads = [text("col." + name, lang) for name in ("town", "code", "community", "measure", "why")]
        out.table(heads, shown)
        if len(missing) > len(shown):
            out.say("cli.more", n=len(missing) - len(shown))
    else:
        out.say("cli.sheet.all_known", style="green")
    found = findings(ledger, lang)
    if found:
        out.heading(text("cli.staff.findings", lang))
        print_findings(found, FINDINGS_SHOWN, out)
    if target is not None:
        made.save(target, read=ledger.report, lines=lines)
        out.say("cli.wrote", path=target)
    return int(bool(missing) or any(finding[0] == "error" for finding in found))


def find_unit(tree: "Hierarchy", word: str, lang: Lang) -> int:
    """Return the unit of a code, or of a name that only one has; raise InvalidInputError otherwise."""
    unit = tree.find(word)
    if unit is not None:
        return unit
    named = [u for u in range(len(tree)) if word in (tree.name(u), tree.name(u, lang))]
    if len(named) == 1:
        return named[0]
    if not named:
        raise InvalidInputError(text("cli.no_unit", "en", name=word), text("cli.no_unit", "zh", name=word))
    listed = ", ".join(tree.code(u) for u in named[:10])
    values = {"name": word, "n": len(named), "codes": listed}
    raise InvalidInputError(text("cli.many_units", "en", **values), text("cli.many_units", "zh", **values))
