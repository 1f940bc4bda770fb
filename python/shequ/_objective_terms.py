# SPDX-License-Identifier: BSD-3-Clause
"""The weighted sum of objectives that a problem is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._problem_inputs import MAX_INT64, whole
from shequ.objectives import (
    CutEdges,
    Deviation,
    Disturbance,
    Inertia,
    Objective,
    PartCount,
    PolsbyPopper,
    RegionSplits,
    Reock,
    SharedPerimeter,
    Staff,
    StaffLoad,
    Travel,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Objectives", "weighted_terms"]

Entry = Objective | str
#: What `shequ.Problem` accepts: one objective or a weighted sum of several.
Objectives = Entry | Mapping[Entry, int] | Sequence[Entry | tuple[Entry, int]]

_KINDS: dict[str, type[Objective]] = {
    kind.name: kind
    for kind in (CutEdges, SharedPerimeter, PolsbyPopper, Reock, Inertia, Deviation, PartCount, Staff, StaffLoad,
                 RegionSplits, Disturbance, Travel)
}  # fmt: skip


def _named(name: str, edge_weights: NDArray[np.int64] | None) -> Objective:
    if name == SharedPerimeter.name:
        if edge_weights is None:
            raise InvalidInputError(
                'edge_weights is missing and must be given for objective="shared_perimeter"',
                '缺少 edge_weights，objective="shared_perimeter" 时必须给出',
            )
        return SharedPerimeter(edge_weights)
    kind = _KINDS.get("polsby_popper" if name == "compactness" else name)
    if kind is None:
        allowed = ", ".join(f'"{known}"' for known in _KINDS)
        raise InvalidInputError(
            f"objective={name!r} must be one of {allowed}, or an object of shequ.objectives",
            f"objective={name!r} 必须是以下之一：{allowed}，或 shequ.objectives 的对象",
        )
    try:
        return kind()
    except TypeError:
        raise InvalidInputError(
            f'objective="{name}" needs columns and must be given as shequ.objectives.{kind.__name__}(...)',
            f'objective="{name}" 需要数据列，必须写成 shequ.objectives.{kind.__name__}(...)',
        ) from None


def weighted_terms(given: object, edge_weights: NDArray[np.int64] | None) -> tuple[tuple[Objective, int], ...]:
    """Return objectives and their weights as `shequ.Problem` accepts them.

    Parameters
    ----------
    given : Objective, str, mapping of these to int, or sequence of these and of pairs (objective, weight)
    edge_weights : ndarray of int64, shape (n_edges,), optional
        The lengths of ``"shared_perimeter"``.
    """
    if isinstance(given, (str, Objective)):
        entries: list[Any] = [(given, 1)]
    elif isinstance(given, Mapping):
        entries = list(given.items())
    elif isinstance(given, Sequence):
        entries = [entry if isinstance(entry, tuple) else (entry, 1) for entry in given]
    else:
        entries = [(given, 1)]
    terms = []
    for i, entry in enumerate(entries):
        of, weight = entry if len(entry) == 2 else (entry, 1)
        if isinstance(of, str):
            of = _named(of, edge_weights)
        if not isinstance(of, Objective):
            raise InvalidInputError(
                f"objective[{i}]={of!r} must be a name or an object of shequ.objectives, alone or with a weight",
                f"objective[{i}]={of!r} 必须是名称或 shequ.objectives 的对象，可附权重",
            )
        terms.append((of, whole(weight, f"objective[{i}] weight", MAX_INT64)))
    return tuple(terms)
