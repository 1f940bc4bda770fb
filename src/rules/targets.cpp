// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/targets.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "columns.hpp"

namespace shequ {

std::int64_t TargetRule::required(int year, std::int64_t total) const {
  validate();
  detail::check_not_negative("total", total);
  for (const YearTarget& target : years) {
    if (target.year == year) return target.share.ceil_of(total);
  }
  std::string known;
  for (const YearTarget& target : years) known += (known.empty() ? "" : ", ") + std::to_string(target.year);
  detail::throw_argument("year", year, "one of " + known, "是以下之一：" + known);
}

void TargetRule::validate() const {
  if (years.empty()) detail::throw_argument("years.size()", 0, "1 or more", "至少为 1");
  for (std::size_t i = 0; i < years.size(); ++i) {
    check_fraction(detail::entry("years", i) + ".share", years[i].share, 0, 1);
    if (i > 0 && years[i].year <= years[i - 1].year) {
      detail::throw_argument(detail::entry("years", i), years[i].year, "after " + std::to_string(years[i - 1].year),
                             "晚于 " + std::to_string(years[i - 1].year));
    }
  }
}

std::vector<TargetRow> target_plan(const TargetRule& rule, std::span<const TargetState> states) {
  std::vector<TargetRow> rows;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const TargetState& state = states[i];
    if (i > 0 && state.year <= states[i - 1].year) {
      detail::throw_argument(detail::entry("states", i) + ".year", state.year,
                             "after " + std::to_string(states[i - 1].year),
                             "晚于 " + std::to_string(states[i - 1].year));
    }
    detail::check_count_of(detail::entry("states", i) + ".total", state.total);
    if (state.done && (*state.done < 0 || *state.done > state.total)) {
      const std::string range = "[0, " + std::to_string(state.total) + "]";
      detail::throw_argument(detail::entry("states", i) + ".done", *state.done, "in " + range, "在 " + range + " 之间");
    }
    TargetRow row;
    row.year = state.year;
    row.total = state.total;
    row.required = rule.required(state.year, state.total);
    row.done = state.done;
    if (state.done) row.missing = std::max<std::int64_t>(0, row.required - *state.done);
    row.addition = row.required - (rows.empty() ? 0 : rows.back().required);
    row.rule = rule.id;
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::int32_t> rank_by_rate(std::span<const Coverage> units) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].known > 0) order.push_back(i);
  }
  std::vector<Fraction> rates(units.size());
  for (const std::size_t i : order) rates[i] = Fraction(units[i].having, units[i].known);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rates[a] > rates[b]; });
  std::vector<std::int32_t> ranks(units.size());
  for (std::size_t position = 0; position < order.size(); ++position) {
    const bool tied = position > 0 && rates[order[position]] == rates[order[position - 1]];
    ranks[order[position]] = tied ? ranks[order[position - 1]] : static_cast<std::int32_t>(position) + 1;
  }
  return ranks;
}

}  // namespace shequ
