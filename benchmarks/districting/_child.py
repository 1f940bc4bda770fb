# SPDX-License-Identifier: BSD-3-Clause
"""Runs a function in a process of its own, so that its CPU time, its peak memory and its crashes are its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["Measured", "cpu_seconds", "in_child"]


@dataclass(frozen=True)
class Measured:
    """What a child returned and used: wall and CPU (all threads) seconds of the call, peak memory of the process."""

    value: Any
    wall_s: float
    cpu_s: float
    peak_bytes: int


def cpu_seconds() -> float:
    """Return the CPU seconds that this process and its finished children have used, all threads."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _serve(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        wall, cpu = time.perf_counter(), cpu_seconds()
        value = function(*arguments)
        wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
        pipe.send(Measured(value, wall, cpu, peak))
    except Exception as error:  # noqa: BLE001 - the parent reports it
        pipe.send(f"{type(error).__name__}: {error}")


def in_child(function: Callable[..., Any], *arguments: Any) -> Measured:
    """Call `function(*arguments)` in a new process; raise RuntimeError with its message where it fails or dies."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, function, arguments))
    process.start()
    sender.close()
    try:
        answer = receiver.recv()
    except EOFError:
        answer = "the process died without an answer"
    process.join()
    if isinstance(answer, Measured):
        return answer
    raise RuntimeError(answer)
