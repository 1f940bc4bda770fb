# SPDX-License-Identifier: BSD-3-Clause
"""The parts of a community that a districting plan makes, for `Scenario.split`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Plan
from shequ._errors import InvalidInputError
from shequ._problem_inputs import whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from shequ.district import District

__all__ = ["parts_of_plan"]

_MAX_PART = 2**31 - 1


def parts_of_plan(
    district: District, unit: int | str, plan: Plan | ArrayLike, names: Sequence[str], **values: Sequence[float]
) -> list[dict[str, Any]]:
    """Return what `Scenario.split` takes, from a plan of a community's buildings.

    Parameters
    ----------
    district : District
        With buildings (atoms).
    unit : int or str
        The community that is split, by number or code.
    plan : Plan, or array_like of int, shape (n_atoms_of_the_community,)
        Part of each of its buildings in the order of the district, 0 and up, as `solve` on their graph returns.
    names : sequence of str
        Names of the parts, by their numbers.
    **values : sequence of numbers
        Further columns, one number a part: workers=[5, 4]. Households are those of the buildings.

    Returns
    -------
    list of dict
        One entry a part: name, households, and the further columns.

    Raises
    ------
    InvalidInputError
        The district has no buildings there, or a length is not that of the buildings or of the parts.

    Notes
    -----
    `Scenario.split` refuses parts that do not add up to what the community has: where the ledger and the buildings differ, set
    the households of the community first.

    Examples
    --------
    >>> import shequ
    >>> district = shequ.sample_district(seed=0)
    >>> unit = district.hierarchy.index("990101001001")
    >>> buildings = (district.atoms.community == unit).nonzero()[0]
    >>> graph = district.atoms.graph().subgraph(buildings)
    >>> plan = shequ.solve(shequ.Problem(graph, weights="households", parts=2, tolerance=0.1), seed=0)
    >>> made = shequ.parts_of_plan(district, unit, plan, ["明珠一社区", "明珠二社区"], workers=[4, 4])
    >>> sum(part["households"] for part in made)
    2128
    """
    if district.atoms is None:
        raise InvalidInputError("district.atoms=None must be given", "district.atoms=None 必须给出")
    tree = district.hierarchy
    number = tree.index(unit) if isinstance(unit, str) else unit
    households = district.atoms.households[district.atoms.community == number]
    given = plan.labels if isinstance(plan, Plan) else plan
    labels = np.array([whole(label, "plan", _MAX_PART) for label in np.asarray(given).tolist()], dtype=np.int64)
    _check_length("plan", len(labels), len(households), "buildings of the community", "该社区的建筑数")
    if labels.min(initial=0) < 0:
        raise InvalidInputError(
            f"plan={int(labels.min())} must be a part, 0 or more",
            f"plan={int(labels.min())} 必须是部分的编号，不小于 0",
        )
    parts = int(labels.max(initial=-1)) + 1
    _check_length("names", len(names), parts, "parts of the plan", "方案的部分数")
    for column, numbers in values.items():
        _check_length(column, len(numbers), parts, "parts of the plan", "方案的部分数")
    sums = np.bincount(labels, weights=households, minlength=parts).astype(np.int64)  # whole numbers below 2**53
    return [
        {"name": name, "households": int(sums[p]), **{column: numbers[p] for column, numbers in values.items()}}
        for p, name in enumerate(names)
    ]


def _check_length(name: str, length: int, wanted: int, english: str, chinese: str) -> None:
    if length != wanted:
        raise InvalidInputError(
            f"{name} has length {length} and must have length {wanted}, the {english}",
            f"{name} 的长度是 {length}，必须是 {wanted}（{chinese}）",
        )
