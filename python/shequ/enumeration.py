# SPDX-License-Identifier: BSD-3-Clause
"""All plans of a tiny graph: what a random or searching method is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shequ import _core
from shequ._problem_inputs import MAX_INT64, check_type, whole
from shequ.districting import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PlanList", "enumerate_plans"]


class PlanList(NamedTuple):
    """All plans that keep the rules of a problem, or the first of them."""

    labels: NDArray[np.int32]  #: shape (n_plans, n_nodes), parts numbered by their first node
    complete: bool  #: there are no others; False: the limit or Ctrl-C ended it


def enumerate_plans(problem: Problem, *, limit: int = 1_000_000) -> PlanList:
    """Return every plan that keeps all rules of a problem; the objective plays no part.

    Parameters
    ----------
    problem : Problem
        Of a tiny graph: the time grows exponentially with the nodes. A grid of 6 x 6 has 451,206 divisions into 6 parts of 6.
    limit : int, default 1_000_000
        Most plans, 1 or more. Each takes 4 bytes a node.

    Returns
    -------
    PlanList
        Plans that differ in the numbers of parts only are one. Their order depends on the problem alone. Ctrl-C ends it and
        returns those so far.

    Raises
    ------
    InvalidInputError
        `limit` is out of range.

    Examples
    --------
    >>> import shequ
    >>> lane = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    >>> shequ.enumerate_plans(shequ.Problem(lane, weights=[1] * 4, parts=2, lower=1, upper=3)).labels.tolist()
    [[0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 1, 1]]
    """
    check_type(problem, "problem", Problem)
    labels, complete = _core.enumerate_plans(problem.core, whole(limit, "limit", MAX_INT64))
    return PlanList(labels, complete)
