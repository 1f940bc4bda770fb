# SPDX-License-Identifier: BSD-3-Clause
"""One figure from several departments: every source kept, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shequ.district import District

__all__ = ["compare_sources"]


def compare_sources(sources: Mapping[str, District], column: str = "households") -> list[dict[str, object]]:
    """Put the figures of several sources side by side, by town and in total.

    Parameters
    ----------
    sources : mapping of name to District
        At least two, such as those of the police, of statistics and of civil affairs; the first is the basis.
    column : str, default "households"
        The figure.

    Returns
    -------
    list of dict
        One a town in the order of the first source, then the towns of others, then the total: code, name, the sum of each
        source (None where a community of the town has none, or the source has no such town), ``missing`` (communities of
        all sources without a figure) and for each source but the first its difference, ``"<name> - <basis>"``.

    Raises
    ------
    InvalidInputError
        Fewer than two sources, or one without the column.
    """
    if len(sources) < 2:
        raise InvalidInputError("sources must hold two or more", "至少需要两个来源")
    sums: dict[str, dict[str, tuple[int | None, int]]] = {}
    names: dict[str, str] = {}
    for source, district in sources.items():
        if column not in district.columns:
            raise InvalidInputError(f"the source {source} has no column {column}", f"来源“{source}”没有 {column} 列")
        tree, figures = district.hierarchy, np.ma.asarray(district.columns[column])
        for town in tree.at_level("town").tolist():
            communities = [u for u in tree.at_level("community").tolist() if tree.parent(u) == town]
            values = figures[communities]
            unknown = int(np.ma.getmaskarray(values).sum())
            total = None if unknown else int(values.sum()) if communities else 0
            code = tree.code(town)
            names.setdefault(code, tree.name(town))
            sums.setdefault(code, {})[source] = (total, unknown)
    rows = [_row(code, names[code], list(sources), of) for code, of in sums.items()]
    whole: dict[str, tuple[int | None, int]] = {}
    for source in sources:
        parts = [of.get(source, (None, 0)) for of in sums.values()]
        known = [part for part, _ in parts if part is not None]
        whole[source] = (sum(known) if len(known) == len(parts) else None, sum(n for _, n in parts))
    return [*rows, _row("", "", list(sources), whole)]


def _row(code: str, name: str, sources: list[str], of: Mapping[str, tuple[int | None, int]]) -> dict[str, object]:
    values = {source: of.get(source, (None, 0))[0] for source in sources}
    basis = sources[0]
    row: dict[str, object] = {"code": code, "name": name, **values, "missing": sum(n for _, n in of.values())}
    for source in sources[1:]:
        mine, first = values[source], values[basis]
        row[f"{source} - {basis}"] = None if mine is None or first is None else mine - first
    return row
