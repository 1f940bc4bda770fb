# SPDX-License-Identifier: BSD-3-Clause
"""What a check of a plan found, and the file that lets anyone repeat the check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._certificate_document import labels_of, problem_document, problem_of
from shequ._errors import InvalidInputError
from shequ._files import replacing

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray

    from shequ._core import Violation
    from shequ.districting import Problem

__all__ = ["Certificate", "read_certificate"]


class Certificate:
    """What `certify` found of a plan: right when `ok`.

    Parameters
    ----------
    problem : Problem
        The problem that the plan is for.
    labels : ndarray of int64, shape (n_nodes,)
        Part of each node; -1: in none.
    claims : mapping, optional
        What the search said of the plan: status, bound, seed, steps.
    """

    __slots__ = ("_claims", "_found", "_labels", "_problem")

    def __init__(self, problem: Problem, labels: NDArray[np.int64], claims: dict[str, Any] | None = None) -> None:
        self._problem = problem
        self._found = _core.certify(problem.core, labels)
        self._labels = np.array(labels, dtype=np.int64)
        self._labels.setflags(write=False)
        self._claims = {"status": None, "bound": None, **(claims or {})}

    @property
    def ok(self) -> bool:
        """Whether the plan keeps every rule."""
        return self._found.ok

    @property
    def violations(self) -> list[Violation]:
        """The rules that it breaks, with nodes and amounts."""
        return self._found.violations

    @property
    def objective(self) -> int:
        """Recomputed from the labels: weighted sum of the terms."""
        return self._found.objective

    @property
    def terms(self) -> list[int]:
        """Value of each term of the objective, unweighted."""
        return self._found.terms

    @property
    def part_count(self) -> int:
        """Number of parts."""
        return self._found.part_count

    @property
    def part_weights(self) -> NDArray[np.int64]:
        """Weight of each part, by its number: int64, shape (largest number + 1,), read-only."""
        return self._found.part_weights

    @property
    def problem(self) -> Problem:
        """The problem that the plan is for."""
        return self._problem

    @property
    def labels(self) -> NDArray[np.int64]:
        """Part of each node: int64, shape (n_nodes,), read-only."""
        return self._labels

    @property
    def status(self) -> str | None:
        """What the search said of its plan: "optimal", "feasible", "unknown", "infeasible"; None where there was none."""
        return self._claims["status"]  # type: ignore[no-any-return]

    @property
    def bound(self) -> int | None:
        """Lower bound on the objective that the search proved, or None. The check does not repeat this proof."""
        return self._claims["bound"]  # type: ignore[no-any-return]

    def document(self) -> dict[str, Any]:
        """Return problem, plan and claims as what JSON is made of.

        Returns
        -------
        dict
            In the form of the schema ``shequ/schemas/certificate.schema.json``: nodes are positions in ``problem.ids``,
            every number a whole one.

        Raises
        ------
        InvalidInputError
            An id is no text, number or tuple of these.
        """
        found = self._found
        return {
            "format": "shequ certificate",
            "version": 1,
            "written_by": f"shequ {_core.__version__}",
            "problem": problem_document(self._problem),
            "labels": self._labels.tolist(),
            "claims": {
                "ok": found.ok,
                "objective": found.objective,
                "terms": found.terms,
                "part_count": found.part_count,
                "part_weights": found.part_weights.tolist(),
                "violations": [
                    {
                        "kind": violation.kind.name.lower(),
                        "part": violation.part,
                        "nodes": violation.nodes.tolist(),
                        "amount": violation.amount,
                        "english": violation.message("en"),
                        "chinese": violation.message("zh"),
                    }
                    for violation in found.violations
                ],
                **self._claims,
            },
        }

    def to_json(self) -> str:
        """Return the document as JSON, one field a line."""
        return _lines(self.document(), "") + "\n"

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the document as JSON in UTF-8, for ``python -m shequ.certify`` and `read_certificate`.

        Parameters
        ----------
        path : path-like
            The file, replaced only once all is written.

        Raises
        ------
        InvalidInputError
            The path is not writable, or an id is no text, number or tuple of these.
        """
        content = self.to_json().encode("utf-8")
        with replacing(path) as file:
            file.write(content)

    def __repr__(self) -> str:
        """Return the class and its key numbers."""
        return repr(self._found)

    def __str__(self) -> str:
        """Return the fields as aligned text."""
        return str(self._found)

    def _repr_html_(self) -> str:
        return self._found._repr_html_()


def _lines(value: Any, indent: str) -> str:
    if isinstance(value, dict) and value and len(indent) < 4:
        inner = indent + "  "
        fields = (f"{inner}{json.dumps(name, ensure_ascii=False)}: {_lines(v, inner)}" for name, v in value.items())
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_certificate(path: str | os.PathLike[str]) -> Certificate:
    """Read a plan and its problem from the file of a certificate, and certify the plan anew.

    Parameters
    ----------
    path : path-like
        Written by `Certificate.write`.

    Returns
    -------
    Certificate
        With `problem` and `labels`; `status` and `bound` are what the file says, all else is recomputed. Columns of the
        graph that no rule or objective uses are not in the file.

    Raises
    ------
    InvalidInputError
        The file is missing, is no certificate, or states a problem that is none.
    """
    from shequ.checker import Unreadable, load

    try:
        document = load(path)
    except Unreadable as error:
        raise InvalidInputError(f"{path}: {error}", f"{path}：{error.chinese}") from None
    told = ("status", "bound", "seed", "steps")
    claims = {name: value for name, value in document.claims.items() if name in told}
    return Certificate(problem_of(document), labels_of(document), claims)
