# SPDX-License-Identifier: BSD-3-Clause
"""Posts of every community with the reason in words, and what towns and the district add up to (社区工作者配备核定).

A town's number is the sum over its communities; a rule is never applied to the households of a town.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import norms
from shequ._columns import UNKNOWN, count_column, guess_setting, setting_column
from shequ._core import Level, StaffingRatio, StaffingRule, StaffingTable
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._staff_table import Answer, StaffTable, StaffTotal, describe_rule, reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._errors import Lang
    from shequ._staff_table import StaffingNorm
    from shequ.district import District
    from shequ.hierarchy import Hierarchy
    from shequ.io import ReadReport

__all__ = ["Answer", "StaffTable", "StaffTotal", "describe_rule", "reason", "staff_table"]

#: Columns from which urban is told from rural.
_TELLING = {"setting", "kind", "code", "name"}


def staff_table(
    source: District | Mapping[str, Any],
    *,
    rule: StaffingNorm | str | None = None,
    every_setting: bool = False,
    read: ReadReport | None = None,
    lang: Lang = "zh",
) -> StaffTable:
    """Compute posts, gaps and reasons for every community.

    Parameters
    ----------
    source : District or mapping of columns
        A district with the column that the rule counts (`households`, `dwellings` or `persons`), or columns of n
        communities each: that one, and as far as known `workers`, `setting` (urban or rural), `kind`, `code`, `name`, `town`.
    rule : StaffingRule, StaffingRatio, StaffingTable or str, optional
        The rule or the id of its norm; `StaffingRule()` by default: staff.wujin2012, floor.
    every_setting : bool, default False
        Apply the rule also to the communities that it is not meant for (villages, for an urban rule).
    read : ReadReport, optional
        What reading the district's file said: households that could not be read are then quoted, not called missing.
    lang : "zh" or "en", default "zh"
        Language of names and reasons.

    Returns
    -------
    StaffTable
        One entry a community, in the order of the source: none is left out. Those that got no number say why.

    Raises
    ------
    InvalidInputError
        There is no column of what the rule counts, columns differ in length, or the norm is not one of staffing.

    Notes
    -----
    Where a community gives no setting, its kind tells (`kind`: 0 residents', 1 villagers' committee, 2 and 3 units like
    them), else the range of its code, else the end of its name; `notes` counts them.

    Examples
    --------
    >>> table = staff_table({"households": [900, 1001, 2600], "workers": [4, 4, 8]}, lang="en")
    >>> table.posts.tolist(), table.gap.tolist(), table.to_next.tolist()
    ([4, 4, 10], [0, 0, 2], [350, 249, 150])
    >>> table = staff_table({"households": [900, 2600], "workers": [4, 30]}, rule="staff.beijing2020")
    >>> table.posts.tolist(), table.most.tolist(), table.gap.tolist()
    ([9, 18], [9, 24], [5, -6])
    """
    lang = check_lang(lang)
    chosen = _rule(rule)
    columns = source if isinstance(source, Mapping) else community_columns(source, lang, read)
    counted = basis_column(chosen.basis)
    if counted not in columns:
        given = ", ".join(columns)
        raise InvalidInputError(
            f"columns=[{given}] must contain {counted}, which {chosen.id} counts",
            f"columns=[{given}] 必须含有{text('col.' + counted, 'zh')}（{counted}），{chosen.id} 按此计算",
        )
    counts = count_column(columns[counted], counted)
    size = len(counts.values)
    households = counts.values if counted == "households" else _known(columns, "households", size)
    workers = _known(columns, "workers", size)
    names, codes, towns = (texts_of(columns, name, size) for name in ("name", "code", "town"))
    town_codes = texts_of(columns, "town_code", size)
    keys = list(zip(town_codes, towns, strict=True))
    order = {key: i for i, key in enumerate(dict.fromkeys(keys))}

    setting, notes = settings_of(columns, codes, names, size, lang)
    answer = np.full(size, Answer.COMPUTED, dtype=np.int8)
    if _TELLING & columns.keys() and not every_setting:
        answer[setting != chosen.applies_to.value] = Answer.NOT_APPLICABLE
        answer[setting == UNKNOWN] = Answer.NO_SETTING
    in_scope = answer == Answer.COMPUTED
    answer[in_scope & (counts.values.filled(-1) == 0)] = Answer.UNOCCUPIED
    unusable = in_scope | (answer == Answer.NO_SETTING)
    answer[unusable & counts.missing] = Answer.MISSING
    answer[[i for i in counts.invalid if unusable[i]]] = Answer.INVALID

    posts, most = chosen.posts_range(np.ma.MaskedArray(counts.values.data, mask=answer > Answer.UNOCCUPIED))
    answer[(answer <= Answer.UNOCCUPIED) & np.ma.getmaskarray(posts)] = Answer.NOT_COVERED
    return StaffTable(
        rule=chosen,
        every_setting=every_setting,
        lang=lang,
        code=codes,
        name=names,
        towns=list(order),
        town_index=np.array([order[key] for key in keys], dtype=np.int32),
        setting=setting,
        counted=counted,
        counts=counts.values,
        households=households,
        workers=workers,
        posts=posts,
        most=most,
        gap=np.ma.maximum(posts - workers, 0) - np.ma.maximum(workers - most, 0),
        to_next=_to_next(chosen, counts.values, np.ma.getmaskarray(posts)),
        answer=answer,
        notes=(*notes, text("staff.every_setting", lang)) if every_setting else notes,
        invalid=counts.invalid,
    )


def _rule(rule: StaffingNorm | str | None) -> StaffingNorm:
    if rule is None:
        return StaffingRule()
    if isinstance(rule, (StaffingRule, StaffingRatio, StaffingTable)):
        return rule
    staffing = norms.get(rule).staffing
    if staffing is None:
        raise InvalidInputError(
            f'rule="{rule}" must be a norm of staffing, see shequ.norms.catalogue()',
            f'rule="{rule}" 必须是配备标准，见 shequ.norms.catalogue()',
        )
    return staffing


def _known(columns: Mapping[str, Any], name: str, size: int) -> IntColumn:
    """Return a column of counts, all of it masked where there is none."""
    if name in columns:
        return count_column(columns[name], name, size).values
    return np.ma.MaskedArray(np.zeros(size, dtype=np.int64), mask=True)


def _to_next(rule: StaffingNorm, counts: IntColumn, no_posts: NDArray[np.bool_]) -> IntColumn:
    """Return how much more brings the next post; masked where none follows or there is no number."""
    result: IntColumn = np.ma.MaskedArray(np.zeros(len(counts), dtype=np.int64), mask=no_posts.copy())
    there = np.flatnonzero(~no_posts)
    if isinstance(rule, StaffingRule):
        result[there] = rule.households_to_next_post(counts.data[there])
        return result
    unique, back = np.unique(counts.data[there], return_inverse=True)
    at = [rule.next_post_at(count) for count in unique.tolist()]
    last = np.array([count is None for count in at], dtype=np.bool_)
    more = np.array([0 if count is None else count for count in at], dtype=np.int64) - unique
    result[there] = np.ma.MaskedArray(more, mask=last)[back]
    return result


def texts_of(columns: Mapping[str, Any], name: str, size: int) -> list[str]:
    """Return a column of texts, empty ones where there is no such column."""
    if name not in columns:
        return [""] * size
    column = columns[name]
    texts = isinstance(column, np.ndarray) and column.dtype.kind == "U"
    values: list[str] = column.tolist() if texts else [str(value) for value in column]
    if len(values) != size:
        raise InvalidInputError(
            f"{name} has length {len(values)} and must have length {size}",
            f"{name} 的长度是 {len(values)}，必须是 {size}",
        )
    return values


def settings_of(
    columns: Mapping[str, Any], codes: Sequence[str], names: Sequence[str], size: int, lang: Lang
) -> tuple[NDArray[np.int8], tuple[str, ...]]:
    """Return the setting of each community, and notes on where it comes from."""
    given = setting_column(columns["setting"], size) if "setting" in columns else np.full(size, UNKNOWN, dtype=np.int8)
    if not _TELLING & columns.keys():
        return given, (text("staff.setting_none", lang),)
    guessed_from = guess_setting(codes, names)
    if "kind" in columns:  # 0 and 2 are residents' committees and units like them, 1 and 3 those of villagers
        kind = count_column(columns["kind"], "kind", size).values
        guessed_from = np.where(np.ma.getmaskarray(kind), guessed_from, kind.data % 2).astype(np.int8)
    setting = np.where(given == UNKNOWN, guessed_from, given).astype(np.int8)
    guessed = int(np.count_nonzero((given == UNKNOWN) & (setting != UNKNOWN)))
    key = "given" if not guessed else "from_kind" if "kind" in columns else "guessed"
    return setting, (text(f"staff.setting_{key}", lang, n=guessed),)


def community_columns(district: District, lang: Lang, read: ReadReport | None = None) -> dict[str, Any]:
    """Return the columns of a district at its communities, with `unit` and the names and codes of the tree.

    Households that `read` says could not be read are given as the texts of their cells.

    A ledger without codes gets paths of names for codes. They say nothing that the names do not, so they are left empty,
    and the communities stand as in the ledger; so they do where towns alone have none.
    """
    tree = district.hierarchy
    units = tree.at_level("community")
    codes = [tree.code(unit) for unit in units.tolist()]
    above = {town for town in (_above(tree, int(unit)) for unit in units) if town is not None}
    if any("/" in code for code in (*codes, *(tree.code(town) for town in above))):
        units = units[np.argsort(tree.rows[units])]
        codes = ["" if "/" in code else code for code in (tree.code(unit) for unit in units.tolist())]
    towns = [_above(tree, int(unit)) for unit in units]
    columns: dict[str, Any] = {name: column[units] for name, column in district.columns.items()}
    if read is not None and "households" in columns:
        rows = read.rows_of(tree)
        columns["households"] = _quoted(columns["households"], [rows[unit] for unit in units.tolist()], read)
    columns |= {"unit": units, "code": codes, "name": [tree.name(unit, lang) for unit in units.tolist()]}
    columns["town"] = ["" if town is None else tree.name(town, lang) for town in towns]
    columns["town_code"] = ["" if town is None else tree.code(town) for town in towns]
    return columns


def _quoted(households: NDArray[Any], rows: Sequence[int | None], read: ReadReport) -> NDArray[Any]:
    """Return households with the text of the cell where the file has one that is no count."""
    header = read.headers.get("households")
    texts = {
        issue.row: issue.value
        for issue in read.issues
        if issue.column == header and issue.row is not None and issue.value and issue.severity != "note"
    }
    values = np.array([*households.tolist(), None], dtype=object)[:-1]
    for i, row in enumerate(rows):
        if values[i] is None and row in texts:
            values[i] = texts[row]
    return values


def _above(tree: Hierarchy, unit: int) -> int | None:
    """Return the nearest unit above the level of communities, None for a community without one."""
    parent = tree.parent(unit)
    while parent is not None and tree.level(parent) == Level.COMMUNITY:
        parent = tree.parent(parent)
    return parent
