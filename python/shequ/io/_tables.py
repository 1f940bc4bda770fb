# SPDX-License-Identifier: BSD-3-Clause
"""Files as tables of cells: CSV, CSV.gz, Parquet, Excel."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._core import Cells, is_utf8
from shequ._errors import InvalidInputError, optional_import
from shequ.io._cells import as_cells
from shequ.io._options import how_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Table", "read_tables"]

_PIECE = 4096  # rows
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Table:
    """A sheet: its cells from the first row on, column by column.

    Parameters
    ----------
    path : Path
        The file.
    columns : sequence of sequences
        Cells by column, all of one length; entry i of a column is in row i + 1 of the sheet. None where a row is shorter.
        Columns of texts are `Cells`.
    sheet : str
        Its name, empty where there is only one.
    encoding : str
        As found, empty where none is needed.
    hidden : frozenset of int
        Rows that the sheet hides, from 1.
    formulas : frozenset of (int, int)
        Row (from 1) and column (from 0) of formulas whose value the file does not hold.
    """

    path: Path
    columns: Sequence[Sequence[Any]]
    sheet: str = ""
    encoding: str = ""
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, i: int) -> list[Any]:
        """Return the cells of a row."""
        return [column[i] for column in self.columns]


def _by_column(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return the columns of rows, in pieces: rows of a large file need not all be there at once."""
    columns: list[list[Any]] = []
    count = 0
    pending = iter(rows)
    while piece := list(islice(pending, _PIECE)):
        part = list(zip_longest(*piece))
        columns += [[None] * count for _ in range(len(part) - len(columns))]
        for column, cells in zip_longest(columns, part):
            column.extend([None] * len(piece) if cells is None else cells)
        count += len(piece)
    return list(map(as_cells, columns))


def read_tables(path: str | Path, *, sheet: str | None = None, encoding: str | None = None) -> list[Table]:
    """Read the sheets of a file; only the named one where `sheet` is given.

    Raises
    ------
    InvalidInputError
        There is no such file or sheet, the ending is not known, or the bytes are no text of the encoding.
    MissingDependencyError
        Excel without openpyxl, or Parquet without pyarrow.
    """
    file = Path(path)
    if not file.is_file():
        raise InvalidInputError(f"path={str(path)!r} must be a file", f"path={str(path)!r} 必须是文件")
    endings = [ending.lower() for ending in file.suffixes[-2:]]
    if endings[-1:] in ([".csv"], [".txt"], [".tsv"]) or endings in ([".csv", ".gz"], [".tsv", ".gz"]):
        return [_read_csv(file, encoding)]
    if endings[-1:] in ([".xlsx"], [".xlsm"]):
        return _read_excel(file, sheet)
    if endings[-1:] == [".parquet"]:
        return [_read_parquet(file)]
    raise InvalidInputError(
        f"the name of the file {file.name!r} must end in .csv, .csv.gz, .xlsx or .parquet",
        f"文件“{file.name}”的扩展名必须是 .csv、.csv.gz、.xlsx 或 .parquet（旧的 .xls 请另存为 .xlsx）",
    )


def _utf8(data: bytes, encoding: str | None, name: str) -> tuple[bytes, str]:
    """Return the text in UTF-8 and the encoding it was in: a byte-order mark, then UTF-8, then GB18030."""
    if encoding is not None:
        candidates = [encoding]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif data.startswith(_UTF8_MARK):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "gb18030"]
    for candidate in candidates:
        try:
            canonical = codecs.lookup(candidate).name
            if canonical in {"utf-8", "utf-8-sig"}:
                bare = data.removeprefix(_UTF8_MARK) if canonical == "utf-8-sig" else data
                if is_utf8(bare):
                    return bare, candidate
            else:
                return data.decode(candidate).encode(), candidate
        except (UnicodeError, LookupError):
            continue
    tried = ", ".join(candidates)
    english, chinese = how_to("encoding")
    raise InvalidInputError(
        f"{name} is no text of the encoding {tried}; state the right one with {english}",
        f"{name} 不是 {tried} 编码的文本，请用 {chinese}指定编码",
    )


def _read_csv(file: Path, encoding: str | None) -> Table:
    try:
        data = gzip.decompress(file.read_bytes()) if file.suffix.lower() == ".gz" else file.read_bytes()
    except (OSError, EOFError) as error:
        raise InvalidInputError(f"{file.name} cannot be unpacked: {error}", f"{file.name} 无法解压：{error}") from None
    text, found = _utf8(data, encoding, file.name)
    first = text[: text.find(b"\n")] if b"\n" in text else text
    delimiter = max((",", "\t", ";"), key=lambda mark: first.count(mark.encode()))
    columns: Sequence[Sequence[Any]] | None = Cells.split(text, delimiter)
    if columns is None:
        try:
            columns = _by_column(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise InvalidInputError(f"{file.name} is no CSV: {error}", f"{file.name} 不是正确的 CSV：{error}") from None
    return Table(file, columns, encoding=found)


def _read_excel(file: Path, sheet: str | None) -> list[Table]:
    with optional_import("reading Excel", "openpyxl", "'shequ[excel]'", caller_zh="读取 Excel"):
        import openpyxl
    try:
        values = openpyxl.load_workbook(file, data_only=True)
        formulas = openpyxl.load_workbook(file)
    except Exception as error:  # noqa: BLE001 (openpyxl raises whatever its zip and XML readers raise)
        raise InvalidInputError(
            f"{file.name} is no workbook: {error}", f"{file.name} 不是 Excel 文件：{error}"
        ) from None
    names = [page.title for page in values.worksheets]
    if sheet is not None and sheet not in names:
        raise InvalidInputError(
            f"sheet={sheet!r} must be one of {', '.join(names)}", f"工作表“{sheet}”不存在，必须是：{'、'.join(names)}"
        )
    tables = []
    for page in values.worksheets:
        if sheet is not None and page.title != sheet:
            continue
        rows: list[Sequence[Any]] = list(page.iter_rows(values_only=True))
        unknown = {
            (cell.row, cell.column - 1)
            for row in formulas[page.title].iter_rows()
            for cell in row
            if cell.data_type == "f" and rows[cell.row - 1][cell.column - 1] is None
        }
        hidden = frozenset(number for number, row in page.row_dimensions.items() if row.hidden)
        tables.append(Table(file, _by_column(rows), page.title, "", hidden, frozenset(unknown)))
    return tables


def _read_parquet(file: Path) -> Table:
    with optional_import("reading Parquet", "pyarrow", "pyarrow", caller_zh="读取 Parquet"):
        import pyarrow.parquet
    try:
        data = pyarrow.parquet.read_table(file)
    except pyarrow.ArrowInvalid as error:
        raise InvalidInputError(f"{file.name} is no Parquet: {error}", f"{file.name} 不是 Parquet：{error}") from None
    names = zip(data.column_names, data.columns, strict=True)
    return Table(file, [as_cells([name, *column.to_pylist()]) for name, column in names])
