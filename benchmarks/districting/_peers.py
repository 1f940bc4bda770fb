# SPDX-License-Identifier: BSD-3-Clause
"""The graph partitioners beside ours. Each is called as its manual says, on one thread, with unit edge weights.

They bound the heaviest part only, and only METIS can be asked for connected parts. So that a lower bound is met more
often, runs of one peer take its settings in turn: the allowed imbalance, all of it and tighter, and its qualities.
"""

from __future__ import annotations

import importlib.util
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.districting._child import in_child
from benchmarks.districting._instances import Instance, judge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Run = Callable[[int], NDArray[np.int32]]  # seed to labels

__all__ = ["PARTITIONERS", "Tried", "metis_once", "missing", "try_partitioner"]

SHARES = (1.0, 0.6, 0.4, 0.2)  # of the tolerance, in turn


def _tolerance(instance: Instance) -> float:
    mean = int(instance.weights.sum()) / (instance.parts or 1)
    return instance.upper / mean - 1.0


def metis_once(instance: Instance, seed: int, tolerance: float) -> NDArray[np.int32]:
    """Call METIS k-way with contiguous parts."""
    import pymetis

    offsets, neighbours = instance.rows()
    ufactor = max(1, round(1000 * tolerance))  # heaviest part at most (1 + ufactor / 1000) of the mean
    found = pymetis.part_graph(
        instance.parts,
        adjacency=pymetis.CSRAdjacency(offsets, neighbours),
        vweights=instance.weights.astype(np.int32),
        recursive=False,
        options=pymetis.Options(contig=True, ufactor=ufactor, seed=seed),
    )
    return np.asarray(found.vertex_part, np.int32)


def _metis(instance: Instance) -> Iterator[Run]:
    for share in itertools.cycle(SHARES):
        yield lambda seed, share=share: metis_once(instance, seed, share * _tolerance(instance))  # type: ignore[misc]


def _kahip(instance: Instance) -> Iterator[Run]:
    import kahip

    offsets, neighbours = (rows.tolist() for rows in instance.rows())
    weights, ones = instance.weights.tolist(), [1] * len(neighbours)

    def once(seed: int, mode: int, share: float) -> NDArray[np.int32]:
        imbalance = share * _tolerance(instance)
        _, labels = kahip.kaffpa(weights, offsets, ones, neighbours, instance.parts, imbalance, True, seed, mode)
        return np.asarray(labels, np.int32)

    for mode, share in itertools.cycle(itertools.product((kahip.STRONG, kahip.ECO), SHARES)):
        yield lambda seed, mode=mode, share=share: once(seed, mode, share)  # type: ignore[misc]


def _mtkahypar(instance: Instance) -> Iterator[Run]:
    import mtkahypar

    start = mtkahypar.initialize(1, print_warnings=False)
    presets = (mtkahypar.PresetType.HIGHEST_QUALITY, mtkahypar.PresetType.QUALITY, mtkahypar.PresetType.DEFAULT)

    def once(seed: int, preset: mtkahypar.PresetType, share: float) -> NDArray[np.int32]:
        mtkahypar.set_seed(seed)
        context = start.context_from_preset(preset)
        context.logging = False
        context.set_partitioning_parameters(instance.parts, share * _tolerance(instance), mtkahypar.Objective.CUT)
        graph = start.create_graph(
            context, instance.num_nodes, len(instance.edges), instance.edges.tolist(),
            instance.weights.tolist(), [1] * len(instance.edges),
        )  # fmt: skip
        return np.asarray(graph.partition(context).get_partition(), np.int32)

    for preset, share in itertools.cycle(itertools.product(presets, SHARES)):
        yield lambda seed, preset=preset, share=share: once(seed, preset, share)  # type: ignore[misc]


#: Name, package and how it is called.
PARTITIONERS = {
    "pymetis": (_metis, "METIS k-way, contig=1, ufactor of 100, 60, 40, 20% of the tolerance in turn"),
    "kahip": (_kahip, "kaffpa STRONG and ECO, imbalance of 100, 60, 40, 20% of the tolerance in turn"),
    "mtkahypar": (
        _mtkahypar,
        "1 thread, CUT, HIGHEST_QUALITY, QUALITY, DEFAULT, epsilon of 100, 60, 40, 20% of the tolerance in turn",
    ),
}


@dataclass(frozen=True)
class Tried:
    """Runs of a peer on one instance: best cut of a plan within bounds and connected, runs, and how many were such."""

    best: int | None
    runs: int
    feasible: int
    cpu_s: float


def _try(peer: str, instance: Instance, seconds: float) -> Tried:
    cuts: list[int | None] = []
    used = 0.0
    runs = PARTITIONERS[peer][0](instance)
    for seed in itertools.count(1):
        begin = time.process_time()
        labels = next(runs)(seed)
        used += time.process_time() - begin
        if used > seconds and cuts:  # the run that goes over the time does not count
            break
        cuts.append(judge(instance, labels))
    good = [cut for cut in cuts if cut is not None]
    return Tried(min(good, default=None), len(cuts), len(good), used)


def missing(package: str) -> bool:
    """Say whether a package is not installed."""
    return importlib.util.find_spec(package) is None


def try_partitioner(peer: str, instance: Instance, seconds: float) -> Tried:
    """Run a partitioner with one seed after the other for so many CPU seconds, in a process of its own."""
    tried: Tried = in_child(_try, peer, instance, seconds).value
    return tried
