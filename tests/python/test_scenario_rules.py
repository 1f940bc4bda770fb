# SPDX-License-Identifier: BSD-3-Clause
"""Money, certificates, premises and grids in scenarios, against the district sheet of the edited district."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ import FundingRule, InvalidInputError, Scenario, StaffingRule
from shequ.rules import CertificationRule, FacilityRule

FUNDING = FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3000, id="fund.test")
CERTIFICATION = CertificationRule(required="80%", min_level="assistant", id="cert.test")
PREMISES = FacilityRule(least_m2=400, step_m2=30, id="premises.test")
OUTDOOR = FacilityRule(least_m2=500, id="outdoor.test")
RULES: dict[str, Any] = {
    "funding": FUNDING, "certification": CERTIFICATION, "premises": PREMISES, "outdoor": OUTDOOR, "grid_size": (300, 500),
}  # fmt: skip
SHEET_MEASURES = ("posts", "shortage", "surplus", "grant", "certificates", "premises_gap", "outdoor_gap", "grids")


def _scenario(seed: int = 3) -> Scenario:
    return Scenario(shequ.sample_district(seed=seed), rules=StaffingRule(), **RULES)


def _sheet(district: shequ.District) -> shequ.DistrictSheet:
    return shequ.district_sheet(
        district,
        household_basis="households",
        staffing=StaffingRule(),
        funding=FUNDING,
        urban_certification=CERTIFICATION,
        rural_certification=CERTIFICATION,
        premises=PREMISES,
        outdoor=OUTDOOR,
        grid_size=(300, 500),
        every_setting=True,
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(["households", "workers", "office_m2"]), st.integers(0, 3000)),
        max_size=8,
    )
)
def test_measures_are_those_of_the_sheet_of_the_edited_district(edits: list[tuple[int, str, int]]) -> None:
    district = shequ.sample_district(seed=3)
    made = _scenario(3)
    units = district.hierarchy.at_level("community").tolist()
    columns = {name: column.copy() for name, column in district.columns.items()}
    for pick, column, value in edits:
        unit = units[pick % len(units)]
        # the sheet refuses more holders than workers
        kept = int(columns["certified"][unit]) + value % 30 if column == "workers" else value
        made.set(column, unit, kept)
        columns[column][unit] = kept
    sheet = _sheet(shequ.District(district.hierarchy, columns))
    for measure in SHEET_MEASURES:
        values = sheet.values(measure)
        for unit in range(len(district.hierarchy)):
            known = made.total(measure, unit)
            assert (0 if known is None else known) == (0 if values[unit] is np.ma.masked else int(values[unit]))


def test_measures_are_there_where_a_rule_is() -> None:
    district = shequ.sample_district(seed=1)
    assert Scenario(district).measures == ("communities", "posts", "shortage", "surplus")
    made = Scenario(district, funding=FUNDING)
    assert made.measures == ("communities", "posts", "shortage", "surplus", "grant")
    assert "office_dm2" not in made.columns
    with pytest.raises(InvalidInputError, match="kind=grid_size must be one that the base has a rule of"):
        made.set_rule((300, 500))
    with pytest.raises(InvalidInputError, match="kind=None must be one of staffing, funding"):
        made.set_rule(PREMISES)
    with pytest.raises(InvalidInputError, match="without classes"):
        Scenario(district, funding=FundingRule(base_fen=1, class_fen=[1, 2]))
    with pytest.raises(InvalidInputError, match="staff.wujin2012 must be a norm that gives one"):
        Scenario(district, funding="staff.wujin2012")


def test_rules_are_norms_by_id_by_setting_and_edits() -> None:
    district = shequ.sample_district(seed=2)
    made = Scenario(district, rules="staff.wujin2012", funding={"urban": FUNDING, "rural": None})
    urban = [
        unit for unit in district.hierarchy.at_level("community").tolist() if made.rule(unit, "funding") is not None
    ]
    assert 0 < len(urban) < len(district.hierarchy.at_level("community"))
    assert made.total("grant") == sum(FUNDING.grant(made.total("households", unit)) for unit in urban)
    assert made.rule(urban[0]).id == "staff.wujin2012"
    dearer = FundingRule(base_fen=9_000_000, id="fund.more")
    made.set_rule(dearer, urban[0])
    assert made.total("grant", urban[0]) == 9_000_000
    made.set_rule(None, kind="funding")
    assert made.total("grant") is None
    made.undo()
    made.undo()
    assert made.rule(urban[0], "funding") == FUNDING


def test_areas_are_set_and_read_in_square_metres() -> None:
    made = _scenario()
    unit = int(made.hierarchy.at_level("community")[0])
    made.set("office_m2", unit, 399.5)
    assert made.value("office_m2", unit) == 399.5
    assert made.value("office_dm2", unit) == 39950
    made.add("office_m2", unit, Fraction(1, 2))
    assert made.value("office_m2", unit) == 400
    with pytest.raises(InvalidInputError, match=r"office_m2=1\.005 must have at most two decimals"):
        made.set("office_m2", unit, 1.005)
    assert made.num_edits == 2


def test_files_and_pickles_keep_every_kind_of_rule(tmp_path: Path) -> None:
    made = _scenario()
    town = int(made.hierarchy.at_level("town")[0])
    made.set_rule(FundingRule(base_fen=100, step_fen=7, id="fund.less"), town)
    made.set_rule(FacilityRule(least_m2=Fraction(1001, 2), step_m2="0.5", id="premises.more"), kind="premises")
    made.set_rule(CertificationRule(required=Fraction(1, 3), min_level="worker", id="cert.more"), town)
    made.set_rule((200, 400), town, setting="urban")
    made.set_rule(None, town, kind="outdoor")
    path = tmp_path / "plan.json"
    made.save(path)
    for again in (_scenario().load(path), pickle.loads(pickle.dumps(made))):
        assert again.rules == made.rules
        assert [edit["rule"] for edit in again.edits()] == [edit["rule"] for edit in made.edits()]
        for unit in range(len(made)):
            assert [again.total(m, unit) for m in made.measures] == [made.total(m, unit) for m in made.measures]
    with pytest.raises(InvalidInputError, match="another base: rules, column office_dm2"):
        Scenario(shequ.sample_district(seed=3), rules=StaffingRule()).load(path)


def test_a_plan_by_hand_may_give_other_norms(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[[norm]]\nid = "own.money"\ntitle = "Money"\nsource = "own"\n'
        "[norm.funding]\nbase_yuan = 50\n"
        '[[norm]]\nid = "own.rooms"\ntitle = "Rooms"\nparameters = "450 and 600 m2"\nsource = "own"\n'
        "[norm.premises]\nleast_m2 = 450\n[norm.outdoor]\nleast_m2 = 600\n",
        encoding="utf-8",
    )
    path = tmp_path / "plan.toml"
    path.write_text(
        'own = "own.toml"\n[[edit]]\nnorm = "own.money"\n[[edit]]\nnorm = "own.rooms"\nof = "premises"\n',
        encoding="utf-8",
    )
    made = _scenario().load(path)
    communities = len(made.hierarchy.at_level("community"))
    assert made.total("grant") == 5000 * communities
    assert [edit["rule_kind"] for edit in made.edits()] == ["funding", "premises"]
    path.write_text('own = "own.toml"\n[[edit]]\nnorm = "own.rooms"\n', encoding="utf-8")
    with pytest.raises(InvalidInputError, match="of = one of premises, outdoor"):
        _scenario().load(path)


def test_a_transfer_is_one_edit_that_files_keep(tmp_path: Path) -> None:
    made = _scenario()
    a, b = (int(unit) for unit in made.hierarchy.at_level("community")[:2])
    before = made.value("households", a), made.value("households", b), made.total("households")
    made.transfer(a, b, households=38, office_m2=1.5)
    assert before[0] is not None
    assert before[1] is not None
    assert (made.value("households", a), made.value("households", b)) == (before[0] - 38, before[1] + 38)
    assert made.total("households") == before[2]
    path = tmp_path / "plan.json"
    made.save(path)
    again = _scenario().load(path)
    assert again.edits() == made.edits()
    words = made.differences(lang="en").edits[0]
    assert words == f"from {made.name(a, 'en')} to {made.name(b, 'en')}: Households 38, Office m² 1.5"
    by_hand = tmp_path / "plan.toml"
    by_hand.write_text(
        f'[[edit]]\ntransfer = "{made.code(a)}"\nto = "{made.code(b)}"\nvalues = {{ "户数" = 38, office_m2 = 2 }}\n',
        encoding="utf-8",
    )
    loaded = _scenario().load(by_hand)
    assert loaded.value("households", b) == before[1] + 38
    with pytest.raises(InvalidInputError, match="households=1000000 must be in"):
        made.transfer(a, b, households=1_000_000)
    by_hand.write_text(f'[[edit]]\ntransfer = "{made.code(a)}"\nto = "{made.code(b)}"\nvalues = 3\n', encoding="utf-8")
    with pytest.raises(InvalidInputError, match="values"):
        _scenario().load(by_hand)


def test_comparisons_show_yuan_and_square_metres(tmp_path: Path) -> None:
    made = _scenario()
    unit = int(made.hierarchy.at_level("community")[0])
    made.set("households", unit, 3000)
    made.set("office_m2", unit, 10.5)
    compared = made.differences(lang="en")
    assert set(compared.measures) >= {"households", "office_dm2", "posts", "grant", "premises_gap", "grids"}
    shown = {cells[4]: cells[6] for cells in map(compared.cells, compared.rows) if cells[2] == made.name(unit, "en")}
    assert shown["Grant, yuan"] == 80_000 + 2000 * 30
    assert shown["Office m²"] == 10.5
    assert shown["Premises gap, m²"] == 900 - 10.5
    frame = made.compare()
    grants = frame[(frame.measure == "grant") & (frame.unit == unit)]
    assert grants.after.tolist() == [14_000_000]  # fen
    assert "Office m² set to 10.5" in compared.edits[1]
    assert "80,000" in compared.save(tmp_path / "c.txt").read_text(encoding="utf-8") or "140,000" in str(compared)
    made.set_rule(OUTDOOR, kind="outdoor")
    made.set_rule((250, 450), unit)
    assert [words.partition(": ")[2] for words in made.differences(lang="en").edits[2:]] == [
        "outdoor norm outdoor.test", "grid size 250–450",
    ]  # fmt: skip
