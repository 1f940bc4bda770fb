# SPDX-License-Identifier: BSD-3-Clause
# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
"""`shequ grids`: divide buildings into grids, or the nodes of a graph into parts."""

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from shequ._errors import InvalidInputError, Lang, optional_import
from shequ._messages import check_lang, text
from shequ.cli._output import (
    Printer,
    Register,
    argument,
    check_out,
    existing,
    lang_option,
    option,
    progress_bar,
    write_csv,
)

if TYPE_CHECKING:
    import geopandas as gpd

    from shequ.geo import GeoProblem, Grids

__all__ = ["add_grids", "read_layer", "tell_grids"]

#: Above this tolerance in metres shapes are neighbours by distance, below it by a border in common.
_BORDERS_M = 1.0
#: Problems of one kind that are shown.
_SHOWN = {"error": 10, "warning": 5, "note": 5}


def add_grids(command: Register, lang: Lang) -> None:
    """Add the command."""
    from shequ.geo.contiguity import TOUCH_M

    @command("grids")
    def grids(
        file: Annotated[Path, argument(lang, "cli.grids.file", text("cli.file", lang))],
        households: Annotated[str, option(lang, "cli.grids.households", "--households", metavar="NAME")] = "households",
        within: Annotated[str | None, option(lang, "cli.grids.within", "--within", metavar="NAME")] = None,
        code: Annotated[str | None, option(lang, "cli.grids.code", "--code", metavar="NAME")] = None,
        town: Annotated[str | None, option(lang, "cli.grids.town", "--town", metavar="NAME")] = None,
        ids: Annotated[str | None, option(lang, "cli.grids.id", "--id", metavar="NAME")] = None,
        tolerance: Annotated[float, option(lang, "cli.grids.tolerance", "--tolerance", metavar="M")] = TOUCH_M,
        repair: Annotated[bool, option(lang, "cli.grids.repair", "--repair")] = False,
        size: Annotated[tuple[int, int], option(lang, "cli.size", "--size", metavar="MIN MAX")] = (300, 500),
        weights: Annotated[str, option(lang, "cli.grids.weights", "--weights", metavar="NAME")] = "TOTPOP",
        parts: Annotated[str | None, option(lang, "cli.grids.parts", "--parts", metavar="K|K-L")] = None,
        lower: Annotated[int | None, option(lang, "cli.grids.lower", "--lower", metavar="N")] = None,
        upper: Annotated[int | None, option(lang, "cli.grids.upper", "--upper", metavar="N")] = None,
        time_limit: Annotated[float, option(lang, "cli.grids.time_limit", "--time-limit", metavar="S")] = 10.0,
        seed: Annotated[int, option(lang, "cli.seed", "--seed", metavar="N")] = 0,
        roads: Annotated[Path | None, option(lang, "cli.grids.roads", "--roads", metavar="FILE")] = None,
        barriers: Annotated[list[Path] | None, option(lang, "cli.grids.barriers", "--barriers", metavar="FILE")] = None,
        crossings: Annotated[Path | None, option(lang, "cli.grids.crossings", "--crossings", metavar="FILE")] = None,
        crossing: Annotated[list[str] | None, option(lang, "cli.grids.crossing", "--crossing", metavar="NAME")] = None,
        boundary: Annotated[Path | None, option(lang, "cli.grids.boundary", "--boundary", metavar="FILE")] = None,
        compounds: Annotated[Path | None, option(lang, "cli.grids.compounds", "--compounds", metavar="FILE")] = None,
        by: Annotated[str | None, option(lang, "cli.grids.by", "--by", metavar="cell|block")] = None,
        m2: Annotated[float | None, option(lang, "cli.grids.m2", "--m2-per-household", metavar="M2")] = None,
        out: Annotated[Path | None, option(lang, "cli.grids.out", "--out", metavar="FILE|DIR")] = None,
        language: Annotated[str, lang_option(lang)] = lang,
    ) -> None:
        printer = Printer(check_lang(language))
        town_layers = (roads, barriers, crossings, crossing, boundary, compounds, by, m2)
        if any(value is not None for value in town_layers) and not _is_graph(existing(file)):
            from shequ.cli._town import TownRequest, divide_town

            layers = TownRequest(
                file, roads, barriers or [], crossings, crossing or [], boundary, compounds, by or "cell", m2, households,
                within, ids, tolerance, repair,
            )  # fmt: skip
            options = {"size": size, "seed": seed, "time_limit_s": time_limit, "codes": code, "towns": town}
            status = divide_town(layers, options, out, printer)
        elif _is_graph(existing(file)):
            check_out(out, file, ".csv")
            bounds = _bounds(lower, upper)
            status = _graph(file, weights, _parts(parts), bounds, time_limit, seed, out, printer)
        else:
            check_out(out, file, ".csv", ".geojson", ".gpkg")
            columns = {"households": households, "within": within, "codes": code, "towns": town, "ids": ids}
            request = {
                "size": size,
                "seed": seed,
                "tolerance_m": tolerance,
                "time_limit_s": time_limit,
                "repair": repair,
            }
            status = _buildings(file, {**columns, **request}, out, printer)
        raise typer.Exit(status)


def _is_graph(file: Path) -> bool:
    """Tell a graph from shapes: both may be JSON."""
    if file.suffix.lower() != ".json":
        return False
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidInputError(f"{file} is no JSON: {error}", f"{file} 不是 JSON 文件：{error}") from error
    return not (isinstance(content, dict) and content.get("type") == "FeatureCollection")


def _buildings(file: Path, request: dict[str, Any], target: Path | None, out: Printer) -> int:
    from shequ.geo.grids import make_grids

    atoms, place = _read_shapes(file, request["ids"], out)
    # Buildings with streets between them have no border in common: how far apart they are must do.
    contiguity: Literal["rook", "queen"] = "queen" if request["tolerance_m"] > _BORDERS_M else "rook"
    with progress_bar(text("cli.grids.searching", out.lang)) as progress:
        grids = make_grids(atoms, progress=progress, contiguity=contiguity, **request)
    problems = [*place, *(problem for problem in grids.problems if not (place and problem.kind == "place"))]
    tell_grids(grids, problems, out)
    if target is not None:
        _write_grids(grids, target, out.lang)
        out.say("cli.wrote", path=target)
    return int(not grids.ok)


def tell_grids(grids: "Grids", problems: "list[GeoProblem]", out: Printer) -> None:
    """Print problems, the grids of each community, and which communities keep no bounds."""
    from shequ.report import needs_attention

    plan = grids.plan
    _tell_problems(problems, grids, out)
    rows = plan.report(out.lang)
    names = ("community", "households", "buildings", "grids", "least", "most", "state")
    keys = ("community", "households", "atoms", "grids", "min", "max", "state")
    states = {(r, 6): "warn" for r in range(len(rows)) if needs_attention(plan, r)}
    out.heading(text("cli.grids.by_community", out.lang))
    headers = [text("col." + name, out.lang) for name in names]
    out.table(headers, [[row[key] for key in keys] for row in rows], states=states)
    bad = sum(bool(grid.fault) for grid in plan.grids)
    out.say("cli.grids.total", grids=len(plan), bad=bad, uncovered=sum(entry.uncovered for entry in plan.communities))
    told = [row for k, row in enumerate(rows) if needs_attention(plan, k)]
    if told:
        out.heading(text("cli.grids.out_of_bounds", out.lang))
        for row in told:
            out.line(text("cli.bullet", out.lang, name=row["community"], what=row["remark"]))


def _tell_problems(problems: "list[GeoProblem]", grids: "Grids", out: Printer) -> None:
    """List what is wrong with the shapes: errors first, so many of a kind, and what would link the islands."""
    order = ("error", "warning", "note")
    if problems:
        out.heading(text("cli.grids.problems", out.lang))
    for (severity, kind), alike in groupby(
        sorted(problems, key=lambda problem: order.index(problem.severity)), lambda p: (p.severity, p.kind)
    ):
        every, most = list(alike), _SHOWN[severity]
        style = {"error": "bold red", "warning": "yellow"}.get(severity, "dim")
        for problem in every[:most]:
            out.line(text("cli.bullet", out.lang, name=text(severity, out.lang), what=problem.message(out.lang)), style)
        if len(every) > most:
            out.say(
                "cli.grids.more_problems",
                style=style,
                n=len(every) - most,
                kind=text(f"cli.grids.kind.{kind}", out.lang),
            )
    if len(grids.links) > 1:
        metres = sorted(link.distance_m for link in grids.links)
        values = {"least": metres[0], "half": metres[len(metres) // 2], "most": metres[-1]}
        out.say("cli.grids.islands", style="yellow", n=len(grids.islands), atoms=len(grids.atoms), **values)


def read_layer(file: Path) -> "gpd.GeoDataFrame":
    """Read a file of any format that geopandas reads, also where it is compressed with gzip."""
    with optional_import("reading buildings", "geopandas", "'shequ[geo]'", caller_zh="读取楼栋文件"):
        import geopandas as gpd
    try:
        # GDAL reads a compressed file where it is told that it is one.
        return gpd.read_file(f"/vsigzip/{file.absolute()}" if file.suffix.lower() == ".gz" else file)
    except Exception as error:  # the drivers raise classes of their own
        raise InvalidInputError(
            text("cli.unreadable", "en", path=file, why=error), text("cli.unreadable", "zh", path=file, why=error)
        ) from error


def _read_shapes(file: Path, ids: str | None, out: Printer) -> "tuple[gpd.GeoDataFrame, list[GeoProblem]]":
    """Read shapes; those in degrees are converted to metres, which is said. Also return a doubt about these degrees."""
    from shequ.geo._labels import atom_labels
    from shequ.geo._problems import place_problem

    shapes = read_layer(file)
    place: list[GeoProblem] = []
    if shapes.crs is not None and shapes.crs.is_geographic and len(shapes):
        found = place_problem(shapes, atom_labels(shapes, ids)[0])
        place = [] if found is None else [found]
        try:
            metres = shapes.estimate_utm_crs()
        except RuntimeError:
            low_x, low_y, high_x, high_y = shapes.total_bounds.tolist()
            where = f"x {low_x:g} … {high_x:g}, y {low_y:g} … {high_y:g}"
            english, chinese = (text("cli.grids.not_degrees", lang, path=file, where=where) for lang in ("en", "zh"))
            if found is not None:
                english, chinese = f"{english}; {found.english}", f"{chinese}；{found.chinese}"
            raise InvalidInputError(english, chinese) from None
        out.say("cli.grids.projected", style="dim", crs=metres.to_string())
        shapes = shapes.to_crs(metres)
    return shapes, place


def _write_grids(grids: "Grids", target: Path, lang: Lang) -> None:
    suffix = target.suffix.lower()
    if suffix == ".csv":
        grids.write_csv(target, lang)
    elif suffix == ".geojson":
        grids.write_geojson(target, lang)
    else:
        grids.to_geodataframe(lang).to_file(target, driver="GPKG")


def _bounds(lower: int | None, upper: int | None) -> tuple[int, int]:
    if lower is None or upper is None:
        raise InvalidInputError(text("cli.grids.need_bounds", "en"), text("cli.grids.need_bounds", "zh"))
    return lower, upper


def _parts(value: str | None) -> int | tuple[int, int] | None:
    """Read "3" or "3-5"."""
    if value is None:
        return None
    first, dash, last = value.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise InvalidInputError(
            text("cli.grids.bad_parts", "en", value=value), text("cli.grids.bad_parts", "zh", value=value)
        )
    return (int(first), int(last)) if dash else int(first)


def _graph(
    file: Path,
    weights: str,
    parts: int | tuple[int, int] | None,
    bounds: tuple[int, int],
    time_limit_s: float,
    seed: int,
    target: Path | None,
    out: Printer,
) -> int:
    from shequ.districting import Problem, certify, diagnose, solve
    from shequ.graph import Graph

    graph = Graph.from_json(file)
    problem = Problem(graph, weights=weights, parts=parts, lower=bounds[0], upper=bounds[1])
    diagnosis = diagnose(problem)
    if diagnosis.feasible is False:
        out.say("cli.grids.infeasible", style="bold red")
        for key, items in (("reasons", diagnosis.reasons), ("relaxations", diagnosis.relaxations)):
            out.heading(text(f"cli.grids.{key}", out.lang))
            for item in items:
                out.line("• " + item.message(out.lang))
        return 1
    with progress_bar(text("cli.grids.searching", out.lang)) as bar:
        tell = None if bar is None else (lambda state: bar(round(100 * state.fraction), 100))
        plan = solve(problem, seed=seed, time_limit_s=time_limit_s, progress=tell)
    certificate = certify(problem, plan)
    bound = text("cli.none", out.lang) if plan.bound is None else f"{plan.bound:,}"
    state = text(f"cli.grids.{plan.status.name.lower()}", out.lang)
    out.say("cli.grids.plan", parts=plan.part_count, objective=plan.objective, bound=bound, state=state)
    heavy = [int(weight) for weight in plan.part_weights]
    out.say("cli.grids.weights_line", least=min(heavy, default=0), most=max(heavy, default=0))
    if certificate.ok:
        out.say("cli.grids.certified", style="green")
    else:
        out.say("cli.grids.not_certified", style="bold red")
        for violation in certificate.violations:
            out.line("• " + violation.message(out.lang))
    if target is not None:
        rows = [[str(id), int(part)] for id, part in zip(graph.ids, plan.labels, strict=True)]
        write_csv(target, [text("col.node", out.lang), text("col.part", out.lang)], rows)
        out.say("cli.wrote", path=target)
    return int(not certificate.ok)
