# SPDX-License-Identifier: BSD-3-Clause
"""Puts the sample district together: ground plan, town, people, names, codes, landscape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from shequ._core import Random
from shequ._errors import InvalidInputError
from shequ.datasets import _names
from shequ.datasets._lots import footprints
from shequ.datasets._people import House, furnish, staff_and_premises
from shequ.datasets._terrain import Plan, Point, make_plan
from shequ.datasets._town import STYLES, Neighbourhood, Town, make_town
from shequ.district import CROSSES, Atoms, District, Feature
from shequ.hierarchy import Hierarchy

__all__ = ["sample_district"]

#: Metres east and north of a made-up origin in the open sea, so that the place can be opened in any map viewer and
#: taken for no real one.
CRS = "+proj=tmerc +lat_0=29.5 +lon_0=124.5 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"

DISTRICT_CODE = 990101000000  # province 99 is not assigned in GB/T 2260
TOWN_DIGITS = {"west": 1, "east": 2, "north": 3, "south": 4, "rural": 100}  # 001-099 subdistricts, 100-199 towns
TURN = 0.99  # cosine of the angle by which the plan is turned


def _placed(points: Iterable[Point]) -> NDArray[np.float64]:
    """Turn points by some degrees and round them to the millimetre."""
    sine = sqrt(1.0 - TURN * TURN)
    return np.array([(round(TURN * x - sine * y, 3), round(sine * x + TURN * y, 3)) for x, y in points])


def _unit_names(rng: Random, kinds: Sequence[Neighbourhood], order: Sequence[int]) -> list[_names.Name]:
    urban, villages = list(_names.COMMUNITIES), list(_names.VILLAGES)
    for names in (urban, villages):
        names.sort(key=lambda _: rng.bits())
    found: list[_names.Name] = [("", "")] * len(kinds)
    for k in order:
        style = kinds[k].style
        if style == "office":
            found[k] = _names.OFFICE_PARK
        else:
            zh, en = (villages if style == "village" else urban).pop()
            found[k] = (zh, f"{en} Village" if style == "village" else f"{en} Community")
    return found


def _hierarchy(
    rng: Random, kinds: Sequence[Neighbourhood], centres: Sequence[Point]
) -> tuple[Hierarchy, list[int], list[int]]:
    """Give every community its code and name, from north to south in each town; also list their codes in order."""
    order = sorted(range(len(kinds)), key=lambda k: (TOWN_DIGITS[kinds[k].town], -centres[k][1], centres[k][0]))
    names = _unit_names(rng, kinds, order)
    codes, parents, levels = [DISTRICT_CODE], [-1], ["district"]
    zh, en = [_names.DISTRICT[0]], [_names.DISTRICT[1]]
    code_of = [0] * len(kinds)
    for town in sorted({kind.town for kind in kinds}, key=TOWN_DIGITS.__getitem__):
        town_code = DISTRICT_CODE + 1000 * TOWN_DIGITS[town]
        codes.append(town_code)
        parents.append(DISTRICT_CODE)
        levels.append("town")
        zh.append(_names.TOWNS[town][0])
        en.append(_names.TOWNS[town][1])
        # 001-199 residents' committees, 200-399 villagers' committees, 400-499 units like residents' committees
        following = {"village": 200, "office": 400, "": 0}
        for k in order:
            if kinds[k].town != town:
                continue
            style = kinds[k].style if kinds[k].style in following else ""
            following[style] += 1
            code_of[k] = town_code + following[style]
            codes.append(code_of[k])
            parents.append(town_code)
            levels.append("community")
            zh.append(names[k][0])
            en.append(names[k][1])
    hierarchy = Hierarchy.from_columns(
        code=np.array(codes, dtype=np.int64),
        parent=np.array(parents, dtype=np.int64),
        name=zh,
        name_en=en,
        level=levels,
    )
    return hierarchy, code_of, order


def _atom_names(
    rng: Random, town: Town, owner: Sequence[int], houses: Sequence[House], order: Sequence[int]
) -> tuple[list[int], list[_names.Name]]:
    """Return the lots in the order of their communities and blocks, and what each is called."""
    left = {style: sorted(names, key=lambda _: rng.bits()) for style, names in _names.COMPOUNDS.items()}
    rank = {k: i for i, k in enumerate(order)}
    lots = sorted(range(len(town.lots)), key=lambda i: (rank[owner[i]], town.lots[i].block, i))
    compound: dict[int, _names.Name] = {}
    built: dict[int, int] = {}
    names = []
    for i in lots:
        block, style = town.lots[i].block, town.neighbourhoods[owner[i]].style
        if block not in compound:
            compound[block] = left[style].pop()
        zh, en = compound[block]
        if houses[i].civic:
            what = _names.CIVIC[rng.below(len(_names.CIVIC))]
            names.append((zh + what[0], f"{en} {what[1]}"))
        else:
            built[block] = built.get(block, 0) + 1
            form = _names.TALL if houses[i].households > 500 else _names.BUILDING[style]
            names.append((zh + form[0].format(built[block]), f"{en} {form[1].format(built[block])}"))
    return lots, names


def _landscape(rng: Random, plan: Plan, town: Town) -> tuple[Feature, ...]:
    lines = plan.crossings
    outline = [*lines[0], *(line[-1] for line in lines[1:6]), *reversed(lines[6])]
    outline += [line[0] for line in reversed(lines[1:6])]
    found = [
        Feature("land", _placed(outline), *_names.DISTRICT),
        Feature("river", _placed(plan.river), *_names.RIVER),
    ]
    found += [Feature("field", _placed(quad)) for quad in town.fields]
    parks = sorted(_names.PARKS, key=lambda _: rng.bits())
    for k, quad in enumerate(town.parks):
        found.append(Feature("park", _placed(quad), *(parks[k] if k < len(parks) else ("", ""))))
    (south, north), (middle,) = _names.ROADS["river"], _names.ROADS["middle"]
    below, above = _names.ROADS["rail"]
    for line, name, width in (
        (1, south, 14.0),
        (2, north, 14.0),
        (3, middle, 30.0),
        (4, below, 14.0),
        (5, above, 14.0),
    ):
        found.append(Feature("road", _placed(lines[line]), *name, width))
    across = sorted(_names.ROADS["across"], key=lambda _: rng.bits())
    streets: dict[int, list[list[Point]]] = {}
    for row, (low, high) in enumerate(((0, 1), (2, 3), (3, 4), (5, 6))):
        for i in plan.majors[row][1:-1]:
            piece = [lines[low][i], lines[high][i]]
            before = streets.setdefault(i, [])
            if row == 2 and before and before[-1][-1] == piece[0]:
                before[-1].append(piece[1])
            else:
                before.append(piece)
    for i, pieces in sorted(streets.items()):
        for piece in pieces:
            found.append(Feature("road", _placed(piece), *across[i], 30.0))
    found.append(Feature("railway", _placed(plan.railway), *_names.RAILWAY, 9.0))
    for i, name in zip(plan.bridges, _names.BRIDGES, strict=True):
        found.append(Feature("bridge", _placed((lines[1][i], lines[2][i])), *name, 24.0))
    found += [Feature("underpass", _placed((lines[4][i], lines[5][i])), "", "", 24.0) for i in plan.underpasses]
    return tuple(found)


def _columns(
    rng: Random, hierarchy: Hierarchy, codes: Sequence[int], kinds: Sequence[Neighbourhood], order: Sequence[int],
    households: Sequence[int],
) -> dict[str, NDArray[np.generic]]:  # fmt: skip
    rural = [kinds[k].style == "village" for k in order]
    offices = staff_and_premises(rng, [households[k] for k in order], rural)
    values: dict[str, list[object]] = {
        "households": [households[k] for k in order],
        "workers": [office.workers for office in offices],
        "certified": [office.certified for office in offices],
        "office_m2": [office.office_m2 for office in offices],
        "outdoor_m2": [office.outdoor_m2 for office in offices],
        "setting": [int(village) for village in rural],
    }
    types = {"office_m2": np.float64, "outdoor_m2": np.float64, "setting": np.int8}
    units = [hierarchy.index(codes[k]) for k in order]
    columns: dict[str, NDArray[np.generic]] = {}
    for name, column in values.items():
        array = np.ma.MaskedArray(np.zeros(len(hierarchy), dtype=types.get(name, np.int64)), mask=True)
        for unit, value in zip(units, column, strict=True):
            if value is not None:
                array[unit] = value
        columns[name] = array
    return columns


def _checked_seed(seed: object) -> int:
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**64:
        raise InvalidInputError(
            f"seed={seed!r} must be a whole number in [0, 2^64)", f"seed={seed!r} 必须是 [0, 2^64) 内的整数"
        )
    return int(seed)


def sample_district(seed: int = 0) -> District:
    """Make up a district of 15 to 25 communities, with every building, for demos, teaching and tests.

    Parameters
    ----------
    seed : int, default 0
        0 to 2^64 - 1. The same seed gives the same bytes on every platform and version of NumPy.

    Returns
    -------
    District
        Towns, communities of 500 to 4,000 households, 1,100 to 1,600 building lots with their adjacency, and a
        landscape: a river with two bridges, a railway with three underpasses, roads, parks, fields. Lots are adjacent
        where they share a border or face each other across a street, never across river or railway but at a bridge or
        underpass. The lots of every community are connected.

    Raises
    ------
    InvalidInputError
        `seed` is out of range.

    Notes
    -----
    Awkward on purpose, as life is: a village of 520 to 580 households, for which no number of grids of 300 to 500 fits;
    a tower of 620 households; an office park where nobody lives; communities on both sides of the river and of the
    railway; one floor area and one outdoor area missing. All names are made up; the coordinates are metres in a
    transverse Mercator projection around a made-up origin in the East China Sea.

    Examples
    --------
    >>> district = sample_district(seed=0)
    >>> district.hierarchy.name(0, lang="en")
    'Wanglan District'
    """
    number = _checked_seed(seed)
    ground, people, words = (Random(number, stream) for stream in (1, 2, 3))
    plan = make_plan(ground)
    town = make_town(ground, plan)
    kinds = town.neighbourhoods
    of_block = {block: k for k, kind in enumerate(kinds) for block in kind.blocks}
    owner = [of_block[lot.block] for lot in town.lots]
    houses = furnish(people, town.lots, kinds, owner)
    households = [0] * len(kinds)
    middle = [[0.0, 0.0, 0.0] for _ in kinds]
    for lot, house, k in zip(town.lots, houses, owner, strict=True):
        households[k] += house.households
        for x, y in lot.corners:
            middle[k] = [middle[k][0] + x, middle[k][1] + y, middle[k][2] + 1.0]
    centres = [(x / n, y / n) for x, y, n in middle]
    hierarchy, codes, order = _hierarchy(words, kinds, centres)
    lots, names = _atom_names(words, town, owner, houses, order)

    place = {lot: k for k, lot in enumerate(lots)}
    edges = sorted(
        (
            min(place[edge.a], place[edge.b]),
            max(place[edge.a], place[edge.b]),
            round(edge.length_m, 2),
            CROSSES.index(kind),
        )
        for edge, kind in town.edges
    )
    rings = [_placed(town.lots[i].ring) for i in lots]
    buildings = []
    stands_on = []
    for k, i in enumerate(lots):
        style = STYLES[kinds[owner[i]].style]
        count = houses[i].households if style.name == "village" else 0
        for quad in footprints(people, town.lots[i], style, count):
            buildings.append(_placed(quad))
            stands_on.append(k)
    numbers: dict[int, int] = {}
    ids = []
    for i in lots:
        numbers[owner[i]] = numbers.get(owner[i], 0) + 1
        ids.append(f"{codes[owner[i]]}-{numbers[owner[i]]:05d}")  # buildings 00001-99999 (DB6101/T 3185-2024)
    atoms = Atoms(
        ids=tuple(ids),
        names=tuple(zh for zh, _ in names),
        names_en=tuple(en for _, en in names),
        community=np.array([hierarchy.index(codes[owner[i]]) for i in lots], dtype=np.int32),
        households=np.array([houses[i].households for i in lots], dtype=np.int64),
        dwellings=np.array([houses[i].dwellings for i in lots], dtype=np.int64),
        floors=np.array([houses[i].floors for i in lots], dtype=np.int32),
        points=np.concatenate(rings),
        ring_start=np.cumsum([0, *(len(ring) for ring in rings)]).astype(np.int32),
        edges=np.array([edge[:2] for edge in edges], dtype=np.int32),
        shared_border_m=np.array([edge[2] for edge in edges], dtype=np.float64),
        crosses=np.array([edge[3] for edge in edges], dtype=np.int8),
        footprints=np.array(buildings),
        footprint_atom=np.array(stands_on, dtype=np.int32),
        crs=CRS,
    )
    columns = _columns(people, hierarchy, codes, kinds, order, households)
    return District(hierarchy, columns, atoms, _landscape(words, plan, town))
