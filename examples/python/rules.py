# SPDX-License-Identifier: BSD-3-Clause
import datetime as dt

from shequ import rules

# Certificates: the share is exact, and which level counts must be said.
cert = rules.CertificationRule(required="80%", min_level="assistant", id="cert.jiangsu2012")
need = rules.certification_need(cert, workers=862, certified=138)
print(f"{need.certified} of {need.workers} hold a certificate, {need.missing} more are needed by {need.rule}")
for year in rules.training_plan(need, 2012, 2014, pass_rate="1/3"):
    print(f"  {year.year}: {year.additions} more, from {year.trainees} trainees")

# Premises: gaps to the hundredth of a square metre, missing ones stay missing, and the cheapest offers that close one.
premises = rules.FacilityRule(least_m2=400, step_m2=30, id="area.mine")
office = rules.hundredths([380, 650, 399.5, None], "office_m2")
print(rules.facility_gaps(premises, office, [900, 2600, 1250, 800]) / 100)
offers = [
    rules.Remedy(name="new building", kind="new_build", area_dm2=20_000, cost_fen=90_000_000),
    rules.Remedy(name="old school", kind="consolidate", area_dm2=9_000, cost_fen=20_000_000),
    rules.Remedy(name="clinic, shared", kind="share", area_dm2=5_000, cost_fen=8_000_000),
]
plan = rules.cheapest_remedies(13_000, offers)
print([offers[i].name for i in plan.chosen], f"for {plan.cost_fen // 100:,} yuan")

# An honour: every step has a date, and what does not follow is refused.
process = rules.AssessmentProcess(unsampled="name", on_failed_review="withdraw")
case = rules.AssessmentCase(process, "甲社区")
case.record("self_assessed", dt.date(2013, 3, 1), score_hundredths=rules.hundredths("89.99"))
try:
    case.record("applied", dt.date(2013, 9, 1))
except ValueError as error:
    print(error)

# A printed percentage that cannot be: 75.2 % of 120 communities.
print(rules.consistent_counts("75.2%", 120, 120), rules.consistent_counts("75.2%", 105, 105))
