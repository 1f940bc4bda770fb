# SPDX-License-Identifier: BSD-3-Clause
"""Edits that fail at every stage of a scenario: it stays as it was to the byte, and goes on as if nothing had been asked."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ._scenario_file import edits_document

MEASURES = ("households", "workers", "posts", "shortage", "surplus", "communities")


def base() -> shequ.Scenario:
    """Three towns; households stand at communities but for one with two grids, workers at communities."""
    none = None
    rows = [
        ("1", none, "district", none, none),
        ("11", "1", "town", none, none), ("111", "11", "community", 900, 8), ("112", "11", "community", 1300, 3),
        ("113", "11", "community", 0, 0), ("12", "1", "town", none, none), ("121", "12", "community", none, 5),
        ("1211", "121", "grid", 800, none), ("1212", "121", "grid", 700, none), ("122", "12", "community", 2600, 9),
        ("13", "1", "town", none, none), ("131", "13", "community", 1250, none),
    ]  # fmt: skip
    code, parent, level, households, workers = zip(*rows, strict=True)
    tree = shequ.Hierarchy.from_columns(code=code, parent=parent, level=level, name=[f"单位{c}" for c in code])

    def column(values: tuple[int | None, ...]) -> Any:
        return np.ma.array([v or 0 for v in values], mask=[v is None for v in values])

    setting = np.array([int(c == "131") for c in code])
    columns = {"households": column(households), "workers": column(workers), "setting": setting}
    return shequ.Scenario(tree, columns, {"urban": shequ.StaffingRule(), "rural": shequ.StaffingRule(base=3)})


def seen(s: shequ.Scenario) -> list[object]:
    """Everything that a scenario says, also what it says after redoing what was undone."""
    found: list[object] = [len(s), s.num_edits, s.edits(), s.successions(), repr(s)]
    for unit in range(len(s)):
        core = s._core
        found += [s.exists(unit), s.code(unit), s.name(unit), s.name(unit, "en"), s.successors(unit), s.parent(unit)]
        if s.exists(unit):
            found += [s.level(unit), s.children(unit), core.setting(unit), repr(core.rule(unit, "staffing"))]
            found += [s.value(column, unit) for column in s.columns]
            found += [s.total(measure, unit) for measure in MEASURES]
    return found


def state(s: shequ.Scenario) -> tuple[object, ...]:
    ahead, undone = s.branch(), s._core.num_undone
    for _ in range(undone):
        ahead.redo()
    return seen(s), json.dumps(edits_document(s)), undone, seen(ahead)


class Raises:
    """A number that fails when it is read."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def __index__(self) -> int:
        raise self.error

    __int__ = __index__


def broken_list(units: list[str], error: type[BaseException]) -> Iterator[str]:
    yield from units
    raise error


class BrokenPart(dict):  # type: ignore[type-arg]
    def items(self) -> Any:
        raise MemoryError


Edit = Callable[[shequ.Scenario], object]


def alive(s: shequ.Scenario, level: str) -> list[int]:
    return [unit for unit in range(len(s)) if s.exists(unit) and s.level(unit).name == level.upper()]


def parts_of(s: shequ.Scenario, unit: int, change: int = 0) -> list[dict[str, Any]]:
    """Two parts of a unit whose values add up, but for `change` households."""
    first: dict[str, Any] = {"name": "一", "children": s.children(unit)}
    second: dict[str, Any] = {"name": "二"}
    for column in s.columns:
        value = s.value(column, unit)
        if value is not None:
            first[column], second[column] = value // 3, value - value // 3 + (change if column == "households" else 0)
    return [first, second]


def sound_edits(s: shequ.Scenario, draw: Callable[[int], int]) -> None:
    """Try one edit at random; it may be refused."""
    communities, towns = alive(s, "community"), alive(s, "town")
    unit, other, town = (units[draw(len(units))] for units in (communities, communities, towns))
    edits: list[Edit] = [
        lambda s: s.add("households", unit, draw(900) - 300),
        lambda s: s.set("workers", unit, draw(12)),
        lambda s: s.set("workers", unit, None),
        lambda s: s.set_rule(shequ.StaffingRule(base=draw(5)), town),
        lambda s: s.merge([unit, other], name="合"),
        lambda s: s.split(unit, parts_of(s, unit)),
        lambda s: s.create(town, name="新", setting="urban"),
        lambda s: s.move(unit, town),
        lambda s: s.abolish(unit),
        lambda s: s.undo(),
        lambda s: s.redo(),
    ]
    edits[draw(len(edits))](s)


#: By what is refused: what is asked for, None where the scenario has no such unit now; and what must be raised.
Refused = dict[
    str, tuple[Callable[[shequ.Scenario], Edit | None], type[BaseException] | tuple[type[BaseException], ...]]
]


def refused() -> Refused:
    wrong = shequ.InvalidInputError

    def gone(edit: Callable[[shequ.Scenario, int], object]) -> Callable[[shequ.Scenario], Edit | None]:
        def ask(s: shequ.Scenario) -> Edit | None:
            dead = [unit for unit in range(len(s)) if not s.exists(unit)]
            return None if not dead else lambda s: edit(s, dead[-1])

        return ask

    def at(level: str, edit: Callable[[shequ.Scenario, int], object]) -> Callable[[shequ.Scenario], Edit | None]:
        def ask(s: shequ.Scenario) -> Edit | None:
            units = alive(s, level)
            return None if not units else lambda s: edit(s, units[-1])

        return ask

    def across(s: shequ.Scenario) -> Edit | None:
        units = alive(s, "community")
        apart = [u for u in units if s.parent(u) != s.parent(units[0])]
        return None if not apart else lambda s: s.merge([units[0], apart[0]], name="跨")

    def with_value(
        column: str, edit: Callable[[shequ.Scenario, int], object]
    ) -> Callable[[shequ.Scenario], Edit | None]:
        def ask(s: shequ.Scenario) -> Edit | None:
            units = [u for u in alive(s, "community") if s.value(column, u)]
            return None if not units else lambda s: edit(s, units[0])

        return ask

    def full_town(s: shequ.Scenario) -> Edit | None:
        full = [u for u in alive(s, "town") if s.children(u)]
        return None if not full else lambda s: s.split(full[0], [{"name": "a"}, {"name": "b"}])

    def undo_all(s: shequ.Scenario) -> Edit | None:
        return (lambda s: s.undo()) if s.num_edits == 0 else None

    def redo_all(s: shequ.Scenario) -> Edit | None:
        return (lambda s: s.redo()) if s._core.num_undone == 0 else None

    always = lambda edit: lambda s: edit
    asked: Refused = {
        "abolished: set": (gone(lambda s, u: s.set("households", u, 5)), wrong),
        "abolished: add": (gone(lambda s, u: s.add("workers", u, 1)), wrong),
        "abolished: norm": (gone(lambda s, u: s.set_rule(shequ.StaffingRule(), u)), wrong),
        "abolished: merge": (gone(lambda s, u: s.merge([u, alive(s, "community")[0]], name="x")), wrong),
        "abolished: split": (gone(lambda s, u: s.split(u, [{"name": "a"}, {"name": "b"}])), wrong),
        "abolished: create below": (gone(lambda s, u: s.create(u, name="x", level="grid")), wrong),
        "abolished: abolish": (gone(lambda s, u: s.abolish(u)), wrong),
        "abolished: move": (gone(lambda s, u: s.move(u, alive(s, "town")[0])), wrong),
        "abolished: move to": (gone(lambda s, u: s.move(alive(s, "community")[0], u)), wrong),
        "merge across towns": (across, wrong),
        "merge of one": (at("community", lambda s, u: s.merge([u], name="x")), wrong),
        "merge of one twice": (at("community", lambda s, u: s.merge([u, u], name="x")), wrong),
        "merge of levels": (at("community", lambda s, u: s.merge([u, s.parent(u) or 0], name="x")), wrong),
        "split loses households": (with_value("households", lambda s, u: s.split(u, parts_of(s, u, -1))), wrong),
        "split makes households": (with_value("households", lambda s, u: s.split(u, parts_of(s, u, 1))), wrong),
        "split loses a column": (with_value("workers", lambda s, u: s.split(u, [{"name": "a"}, {"name": "b"}])), wrong),
        "split loses a grid": (full_town, wrong),
        "split column unknown": (with_value("households", lambda s, u: s.split(u, [{**p, "dogs": 1} for p in parts_of(s, u)])), wrong),
        "code in use": (at("town", lambda s, u: s.create(u, name="x", code="111")), wrong),
        "abolish loses households": (with_value("households", lambda s, u: s.abolish(u)), wrong),
        "abolish the root": (always(lambda s: s.abolish(0)), wrong),
        "move to another level": (at("community", lambda s, u: s.move(u, 0)), wrong),
        "move below itself": (at("town", lambda s, u: s.move(u, u)), wrong),
        "negative": (with_value("households", lambda s, u: s.add("households", u, -(s.value("households", u) or 0) - 1)), wrong),
        "set negative": (at("community", lambda s, u: s.set("workers", u, -1)), wrong),
        "too large": (at("community", lambda s, u: s.set("workers", u, 2**70)), wrong),
        "above others": (always(lambda s: s.set("households", 0, 5)), wrong),
        "no such column": (always(lambda s: s.set("dogs", 2, 5)), wrong),
        "no such unit": (always(lambda s: s.set("workers", 10_000, 5)), wrong),
        "no such code": (always(lambda s: s.set("workers", "no", 5)), wrong),
        "norm counts what is not there": (always(lambda s: s.set_rule(shequ.norms.get("staff.cn2025").staffing)), wrong),
        "norm of another kind": (always(lambda s: s.set_rule("grid.haikou2020")), wrong),
        "setting unknown": (always(lambda s: s.set_rule(None, setting="sea")), wrong),
        "past the base": (undo_all, wrong),
        "past the last": (redo_all, wrong),
        "value fails, memory": (at("community", lambda s, u: s.set("workers", u, Raises(MemoryError))), (wrong, MemoryError)),
        "value fails, Ctrl-C": (at("community", lambda s, u: s.add("workers", u, Raises(KeyboardInterrupt))), (wrong, KeyboardInterrupt)),
        "units fail, Ctrl-C": (at("community", lambda s, u: s.merge(broken_list([s.code(u)], KeyboardInterrupt), name="x")), KeyboardInterrupt),
        "units fail, memory": (at("community", lambda s, u: s.merge(broken_list([s.code(u)], MemoryError), name="x")), MemoryError),
        "part fails, memory": (with_value("households", lambda s, u: s.split(u, [parts_of(s, u)[0], BrokenPart(name="b")])), MemoryError),
    }  # fmt: skip
    return asked


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 25))
def test_a_refused_edit_leaves_no_trace_at_any_stage(tmp_path_factory: Any, seed: int, steps: int) -> None:
    random = Random(seed)
    path = tmp_path_factory.getbasetemp() / "state.json"
    s = base()
    for _ in range(steps):
        before = state(s)
        try:
            sound_edits(s, random.randrange)
        except shequ.InvalidInputError:
            assert state(s) == before
    before = state(s)
    s.save(path)
    file = path.read_bytes()
    for kind, (ask, error_type) in refused().items():
        edit = ask(s)
        if edit is None:
            continue
        with pytest.raises(error_type) as caught:
            edit(s)
        if isinstance(caught.value, shequ.InvalidInputError):
            assert caught.value.message("zh"), kind
        assert state(s) == before, kind
    s.save(path)
    assert path.read_bytes() == file
    # the same edits on a branch give the same scenario: nothing hidden changed either
    again = s.branch()
    while s.num_edits:
        s.undo()
        again.undo()
    assert seen(s)[4:] == seen(again)[4:]
    assert seen(s)[1:4] == seen(base())[1:4]


def test_every_kind_of_refusal_is_reached() -> None:
    s = base()
    s.merge(["111", "112"], name="合")
    s.undo()
    s.redo()
    s.split("122", [{"name": "一", "households": 2000, "workers": 5}, {"name": "二", "households": 600, "workers": 4}])
    reached = {kind for kind, (ask, _) in refused().items() if ask(s) is not None}
    assert set(refused()) - reached == {"past the base"}
    assert refused()["past the base"][0](base()) is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit of memory is that of Linux")
def test_an_edit_that_runs_out_of_memory_leaves_no_trace() -> None:
    # blocks of their own for all that is long, so that the limit is met at each of them
    given = {"MALLOC_MMAP_THRESHOLD_": "16384", "MALLOC_TOP_PAD_": "0", "MALLOC_ARENA_MAX": "1"}
    script = Path(__file__).with_name("scenario_out_of_memory.py")
    ran = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    counts = {kind: (int(failed), int(done)) for kind, failed, done in map(str.split, ran.stdout.splitlines())}
    assert set(counts) == {"set", "merge", "split", "create", "move", "abolish", "set_rule", "undo", "redo"}
    assert all(done for _, done in counts.values())
    if platform.libc_ver()[0] == "glibc":
        assert all(counts[kind][0] >= 10 for kind in ("merge", "split", "create"))


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt, OSError])
@pytest.mark.parametrize(
    "place", ["shequ._scenario_file.json.dumps", "shequ._files.os.fsync", "shequ._files.Path.replace"]
)
def test_a_file_that_cannot_be_written_leaves_the_old_one_and_the_scenario(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[BaseException], place: str
) -> None:
    path = tmp_path / "plan.json"
    s = base()
    s.add("households", "111", 5)
    s.save(path)
    old = path.read_bytes()
    s.merge(["111", "112"], name="合")
    s.undo()
    before = state(s)

    def fail(*_given: object, **_named: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(place, fail)
        with pytest.raises((error, shequ.InvalidInputError)):
            s.save(path)
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]
    assert state(s) == before
    with monkeypatch.context() as patched:
        patched.setattr("shequ.scenario.replay", fail)
        with pytest.raises(error):
            s.load(path)
    assert state(s) == before
    assert s.load(path).edits() == s.edits()
