# SPDX-License-Identifier: BSD-3-Clause
"""The name of the district in the title of a sheet or the name of a file: 武进区 in 常州市武进区2025年社区台账."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shequ.io._values import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shequ.io._sheet import Sheet

__all__ = ["district_in", "titles_of"]

_HAN = "[\u4e00-\u9fff]"
#: At the beginning, after a year or brackets: province and city where they are named, then the shortest name of a district.
_DISTRICT = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,8}}?(?:市|自治州|盟))?"
    rf"({_HAN}{{1,9}}?(?:自治县|自治旗|新区|区|县|旗))"
)
_LEADING = re.compile(r"[^\u4e00-\u9fff]*(?:年度?)?[^\u4e00-\u9fff]*")
#: What ends as a district and is none, as it ends and as a whole; 东城区 and 房山区 are some.
_NO_DISTRICT = re.compile(
    r"(.*(社|小|辖|园|街|片|全|各|本|地|校|营|库|景|灾|学|住|宅|所在|我)[区县旗]"
    r"|(城|主城|老城|中心城|市|山|郊|分|农|牧|老|东|西|南|北)区|分[县旗])"
)


def district_in(texts: Iterable[str]) -> str:
    """Return the name of the first district that a text begins with, after province and city; "" where none does."""
    for text in texts:
        begin = _LEADING.match(text)
        found = _DISTRICT.match(text, begin.end() if begin else 0)
        if found and not _NO_DISTRICT.fullmatch(found[1]):
            return found[1]
    return ""


def titles_of(sheet: Sheet) -> list[str]:
    """Return the texts above the header, then the name of the file."""
    above = [clean(column[row]) for row in range(min(sheet.header_rows) - 1) for column in sheet.table.columns]
    return [*filter(None, above), sheet.table.path.name.split(".")[0]]
