# SPDX-License-Identifier: BSD-3-Clause
"""The catalogue of norms (标准目录): rules with id, parameters, source and how well they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Norm, find_norm, norm_catalogue
from shequ._errors import optional_import
from shequ._messages import check_lang, text
from shequ._norm_comparison import ComparedTotal, NormComparison, basis_column, compared_posts
from shequ._norm_files import read_norms

if TYPE_CHECKING:
    import pandas as pd

    from shequ._errors import Lang
    from shequ.district import District
    from shequ.io import ReadReport

__all__ = ["ComparedTotal", "NormComparison", "catalogue", "compare", "every", "get", "read"]


def get(id: str, own: Iterable[Norm] = ()) -> Norm:
    """Return the norm of this id.

    Parameters
    ----------
    id : str
        For example "staff.wujin2012".
    own : iterable of Norm, optional
        Norms of `read`, looked through before the catalogue.

    Returns
    -------
    Norm
        With `title(lang)`, `parameters(lang)`, `source`, `effective`, `status`, and where it is such a norm `staffing`
        (StaffingRule, StaffingRatio or StaffingTable), `grid_size` (least and most households), `funding` (FundingRule).

    Raises
    ------
    InvalidInputError
        There is no such norm; the message names the nearest ids.

    Examples
    --------
    >>> get("staff.wujin2012").staffing.posts(1250)
    5
    """
    return find_norm(id, own)


def every() -> tuple[Norm, ...]:
    """Return all norms in the order of their ids; needs no other package."""
    return tuple(norm_catalogue())


def read(path: str | Path) -> tuple[Norm, ...]:
    """Read norms of one's own from a TOML file.

    Parameters
    ----------
    path : str or Path
        UTF-8. One table ``[[norm]]`` a norm: `id`, `title`, `source`, and as far as known `effective` and `parameters` (in
        words); texts may be given as ``{ zh = "...", en = "..." }``. Its rule is one of the tables ``[norm.steps]``,
        ``[norm.ratio]``, ``[norm.table]``, ``[norm.grid_size]``, ``[norm.funding]`` (in yuan), ``[norm.premises]``,
        ``[norm.outdoor]``, whose keys are the arguments of StaffingRule, StaffingRatio, StaffingTable, FundingRule and
        FacilityRule.

    Returns
    -------
    tuple of Norm
        In the order of the file; `get` and `compare` take them as `own`.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or a norm is none: names the file, the norm, the key, its value and what is allowed.
    MissingDependencyError
        Python 3.10 needs the package tomli.

    Examples
    --------
    A file that holds one norm::

        [[norm]]
        id = "staff.mycity2026"
        title = { zh = "社区工作者配备", en = "Community workers" }
        source = "my city, 2026, article 3"
        effective = 2026-01-01
        [norm.ratio]
        posts = 20
        per = 10_000
        basis = "residents"
        minimum = 9
    """
    return read_norms(Path(path))


def compare(
    a: str | Norm,
    b: str | Norm,
    source: District | Mapping[str, Any],
    *,
    own: Iterable[Norm] = (),
    every_setting: bool = False,
    read: ReadReport | None = None,
    lang: Lang = "zh",
) -> NormComparison:
    """Put two norms of staffing side by side on the same communities.

    Parameters
    ----------
    a, b : str or Norm
        The norms, or their ids.
    source : District or mapping of columns
        A district, or columns of n communities each: `households`, `dwellings` or `persons`, whichever the norms count, and
        as far as known `setting`, `kind`, `code`, `name`, `town`.
    own : iterable of Norm, optional
        Norms of `read`.
    every_setting : bool, default False
        Apply the norms also to communities that they are not meant for.
    read : ReadReport, optional
        What reading the district's file said.
    lang : "zh" or "en", default "zh"
        Language of names and notes.

    Returns
    -------
    NormComparison
        Posts of every community by both norms; masked where a norm gives none.

    Raises
    ------
    InvalidInputError
        A norm is not one of staffing, or the column that it counts is missing.

    Examples
    --------
    >>> table = compare("staff.wujin2012", "staff.beijing2020", {"households": [900, 2600]}, lang="en")
    >>> table.least_a.tolist(), table.least_b.tolist(), table.most_b.tolist()
    ([4, 10], [9, 18], [9, 24])
    """
    from shequ.staff import community_columns, settings_of, texts_of

    lang = check_lang(lang)
    extra = tuple(own)
    norm_a, norm_b = (norm if isinstance(norm, Norm) else get(norm, extra) for norm in (a, b))
    columns = source if isinstance(source, Mapping) else community_columns(source, lang, read)
    size = len(next(iter(columns.values()), ()))
    codes, names, towns = (texts_of(columns, name, size) for name in ("code", "name", "town"))
    setting, notes = settings_of(columns, codes, names, size, lang)
    everywhere = every_setting or not {"setting", "kind", "code", "name"} & columns.keys()
    least_a, most_a = compared_posts(norm_a, columns, setting, size, everywhere)
    least_b, most_b = compared_posts(norm_b, columns, setting, size, everywhere)
    keys = list(zip(texts_of(columns, "town_code", size), towns, strict=True))
    order = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    counted = [
        text("norms.counted", lang, id=norm.id, column=basis_column(norm.staffing.basis))
        for norm in (norm_a, norm_b)
        if norm.staffing is not None
    ]
    return NormComparison(
        a=norm_a,
        b=norm_b,
        lang=lang,
        code=codes,
        name=names,
        towns=[name for _code, name in order],
        town_index=np.array([order[key] for key in keys], dtype=np.int32),
        least_a=least_a,
        most_a=most_a,
        least_b=least_b,
        most_b=most_b,
        notes=(*notes, *counted),
    )


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
