// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/organisations.hpp"

#include <array>
#include <string_view>

#include "columns.hpp"

namespace shequ {

namespace {

void check_set(std::size_t index, std::uint8_t bits) {
  if (bits > 15) detail::throw_argument(detail::entry("sets", index), bits, "in [0, 15]", "在 [0, 15] 之间");
}

}  // namespace

OrgSet OrgSet::from_bits(std::int64_t bits) {
  if (bits < 0 || bits > 15) detail::throw_argument("bits", bits, "in [0, 15]", "在 [0, 15] 之间");
  return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
}

std::string OrgSet::text(Language language) const {
  constexpr std::array<std::array<std::string_view, 2>, 4> names{
      {{"party", "一委"}, {"committee", "一居"}, {"station", "一站"}, {"office", "一办"}}};
  const bool chinese = language == Language::zh;
  std::string said;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((unsigned{bits()} >> i & 1U) == 0) continue;
    if (!said.empty() && !chinese) said += " + ";
    said += names[i][chinese ? 1 : 0];
  }
  return said.empty() ? std::string(chinese ? "无" : "none") : said;
}

void OrganisationRule::validate() const {
  if (asked == OrgSet{}) detail::throw_argument("asked", "none", "one organisation or more", "至少包含一个组织");
}

Coverage organisation_coverage(const OrganisationRule& rule, const ColumnView<std::uint8_t>& sets) {
  rule.validate();
  detail::check_column("sets", sets, sets.values.size());
  const unsigned asked = rule.asked.bits();
  Coverage result;
  for (std::size_t i = 0; i < sets.values.size(); ++i) {
    if (detail::is_missing(sets, i)) {
      ++result.missing;
      continue;
    }
    check_set(i, sets.values[i]);
    ++result.known;
    result.having += (sets.values[i] & asked) == asked ? 1 : 0;
  }
  return result;
}

bool complete_organisations(const OrganisationRule& rule, const ColumnView<std::uint8_t>& sets,
                            const ColumnTarget<std::uint8_t>& complete) {
  rule.validate();
  detail::check_column("sets", sets, sets.values.size());
  detail::check_length("complete", complete.values.size(), sets.values.size());
  const unsigned asked = rule.asked.bits();
  return detail::map_columns(
      complete,
      [&](std::size_t i) -> std::uint8_t {
        check_set(i, sets.values[i]);
        return (sets.values[i] & asked) == asked ? 1 : 0;
      },
      sets);
}

OrgCoverage org_coverage(const ColumnView<std::uint8_t>& organisation, const ColumnView<std::uint8_t>& work,
                         const ColumnView<std::uint8_t>& cohesion) {
  detail::check_column("work", work, organisation.values.size());
  detail::check_column("cohesion", cohesion, organisation.values.size());
  return {coverage(organisation), coverage(work), coverage(cohesion)};
}

}  // namespace shequ
