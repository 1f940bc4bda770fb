# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ demo`: the main job on the built-in district."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from shequ._errors import Lang
from shequ._messages import check_lang, text
from shequ._repr_text import pad
from shequ.cli._output import Printer, Register, lang_option, option, progress_bar
from shequ.report import needs_attention

if TYPE_CHECKING:
    from shequ.demo import Demo

__all__ = ["add_demo"]


def add_demo(command: Register, lang: Lang) -> None:
    """Add the command."""

    @command("demo")
    def demo(
        out: Annotated[Path, option(lang, "cli.demo.out", "--out", metavar="DIR")] = Path("demo"),
        seed: Annotated[int, option(lang, "cli.seed", "--seed", metavar="N")] = 0,
        size: Annotated[tuple[int, int], option(lang, "cli.size", "--size", metavar="MIN MAX")] = (300, 500),
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        from shequ.demo import run

        started = time.perf_counter()
        printer = Printer(check_lang(language))
        with progress_bar(text("demo.working", printer.lang)) as progress:
            made = run(out, seed=seed, size=size, lang=printer.lang, progress=progress)
        attention = _print(made, printer)
        printer.say("demo.elapsed", style="dim", seconds=time.perf_counter() - started)
        raise typer.Exit(int(attention))


def _print(made: "Demo", out: Printer) -> bool:
    """Print all of it; tell whether something needs attention."""
    staff, plan, lang = made.staff, made.plan, out.lang
    total, atoms = staff.total, made.district.atoms
    name = made.district.hierarchy.name(0, lang)
    out.say(
        "demo.title",
        style="bold",
        name=name,
        towns=len(staff.towns),
        communities=len(staff),
        households=total.households,
        buildings=0 if atoms is None else len(atoms),
    )
    headers, rows, states = _table(made, lang)
    out.table(headers, rows, states=states)
    if total.unanswered:
        out.say("demo.counted", style="dim")
    out.line(staff.summary())
    uncovered = sum(entry.uncovered for entry in plan.communities)
    good = sum(not grid.fault for grid in plan.grids)
    lower, upper = plan.size
    out.say("demo.grids", lower=lower, upper=upper, grids=len(plan), good=good, uncovered=uncovered)
    told = [entry for k, entry in enumerate(plan.communities) if needs_attention(plan, k)]
    if told:
        out.heading(text("demo.out_of_bounds", lang))
        for entry in told:
            name = entry.name if lang == "zh" else entry.name_en
            out.line(text("cli.bullet", lang, name=name, what=entry.message(lang)))
    out.heading(text("demo.wrote", lang, folder=made.folder))
    for kind, file in made.files:
        out.line(f"  {pad(file.name, 14)} {text('demo.' + kind, lang)}")
    for kind, error in made.skipped:
        out.line(f"  {text('demo.' + kind, lang)}: {text('demo.skipped', lang, why=error.message(lang))}", "yellow")
    if told:
        out.say("demo.attention", n=len(told))
    return bool(told or made.skipped)


def _table(made: "Demo", lang: Lang) -> tuple[list[str], list[list[object]], dict[tuple[int, int], str]]:
    """Return headers, one row a town and one a community below it, and the cells to colour."""
    staff, plan = made.staff, made.plan
    entry_of = {entry.code: k for k, entry in enumerate(plan.communities)}
    names = ("community", "households", "workers", "posts", "status", "grids")
    headers = [
        *(text("col." + name, lang) for name in names),
        *(text("demo." + key, lang) for key in ("sizes", "state")),
    ]
    rows: list[list[object]] = []
    states: dict[tuple[int, int], str] = {}
    for t, town in enumerate(staff.totals()):
        head = len(rows)
        key = "short" if town.shortage else "over" if town.surplus else "even"
        key = "both" if town.shortage and town.surplus else key
        status = text("staff." + key, lang, n=town.shortage or town.surplus, more=town.surplus)
        rows.append([town.name, town.households, town.workers, town.posts, status, 0, None, ""])
        states |= {(head, c): "head" for c in range(len(headers))}
        grids = 0
        for i in np.flatnonzero(staff.town_index == t).tolist():
            _, _, community, _, households, posts, workers, gap, *_ = staff.row(i)
            k = entry_of[staff.code[i]]
            entry = plan.communities[k]
            grids += entry.count
            sizes = [grid.households for grid in plan.grids_of(k) if not grid.dedicated]
            rows.append([f"  {community}", households, workers, posts, staff.status(i), entry.count, _spread(sizes)])
            rows[-1].append(entry.state(lang))
            if isinstance(gap, int) and gap:
                states[len(rows) - 1, 4] = "bad" if gap > 0 else "warn"
            if needs_attention(plan, k):
                states[len(rows) - 1, 7] = "warn"
        rows[head][5] = grids
    return headers, rows, states


def _spread(sizes: list[int]) -> str | None:
    if not sizes:
        return None
    return f"{min(sizes):,}–{max(sizes):,}" if min(sizes) < max(sizes) else f"{sizes[0]:,}"
