# SPDX-License-Identifier: BSD-3-Clause
"""The workbook that a district hands out to be filled in: headers, notes, lists to choose from, a worked row."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from shequ._columns import MAX_COUNT
from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._messages import check_lang

if TYPE_CHECKING:
    import os

    from shequ._errors import Lang

__all__ = ["write_template"]

_ROWS = 500  # rows that the lists and checks reach; a district has 100 to 300 communities


@dataclass(frozen=True)
class _Field:
    """One column: its header, its cell of the worked row, and what the notes say about it."""

    header: tuple[str, str]  # Chinese, English
    example: tuple[object, object]
    note: tuple[str, str]
    needed: bool
    kind: Literal["text", "code", "count", "area", "money", "list"] = "text"
    choices: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


_SETTINGS = (("城镇", "农村"), ("urban", "rural"))
_KINDS = (
    ("居委会", "村委会", "类似居委会", "类似村委会"),
    ("residents", "villagers", "quasi_residents", "quasi_villagers"),
)

_FIELDS = (
    _Field(("街道（乡镇）", "Town"), ("示例街道", "Sample Subdistrict"),
           ("每行都要填写，不要合并单元格", "in every row; do not merge cells"), True),
    _Field(("社区（村）", "Community"), ("示例社区", "Sample Community"),
           ("全称，同一街道（乡镇）内不重名", "full name, each once in a town"), True),
    _Field(("代码", "Code"), ("320412001001", "320412001001"),
           ("12位统计用区划代码，按文本填写", "12 digits, kept as text"), False, "code"),
    _Field(("城乡", "Setting"), ("城镇", "urban"),
           ("从列表选：城镇、农村", "from the list: urban or rural"), False, "list", _SETTINGS),
    _Field(("类型", "Kind"), ("居委会", "residents"),
           ("从列表选", "from the list"), False, "list", _KINDS),
    _Field(("户数（户）", "Households"), (1250, 1250),
           ("整数；不清楚就留空，不要填0，不要写“约”", "a whole number; empty where it is not known, never 0"), True, "count"),
    _Field(("人口（人）", "Persons"), (3275, 3275), ("整数", "a whole number"), False, "count"),
    _Field(("在岗人数（人）", "Workers"), (5, 5),
           ("专职社区工作者实有人数，一人只计一次", "full-time community workers, each person once"), False, "count"),
    _Field(("持证人数（人）", "Certified"), (2, 2),
           ("有社会工作者职业水平证书的人数，不超过在岗人数", "of these, with a social-work certificate"), False, "count"),
    _Field(("办公用房面积（平方米）", "Office m2"), (420, 420), ("平方米", "square metres"), False, "area"),
    _Field(("户外活动场所面积（平方米）", "Outdoor m2"), (600, 600), ("平方米", "square metres"), False, "area"),
    _Field(("到位经费（元）", "Paid (yuan)"), (80000, 80000),
           ("已经到位的经费，元，最多两位小数", "money that has arrived, yuan, at most two decimals"), False, "money"),
)  # fmt: skip

_TEXTS = {
    "sheet": ("社区台账", "Ledger"),
    "notes": ("填表说明", "Notes"),
    "title": ("社区台账", "Ledger of communities"),
    "as_of": ("统计时间（年-月-日）填在右边：", "Day of the figures (year-month-day) on the right:"),
    "intro": (
        "每行一个社区（村）。第一行数据是示例，请改成自己的数据。不要加小计、合计行，不要填身份证号和电话。",
        "A row a community. The first row is an example: write over it. No rows of sums, no identity numbers or phones.",
    ),
    "column": ("表头", "Header of the column"),
    "must": ("必填", "Needed"),
    "how": ("怎么填", "How to fill it in"),
    "sample": ("示例", "Example"),
    "such": ("例：", "e.g. "),
    "yes": ("是", "yes"),
    "no": ("", ""),
    "bad": ("填写有误", "Not allowed"),
    "bad.count": ("请填写0或正整数", "a whole number, 0 or more"),
    "bad.area": ("请填写0或正数（平方米）", "a number, 0 or more, in m²"),
    "bad.money": ("请填写0或正数（元）", "a number, 0 or more, in yuan"),
    "bad.code": ("代码为12位数字", "a code has 12 digits"),
    "bad.list": ("请从列表中选择", "choose from the list"),
}


def write_template(path: str | os.PathLike[str], *, lang: Lang = "zh") -> Path:
    """Write a workbook to be filled in with the ledger of a district.

    Parameters
    ----------
    path : path-like
        The .xlsx file; an old one is replaced only by a complete one.
    lang : "zh" or "en", default "zh"
        Language of headers and notes; both are read by `read_ledger`.

    Returns
    -------
    pathlib.Path
        The file. One sheet holds the headers and a worked row, with lists and checks of what may be entered; the other
        says how each column is filled in.

    Raises
    ------
    InvalidInputError
        The name does not end in .xlsx, or the file cannot be written.
    MissingDependencyError
        openpyxl is not installed.
    """
    at = 0 if check_lang(lang) == "zh" else 1
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise InvalidInputError(f"path={target.name!r} must end in .xlsx", f"文件名“{target.name}”必须以 .xlsx 结尾")
    with optional_import("write_template()", "openpyxl", "'shequ[excel]'"):
        import openpyxl

    from shequ.report._workbook import write_fixed

    book = openpyxl.Workbook()
    page: Any = book.worksheets[0]
    page.title = _TEXTS["sheet"][at]
    _fill(page, at)
    _explain(book.create_sheet(_TEXTS["notes"][at]), at)
    book.properties.title, book.properties.creator = _TEXTS["title"][at], "shequ"
    buffer = io.BytesIO()
    book.save(buffer)
    with replacing(target) as file:
        write_fixed(buffer, file)
    return target


def _fill(page: Any, at: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    family = ("微软雅黑", "Calibri")[at]
    thin = Side(style="thin", color="BFBFBF")
    page.cell(1, 1, _TEXTS["title"][at]).font = Font(name=family, size=16, bold=True)
    page.cell(2, 1, _TEXTS["as_of"][at]).font = Font(name=family, size=10, color="404040")
    page.cell(2, 1).alignment = Alignment(wrap_text=True, vertical="center")
    page.cell(2, 2).number_format = "@"
    page.cell(2, 2).fill = PatternFill("solid", start_color="FFF9E5")
    page.merge_cells(start_row=3, end_row=3, start_column=1, end_column=len(_FIELDS))
    page.cell(3, 1, _TEXTS["intro"][at]).font = Font(name=family, size=10, color="404040")
    page.cell(3, 1).alignment = Alignment(wrap_text=True, vertical="center")
    page.row_dimensions[2].height, page.row_dimensions[3].height = 30, 22
    for c, field in enumerate(_FIELDS, start=1):
        head = page.cell(4, c, field.header[at])
        head.font = Font(name=family, size=10, bold=True)
        head.fill = PatternFill("solid", start_color="D9E2F3" if field.needed else "F2F2F2")
        head.alignment = Alignment("center", "center", wrap_text=True)
        example = page.cell(5, c, field.example[at])
        example.font = Font(name=family, size=10, italic=True, color="7F7F7F")
        for row in range(4, 6):
            page.cell(row, c).border = Border(left=thin, right=thin, top=thin, bottom=thin)
        letter = get_column_letter(c)
        page.column_dimensions[letter].width = 16 if field.kind in {"text", "code"} else 13
        if field.kind in {"text", "code", "list"}:
            for row in range(5, _ROWS + 5):
                page.cell(row, c).number_format = "@"
        _validate(page, field, f"{letter}5:{letter}{_ROWS + 4}", at)
    page.row_dimensions[4].height = 34
    page.freeze_panes = "C5"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "4:4"


def _validate(page: Any, field: _Field, cells: str, at: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if field.kind == "text":
        return
    rules: dict[str, dict[str, Any]] = {
        "list": {"type": "list", "formula1": f'"{",".join(field.choices[at])}"'},
        "count": {"type": "whole", "operator": "between", "formula1": "0", "formula2": str(MAX_COUNT)},
        "area": {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"},
        "money": {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"},
        "code": {"type": "textLength", "operator": "equal", "formula1": "12"},
    }
    rule = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True, **rules[field.kind])
    rule.errorTitle, rule.error = _TEXTS["bad"][at], _TEXTS["bad." + field.kind][at]
    rule.promptTitle, rule.prompt = field.header[at][:32], field.note[at]
    page.add_data_validation(rule)
    rule.add(cells)


def _explain(page: Any, at: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    family = ("微软雅黑", "Calibri")[at]
    for c, (key, width) in enumerate((("column", 28), ("must", 8), ("how", 56), ("sample", 22)), start=1):
        head = page.cell(1, c, _TEXTS[key][at])
        head.font, head.fill = Font(name=family, size=10, bold=True), PatternFill("solid", start_color="D9E2F3")
        page.column_dimensions[head.column_letter].width = width
    for r, field in enumerate(_FIELDS, start=2):
        must = _TEXTS["yes" if field.needed else "no"][at] or None
        note = field.note[at]
        if field.kind == "list":
            note = f"{note} ({', '.join(field.choices[at])})" if at else f"{note}（{'、'.join(field.choices[at])}）"
        for c, value in enumerate((field.header[at], must, note, _TEXTS["such"][at] + str(field.example[at])), start=1):
            cell = page.cell(r, c, value)
            cell.font, cell.alignment = Font(name=family, size=10), Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    page.freeze_panes = "A2"
