# SPDX-License-Identifier: BSD-3-Clause
"""The catalogue of norms (标准目录): rules with id, parameters, source and how well they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shequ._core import Norm, find_norm, norm_catalogue
from shequ._errors import optional_import
from shequ._messages import check_lang

if TYPE_CHECKING:
    import pandas as pd

    from shequ._errors import Lang

__all__ = ["catalogue", "every", "get"]


def get(id: str) -> Norm:
    """Return the norm of this id.

    Parameters
    ----------
    id : str
        For example "staff.wujin2012".

    Returns
    -------
    Norm
        With `title(lang)`, `parameters(lang)`, `source`, `effective`, `status`, and `staffing` (StaffingRule) or
        `grid_size` (least and most households) where it is such a norm.

    Raises
    ------
    InvalidInputError
        There is no such norm; the message names the nearest ids.

    Examples
    --------
    >>> get("staff.wujin2012").staffing.posts(1250)
    5
    """
    return find_norm(id)


def every() -> tuple[Norm, ...]:
    """Return all norms in the order of their ids; needs no other package."""
    return tuple(norm_catalogue())


def catalogue(lang: Lang = "en") -> pd.DataFrame:
    """Return all norms as a table.

    Parameters
    ----------
    lang : "zh" or "en", default "en"
        Language of titles and parameters.

    Returns
    -------
    pandas.DataFrame
        Indexed by id; columns title, parameters, source, effective, status.

    Raises
    ------
    MissingDependencyError
        pandas is not installed; `every()` works without.
    """
    lang = check_lang(lang)
    with optional_import("norms.catalogue()", "pandas", "pandas", instead="norms.every()"):
        import pandas as pd
    rows = [
        (norm.id, norm.title(lang), norm.parameters(lang), norm.source, norm.effective, norm.status.name.lower())
        for norm in every()
    ]
    names = ["id", "title", "parameters", "source", "effective", "status"]
    table: pd.DataFrame = pd.DataFrame(rows, columns=names).set_index("id")
    return table
