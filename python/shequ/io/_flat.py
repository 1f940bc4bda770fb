# SPDX-License-Identifier: BSD-3-Clause
"""Units of a sheet with a row a community and a column for its town, as planners keep ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ._core import Level
from shequ.io._coded import copied_rows, say_copy, texts
from shequ.io._community_codes import community_codes
from shequ.io._options import how_to
from shequ.io._place import district_in, titles_of
from shequ.io._totals import check_totals
from shequ.io._units import Draft, Units, build
from shequ.io._values import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ.io._sheet import Sheet

__all__ = ["flat_units"]


def flat_units(sheet: Sheet, fill_down: bool) -> Units:
    """Return district, towns and communities; codes of the communities where they have sound ones, else their names.

    The district is called after the district column, or by the name that the title or the name of the file begins with, or
    after the file. A town's code is "district/town", a community's without a code "district/town/community", where the
    district has the name of its column or else of the file.
    """
    left_out = sheet.summary_rows(("town", "community"))
    skip = set(left_out)
    towns = _towns(sheet, skip, fill_down)
    communities = texts(sheet, "community")
    root = _district(sheet, skip)
    keys = [f"{root}/{town}/{community}" for town, community in zip(towns, communities, strict=True)]

    rejected = set(skip)
    for i, (town, community) in enumerate(zip(towns, communities, strict=True)):
        if i in skip:
            continue
        if not community:
            rejected.add(i)
            sheet.say(
                "E05", "error", i, "community", None, "is empty and must name a community", "为空，必须填写社区名称"
            )
        elif not town:
            rejected.add(i)
            english, chinese = how_to("fill_down")
            sheet.say(
                "E18", "error", i, "town", None,
                f"is empty: name the town, or take it from the row above (merged cells) with {english}",
                f"为空：请填写街道（乡镇）；合并单元格可用 {chinese}沿用上一行",
            )  # fmt: skip
    codes = [""] * len(sheet)
    if "code" in sheet.columns:
        # Copies first: where towns are filled down, one may stand below another town.
        rejected |= copied_rows(sheet, texts(sheet, "code"), rejected)
        codes = community_codes(sheet, towns, communities, rejected)
    rejected |= _same_names(sheet, keys, codes, rejected)
    check_totals(sheet, left_out)

    name = root if "district" in sheet.columns else district_in(titles_of(sheet)) or root
    rows = [(root, "", name, Level.DISTRICT, -1)]
    seen: set[str] = set()
    for i, town in enumerate(towns):
        if i in rejected:
            continue
        town_code = f"{root}/{town}"
        if town_code not in seen:
            seen.add(town_code)
            rows.append((town_code, root, town, Level.TOWN, -1))
        rows.append((codes[i] or keys[i], town_code, communities[i], Level.COMMUNITY, i))
    code, parent, names, levels, source = map(list, zip(*rows, strict=True))
    draft = Draft(code, parent, names, np.array(levels, dtype=np.int8), None, np.array(source, dtype=np.int64))
    return build(sheet, draft, "keep")


def _towns(sheet: Sheet, skip: set[int], fill_down: bool) -> Sequence[str]:
    if not fill_down:
        return texts(sheet, "town")
    towns = list(texts(sheet, "town"))
    last = ""
    for i, town in enumerate(towns):
        if i in skip:
            continue
        last = town or last
        towns[i] = last
    return towns


def _district(sheet: Sheet, skip: set[int]) -> str:
    """Return the code of the district, which is its name in the district column, or that of the file; more than one is reported for each row that differs from the first."""
    default = sheet.table.path.name.split(".")[0]
    if "district" not in sheet.columns:
        return default
    first = ""
    for i, cell in enumerate(sheet.cells("district")):
        name = clean(cell)
        if i in skip or not name:
            continue
        first = first or name
        if name != first:
            sheet.say(
                "E05", "error", i, "district", cell, f"must be {first}: a ledger of towns holds one district",
                f"必须是{first}：一份台账只含一个区县",
            )  # fmt: skip
    return first or default


def _same_names(sheet: Sheet, keys: list[str], codes: list[str], rejected: set[int]) -> set[int]:
    """Return the rows of communities of one town that bear the same name and no code to tell them apart.

    Copies but the first; otherwise all without a code.
    """
    rows: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        if i not in rejected:
            rows.setdefault(key, []).append(i)
    found: set[int] = set()
    for group in rows.values():
        plain = [i for i in group if not codes[i]]
        if len(group) == 1 or not plain:
            continue
        contents = {tuple(map(clean, sheet.row(i))) for i in group}
        for i in group[1:] if len(contents) == 1 else plain:
            found.add(i)
            if len(contents) == 1:
                say_copy(sheet, i, group[0])
                continue
            others = ", ".join(str(sheet.number(k)) for k in group if k != i)
            sheet.say(
                "E01", "error", i, "community", sheet.cells("community")[i],
                f"stands in this town more than once with other figures (also in row {others}): strike out one, or "
                "give each its code",
                f"在本街道（乡镇）出现多次且数据不同（另见第 {others} 行）：请删去多余的行，或分别填写代码",
            )  # fmt: skip
    return found
