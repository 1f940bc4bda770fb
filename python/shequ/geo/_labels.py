# SPDX-License-Identifier: BSD-3-Clause
"""What the rows of a layer are called: polygons by their id, communities by code, or by town and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ.geo._problems import GeoProblem, listed
from shequ.io._headers import match_headers, normalise

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["Owners", "atom_labels", "check_column", "owners_of"]

_IDS = {normalise(word) for word in ("id", "编号", "楼栋编号", "楼栋代码", "地块编号", "building_id", "atom_id")}
_CODES = {normalise(word) for word in ("社区代码", "村代码", "村居代码", "社区（村）代码", "community_code")}
_TOWNS = {normalise(word) for word in ("town_name", "乡镇名称", "街镇名称")}

#: Parts of one community that lie farther apart than this many metres may be two of the same name.
_FAR_M = 1000.0


def check_column(frame: gpd.GeoDataFrame, argument: str, column: str | None) -> None:
    """Raise InvalidInputError where a column is asked for that the frame does not have."""
    if column is not None and column not in frame.columns:
        given = ", ".join(map(str, frame.columns))
        raise InvalidInputError(
            f'{argument}="{column}" must be a column of atoms: {given}',
            f'{argument}="{column}" 必须是 atoms 的列：{given}',
        )


def _plain(value: Any) -> Any:
    """Return a value as people write it: 3 for 3.0, None for what is missing."""
    if value is None or value != value or type(value).__module__.startswith("pandas"):  # noqa: PLR0124 - NaN
        return None
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return (value.strip() or None) if isinstance(value, str) else value


def _values(frame: gpd.GeoDataFrame, column: str) -> list[Any]:
    return [_plain(value) for value in frame[column].tolist()]


def _first(frame: gpd.GeoDataFrame, words: set[str], field: str = "") -> str | None:
    """Return the first column whose header is one of `words`, or a synonym of a field of ledgers."""
    for column in frame.columns:
        if normalise(column) in words or (field and field in match_headers([column])[0]):
            return str(column)
    return None


def atom_labels(frame: gpd.GeoDataFrame, ids: str | None = None) -> tuple[list[Any], list[GeoProblem]]:
    """Return what the rows of a frame are called, and what is wrong with their ids.

    Parameters
    ----------
    frame : GeoDataFrame
        n rows.
    ids : str, optional
        Column with the ids. Default: the index; where that has no name and only counts the rows, the column "id", "编号"
        or "楼栋编号", if its values are all given and differ.

    Returns
    -------
    (list, list of GeoProblem)
        n labels; a warning where ids repeat or are missing and rows are counted instead.

    Raises
    ------
    InvalidInputError
        The column that is asked for does not exist, repeats a value or has gaps.
    """
    check_column(frame, "ids", ids)
    index = frame.index
    counts = index.name is None and index.dtype.kind in "iu"
    column = ids if ids is not None or not counts else _first(frame, _IDS)
    rows = index.tolist()
    if column is None or column == frame.geometry.name:
        return rows, []
    labels = _values(frame, column)
    seen: set[Any] = set()
    twice = list(dict.fromkeys(label for label in labels if label in seen or seen.add(label)))  # type: ignore[func-returns-value]
    twice = [label for label in twice if label is not None]
    missing = [row for row, label in zip(rows, labels, strict=True) if label is None]
    if not twice and not missing:
        return labels, []
    english, chinese = [], []
    if twice:
        english.append(f"repeated: {listed(twice)}")
        chinese.append(f"重复：{listed(twice)}")
    if missing:
        english.append(f"missing in rows {listed(missing)}")
        chinese.append(f"缺失的行：{listed(missing)}")
    both = (
        f'column "{column}" must have one id a row, {"; ".join(english)}',
        f"“{column}”列必须每行一个、互不相同，{'；'.join(chinese)}",
    )
    if ids is not None:
        raise InvalidInputError(*both)
    tail = ("; rows are counted from 0 instead", "；现按行序（从 0 起）称呼")
    return rows, [GeoProblem("warning", "ids", tuple(twice), both[0] + tail[0], both[1] + tail[1])]


@dataclass(frozen=True)
class Owners:
    """Which community each polygon lies in.

    Parameters
    ----------
    keys : list or None
        One a row: a code, a name, or (town, name); None where all are one.
    codes : dict or None
        What the codes of grids begin with.
    names : dict or None
        Chinese and English names.
    problems : list of GeoProblem
        Names that may stand for several communities.
    """

    keys: list[Any] | None
    codes: dict[Any, str] | None = None
    names: dict[Any, tuple[str, str]] | None = None
    problems: list[GeoProblem] = field(default_factory=list)


def _complete(values: list[Any], labels: Sequence[Any], argument: str, column: str) -> None:
    missing = [label for label, value in zip(labels, values, strict=True) if value is None]
    if missing:
        raise InvalidInputError(
            f'{argument}="{column}" must be given for every atom; missing for {listed(missing)}',
            f'{argument}="{column}" 每个楼栋都必须给出；缺失：{listed(missing)}',
        )


def owners_of(
    frame: gpd.GeoDataFrame,
    labels: Sequence[Any],
    within: str | None,
    codes: str | None = None,
    towns: str | None = None,
) -> Owners:
    """Group the rows of a frame by community: by code where there is one, else by town and name.

    Parameters
    ----------
    frame : GeoDataFrame
        n polygons.
    labels : sequence, length n
        What each is called.
    within, codes, towns : str or None
        Columns: of the community, of its code, and of its town. Default of the last two: a column whose header says so.

    Returns
    -------
    Owners
        Keys, codes, names.

    Raises
    ------
    InvalidInputError
        A column does not exist or has gaps: lists the polygons.
    """
    for argument, column in (("within", within), ("codes", codes), ("towns", towns)):
        check_column(frame, argument, column)
    if within is None and codes is None:
        return Owners(None, problems=[_one_community(frame)])
    names = _values(frame, within if within is not None else str(codes))
    if within is not None:
        _complete(names, labels, "within", within)
    if codes is None and not all(isinstance(name, str) and not _is_code(name) for name in names):
        return Owners(names)
    code_column = codes or _first(frame.drop(columns=[within]), _CODES)
    if code_column is not None:
        given = _values(frame, code_column)
        if codes is not None:
            _complete(given, labels, "codes", codes)
        if None not in given:
            return _by_code([str(code) for code in given], names)
    town_column = towns or _first(frame.drop(columns=[within]), _TOWNS, "town")
    if town_column is None:
        return Owners(names, problems=_by_name_only(frame, names))
    town = _values(frame, town_column)
    if towns is not None:
        _complete(town, labels, "towns", towns)
    return _by_town([str(value) if value is not None else "" for value in town], names)


def _is_code(name: str) -> bool:
    return name.isascii() and any(letter.isdigit() for letter in name)


def _one_community(frame: gpd.GeoDataFrame) -> GeoProblem:
    column = _first(frame, {normalise("community_name")}, "community")
    english = "no column of communities is given: all are taken as one community, and grids may cross borders"
    chinese = "没有指定社区所在的列：全部楼栋当作一个社区划分，网格可能跨社区"
    if column is not None:
        english += f'; if the column "{column}" names them, say so: within="{column}"'
        chinese += f'；如“{column}”列就是社区，请指定该列（within="{column}"）'
    return GeoProblem("warning" if column is not None else "note", "one_community", (), english, chinese)


def _by_code(codes: list[str], names: list[Any]) -> Owners:
    called: dict[str, list[str]] = {}
    for code, name in zip(codes, names, strict=True):
        if str(name) not in called.setdefault(code, []):
            called[code].append(str(name))
    problems = [
        GeoProblem(
            "warning", "codes", (),
            f"code {code} has several names: {listed(several)}; it is taken as one community, called {several[0]}",
            f"代码 {code} 有多个名称：{listed(several)}；按一个社区处理，名称取“{several[0]}”",
        )
        for code, several in called.items() if len(several) > 1
    ]  # fmt: skip
    return Owners(codes, {code: code for code in called}, {code: (n[0], n[0]) for code, n in called.items()}, problems)


def _by_town(towns: list[str], names: list[str]) -> Owners:
    of_name: dict[str, list[str]] = {}
    for town, name in zip(towns, names, strict=True):
        if town not in of_name.setdefault(name, []):
            of_name[name].append(town)
    keys = list(zip(towns, names, strict=True))
    codes, called = {}, {}
    for town, name in dict.fromkeys(keys):
        alone = len(of_name[name]) == 1
        codes[town, name] = name if alone else town + name
        called[town, name] = (name, name) if alone else (f"{name}（{town}）", f"{name} ({town})")
    problems = [
        GeoProblem(
            "note", "same_name", (),
            f"{name} is the name of a community in each of {listed(several)}: they are kept apart",
            f"{listed(several)} 都有“{name}”，按街道（镇）分开处理",
        )
        for name, several in of_name.items() if len(several) > 1
    ]  # fmt: skip
    return Owners(keys, codes, called, problems)


def _by_name_only(frame: gpd.GeoDataFrame, names: list[str]) -> list[GeoProblem]:
    """Say that a name is no key; warn of the names whose polygons lie in parts far apart."""
    import shapely

    far: list[str] = []
    if frame.crs is not None and not frame.crs.is_geographic:
        centres: NDArray[np.object_] = shapely.centroid(np.asarray(frame.geometry.values, dtype=object))
        members: dict[str, list[int]] = {}
        for i, name in enumerate(names):
            members.setdefault(name, []).append(i)
        for name, rows in members.items():
            reach = shapely.union_all(shapely.buffer(centres[rows], 0.5 * _FAR_M, quad_segs=4))
            if shapely.get_num_geometries(reach) > 1:
                far.append(name)
    todo = (
        "communities of one name in two towns would be taken as one; give a column of codes or towns",
        "不同街道（镇）的同名社区会被当作一个；请加社区代码列或街道（镇）列",
    )
    if far:
        return [
            GeoProblem(
                "warning", "same_name", (),
                f"{listed(far)}: parts lie more than {_FAR_M:,.0f} m apart, and neither code nor town is given: {todo[0]}",
                f"{listed(far)}：楼栋相距 {_FAR_M:,.0f} 米以上，又没有代码和街道（镇）列：{todo[1]}",
            )
        ]  # fmt: skip
    return [
        GeoProblem(
            "note", "same_name", (),
            f"communities are told apart by name only: {todo[0]}", f"社区只按名称区分：{todo[1]}",
        )
    ]  # fmt: skip
