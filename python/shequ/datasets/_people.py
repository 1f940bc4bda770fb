# SPDX-License-Identifier: BSD-3-Clause
"""Puts floors, dwellings and households into the lots of the sample, and staff and premises into its communities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shequ._core import Random
from shequ.datasets._lots import Lot
from shequ.datasets._terrain import pick, uniform
from shequ.datasets._town import STYLES, Neighbourhood

__all__ = ["House", "Office", "furnish", "staff_and_premises"]

LEAST, MOST = 640, 3950  # households of a community, but for the small village and the office park
SMALL_VILLAGE = (520, 580)  # between 501 and 599: no number of grids of 300 to 500 households fits
TALL_HOUSEHOLDS, TALL_DWELLINGS, TALL_FLOORS = 620, 648, 27  # one building above 500 households


@dataclass
class House:
    """What stands on a lot."""

    floors: int
    dwellings: int
    households: int
    civic: bool = False  # nobody lives there: a shop, a school, a clinic


@dataclass(frozen=True)
class Office:
    """Staff and premises of a community; None where the ledger has a gap."""

    workers: int
    certified: int
    office_m2: float | None
    outdoor_m2: float | None


def _house(rng: Random, style: str) -> House:
    kind = STYLES[style]
    floors = kind.floors[0] + rng.below(kind.floors[1] - kind.floors[0] + 1)
    if style == "office":
        return House(floors, 0, 0)
    if rng.below(24) == 0:
        return House(min(floors, 4), 0, 0, civic=True)
    homes = kind.homes[0] + rng.below(kind.homes[1] - kind.homes[0] + 1)
    if style == "village":
        return House(floors, homes, homes)
    if style == "slabs":
        homes = 2 * (2 + rng.below(2))  # two or three stairwells with two flats a floor
    dwellings = floors * homes
    return House(floors, dwellings, int(dwellings * uniform(rng, 0.84, 0.99)))


def _fit(houses: Sequence[House], low: int, high: int, most_homes: int) -> None:
    """Add or take away one village house a lot in turn until the total lies in low..high."""
    lived = [house for house in houses if not house.civic]
    total = sum(house.households for house in lived)
    turn = 0
    while not low <= total <= high:
        house = lived[turn % len(lived)]
        step = 1 if total < low else -1
        if 3 <= house.households + step <= most_homes:
            house.households += step
            house.dwellings += step
            total += step
        turn += 1


def _scale(houses: Sequence[House]) -> None:
    """Make a dense community lower and a sparse one higher until its households lie in LEAST..MOST."""
    lived = [house for house in houses if not house.civic]
    most = MOST - TALL_HOUSEHOLDS
    while not LEAST <= (total := sum(house.households for house in lived)) <= most:
        for house in lived:
            homes = house.dwellings // house.floors
            house.floors = house.floors + 1 if total < LEAST else max(2, house.floors * 3 // 4)
            house.dwellings = house.floors * homes
            house.households = house.dwellings * 9 // 10


def furnish(rng: Random, lots: Sequence[Lot], kinds: Sequence[Neighbourhood], owner: Sequence[int]) -> list[House]:
    """Draw the building of every lot.

    Parameters
    ----------
    rng : Random
        Generator.
    lots : sequence of Lot
        All lots.
    kinds : sequence of Neighbourhood
        The communities.
    owner : sequence of int
        Community of each lot.

    Returns
    -------
    list of House
        One a lot.
    """
    members: list[list[int]] = [[] for _ in kinds]
    for number, community in enumerate(owner):
        members[community].append(number)
    villages = [k for k, kind in enumerate(kinds) if kind.style == "village"]
    smallest = min(villages, key=lambda k: len(members[k]))
    tall = pick(rng, [k for k, kind in enumerate(kinds) if kind.style in ("towers", "middle", "slabs")])
    houses = [House(0, 0, 0)] * len(lots)
    for k, kind in enumerate(kinds):
        drawn = [_house(rng, kind.style) for _ in members[k]]
        if kind.style not in ("office", "village"):
            _scale(drawn)
        if k == smallest:
            target = SMALL_VILLAGE[0] + rng.below(SMALL_VILLAGE[1] - SMALL_VILLAGE[0] + 1)
            _fit(drawn, target, target, 24)
        elif kind.style == "village":
            _fit(drawn, LEAST, 1400, 24)
        if k == tall:
            place = rng.below(len(drawn))
            drawn[place] = House(TALL_FLOORS, TALL_DWELLINGS, TALL_HOUSEHOLDS)
        for number, house in zip(members[k], drawn, strict=True):
            houses[number] = house
    return houses


def staff_and_premises(rng: Random, households: Sequence[int], rural: Sequence[bool]) -> list[Office]:
    """Draw staff and premises: most communities near their norm, some short, two values missing.

    Parameters
    ----------
    rng : Random
        Generator.
    households : sequence of int
        Of each community.
    rural : sequence of bool
        Whether it is a village.

    Returns
    -------
    list of Office
        One a community.
    """
    offices = []
    for count, village in zip(households, rural, strict=True):
        due = 4 + max(0, count - 1000) // 250
        workers = max(2, due + (rng.below(5) - 3 if count > 1500 else rng.below(3) - 1))
        certified = int(workers * uniform(rng, 0.05, 0.35 if village else 0.75))
        office = 5.0 * int(uniform(rng, 38.0, 110.0) + count / 55.0)
        outdoor = 10.0 * int(uniform(rng, 20.0, 120.0))
        offices.append(Office(workers, certified, office, outdoor))
    for attribute in ("office_m2", "outdoor_m2"):
        k = rng.below(len(offices))
        kept = offices[k]
        offices[k] = Office(kept.workers, kept.certified, None if attribute == "office_m2" else kept.office_m2,
                            None if attribute == "outdoor_m2" else kept.outdoor_m2)  # fmt: skip
    return offices
