# SPDX-License-Identifier: BSD-3-Clause
"""Two norms of staffing side by side on the same communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._columns import RURAL, UNKNOWN, count_column
from shequ._core import Basis
from shequ._errors import InvalidInputError, optional_import
from shequ._messages import text
from shequ._repr_html import table_html
from shequ._repr_text import table_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._core import Norm
    from shequ._errors import Lang

__all__ = ["ComparedTotal", "NormComparison", "basis_column", "compared_posts"]


def basis_column(basis: Basis) -> str:
    """Return the name of the column that holds what a norm counts; which kind of households it holds, its owner knows."""
    if basis in (Basis.RESIDENTS, Basis.REGISTERED_PERSONS):
        return "persons"
    return "dwellings" if basis is Basis.DWELLINGS else "households"


def compared_posts(
    norm: Norm, columns: Mapping[str, Any], setting: NDArray[np.int8], size: int, every_setting: bool
) -> tuple[IntColumn, IntColumn]:
    """Return least and most posts of each community, masked where the norm gives none."""
    rule = norm.staffing
    if rule is None:
        raise InvalidInputError(
            f"norm={norm.id} must be a norm of staffing, see shequ.norms.catalogue()",
            f"norm={norm.id} 必须是配备类标准，见 shequ.norms.catalogue()",
        )
    name = basis_column(rule.basis)
    if name not in columns:
        given = ", ".join(columns)
        raise InvalidInputError(
            f"columns=[{given}] must contain {name}, which {norm.id} counts",
            f"columns=[{given}] 必须含有 {name}（{norm.id} 的口径）",
        )
    counts = count_column(columns[name], name, size).values.copy()
    if not every_setting:
        other = RURAL if rule.applies_to.name == "URBAN" else 1 - RURAL
        counts[(setting == other) | (setting == UNKNOWN)] = np.ma.masked
    posts: tuple[IntColumn, IntColumn] = rule.posts_range(counts)
    return posts


@dataclass(frozen=True)
class ComparedTotal:
    """Posts of two norms in a town, or in all communities; None where no community has an answer.

    Parameters
    ----------
    name : str
        Of the town.
    communities, answered_a, answered_b : int
        All communities, and those with an answer of each norm.
    least_a, most_a, least_b, most_b : int or None
        Sums of posts.
    """

    name: str
    communities: int
    answered_a: int
    answered_b: int
    least_a: int | None
    most_a: int | None
    least_b: int | None
    most_b: int | None


@dataclass(frozen=True)
class NormComparison:
    """Posts of every community by two norms; made by `shequ.norms.compare`.

    Parameters
    ----------
    a, b : Norm
        The norms.
    lang : "zh" or "en"
        Language of headers and names.
    code, name : list of str, length n
        Of each community.
    towns : list of str
        Names of towns; `town_index` (ndarray of int32, shape (n,)) says which is whose.
    least_a, most_a, least_b, most_b : masked array of int64, shape (n,)
        Posts; masked where the norm gives none: not meant for the community, count missing, or not covered.
    notes : tuple of str
        Where the settings come from, and which columns were counted.
    """

    a: Norm
    b: Norm
    lang: Lang
    code: list[str]
    name: list[str]
    towns: list[str]
    town_index: NDArray[np.int32]
    least_a: IntColumn
    most_a: IntColumn
    least_b: IntColumn
    most_b: IntColumn
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of communities."""
        return len(self.code)

    @property
    def difference(self) -> IntColumn:
        """Least posts of b less those of a, masked where one of them is."""
        return self.least_b - self.least_a

    def totals(self) -> list[ComparedTotal]:
        """Return the sums of each town, in the order of the towns."""
        return [self._total(name, self.town_index == i) for i, name in enumerate(self.towns)]

    @property
    def total(self) -> ComparedTotal:
        """The sums over all communities."""
        return self._total(text("total", self.lang), np.ones(len(self), dtype=np.bool_))

    def _total(self, name: str, where: NDArray[np.bool_]) -> ComparedTotal:
        sums = [
            int(column[where].sum()) if column[where].count() else None
            for column in (self.least_a, self.most_a, self.least_b, self.most_b)
        ]
        answered = (int(self.least_a[where].count()), int(self.least_b[where].count()))
        return ComparedTotal(name, int(where.sum()), *answered, *sums)

    @property
    def headers(self) -> list[str]:
        """Headers of `row`."""
        words = [text("col." + key, self.lang) for key in ("town", "code", "community")]
        return [*words, self.a.id, self.b.id, text("norms.difference", self.lang)]

    def row(self, i: int) -> list[object]:
        """Return the cells of community `i`; None where a norm gives no number, "14-19" where it gives a range."""
        difference = self.difference
        return [
            self.towns[int(self.town_index[i])],
            self.code[i],
            self.name[i],
            _cell(self.least_a, self.most_a, i),
            _cell(self.least_b, self.most_b, i),
            None if np.ma.getmaskarray(difference)[i] else int(difference[i]),
        ]

    def summary(self) -> str:
        """Say in one sentence what each norm adds up to."""
        total = self.total
        parts = [
            text("norms.sum", self.lang, id=norm.id, posts=_range(least, most), answered=answered, all=len(self))
            for norm, least, most, answered in (
                (self.a, total.least_a, total.most_a, total.answered_a),
                (self.b, total.least_b, total.most_b, total.answered_b),
            )
        ]
        return text("separator", self.lang).join(parts)

    def to_dataframe(self) -> pd.DataFrame:
        """Return one row a community, with least and most posts of both norms and the difference; needs pandas."""
        with optional_import("to_dataframe()", "pandas", "pandas"):
            import pandas as pd
        town = [self.towns[i] for i in self.town_index.tolist()]
        columns: dict[str, Any] = {"town": town, "code": self.code, "name": self.name}
        numbers = {
            f"{self.a.id} least": self.least_a,
            f"{self.a.id} most": self.most_a,
            f"{self.b.id} least": self.least_b,
            f"{self.b.id} most": self.most_b,
            "difference": self.difference,
        }
        columns |= {key: pd.array(values.tolist(), dtype="Int64") for key, values in numbers.items()}
        frame: pd.DataFrame = pd.DataFrame(columns)
        return frame

    def __repr__(self) -> str:
        """Return one line: the norms and the sums."""
        total = self.total
        return (
            f"<NormComparison: {self.a.id} {_range(total.least_a, total.most_a)}, "
            f"{self.b.id} {_range(total.least_b, total.most_b)}, {len(self)} communities>"
        )

    def __str__(self) -> str:
        """Return the first communities and the sums."""
        rows = (self.row(i) for i in range(len(self)))
        return "\n".join([table_text(self.headers, rows, count=len(self)), self.summary(), *self.notes])

    def _repr_html_(self) -> str:
        rows = (self.row(i) for i in range(len(self)))
        return table_html(self.headers, rows, count=len(self), title=self.summary())


def _cell(least: IntColumn, most: IntColumn, i: int) -> object:
    if np.ma.getmaskarray(least)[i]:
        return None
    return int(least[i]) if least[i] == most[i] else f"{int(least[i])}-{int(most[i])}"


def _range(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return "—"
    return f"{least:,}" if least == most else f"{least:,}-{most:,}"
