# SPDX-License-Identifier: BSD-3-Clause
"""Says in Chinese and English why a grid is out of bounds, and the smallest change under which it would not be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._core import Diagnosis, Relaxation
    from shequ._grid_plan import Fault, Status

__all__ = ["community_text", "grid_text"]

Both = tuple[str, str]  # English, Chinese
NOTHING: Both = ("", "")
_SHOWN = 5  # reasons of one kind: a layer of buildings that do not touch has thousands


def _join(parts: Sequence[Both]) -> Both:
    kept = list(dict.fromkeys(part for part in parts if part[0]))
    return "; ".join(english for english, _ in kept), "；".join(chinese for _, chinese in kept)


def _bounds(relaxation: Relaxation) -> Both:
    english, chinese = [], []
    if relaxation.lower is not None:
        english.append(f"lower bound {relaxation.lower:,}")
        chinese.append(f"下限放宽到{relaxation.lower:,}户")
    if relaxation.upper is not None:
        english.append(f"upper bound {relaxation.upper:,}")
        chinese.append(f"上限放宽到{relaxation.upper:,}户")
    if relaxation.parts is not None:
        return relaxation.message("en"), relaxation.message("zh")
    return " and ".join(english), "并".join(chinese)


def _relaxations(diagnosis: Diagnosis) -> Both:
    choices = [_bounds(relaxation) for relaxation in diagnosis.relaxations]
    if not choices:
        return NOTHING
    english, chinese = " or ".join(c[0] for c in choices), "，或".join(c[1] for c in choices)
    return f"smallest change: {english}", f"最小调整：{chinese}"


def _reasons(diagnosis: Diagnosis, total: int, size: tuple[int, int], heavy: Sequence[Both]) -> list[Both]:
    found: list[Both] = []
    alike: Counter[str] = Counter()
    for reason in diagnosis.reasons:
        kind = reason.kind.name.lower()
        alike[kind] += 1
        if alike[kind] > _SHOWN:
            continue
        if kind == "node_above_upper" and heavy:
            found += heavy
        elif kind == "no_part_count" and diagnosis.component_count == 1:
            found.append(
                (
                    f"{total:,} households cannot be divided into grids of {size[0]:,} to {size[1]:,}",
                    f"{total:,}户无法划成每个{size[0]:,}至{size[1]:,}户的网格",
                )
            )
        else:
            found.append((reason.message("en"), reason.message("zh")))
    more = sum(count - _SHOWN for count in alike.values() if count > _SHOWN)
    if more:
        found.append((f"and {more:,} more of such parts", f"另有{more:,}处同类问题"))
    return found


def _heavy(names: Sequence[Both], households: Sequence[int], upper: int) -> list[Both]:
    return [
        (
            f"{english} alone has {count:,} households, above {upper:,}: divide it by stairwells or accept it",
            f"{chinese}单体{count:,}户，超过上限{upper:,}户：可按单元拆分，或保留为单独网格",
        )
        for (english, chinese), count in zip(names, households, strict=True)
        if count > upper
    ]


def grid_text(
    diagnosis: Diagnosis | None,
    fault: Fault,
    total: int,
    community_total: int,
    size: tuple[int, int],
    names: Sequence[Both],
    households: Sequence[int],
) -> Both:
    """Explain the fault of one grid.

    Parameters
    ----------
    diagnosis : Diagnosis or None
        Of its community; None where nobody lives there.
    fault : "below", "above", "broken" or ""
        Which rule it breaks; "" where nobody lives.
    total, community_total : int
        Households of the grid and of its community.
    size : (int, int)
        Least and most households of a grid.
    names, households : sequence
        Of the atoms in it; names in English and Chinese.

    Returns
    -------
    (str, str)
        English and Chinese.
    """
    if diagnosis is None:
        return (
            "nobody lives here: a dedicated grid for offices, a market or a school",
            "无住户：设为专属网格（楼宇、市场、学校等）",
        )
    if fault == "below":
        lead: Both = (
            f"{size[0] - total:,} households below {size[0]:,}",
            f"比下限{size[0]:,}户少{size[0] - total:,}户",
        )
    elif fault == "above":
        lead = (f"{total - size[1]:,} households above {size[1]:,}", f"比上限{size[1]:,}户多{total - size[1]:,}户")
    else:
        lead = ("not in one piece", "不连片")
    heavy = _heavy(names, households, size[1])
    if heavy:
        return _join([lead, *heavy])
    if diagnosis.feasible is False:
        return _join([lead, *_reasons(diagnosis, community_total, size, []), _relaxations(diagnosis)])
    return _join([lead, _not_found()])


def _not_found() -> Both:
    return (
        "the search found no plan that keeps the bounds; more steps or time may find one",
        "在给定步数和时间内未找到达标方案，可增加步数或时间再试",
    )


def community_text(
    status: Status,
    diagnosis: Diagnosis | None,
    known: int,
    lived_in: int,
    size: tuple[int, int],
    names: Sequence[Both],
    households: Sequence[int],
) -> Both:
    """Explain what is wrong with the grids of a community; empty where nothing is.

    Parameters
    ----------
    status : str
        See `CommunityGrids`.
    diagnosis : Diagnosis or None
        What is proven.
    known, lived_in : int
        Households known for the community, and those of its atoms.
    size : (int, int)
        Least and most households of a grid.
    names, households : sequence
        Of all its atoms; names in English and Chinese.

    Returns
    -------
    (str, str)
        English and Chinese.
    """
    parts: list[Both] = []
    if status == "no_atoms":
        parts.append(
            (
                f"{known:,} households, but no building is known: no grids could be made",
                f"有{known:,}户，但没有楼栋资料，无法划分网格",
            )
        )
    elif known > lived_in:
        parts.append(
            (
                f"{known - lived_in:,} of {known:,} households live in no known building, so in no grid",
                f"{known:,}户中有{known - lived_in:,}户没有对应楼栋，未划入网格",
            )
        )
    elif known < lived_in:
        parts.append(
            (
                f"the buildings hold {lived_in:,} households, the ledger has {known:,}",
                f"楼栋合计{lived_in:,}户，台账为{known:,}户，两者不一致",
            )
        )
    if status == "no_households":
        parts.append(("nobody lives here: one dedicated grid", "无住户，设为专属网格"))
    elif status == "unknown":
        parts.append(_not_found())
    elif status == "infeasible" and diagnosis is not None:
        heavy = _heavy(names, households, size[1])
        parts += [*_reasons(diagnosis, lived_in, size, heavy), _relaxations(diagnosis)]
    return _join(parts)
