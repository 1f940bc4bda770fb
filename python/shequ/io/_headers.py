# SPDX-License-Identifier: BSD-3-Clause
"""Which column is which: headers as ledgers write them, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError
from shequ.io._options import how_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "AREAS",
    "COUNTS",
    "KEYS",
    "MONEY",
    "Column",
    "chosen_fields",
    "field_of",
    "match_headers",
    "normalise",
    "synonyms_of",
]

#: Columns of whole numbers that are not negative.
COUNTS = ("households", "persons", "workers", "certified")
#: Columns of areas, stored in square metres.
AREAS = ("office_m2", "outdoor_m2")
#: Columns of money, stored in whole fen.
MONEY = ("paid_fen",)
#: Columns that make the tree.
KEYS = ("code", "parent", "name", "name_en", "level", "district", "town", "community")

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "统计代码", "统计用区划代码", "社区代码", "单位代码"),
    "parent": ("parent", "parentcode", "上级", "上级代码", "上级区划代码", "父级代码", "上级单位代码"),
    "name": ("name", "namezh", "名称", "单位名称", "区划名称"),
    "name_en": ("nameen", "englishname", "英文名称", "英文名"),
    "level": ("level", "rank", "层级", "级别", "单位级别"),
    "district": ("district", "county", "区县", "县区", "所属区县", "县(市、区)", "区(县)"),
    "town": (
        "town", "subdistrict", "township", "乡镇", "街道", "镇街", "所属街道", "所属乡镇", "所属镇街", "乡镇/街道",
        "街道/乡镇", "乡镇街道", "街道乡镇", "街道(乡镇)", "乡镇(街道)", "镇(街道)", "街道(镇)", "街镇", "街道名称",
        "镇", "乡", "乡(镇)", "镇(乡)",
    ),
    "community": (
        "community", "village", "社区", "社区名称", "村居", "村社区", "村(社区)", "社区(村)", "村/社区", "社区/村",
        "居委会", "村(居)", "村居名称", "社区(村)名称",
    ),
    "kind": ("kind", "类型", "性质", "社区类型", "单位类型"),
    "setting": ("setting", "城乡", "城乡属性", "城乡类别", "城乡分类"),
    "households": (
        "households", "户数", "总户数", "居民户数", "户籍户数", "常住户数", "套数", "家庭户数", "住户数",
    ),
    "persons": ("persons", "population", "人口", "人口数", "常住人口", "户籍人口", "总人口"),
    "workers": (
        "workers", "staff", "工作人员数", "在岗人数", "专职社工数", "社区工作者", "社区工作者数", "专职工作者数",
        "专职社区工作者", "专职社区工作者数", "工作人员", "社工数",
    ),
    "certified": ("certified", "持证人数", "持证数", "持证社工数", "其中持证人数", "其中持证"),
    "office_m2": ("officem2", "office", "办公用房面积", "用房面积", "社区用房面积", "服务用房面积", "办公用房"),
    "outdoor_m2": ("outdoorm2", "outdoor", "户外活动场所面积", "室外活动场地面积", "户外活动场地", "户外场地"),
    "paid_fen": (
        "paidfen", "paid", "paidyuan", "到位经费", "已到位经费", "经费到位", "到位资金", "已拨付经费", "已拨经费", "拨付经费",
    ),
    "funding_class": ("fundingclass", "经费类别", "补助类别", "经费档次"),
    "as_of": ("asof", "统计时间", "统计日期", "截止时间", "截止日期", "截至日期", "数据时间"),
    "lon": ("lon", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
}  # fmt: skip

#: Square metres of an area unit, after NFKC and in lower case.
_AREA_UNITS = {
    "": 1.0, "m2": 1.0, "平方米": 1.0, "平米": 1.0, "平方公里": 1e6, "km2": 1e6, "公顷": 1e4, "ha": 1e4,
    "亩": 10000 / 15,
}  # fmt: skip
_COUNT_UNITS = {
    **dict.fromkeys(("", "户", "人", "套", "个", "名"), 1.0),
    **dict.fromkeys(("万", "万户", "万人", "万套", "万个"), 1e4),
}

#: Fen of a unit of money; without one it is yuan.
_MONEY_UNITS = {"": 100.0, "元": 100.0, "yuan": 100.0, "cny": 100.0, "万元": 1e6, "分": 1.0, "fen": 1.0}

_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Column:
    """Where a field stands.

    Parameters
    ----------
    field : str
        Name of the field.
    header : str
        The header as it stands in the file.
    index : int
        Column, from 0.
    factor : float
        What values are multiplied with to be in square metres, to be counts, or to be fen.
    """

    field: str
    header: str
    index: int
    factor: float = 1.0


def normalise(header: object) -> str:
    """Return a header as it is compared: NFKC, lower case, without spaces, underscores and asterisks."""
    text = unicodedata.normalize("NFKC", "" if header is None else str(header)).lower()
    return re.sub(r"[\s_*:]+", "", text)


_FIELD_OF = {normalise(word): field for field, words in _SYNONYMS.items() for word in words}


def field_of(word: str) -> str:
    """Return the field that a header of a ledger means; the word itself where it means none."""
    return _FIELD_OF.get(normalise(word), word)


def synonyms_of(field: str) -> tuple[str, ...]:
    """Return the headers that mean a field."""
    return _SYNONYMS[field]


def label(field: str) -> str:
    """Return the Chinese word for a field: the first of its headers that is Chinese."""
    return next((word for word in _SYNONYMS[field] if not word.isascii()), field)


def chosen_fields(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return the headers chosen for fields, each field by its English name; its Chinese headers name it as well.

    Raises
    ------
    InvalidInputError
        There is no such field, or one is named twice.
    """
    chosen: dict[str, str] = {}
    for name, header in (columns or {}).items():
        field = _FIELD_OF.get(normalise(name), name)
        if field not in _SYNONYMS or field in chosen:
            known = ", ".join(f"{field} ({label(field)})" for field in _SYNONYMS)
            raise InvalidInputError(
                f"the name {name!r} for which a header is chosen must be a field, each once: {known}",
                f"选定表头的字段名“{name}”必须是以下之一，且只能出现一次：{known}",
            )
        chosen[field] = header
    return chosen


def _meaning(header: object) -> tuple[str, str] | None:
    """Return field and unit of a header, None for an unknown one."""
    text = normalise(header)
    if text in _FIELD_OF:
        return _FIELD_OF[text], ""
    bare = _BRACKETS.sub("", text)
    units = _BRACKETS.findall(text)
    # A single character (镇) is a header alone only: 镇(个) counts towns.
    if len(bare) > 1 and bare in _FIELD_OF and len(units) == 1:
        return _FIELD_OF[bare], units[0]
    return None


def match_headers(
    headers: Sequence[object], chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Match headers to fields.

    Parameters
    ----------
    headers : sequence
        Cells of the header row.
    chosen : mapping of field to header, optional
        Which header a field is to be read from, against the synonyms.

    Returns
    -------
    columns : dict of field to Column
        What is read.
    unread : tuple of str
        Headers that name no known field.

    Raises
    ------
    InvalidInputError
        Two headers name one field, a chosen header is not there, or a unit is not known; names them.
    """
    texts = ["" if header is None else str(header).strip() for header in headers]
    found: dict[str, list[Column]] = {}
    unread = []
    wanted = {normalise(header): field for field, header in (chosen or {}).items()}
    for field, header in (chosen or {}).items():
        if normalise(header) not in map(normalise, texts):
            raise InvalidInputError(
                f"the header {header!r} chosen for {field} must be a header of the file:"
                f" {', '.join(filter(None, texts))}",
                f"为“{label(field)}”选定的表头“{header}”必须是文件中的表头：{'、'.join(filter(None, texts))}",
            )
    for index, text in enumerate(texts):
        if not text:
            continue
        meaning = (wanted[normalise(text)], "") if normalise(text) in wanted else _meaning(text)
        if meaning is None or (meaning[0] in (chosen or {}) and normalise(text) not in wanted):
            unread.append(text)
            continue
        field, unit = meaning
        found.setdefault(field, []).append(Column(field, text, index, _factor(field, unit, text)))
    for field, columns in found.items():
        if len(columns) > 1:
            both = " and ".join(repr(column.header) for column in columns)
            zh = "、".join(f"“{column.header}”" for column in columns)
            raise InvalidInputError(
                f"the headers {both} both mean {field}: choose one with {how_to('columns', field=field)[0]}",
                f"表头 {zh} 都表示“{label(field)}”，请用 {how_to('columns', field=label(field))[1]}选定一个",
            )
    fields = {field: columns[0] for field, columns in found.items()}
    # In a ledger by town without parents each row is a community, and its name is that of the community.
    if {"name", "town"} <= fields.keys() and not fields.keys() & {"community", "parent", "level"}:
        fields["community"] = replace(fields.pop("name"), field="community")
    return fields, tuple(unread)


def _units_of(field: str) -> dict[str, float]:
    """Return the units that a header of a field may state, none where it has no unit."""
    if field in AREAS:
        return _AREA_UNITS
    if field in MONEY:
        return _MONEY_UNITS
    return _COUNT_UNITS if field in COUNTS else {}


def _factor(field: str, unit: str, header: str) -> float:
    units = _units_of(field)
    if not units:
        return 1.0
    if field in MONEY and normalise(header) == "paidfen":  # as columns of a district are called
        return 1.0
    bare = unit.removeprefix("单位").removeprefix(":")
    if bare in units:
        return units[bare]
    allowed = ", ".join(filter(None, units))
    raise InvalidInputError(
        f"the unit {unit!r} of the header {header!r} must be one of {allowed}",
        f"表头“{header}”的单位“{unit}”必须是：{allowed}",
    )
