# SPDX-License-Identifier: BSD-3-Clause
"""Rules and results as Python objects: constructors, defaults that are not there, equality, pickling, texts of errors."""

import copy
import datetime as dt
import doctest
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import shequ
from shequ import rules

CERT = rules.CertificationRule(
    required="80%",
    min_level="assistant",
    id="cert.test",
    source="a document, 2012",
    effective=dt.date(2012, 1, 1),
    applies_to="urban",
)
PROCESS = rules.AssessmentProcess(unsampled="name", on_failed_review="withdraw", first_year=2012)


def named_case():
    case = rules.AssessmentCase(PROCESS, "宝塔社区")
    case.record("self_assessed", dt.date(2013, 3, 1), score_hundredths=9200)
    case.record("applied", dt.date(2013, 9, 30))
    case.record(rules.AssessmentState.DISTRICT_CHECKED, dt.date(2013, 10, 10))
    case.record("listed", dt.date(2013, 10, 20))
    case.record("named", dt.date(2013, 12, 1))
    return case


EVERY = [
    CERT,
    rules.certification_need(CERT, 862, 138),
    rules.training_plan(rules.certification_need(CERT, 862, 138), 2012, 2014, pass_rate="30%")[0],
    rules.TrainingInterval(years=2),
    rules.coverage([True, None, False]),
    rules.FacilityRule(least_m2="400.5", step_m2=30, rounding="started_step"),
    rules.Remedy(name="site", kind="share", area_dm2=100, cost_fen=5),
    rules.cheapest_remedies(10, [rules.Remedy(name="site", kind="share", area_dm2=100, cost_fen=5)]),
    rules.Investment(name="four", amount_fen=150_000_000, sites=["a", "b", "c", "d"]),
    rules.OrganisationRule(asked=rules.OrgSet(party=True, committee=True)),
    rules.org_coverage([True], [False], [True]),
    rules.AssessmentRule(aspects=[rules.Aspect(name="环境", weight_hundredths=10_000)]),
    PROCESS,
    named_case(),
    rules.TargetRule(years=[rules.YearTarget(year=2012, share="75%")], tier="达标"),
    rules.TargetState(year=2012, total=4),
    rules.draw_sample(rules.SamplingRule(ratio="1/2"), ["a", "b"], [0, 0], seed=3),
    rules.StarThresholds(least_hundredths=[None, 6000, None, None, 9000]),
    rules.StarQuota(caps=[0, 18, 12, 8, 1], ties="better"),
    rules.StarAllOf(parts=5, least_part_hundredths=8000, least_total_hundredths=45_000),
    rules.summarise_stars([5, 0, None]),
    rules.VisitRule(per="week", working_weeks=48),
    rules.visit_load(
        rules.VisitRule(per="week", working_weeks=48), [rules.VisitClass(households=920, visits_per_year=2)], 4
    ),
    rules.workload_need([rules.WorkloadComponent(volume=2800, standard=480)], allowance="5/4", have=6),
    rules.NetworkRule(measure="chain", required=[True, False, False]),
    rules.network_coverage(
        rules.NetworkRule(measure="chain", required=[True, False, False]), 2, attachments=[(0, "centre")]
    ),
    rules.PrintedPercent.parse("75.2%"),
    rules.consistent_counts("75.2%", 105, 105)[0],
    rules.parse_stated("近89%"),
    rules.SizeRule(merge_below=500, adjust_above=3000),
    rules.propose_changes(rules.SizeRule(merge_below=500, adjust_above=3000), [400, 3001], [(0, 1)]),
    rules.change_effect([900, 900], [1800], staffing=shequ.StaffingRule(), grid_size=(300, 500)),
    rules.UnitBalance(before=20, removed=14, added=5, after=11),
    rules.group_totals({"退休": [3]}, [9])[0],
    rules.band_shares([34, 60], [35]),
    rules.shortfall(posts=5, workers=3),
    rules.grid_count(550, 300, 500),
]


@pytest.mark.parametrize("value", EVERY, ids=lambda value: type(value).__name__)
def test_every_rule_and_result_is_kept_by_pickle_and_copy_and_says_what_it_is(value):
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
    assert type(value).__name__ in repr(value)
    assert value != object()


def test_a_rule_carries_its_id_source_date_and_setting():
    assert CERT.id == "cert.test"
    assert CERT.source == "a document, 2012"
    assert CERT.effective == dt.date(2012, 1, 1)
    assert CERT.applies_to == shequ.Setting.URBAN
    assert CERT.required == Fraction(4, 5)
    assert rules.SamplingRule(ratio=1).id == "custom"
    assert rules.SamplingRule(ratio=1).applies_to is None
    assert rules.certification_need(CERT, 1, 0).rule == "cert.test"


@pytest.mark.parametrize(
    "make",
    [
        lambda: rules.CertificationRule(required="80%"),
        lambda: rules.AssessmentProcess(unsampled="name"),
        rules.AssessmentRule,
        rules.SamplingRule,
        lambda: rules.StarQuota(caps=[1, 1, 1, 1, 1]),
        rules.StarThresholds,
        lambda: rules.VisitRule(working_weeks=48),
        lambda: rules.VisitRule(per="week"),
        rules.NetworkRule,
        rules.FacilityRule,
        lambda: rules.training_plan(rules.certification_need(CERT, 1, 0), 2012, 2013),
    ],
)
def test_what_the_sources_leave_open_has_no_default(make):
    with pytest.raises(TypeError):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: rules.SamplingRule(ratio=0.2), "ratio=0.2 must be exact: a whole number, a Fraction or a text"),
        (lambda: rules.SamplingRule(ratio="x"), "ratio='x' must be a number such as 4/5, 80% or 0.8"),
        (lambda: rules.SamplingRule(ratio="120%"), r"ratio=6/5 must be in \[0, 1\]"),
        (lambda: rules.SamplingRule(ratio=True), "ratio=True must be exact"),
        (lambda: rules.SamplingRule(ratio=Fraction(1, 2**70)), "ratio=.* must be a ratio of 64-bit whole numbers"),
        (
            lambda: rules.CertificationRule(required="80%", min_level="none"),
            "min_level=none must be assistant, worker or senior",
        ),
        (
            lambda: rules.CertificationRule(required="80%", min_level="any"),
            'min_level=\'any\' must be one of "none", "assistant", "worker", "senior"',
        ),
        (lambda: rules.TrainingInterval(years=2, effective="2012"), "effective='2012' must be a datetime.date"),
        (lambda: rules.OrgSet(party=1), "party=1 must be True or False"),
        (lambda: rules.AssessmentRule(aspects=[3]), r"aspects\[0\]=3 must be a Aspect"),
        (lambda: rules.StarQuota(caps=[1, 2], ties="better"), r"caps.size\(\)=2 must be equal to 5"),
        (lambda: rules.StarQuota(caps="12345", ties="better"), "caps='12345' must be a list"),
        (lambda: rules.Investment(name="x", amount_fen=5, sites=[]), r"sites.size\(\)=0 must be 1 or more"),
        (
            lambda: rules.AssessmentProcess(unsampled="name", on_failed_review="withdraw", apply_by=(2, 30)),
            "apply_by=2-30",
        ),
        (lambda: rules.certification_need(CERT, 7, 8), r"certified=8 must be in \[0, workers=7\]"),
        (
            lambda: rules.SizeRule(merge_below=None, adjust_above=None),
            "merge_below=none must be given, or adjust_above",
        ),
        (lambda: rules.grid_count(1, 501, 500), r"min_households=501 must be in \[1, max_households=500\]"),
        (lambda: rules.SamplingRule(ratio=1, id="x" * 48), "id=x+ must be at most 47 bytes long"),
    ],
)
def test_errors_name_argument_value_and_what_is_allowed(make, message):
    with pytest.raises(shequ.InvalidInputError, match=message) as caught:
        make()
    assert caught.value.message("zh") != str(caught.value)
    assert "必须" in caught.value.message("zh")


def test_hundredths_are_exact_or_refused():
    assert rules.hundredths(90) == 9000
    assert rules.hundredths("89.99") == 8999
    assert rules.hundredths(Decimal("96.4")) == 9640
    assert rules.hundredths(89.99) == 8999
    assert rules.hundredths(Fraction(1, 4)) == 25
    column = rules.hundredths([399.5, None, 0.1, 400], "office_m2")
    assert column.tolist() == [39950, None, 10, 40000]
    every = np.arange(0, 10_000_00, 7)
    assert (rules.hundredths(every / 100) == every).all()
    for wrong in (0.001, "x", float("nan"), True, 1 / 3):
        with pytest.raises(shequ.InvalidInputError, match="values="):
            rules.hundredths(wrong)
    with pytest.raises(
        shequ.InvalidInputError, match=r"office_m2\[1\]=0.125 must be a number with at most two decimals"
    ):
        rules.hundredths([1.0, 0.125], "office_m2")


def test_a_case_keeps_every_step_and_names_those_that_may_follow():
    case = named_case()
    assert case.state is rules.AssessmentState.NAMED
    assert case.bears_honour
    assert [step.state.name for step in case.history][:2] == ["SELF_ASSESSED", "APPLIED"]
    assert case.history[1].date == dt.date(2013, 9, 30)
    with pytest.raises(shequ.InvalidInputError, match="state=kept must be reviewed, to follow named"):
        case.record("kept", dt.date(2014, 1, 1))
    with pytest.raises(shequ.InvalidInputError, match="date=2013-01-01 must be on or after 2013-12-01, that of named"):
        case.record("reviewed", dt.date(2013, 1, 1), score_hundredths=9000)
    case.record("reviewed", dt.date(2014, 10, 1), score_hundredths=8999)
    assert case.allowed_next == [rules.AssessmentState.WITHDRAWN]
    case.record("withdrawn", dt.date(2014, 11, 1), reason="复查 89.99 分")
    assert not case.bears_honour
    assert case.history[-1].reason == "复查 89.99 分"


def test_training_is_due_on_a_date():
    heads = rules.TrainingInterval(years=1)
    assert heads.due(dt.date(2012, 2, 29)) == dt.date(2013, 2, 28)
    assert heads.overdue(dt.date(2012, 2, 29), dt.date(2013, 3, 1))


def test_printed_percentages_are_audited():
    assert rules.consistent_counts("75.2%", 120, 120) == []
    assert [(r.total, r.least) for r in rules.consistent_counts("65.9%", 160, 170)][-1] == (170, 112)
    found = rules.consistent_totals("16%", 138)
    assert (found.least, found.most) == (837, 890)
    assert rules.parse_stated("近89%").precision is rules.Precision.JUST_UNDER


def test_the_examples_of_the_documentation_hold():
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner()
    for name in rules.__all__:
        text = getattr(rules, name).__doc__ or ""
        runner.run(parser.get_doctest(text, dict(vars(rules)), name, None, None))
    assert runner.tries > 10
    assert runner.failures == 0


def test_every_public_name_of_the_rules_is_documented():
    for name in rules.__all__:
        assert getattr(rules, name).__doc__, name
