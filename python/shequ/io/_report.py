# SPDX-License-Identifier: BSD-3-Clause
"""What became of every row of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from shequ._documents import report_document, write_document
from shequ._errors import HierarchyError
from shequ._frames import frame_of
from shequ._messages import text
from shequ._repr_html import fields_html, table_html
from shequ._repr_text import fields_text
from shequ._save_table import save_table

if TYPE_CHECKING:
    import os

    import pandas as pd

    from shequ._core import RowProblem
    from shequ._errors import Lang
    from shequ._repr_text import Field
    from shequ.hierarchy import Hierarchy

__all__ = ["Issue", "LedgerError", "ReadReport"]

_SHOWN = 20

#: Columns of `ReadReport.table`.
REPORT_COLUMNS = (
    "code", "severity", "kind", "file", "sheet", "row", "column", "value", "message", "todo", "outcome"
)  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """One thing to say about a row or a cell.

    Parameters
    ----------
    code : str
        "E01" to "E30", the kind of problem.
    severity : {"note", "warning", "error"}
        An error needs correcting: the row or value is not used.
    row : int or None
        Row of the sheet as a spreadsheet program numbers it, from 1; None for the whole file.
    column : str
        Header of the column, empty for the whole row.
    value : str
        The cell as it stands in the file.
    english, chinese : str
        What is wrong and what to do.
    """

    code: str
    severity: Literal["note", "warning", "error"]
    row: int | None
    column: str
    value: str
    english: str
    chinese: str

    def kind(self, lang: Lang = "en") -> str:
        """Return the name of the kind of problem."""
        return text("fault." + self.code, lang)

    def todo(self, lang: Lang = "en") -> str:
        """Return what to do about it; nothing where it is only a note."""
        return "" if self.severity == "note" else text("todo." + self.code, lang)

    def what(self, lang: Lang = "en") -> str:
        """Return what is wrong with which value, for a table that has columns for row and column."""
        if not self.value:
            return self.chinese if lang == "zh" else self.english
        return f"“{self.value}”{self.chinese}" if lang == "zh" else f"{self.value!r} {self.english}"

    def message(self, lang: Lang = "en") -> str:
        """Return the sentence a person reads, with row, column and value."""
        where = []
        if self.row is not None:
            where.append(f"第 {self.row} 行" if lang == "zh" else f"row {self.row}")
        if self.column:
            where.append(f"“{self.column}”列" if lang == "zh" else f"column {self.column!r}")
        text = self.what(lang)
        separator = "，" if lang == "zh" else ", "
        return (
            f"{self.code} {separator.join(where)}{'：' if lang == 'zh' else ': '}{text}"
            if where
            else (f"{self.code} {text}")
        )


@dataclass(frozen=True)
class ReadReport:
    """What became of every row: ``rows == used + rejected``.

    Parameters
    ----------
    path : Path
        The file.
    sheet : str
        Sheet of a workbook, else empty.
    encoding : str
        How the text was decoded, as found; empty for files that need none.
    header_rows : tuple of int
        Rows of the sheet that hold the headers, from 1.
    headers : dict of str to str
        Field read and the header it was read from.
    unread : tuple of str
        Headers that name no known field.
    rows : int
        Rows below the header that are not blank.
    used : int
        Rows that became units.
    source_rows : tuple of int
        Row of the sheet of each used row, in the order of the rows.
    issues : tuple of Issue
        All that is to be said, in the order of the rows.
    as_of : str
        Day of the figures as the sheet states it, YYYY-MM-DD, YYYY-MM or YYYY; empty where it does not.
    marks : dict of str to int
        Cells of used rows that hold a mark such as ** or — and are missing, by field.
    """

    path: Path
    sheet: str
    encoding: str
    header_rows: tuple[int, ...]
    headers: dict[str, str]
    unread: tuple[str, ...]
    rows: int
    used: int
    source_rows: tuple[int, ...]
    issues: tuple[Issue, ...]
    as_of: str = ""
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """Rows that did not become units: faulty ones, exact copies, subtotals and notes; each has an issue."""
        return self.rows - self.used

    @property
    def doubtful(self) -> int:
        """Used rows with a warning, or with an error in one of their cells, which is then missing."""
        return len(self._rows_with("warning", "error") & set(self.source_rows))

    @property
    def left_out(self) -> int:
        """Rejected rows without an error: subtotals, notes, exact copies."""
        return self.rejected - len(self._rows_with("error") - set(self.source_rows))

    def rows_of(self, tree: Hierarchy) -> list[int | None]:
        """Return the row of the sheet of each unit of the tree read; None for a unit that has none of its own."""
        if self.used == len(tree):
            return [self.source_rows[row] for row in tree.rows.tolist()]
        rows: list[int | None] = [None] * len(tree)  # a row a community: towns and district are made from them
        communities = tree.at_level("community")
        in_order = communities[np.argsort(tree.rows[communities])].tolist()
        for row, unit in zip(self.source_rows, in_order, strict=True):
            rows[unit] = row
        return rows

    def _rows_with(self, *severities: str) -> set[int]:
        return {issue.row for issue in self.issues if issue.row is not None and issue.severity in severities}

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that need correcting."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    def table(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict an issue.

        code, severity, kind, file, sheet, row, column, value, message, todo (what to do), and outcome: what became of
        the row ("used", "rejected", "" where the issue is of no row).
        """
        used = set(self.source_rows)
        return [
            {
                "code": issue.code,
                "severity": issue.severity,
                "kind": issue.kind(lang),
                "file": self.path.name,
                "sheet": self.sheet,
                "row": issue.row,
                "column": issue.column,
                "value": issue.value,
                "message": issue.message(lang),
                "todo": issue.todo(lang),
                "outcome": "" if issue.row is None else "used" if issue.row in used else "rejected",
            }
            for issue in self.issues
        ]

    def to_dataframe(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return `table` as a frame, rows of the sheet as Int64 (missing where an issue is of no row).

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        return frame_of(self.table(lang), REPORT_COLUMNS, whole=["row"])

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write the issues as a table: .csv (UTF-8 with byte-order mark), .xlsx (needs openpyxl) or .html; or as .json.

        The first lines of a workbook or page say how many rows were used and rejected. JSON, in the form of
        ``shequ/schemas/problems.schema.json``, tells all in both languages.

        Raises
        ------
        InvalidInputError
            Another ending, or the file cannot be written.
        """
        if Path(path).suffix.lower() == ".json":
            write_document(path, report_document(self))
            return Path(path)
        headers = [text("report.head." + name, lang) for name in REPORT_COLUMNS]
        rows = []
        for row in self.table(lang):
            worded = {
                "severity": str(row["severity"]),
                "outcome": f"outcome.{row['outcome']}" if row["outcome"] else "",
            }
            rows.append([text(worded[name], lang) if worded.get(name) else value for name, value in row.items()])
        title = text("report.head.title", lang, name=self.path.name)
        return save_table(path, headers, rows, title=title, lines=[self.sentence(lang)], lang=lang)

    def sentence(self, lang: Lang = "zh") -> str:
        """Say how many rows were used, used with a warning, and rejected."""
        return text(
            "report.rows",
            lang,
            file=self.path.name,
            rows=self.rows,
            used=self.used,
            doubtful=self.doubtful,
            rejected=self.rejected,
            left_out=self.left_out,
            faulty=self.rejected - self.left_out,
        )

    def _fields(self) -> list[Field]:
        fields: list[Field] = [("file", self.path.name)]
        if self.sheet:
            fields.append(("sheet", self.sheet))
        if self.encoding:
            fields.append(("encoding", self.encoding))
        if self.as_of:
            fields.append(("figures of", self.as_of))
        if self.marks:
            fields.append(("marks read as missing", ", ".join(f"{n} in {name}" for name, n in self.marks.items())))
        fields += [("rows", self.rows), ("used", self.used), ("used with a warning", self.doubtful)]
        fields += [("rejected", self.rejected), ("rejected without an error", self.left_out)]
        fields.append(("errors", len(self.errors), "bad" if self.errors else "good"))
        fields.append(("columns read", ", ".join(f"{field} ({header})" for field, header in self.headers.items())))
        fields.append(("columns not read", ", ".join(self.unread) or "none"))
        return fields

    def __repr__(self) -> str:
        """Return one line: the class, the file and its rows."""
        return (
            f"<ReadReport: {self.path.name}, {self.rows} rows, {self.used} used, {self.rejected} rejected, "
            f"{len(self.errors)} errors>"
        )

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("ReadReport", self._fields())

    def _repr_html_(self) -> str:
        html = fields_html("ReadReport", self._fields())
        if not self.issues:
            return html
        rows = [[issue.code, issue.severity, issue.message("zh")] for issue in self.issues]
        return html + table_html(["code", "severity", "message"], rows, limit=_SHOWN)


class LedgerError(HierarchyError):
    """A file with errors; lists all of them.

    Parameters
    ----------
    english, chinese : str
        The messages.
    problems : tuple of RowProblem
        Faults of the tree; `row` counts the used rows from 0, `report.source_rows[row]` is the row of the sheet.
    report : ReadReport, optional
        What became of every row.
    """

    def __init__(
        self,
        english: str,
        chinese: str = "",
        problems: tuple[RowProblem, ...] = (),
        report: ReadReport | None = None,
    ) -> None:
        super().__init__(english, chinese, problems)
        self.report = report

    @classmethod
    def of(cls, report: ReadReport, problems: tuple[RowProblem, ...]) -> LedgerError:
        """Make the error of a report that holds errors."""
        texts = []
        for lang, head, more in (
            ("en", "{n} errors in {file}:", "... and {k} more, see report.issues"),
            ("zh", "{file} 中有 {n} 处错误：", "……另有 {k} 处，见 report.issues"),
        ):
            errors = report.errors
            lines = [head.format(n=len(errors), file=report.path.name)]
            lines += [issue.message(lang) for issue in errors[:_SHOWN]]  # type: ignore[arg-type]
            if len(errors) > _SHOWN:
                lines.append(more.format(k=len(errors) - _SHOWN))
            texts.append("\n".join(lines))
        return cls(texts[0], texts[1], problems, report)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep problems and report through pickle."""
        return type(self), (str(self), self._chinese, self.problems, self.report)
