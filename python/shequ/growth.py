# SPDX-License-Identifier: BSD-3-Clause
"""Posts under growth (增长测算): a grid of norms and rates for all communities, and random growth with quantiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._answers import AnswerTable
from shequ._columns import MAX_COUNT
from shequ._counted import Counted, counted, exact, in_scope, rule_of
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._sweep_sums import SweepCounts, SweepPart, grown_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._core import Norm
    from shequ._counted import Source, StaffingNorm
    from shequ._errors import Lang

    Ints = NDArray[np.int64]
    GrowthRounding = Literal["floor", "ceil", "round"]

__all__ = ["Sweep", "grow", "sweep"]

_ROUNDINGS = ("floor", "ceil", "round")
_MAX_DENOMINATOR = 1_000_000


def grow(counts: Any, rate: Any, rounding: GrowthRounding = "round") -> Any:
    """Return counts grown by a rate, exactly: no float takes part.

    Parameters
    ----------
    counts : int, or array of int, shape (n,)
        0 to 2147483647.
    rate : Fraction, int or str
        "5%" or Fraction(1, 20): a twentieth more; -1 or more, denominator at most 1,000,000.
    rounding : {"round", "floor", "ceil"}
        Of what is no whole household: half up by default.

    Returns
    -------
    int or ndarray of int64, shape (n,)

    Raises
    ------
    InvalidInputError
        The rate is below -1, or a count grows beyond 2147483647.

    Examples
    --------
    >>> grow([900, 1001, 10], "5%").tolist()  # 945, 1051.05, 10.5
    [945, 1051, 11]
    """
    wanted = exact(rate, "rate")
    if rounding not in _ROUNDINGS:
        raise InvalidInputError(
            f"rounding={rounding!r} must be one of {', '.join(_ROUNDINGS)}",
            f"rounding={rounding!r} 必须是以下之一：{', '.join(_ROUNDINGS)}",
        )
    up, down = (1 + wanted).numerator, (1 + wanted).denominator
    if up < 0 or down > _MAX_DENOMINATOR or up > MAX_COUNT:
        raise InvalidInputError(
            f"rate={rate} must be -1 or more, with a denominator of at most {_MAX_DENOMINATOR:,}",
            f"rate={rate} 必须不小于 -1，分母不超过 {_MAX_DENOMINATOR:,}",
        )
    grown = grown_by(np.asarray(counts, dtype=np.int64), up, down, rounding)
    if grown.size and int(grown.max()) > MAX_COUNT:
        raise InvalidInputError(
            f"rate={rate} makes a count of {int(grown.max())}; it must be at most {MAX_COUNT}",
            f"rate={rate} 使数值达到 {int(grown.max())}，必须不超过 {MAX_COUNT}",
        )
    return int(grown) if grown.ndim == 0 else grown


@dataclass(frozen=True)
class Sweep:
    """Posts of all communities under every norm and growth rate; made by `sweep`.

    Parameters
    ----------
    rules : tuple of str
        Names of the norms: id, and the rounding where it has one.
    rates : tuple of Fraction
    rounding : str
        How grown counts were made whole.
    towns : tuple of str
    posts, posts_most, shortage, surplus, answered : ndarray of int64, shape (n_rules, n_rates, n_towns)
        Sums over the communities of a town; add over the last axis for the whole. Shortage and surplus count the communities
        whose workers are known; `answered` counts those with a number of posts.
    has_workers : bool
        Whether shortage and surplus mean anything.
    """

    rules: tuple[str, ...]
    rates: tuple[Fraction, ...]
    rounding: str
    towns: tuple[str, ...]
    posts: Ints
    posts_most: Ints
    shortage: Ints
    surplus: Ints
    answered: Ints
    has_workers: bool
    _source: Counted
    _norms: tuple[StaffingNorm | None, ...]
    _every_setting: bool
    _place: str
    _lang: Lang

    def total(self, name: str) -> Ints:
        """Return the sums of all towns, shape (n_rules, n_rates): "posts", "posts_most", "shortage", "surplus", "answered"."""
        sums: Ints = getattr(self, name).sum(axis=2)
        return sums

    def communities(self, rule: int, rate: int) -> tuple[IntColumn, IntColumn]:
        """Return least and most posts of every community for a norm and a rate, by their numbers in the grid."""
        least, most = (np.ma.MaskedArray(np.zeros(len(self._source), dtype=np.int64), mask=True) for _ in range(2))
        for norm, wanted in _parts(self._source, self._norms[rule], self._every_setting):
            counts = self._source.of(basis_column(norm.basis), norm.id)
            here = np.flatnonzero(wanted & ~np.ma.getmaskarray(counts))
            grown = grow(counts.data[here], self.rates[rate], self.rounding)  # type: ignore[arg-type]
            least[here], most[here] = norm.posts_range(grown)
        return least, most

    def table(self, *, by_town: bool = False) -> AnswerTable:
        """Return the grid as rows: norm, rate, town where asked, communities answered, posts, shortage, surplus."""
        ranged = bool((self.posts_most != self.posts).any())
        names = ["norm", "rate", *(["town"] if by_town else []), "answered", "posts"]
        names += [*(["posts_most"] if ranged else []), *(["shortage", "surplus"] if self.has_workers else [])]
        numbers = names[names.index("answered") :]
        rows: list[tuple[object, ...]] = []
        sums = {name: getattr(self, name) if by_town else self.total(name) for name in numbers}
        for i, rule in enumerate(self.rules):
            for j, rate in enumerate(self.rates):
                head = (rule, percent(rate))
                if by_town:
                    rows += [
                        (*head, town, *(int(sums[name][i, j, t]) for name in numbers))
                        for t, town in enumerate(self.towns)
                    ]
                else:
                    rows.append((*head, *(int(sums[name][i, j]) for name in numbers)))
        notes = (text("sweep.rounded", self._lang, how=text("sweep." + self.rounding, self._lang)),)
        return AnswerTable(text("sweep.title", self._lang), tuple(names), tuple(rows), notes, self._lang)

    def sheet(self) -> Any:
        """Return the grid as a sheet for `Comparison.save`."""
        from shequ.report._workbook import Column, Sheet

        table = self.table(by_town=True)
        kinds: list[Any] = ["text", "word", "text", *["count"] * (len(table.names) - 3)]
        columns = [Column(head, kind, 30) for head, kind in zip(table.headers, kinds, strict=True)]
        total = text("total", self._lang)
        rows = [[row[0], row[1], total, *row[2:]] for row in self.table().rows]
        rows += [list(row) for row in table.rows]
        title = text("compare.title.sweep", self._lang, name=self._place)
        tab = text("compare.tab.sweep", self._lang)
        return Sheet(tab, title, columns, rows, list(table.notes), frozen=3)

    def to_dataframe(self, *, by_town: bool = False) -> Any:
        """Return `table` as a frame; needs pandas."""
        return self.table(by_town=by_town).to_dataframe()

    def __repr__(self) -> str:
        """Return one line."""
        return f"<Sweep: {len(self.rules)} norms, {len(self.rates)} rates, {len(self._source)} communities>"

    def __str__(self) -> str:
        """Return the sums as text."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def percent(rate: Fraction) -> str:
    """Return a rate as people write it: "5%", "2.5%", else as a fraction."""
    hundredfold = rate * 100
    if hundredfold.denominator == 1:
        return f"{hundredfold}%"
    shown = hundredfold * 1000
    return f"{float(hundredfold):.3f}".rstrip("0") + "%" if shown.denominator == 1 else str(rate)


def sweep(
    source: Source,
    rules: Iterable[StaffingNorm | Norm | str | None] | StaffingNorm | Norm | str | None,
    rates: Sequence[Any],
    *,
    rounding: GrowthRounding = "round",
    every_setting: bool = False,
    by_town: bool = True,
    threads: int = 1,
    place: str = "",
    lang: Lang = "zh",
) -> Sweep:
    """Compute the posts of all communities for every norm and every rate of growth.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
        What the norms count (`households`, `dwellings`, `persons`), and as far as known `workers`, `setting`, `town`.
    rules : norms of staffing, or ids of norms
        None: the norms that the communities of a scenario have.
    rates : sequence of Fraction, int or str
        "5%", "-1/50", 0. Exact: no float takes part.
    rounding : {"round", "floor", "ceil"}
        How a count that is grown becomes whole: half up by default.
    every_setting : bool, default False
        Apply norms to urban and rural communities alike.
    by_town : bool, default True
        False: one sum over all communities, much faster: communities that count the same are computed once.
    threads : int, default 1
        The result does not depend on it.
    place, lang : str
        Name and language of tables.

    Returns
    -------
    Sweep

    Raises
    ------
    InvalidInputError
        A column that a norm counts is missing, a rate is no fraction or below -1, a count grows beyond 2147483647.

    Notes
    -----
    A norm is applied to each community, and communities are summed: O(norms x rates x communities), or for one sum O(norms x
    rates x counts that differ). Workers stay as they are.

    Examples
    --------
    >>> found = sweep({"households": [900, 1240, 2600]}, "staff.wujin2012", ["0%", "5%", "10%"], lang="en")
    >>> found.total("posts").tolist()
    [[18, 19, 20]]
    """
    lang = check_lang(lang)
    if threads < 1:
        raise InvalidInputError(f"threads={threads} must be 1 or more", f"threads={threads} 必须大于等于 1")
    given = list(rules) if isinstance(rules, Iterable) and not isinstance(rules, str) else [rules]
    chosen = tuple(None if rule is None else rule_of(rule) for rule in given)
    steps = tuple(exact(rate, "rates") for rate in rates)
    if isinstance(source, Mapping) and not by_town:  # reading the names of towns would take longer than all else
        source = {name: column for name, column in source.items() if name != "town"}
    communities = counted(source, lang)
    town_index = communities.town_index if by_town else np.zeros(len(communities), dtype=np.int64)
    towns = communities.towns if by_town else [text("total", lang)]
    order = np.argsort(town_index, kind="stable") if by_town else np.arange(len(communities))
    num_towns = len(towns)
    shape = (len(chosen), len(steps), num_towns)
    results = {name: np.empty(shape, np.int64) for name in ("posts", "posts_most", "shortage", "surplus", "answered")}
    for sums in results.values():
        sums.fill(0)  # np.zeros would get its memory in small pages, which takes longer than the sums
    workers = communities.columns.get("workers")
    # norms that count the same of the same communities share the grown counts
    groups: dict[tuple[str, bytes], list[tuple[int, StaffingNorm]]] = {}
    for i, row in enumerate(chosen):
        for rule, wanted in _parts(communities, row, every_setting):
            groups.setdefault((basis_column(rule.basis), np.packbits(wanted).tobytes()), []).append((i, rule))
    jobs = []
    for (column, packed), members in groups.items():
        counts = communities.of(column, members[0][1].id)
        wanted = np.unpackbits(np.frombuffer(packed, np.uint8), count=len(communities)).astype(np.bool_)
        kept = order[(wanted & ~np.ma.getmaskarray(counts))[order]]
        most = [int(counts.data[kept].max())] if len(kept) else []
        for rate in steps:  # errors before any work
            grow(most, rate, rounding)
        parts: list[SweepCounts | SweepPart] = []
        if by_town:
            parts.append(SweepPart(counts.data[kept], town_index[kept], None if workers is None else workers[kept]))
        else:
            parts += _one_sum(counts.data[kept], None if workers is None else workers[kept])
        jobs += [(parts, members, j) for j in range(len(steps))]

    def run(job: tuple[list[SweepCounts | SweepPart], list[tuple[int, StaffingNorm]], int]) -> None:
        parts, members, j = job
        for part in parts:
            part.fill(results, members, j, steps[j], rounding)

    if threads == 1 or None in chosen:  # parts of one row add to the same cells
        for job in jobs:
            run(job)
    else:
        with ThreadPoolExecutor(threads) as pool:  # each job writes cells of its own
            list(pool.map(run, jobs))
    return Sweep(
        rules=tuple(_called(rule, lang) for rule in chosen),
        rates=steps,
        rounding=rounding,
        towns=tuple(towns),
        **results,
        has_workers=workers is not None,
        _source=communities,
        _norms=chosen,
        _every_setting=every_setting,
        _place=place,
        _lang=lang,
    )


def _one_sum(counts: Ints, workers: IntColumn | None) -> list[SweepCounts | SweepPart]:
    """Return what sums communities without regard to their towns."""
    if workers is None:
        return [SweepCounts(counts, None)]
    unknown = np.ma.getmaskarray(workers)  # without shortage and surplus, but with posts
    known = workers.data[~unknown]
    if not SweepCounts.fits(counts, known):
        return [SweepPart(counts, np.zeros(len(counts), dtype=np.int64), workers)]
    return [SweepCounts(counts[~unknown], known), SweepCounts(counts[unknown], None)]


def _called(rule: StaffingNorm | None, lang: Lang) -> str:
    if rule is None:
        return text("sweep.own", lang)
    rounding = getattr(rule, "rounding", None)
    return rule.id if rounding is None else f"{rule.id} {rounding.name.lower()}"


def _parts(
    communities: Counted, rule: StaffingNorm | None, every_setting: bool
) -> list[tuple[StaffingNorm, NDArray[np.bool_]]]:
    """Return a rule and whom it is for; of None the norms that communities have of their own, and whose each is."""
    if rule is not None:
        return [(rule, in_scope(communities, rule, every_setting))]
    if communities.own_norm is None:
        raise InvalidInputError("rules=None must be norms of staffing", "rules=None 必须是配备标准")
    found: dict[StaffingNorm, NDArray[np.bool_]] = {}
    for i in range(len(communities)):
        own = communities.own_norm(i)
        if own is not None:
            found.setdefault(own, np.zeros(len(communities), dtype=np.bool_))[i] = True
    return list(found.items())
