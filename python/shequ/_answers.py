# SPDX-License-Identifier: BSD-3-Clause
"""What a question is answered with: a table that is shown, read as a frame, and saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shequ._frames import frame_of
from shequ._messages import text
from shequ._repr_html import table_html
from shequ._repr_text import table_text
from shequ._save_table import save_table
from shequ._scenario_words import measure_words

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    import pandas as pd

    from shequ._errors import Lang

__all__ = ["AnswerTable"]


@dataclass(frozen=True)
class AnswerTable:
    """Rows that answer a question, with what has to be known of them.

    Parameters
    ----------
    title : str
    names : tuple of str
        Of the columns, for programs; `headers` are for people.
    rows : tuple of tuples
        Cells: str, int or None; float for yuan and square metres.
    notes : tuple of str
        Sentences: how many communities could not be answered, what was rounded.
    lang : "zh" or "en"
    """

    title: str
    names: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...]
    lang: Lang

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @property
    def headers(self) -> list[str]:
        """Headers in the language of the table."""
        return [measure_words(name, self.lang) for name in self.names]

    def column(self, name: str) -> list[object]:
        """Return the cells of a column by its name."""
        return [row[self.names.index(name)] for row in self.rows]

    def to_dataframe(self) -> pd.DataFrame:
        """Return the rows as a frame, whole numbers as Int64; needs pandas."""
        whole = [
            name
            for c, name in enumerate(self.names)
            if self.rows and all(row[c] is None or type(row[c]) is int for row in self.rows)
        ]
        return frame_of(self.rows, self.names, whole=whole)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the table as .xlsx, .csv or .html; the old file stays whole until the new one is complete."""
        return save_table(path, self.headers, self.rows, title=self.title, lines=self.notes, lang=self.lang)

    def __repr__(self) -> str:
        """Return one line."""
        return f"<AnswerTable: {self.title}, {len(self)} rows>"

    def __str__(self) -> str:
        """Return title, first rows and notes."""
        table = table_text(self.headers, self.rows, count=len(self)) if self.rows else text("cli.none", self.lang)
        return "\n".join([self.title, table, *self.notes])

    def _repr_html_(self) -> str:
        return table_html(self.headers, self.rows, count=len(self), title=f"{self.title}. {' '.join(self.notes)}")
