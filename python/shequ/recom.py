# SPDX-License-Identifier: BSD-3-Clause
"""Chains of random plans by spanning-tree recombination: start at a plan, step, look at statistics, save and resume."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import BadZipFile

import numpy as np

from shequ import _core
from shequ._core import RecomVariant
from shequ._errors import InvalidInputError
from shequ._problem_inputs import check_type, node_labels, whole
from shequ._repr_html import fields_html
from shequ._repr_text import Field, fields_text
from shequ.districting import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from os import PathLike

    from numpy.typing import ArrayLike, NDArray

    from shequ.districting import Plan

__all__ = ["RecomChain", "RecomVariant", "recom"]

_MAX_INT64 = 2**63 - 1
_FILE_FORMAT = 1
_COLUMN_TYPES = {
    "cut_edges": np.int64,
    "accepted": np.bool_,
    "first": np.int32,
    "second": np.int32,
    "first_weight": np.int64,
    "second_weight": np.int64,
}


class RecomChain:
    """A Markov chain of plans; `recom` makes one, `RecomChain.load` goes on with a stored one.

    Iterating makes the steps that are left, one by one, and gives the labels after each: int32, shape (n_nodes,).
    `run` makes them at full speed. Both record what each step did in `columns`. A keyboard interrupt leaves the chain
    after its last whole step: run or iterate again to go on.

    Examples
    --------
    >>> import shequ
    >>> blocks = shequ.Graph.from_edges(6, [(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)])
    >>> problem = shequ.Problem(blocks, weights=[150, 200, 180, 170, 150, 150], parts=2, lower=400, upper=600)
    >>> chain = shequ.recom(problem, start=shequ.solve(problem), steps=1000, seed=0)
    >>> chain.run().columns["cut_edges"].max()
    np.int64(3)
    """

    __slots__ = ("_core", "_planned", "_problem", "_start_weights")

    def __init__(
        self, core: _core.RecomChain, problem: Problem, planned: int, start_weights: NDArray[np.int64]
    ) -> None:
        self._core = core
        self._problem = problem
        self._planned = planned
        self._start_weights = start_weights

    def __len__(self) -> int:
        """Return the number of steps planned, made or not."""
        return self._planned

    def __iter__(self) -> RecomChain:
        """Go on with the steps that are left."""
        return self

    def __next__(self) -> NDArray[np.int32]:
        """Make one step and return the labels after it."""
        if self._core.steps >= self._planned:
            raise StopIteration
        self._core.advance(1)
        return self._core.labels

    def run(self, steps: int | None = None, *, progress: Callable[[RecomChain], object] | None = None) -> RecomChain:
        """Make the steps that are left, or some.

        Parameters
        ----------
        steps : int, optional
            Make so many, 0 or more, also beyond those planned; None for all that are left.
        progress : callable, optional
            Called with the chain at most every 50 ms; it may read the chain and must not advance it.

        Returns
        -------
        RecomChain
            The chain itself.

        Raises
        ------
        InvalidInputError
            For a negative number of steps.
        KeyboardInterrupt
            On Ctrl-C, with the chain after its last whole step.
        """
        made = self._core.steps
        count = max(0, self._planned - made) if steps is None else _at_least(steps, "steps", 0)
        self._planned = max(self._planned, made + count)
        self._core.advance(count, None if progress is None else lambda: progress(self))
        return self

    @property
    def problem(self) -> Problem:
        """The problem whose rules all plans keep."""
        return self._problem

    @property
    def labels(self) -> NDArray[np.int32]:
        """Part of each node now: int32, shape (n_nodes,), a copy."""
        return self._core.labels

    @property
    def part_count(self) -> int:
        """Number of parts, the same for all plans."""
        return self._core.part_count

    @property
    def part_weights(self) -> NDArray[np.int64]:
        """Weight of each part now: int64, shape (part_count,), a copy."""
        return self._core.part_weights

    @property
    def cut_edges(self) -> int:
        """Number of edges between parts now."""
        return self._core.cut_edges

    @property
    def steps(self) -> int:
        """Steps made."""
        return self._core.steps

    @property
    def accepted(self) -> int:
        """Steps that divided two parts anew."""
        return self._core.accepted

    @property
    def trees(self) -> int:
        """Spanning trees drawn for all steps."""
        return self._core.trees

    @property
    def seed(self) -> int:
        """Seed of the random numbers."""
        return self._core.seed

    @property
    def variant(self) -> RecomVariant:
        """How a step chooses parts and tree."""
        return self._core.variant

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """What each step did: arrays of shape (steps,), copies.

        ``cut_edges`` (int64, after the step), ``accepted`` (bool), ``first`` and ``second`` (int32, the two parts that
        were merged; -1 where none were adjacent), ``first_weight`` and ``second_weight`` (int64, of these parts after
        the step; 0 where there were none).
        """
        return self._core.columns()

    def part_weights_by_step(self) -> NDArray[np.int64]:
        """Return the weight of each part after each step: int64, shape (steps, part_count)."""
        columns = self.columns
        steps = len(columns["cut_edges"])
        weights = np.empty((steps, self.part_count), dtype=np.int64)
        rows = np.arange(1, steps + 1)
        for part in range(self.part_count):
            # The row of the last step so far that touched the part; 0 for the start.
            is_first, is_second = columns["first"] == part, columns["second"] == part
            changed = np.where(is_first, columns["first_weight"], columns["second_weight"])
            last = np.maximum.accumulate(np.where(is_first | is_second, rows, 0))
            weights[:, part] = np.concatenate([self._start_weights[part : part + 1], changed])[last]
        return weights

    def save(self, path: str | PathLike[str]) -> None:
        """Store the chain with its columns, so that `load` goes on bit for bit.

        Parameters
        ----------
        path : str or path
            File to write, by custom ending in .npz; one that exists is replaced.
        """
        with Path(path).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **self._stored())

    @classmethod
    def load(cls, path: str | PathLike[str], problem: Problem) -> RecomChain:
        """Return the chain that `save` stored, ready to go on.

        Parameters
        ----------
        path : str or path
            File that `save` wrote.
        problem : Problem
            The problem of the chain; the objective may be another.

        Raises
        ------
        InvalidInputError
            Where the file is no stored chain, of another version, or the chain is of another problem.
        """
        check_type(problem, "problem", Problem)
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except (ValueError, EOFError, AttributeError, BadZipFile) as error:
            raise InvalidInputError(
                f"{path} is no chain that RecomChain.save wrote", f"{path} 不是由 RecomChain.save 保存的链"
            ) from error
        return cls._restored(arrays, problem, str(path))

    def _stored(self) -> dict[str, Any]:
        stored: dict[str, Any] = {f"state.{name}": np.asarray(value) for name, value in self._core.state().items()}
        stored |= {f"column.{name}": values for name, values in self.columns.items()}
        return stored | {
            "file_format": np.asarray(_FILE_FORMAT),
            "planned": np.asarray(self._planned),
            "start_weights": self._start_weights,
        }

    @classmethod
    def _restored(cls, arrays: Mapping[str, NDArray[Any]], problem: Problem, name: str) -> RecomChain:
        try:
            file_format = int(arrays["file_format"])
            if file_format != _FILE_FORMAT:
                raise InvalidInputError(
                    f"{name} has format {file_format} and must have format {_FILE_FORMAT}",
                    f"{name} 的格式是 {file_format}，必须是 {_FILE_FORMAT}",
                )
            state = {key[6:]: value for key, value in arrays.items() if key.startswith("state.")}
            state = {key: value if value.ndim else value.item() for key, value in state.items()}
            columns: dict[str, NDArray[Any]] = {
                column: arrays[f"column.{column}"].astype(kind) for column, kind in _COLUMN_TYPES.items()
            }
            columns["accepted"] = columns["accepted"].view(np.uint8)
            planned = int(arrays["planned"])
            start_weights = arrays["start_weights"].astype(np.int64)
            core = _core.RecomChain.resume(problem.core, state, columns)
        except KeyError as error:
            raise InvalidInputError(
                f"{name} is no chain that RecomChain.save wrote: it lacks {error.args[0]}",
                f"{name} 不是由 RecomChain.save 保存的链：缺少 {error.args[0]}",
            ) from error
        return cls(core, problem, planned, start_weights)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep state, columns and problem through pickle and copy."""
        return _unpickled, (self._problem, self._stored())

    def _fields(self) -> list[Field]:
        weights = self.part_weights
        return [
            ("variant", self.variant.name.lower()),
            ("steps", f"{self.steps:,} of {self._planned:,}"),
            ("accepted", self.accepted),
            ("trees drawn", self.trees),
            ("parts", self.part_count),
            ("part weights", f"{weights.min():,} to {weights.max():,}" if len(weights) else None),
            ("cut edges", self.cut_edges),
            ("seed", str(self.seed)),
        ]

    def __repr__(self) -> str:
        """Return the class and its key numbers."""
        return (
            f"RecomChain({self.variant.name.lower()}, steps={self.steps} of {self._planned}, "
            f"accepted={self.accepted}, cut_edges={self.cut_edges})"
        )

    def __str__(self) -> str:
        """Return the fields as aligned text."""
        return fields_text("RecomChain", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("RecomChain", self._fields())


def recom(
    problem: Problem,
    start: Plan | ArrayLike | Mapping[Hashable, int],
    *,
    steps: int = 10_000,
    seed: int = 0,
    variant: RecomVariant
    | Literal[
        "cut_edge_minimum", "cut_edge_uniform", "pair_minimum", "pair_uniform", "reversible"
    ] = "cut_edge_minimum",
    max_tree_tries: int = 10_000,
) -> RecomChain:
    """Make a Markov chain of plans: each step merges two parts and divides them anew along a random spanning tree.

    Parameters
    ----------
    problem : Problem
        All plans keep its rules; its objective plays no part. Links are not supported.
    start : Plan, array_like of int, shape (n_nodes,), or mapping of id to int
        Plan to begin with, which must keep every rule, with parts numbered from 0 without gaps.
    steps : int, default 10,000
        Steps to plan, 0 or more. No step is made yet: iterate over the chain or call `run`.
    seed : int, default 0
        0 to 2^64 - 1. The same problem, start, variant and seed give the same plans on every machine.
    variant : RecomVariant or str, default "cut_edge_minimum"
        Which two parts a step merges, and by which tree it divides them. "cut_edge_..." takes the two parts of a random
        cut edge, "pair_..." a random pair of adjacent parts, each equally likely; "..._minimum" the minimum spanning
        tree of random edge weights, "..._uniform" a tree of all equally likely ones (about half as fast). These four
        draw trees until one has an edge whose cut keeps the rules, and the plans they favour have no known formula.
        "reversible" visits each plan in proportion to the product of its parts' numbers of spanning trees and most of
        its steps change nothing.
    max_tree_tries : int, default 10,000
        Trees without such an edge after which a step leaves the plan as it is.

    Returns
    -------
    RecomChain

    Raises
    ------
    InvalidInputError
        Listing the rules that `start` breaks, or naming an option, its value and what is allowed.

    Notes
    -----
    A tree of n nodes and m edges costs O(m log n), or for uniform trees about the time of a random walk through all
    nodes. A step needs memory for the two parts only.

    References
    ----------
    D. DeFord, M. Duchin, J. Solomon, "Recombination: A Family of Markov Chains for Redistricting", Harvard Data Science
    Review 3, 2021, doi:10.1162/99608f92.eb30390f. Reversible: S. Cannon, M. Duchin, D. Randall, P. Rule, "Spanning tree
    methods for sampling graph partitions", 2022, arXiv:2210.01401.

    Examples
    --------
    >>> import shequ
    >>> lane = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    >>> problem = shequ.Problem(lane, weights=[1, 1, 1, 1], parts=2, lower=1, upper=3)
    >>> chain = shequ.recom(problem, start=[0, 0, 1, 1], steps=100)
    >>> sorted({tuple(int((labels == part).sum()) for part in (0, 1)) for labels in chain})
    [(1, 3), (2, 2), (3, 1)]
    """
    check_type(problem, "problem", Problem)
    planned = _at_least(steps, "steps", 0)
    core = _core.RecomChain(
        problem.core,
        node_labels(problem.graph, start, "start"),
        seed=seed,
        variant=variant,
        max_tree_tries=max_tree_tries,
    )
    return RecomChain(core, problem, planned, core.part_weights)


def _unpickled(problem: Problem, stored: Mapping[str, NDArray[Any]]) -> RecomChain:
    return RecomChain._restored(stored, problem, "this chain")


def _at_least(value: object, argument: str, least: int) -> int:
    number = whole(value, argument, _MAX_INT64)
    if number < least:
        raise InvalidInputError(
            f"{argument}={number} must be {least} or more", f"{argument}={number} 必须大于或等于 {least}"
        )
    return number
