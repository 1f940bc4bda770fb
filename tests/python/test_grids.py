# SPDX-License-Identifier: BSD-3-Clause
"""Grids of the sample and of small cases; judged by networkx and by counting, files by reading them back."""

from __future__ import annotations

import csv
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ.datasets import sample_district
from shequ.district import CROSSES, District
from shequ.graph import Graph
from shequ.grids import CommunityGrids, GridPlan, border_weights, divide, divide_district


@pytest.fixture(scope="module", params=range(10))
def pair(request: pytest.FixtureRequest) -> tuple[District, GridPlan]:
    district = sample_district(seed=request.param)
    return district, divide_district(district, steps=4000)


@pytest.fixture(scope="module")
def sample() -> tuple[District, GridPlan]:
    district = sample_district()
    return district, divide_district(district)


def test_every_household_is_in_exactly_one_grid_of_its_community(pair: tuple[District, GridPlan]) -> None:
    district, plan = pair
    atoms = district.atoms
    assert atoms is not None
    assert plan.labels.min() >= 0
    sums = np.bincount(plan.labels, weights=atoms.households, minlength=len(plan)).astype(np.int64)
    assert sums.tolist() == [grid.households for grid in plan.grids]
    assert sums.sum() == atoms.households.sum()
    counts = np.bincount(plan.labels, minlength=len(plan))
    assert counts.tolist() == [grid.atoms for grid in plan.grids]
    assert counts.min() > 0
    owner = np.array([plan.communities[grid.community].key for grid in plan.grids])
    assert np.array_equal(owner[plan.labels], atoms.community)
    at = district.hierarchy.at_level("community").tolist()
    assert [entry.key for entry in plan.communities] == at
    assert [entry.households for entry in plan.communities] == district.columns["households"][at].tolist()


def test_every_grid_is_contiguous_and_crosses_river_and_railway_only_by_bridge_or_underpass(
    pair: tuple[District, GridPlan],
) -> None:
    nx = pytest.importorskip("networkx")
    district, plan = pair
    atoms = district.atoms
    assert atoms is not None
    graph = nx.Graph()
    graph.add_nodes_from(range(len(atoms)))
    graph.add_edges_from(atoms.edges.tolist())
    crossing = atoms.crosses >= CROSSES.index("bridge")
    dry = nx.Graph()
    dry.add_nodes_from(graph)
    dry.add_edges_from(atoms.edges[~crossing].tolist())
    for grid in range(len(plan)):
        members = plan.atoms_of(grid).tolist()
        assert nx.is_connected(graph.subgraph(members))
        if not nx.is_connected(dry.subgraph(members)):
            used = crossing & np.isin(atoms.edges, members).all(axis=1)
            assert used.any()


def test_only_what_cannot_fit_is_out_of_bounds_and_says_why_in_both_languages(pair: tuple[District, GridPlan]) -> None:
    _, plan = pair
    lower, upper = plan.size
    for grid in plan.grids:
        wanted = (
            ""
            if grid.dedicated or lower <= grid.households <= upper
            else "below"
            if grid.households < lower
            else "above"
        )
        assert grid.fault == wanted
        assert bool(grid.message("zh")) == bool(grid.message("en")) == (bool(wanted) or grid.dedicated)
        assert grid.message("en").isascii()
    for entry in plan.communities:
        if entry.status == "feasible":
            assert entry.certificate is not None
            assert entry.certificate.ok
            assert entry.message("zh") == ""
    status = [entry.status for entry in plan.communities]
    assert status.count("no_households") == 1
    small = next(entry for entry in plan.communities if 501 <= entry.households <= 599)
    assert small.status == "infeasible"
    assert f"{small.households}户无法划成每个300至500户的网格" in small.message("zh")
    assert f"upper bound {small.households}" in small.message("en")
    assert f"lower bound {small.households // 2}" in small.message("en")
    tall = [grid for grid in plan.grids if "620" in grid.message("en")]
    assert len(tall) >= 1
    assert "Youth Apartments" in tall[0].message("en")
    assert "青年公寓" in tall[0].message("zh")


def test_codes_are_unique_and_numbers_run_from_the_north_west(pair: tuple[District, GridPlan]) -> None:
    district, plan = pair
    atoms = district.atoms
    assert atoms is not None
    codes = [grid.code for grid in plan.grids]
    assert len(set(codes)) == len(codes)
    for index, entry in enumerate(plan.communities):
        grids = plan.grids_of(index)
        assert [grid.code for grid in grids] == [f"{entry.code}{k:02d}" for k in range(1, entry.count + 1)]
        east, north = np.array(
            [atoms.centroid[plan.atoms_of(entry.first + k)].mean(axis=0) for k in range(entry.count)]
        ).T
        for k in range(entry.count):
            assert not np.any((east[k + 1 :] < east[k]) & (north[k + 1 :] > north[k]))  # none later is north-west of it


def test_columns_number_from_west_to_east() -> None:
    positions = np.array([(x, y) for x in range(4) for y in range(4)], dtype=float)
    edges = [(4 * x + y, 4 * x + y + 1) for x in range(4) for y in range(3)]
    edges += [(4 * x + y, 4 * x + y + 4) for x in range(3) for y in range(4)]
    graph = Graph.from_edges(16, edges)
    each = np.full(16, 100)
    by_row = divide(graph, each, size=(400, 400), position=positions, codes={0: "C"})
    by_column = divide(graph, each, size=(400, 400), position=positions, numbering="columns", codes={0: "C"})
    assert len(by_row) == len(by_column) == 4

    def centre(plan: GridPlan, k: int) -> np.ndarray:
        return positions[plan.atoms_of(k)].mean(axis=0)

    assert centre(by_row, 0)[1] >= centre(by_row, 3)[1]
    assert centre(by_column, 0)[0] <= centre(by_column, 3)[0]
    assert by_row.grids[0].code == "C01"


def test_the_same_seed_gives_the_same_plan_for_any_number_of_threads() -> None:
    district = sample_district(4)
    one = divide_district(district, seed=3, steps=3000)
    two = divide_district(district, seed=3, steps=3000, threads=2)
    assert np.array_equal(one.labels, two.labels)
    assert one.grids == two.grids
    kept = pickle.loads(pickle.dumps(one))
    assert np.array_equal(kept.labels, one.labels)
    assert kept.grids == one.grids


def test_progress_names_every_community_once() -> None:
    seen: list[tuple[int, int, str]] = []

    def note(done: int, total: int, entry: CommunityGrids) -> None:
        seen.append((done, total, entry.code))

    plan = divide_district(sample_district(1), steps=500, progress=note)
    assert [done for done, _, _ in seen] == list(range(1, len(plan.communities) + 1))
    assert {total for _, total, _ in seen} == {len(plan.communities)}
    assert [code for _, _, code in seen] == [entry.code for entry in plan.communities]


PATH = [(i, i + 1) for i in range(9)]


@pytest.mark.parametrize(
    ("households", "count"),
    [(0, 1), (300, 1), (500, 1), (600, 2), (1000, 2), (1001, 3), (1200, 3), (2600, 6)],
)
def test_the_number_of_grids_keeps_the_bounds_where_it_can(households: int, count: int) -> None:
    n = 260
    weights = np.full(n, households // n)
    weights[: households % n] += 1
    plan = divide(Graph.from_edges(n, [(i, i + 1) for i in range(n - 1)]), weights)
    assert len(plan) >= count
    assert plan.ok
    assert all(grid.dedicated or 300 <= grid.households <= 500 for grid in plan.grids)


@pytest.mark.parametrize("households", [1, 299, 501, 550, 599])
def test_sizes_that_no_number_of_grids_fits_are_answered_and_marked(households: int) -> None:
    weights = np.full(10, households // 10)
    weights[0] += households % 10
    plan = divide(Graph.from_edges(10, PATH), weights)
    assert not plan.ok
    assert plan.communities[0].status == "infeasible"
    assert sum(grid.households for grid in plan.grids) == households
    assert plan.communities[0].message("zh")
    assert "smallest change" in plan.communities[0].message("en")


def test_550_households_could_have_a_least_of_275_or_a_most_of_550() -> None:
    plan = divide(Graph.from_edges(10, PATH), np.full(10, 55))
    assert "lower bound 275" in plan.communities[0].message("en")
    assert "upper bound 550" in plan.communities[0].message("en")


def test_a_community_without_atoms_and_households_in_no_building_are_said() -> None:
    graph = Graph.from_edges(10, PATH)
    plan = divide(
        graph,
        np.full(10, 40),
        ["a"] * 10,
        known_households={"a": 450, "b": 900, "c": 0},
        names={"a": ("甲", "A"), "b": ("乙", "B"), "c": ("丙", "C")},
    )
    a, b, c = plan.communities
    assert (a.uncovered, b.uncovered, c.uncovered) == (50, 900, 0)
    assert "50 of 450 households" in a.message("en")
    assert b.status == "no_atoms"
    assert "有900户，但没有楼栋资料" in b.message("zh")
    assert c.status == "empty"
    assert not plan.ok
    assert plan.report("en")[1]["grids"] == 0


def test_a_ledger_with_fewer_households_than_the_buildings_is_said() -> None:
    plan = divide(Graph.from_edges(10, PATH), np.full(10, 40), ["a"] * 10, known_households={"a": 390})
    assert "the buildings hold 400 households, the ledger has 390" in plan.communities[0].message("en")


def test_islands_are_grids_of_their_own_and_marked() -> None:
    graph = Graph.from_edges(4, [(0, 1)])
    plan = divide(graph, [200, 200, 400, 100])
    assert sorted(grid.households for grid in plan.grids) == [100, 400, 400]
    assert [grid.fault for grid in plan.grids if grid.households == 100] == ["below"]


def test_crossings_are_used_only_where_they_are_needed() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7), (3, 4)]
    crossings = np.array([False] * 6 + [True])
    free = divide(Graph.from_edges(8, edges), [100] * 8, crossings=crossings)
    assert free.ok
    assert set(free.labels[:4]).isdisjoint(free.labels[4:])
    needed = divide(Graph.from_edges(8, edges), [150, 150, 150, 150, 50, 50, 50, 50], crossings=crossings)
    assert needed.ok
    assert not set(needed.labels[:4]).isdisjoint(needed.labels[4:])


@st.composite
def communities(draw: st.DrawFn) -> tuple[Graph, list[int], list[str]]:
    """Draw a graph of several communities, some of them in pieces, some empty."""
    n = draw(st.integers(1, 40))
    edges = {(draw(st.integers(0, i - 1)), i) for i in range(1, n) if draw(st.integers(0, 9)) > 0}
    for _ in range(draw(st.integers(0, n))):
        a, b = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        if a != b and (b, a) not in edges:
            edges.add((a, b))
    households = draw(st.lists(st.sampled_from([0, 20, 60, 130, 620]), min_size=n, max_size=n))
    owners = draw(st.lists(st.sampled_from("ab"), min_size=n, max_size=n))
    return Graph.from_edges(n, np.array(sorted(edges), dtype=np.int32).reshape(-1, 2)), households, owners


@settings(max_examples=40, deadline=None)
@given(communities(), st.integers(0, 2**32))
def test_every_atom_is_in_one_grid_of_its_community_and_faults_are_what_they_say(
    case: tuple[Graph, list[int], list[str]], seed: int
) -> None:
    graph, households, owners = case
    plan = divide(graph, households, owners, seed=seed, steps=300)
    assert plan.labels.shape == (graph.num_nodes,)
    assert sum(grid.atoms for grid in plan.grids) == graph.num_nodes
    assert sum(grid.households for grid in plan.grids) == sum(households)
    pieces = graph.core.pieces_per_part(plan.labels)
    for g, grid in enumerate(plan.grids):
        members = plan.atoms_of(g)
        assert {owners[i] for i in members.tolist()} == {plan.communities[grid.community].key}
        assert grid.households == sum(households[i] for i in members.tolist())
        assert (pieces[g] == 1) or grid.fault == "broken"
        if not grid.fault and not grid.dedicated:
            assert 300 <= grid.households <= 500
        assert grid.dedicated == (plan.communities[grid.community].households == 0)


def test_borders_along_roads_cost_less_than_in_a_block_and_bridges_nothing() -> None:
    columns = {"shared_border_m": np.full(6, 20.0), "crosses": np.arange(6)}
    costs = dict(zip(CROSSES, border_weights(columns).tolist(), strict=True))
    assert costs["none"] > costs["street"] > costs["road"] > costs["bridge"] == costs["underpass"] == 0
    assert costs["gate"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": (500, 300)}, "size=(500, 300) must be"),
        ({"size": (0, 300)}, "size=(0, 300) must be"),
        ({"size": (1.5, 3)}, "size=(1.5, 3) must be"),
        ({"size": 300}, "size=300 must be"),
        ({"households": [1, 2]}, "households has length 2 and must have length 3"),
        ({"households": [1, -2, 3]}, "households must be a whole number of 0 or more for every atom; 1 are not: [1] -2"),
        ({"households": [1, 2.5, 3]}, "[1] 2.5"),
        ({"households": [1, None, 3]}, "[1] missing"),
        ({"households": [1, float("nan"), 3]}, "[1] missing"),
        ({"households": np.ma.MaskedArray([1, 2, 3], mask=[False, False, True])}, "[2] missing"),
        ({"households": "people"}, 'households="people" must be a column of the graph'),
        ({"community": ["a", "b"]}, "community has length 2 and must have length 3"),
        ({"community": ["a", None, "b"]}, "community[1]=None must be given"),
        ({"position": np.zeros((2, 2))}, "position has length 2 and must have length 3"),
        ({"edge_weights": np.ones(3)}, "edge_weights has length 3 and must have length 2"),
        ({"codes": {1: "a"}}, "codes must have an entry for every community; 0 has none"),
        ({"names": {}}, "names must have an entry for every community; 0 has none"),
        ({"numbering": "spiral"}, "numbering='spiral' must be"),
        ({"threads": 0}, "threads=0 must be 1 or more"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named_with_value_and_what_is_allowed(arguments: dict[str, object], message: str) -> None:
    given: dict[str, object] = {"households": [100, 200, 300], **arguments}
    with pytest.raises(shequ.InvalidInputError, match=re.escape(message)) as caught:
        divide(Graph.from_edges(3, [(0, 1), (1, 2)]), **given)  # type: ignore[arg-type]
    assert caught.value.message("zh") != caught.value.message("en")


def test_atoms_are_named_by_their_ids_in_messages() -> None:
    graph = Graph.from_edges(3, [(0, 1), (1, 2)], ids=["A1", "A2", "A3"])
    with pytest.raises(shequ.InvalidInputError, match=re.escape("[A2] -2, [A3] missing")) as caught:
        divide(graph, [100, -2, None])
    assert "[A3] 缺失" in caught.value.message("zh")
    with pytest.raises(shequ.InvalidInputError, match=re.escape("community[A3]=None must be given")):
        divide(graph, [100, 100, 100], ["a", "a", None])


def test_where_no_communities_are_given_no_code_is_made_up(tmp_path: Path) -> None:
    plan = divide(Graph.from_edges(10, PATH), np.full(10, 100))
    assert [(entry.code, entry.name, entry.name_en) for entry in plan.communities] == [
        ("", "全部楼栋", "all buildings")
    ]
    assert [grid.code for grid in plan.grids] == [f"{k:02d}" for k in range(1, len(plan) + 1)]
    plan.write_csv(tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["社区代码"] for row in csv.DictReader(file)} == {""}


def test_the_reasons_for_many_loose_atoms_are_few_and_counted() -> None:
    plan = divide(Graph.from_edges(40, np.zeros((0, 2), dtype=np.int32)), np.full(40, 10))
    assert "35 more of such parts" in plan.communities[0].message("en")
    assert "另有35处同类问题" in plan.communities[0].message("zh")


def test_a_graph_without_nodes_has_no_grids() -> None:
    plan = divide(Graph.from_edges(0, np.zeros((0, 2), dtype=np.int32)), np.zeros(0, dtype=np.int64))
    assert len(plan) == 0
    assert plan.communities == ()
    assert plan.ok


def test_a_district_without_atoms_is_refused() -> None:
    district = sample_district()
    with pytest.raises(shequ.InvalidInputError, match=r"district\.atoms=None must be given"):
        divide_district(District(district.hierarchy, district.columns))


def test_the_csv_reads_back_with_a_byte_order_mark_and_every_household(
    sample: tuple[District, GridPlan], tmp_path: Path
) -> None:
    _, plan = sample
    path = tmp_path / "方案.csv"
    path.write_text("old")
    plan.write_csv(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(plan.labels)
    assert {row["楼栋编号"] for row in rows} == set(plan.atom_ids)
    assert sum(int(row["户数"]) for row in rows) == plan.households.sum()
    assert {row["网格编码"] for row in rows} == {grid.code for grid in plan.grids}
    assert [file.name for file in tmp_path.iterdir()] == ["方案.csv"]
    plan.write_csv(path, lang="en")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "grid"


@pytest.mark.parametrize("name", ["=1+1", "+A1", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_of_the_csv_is_a_formula(name: str, tmp_path: Path) -> None:
    plan = divide(
        Graph.from_edges(10, PATH, ids=[f"{name}{i}" for i in range(10)]),
        np.full(10, 40),
        [name] * 10,
        names={name: (name, name)},
        codes={name: name},
        atom_names=[name] * 10,
    )
    plan.write_csv(tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            assert not any(cell[:1] in "=+-@\t\r" for cell in row if cell)


def test_a_folder_that_is_missing_is_named(sample: tuple[District, GridPlan], tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="must be writable"):
        sample[1].write_csv(tmp_path / "none" / "plan.csv")


def test_table_and_report_say_the_same_as_the_grids(sample: tuple[District, GridPlan]) -> None:
    _, plan = sample
    rows = plan.table("en")
    assert [row["households"] for row in rows] == [grid.households for grid in plan.grids]
    report = plan.report("en")
    assert sum(int(str(row["grids"])) for row in report) == len(plan)
    for index, row in enumerate(report):
        sizes = [grid.households for grid in plan.grids_of(index)]
        assert (row["min"], row["max"]) == (min(sizes), max(sizes))
    assert len(plan.report("zh")) == len(report)
    assert "out of bounds" in str(plan)
    assert repr(plan).startswith("<GridPlan: ")
    assert "<table" in plan._repr_html_()
    pytest.importorskip("pandas")
    assert len(plan.to_dataframe()) == len(plan)


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_of_the_progress_call_ends_the_work_at_once(threads: int) -> None:
    def stop(done: int, total: int, entry: CommunityGrids) -> None:
        raise RuntimeError(f"stop after {done} of {total}: {entry.code}")

    with pytest.raises(RuntimeError, match="stop after 1 of"):
        divide_district(sample_district(), steps=500, threads=threads, progress=stop)
