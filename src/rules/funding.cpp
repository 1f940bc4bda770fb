// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/funding.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "shequ/detail/wide.hpp"
#include "shequ/detail/words.hpp"
#include "shequ/rules/allocation.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ {

namespace {

using detail::fill;
using detail::grouped;
using detail::Int128;
using detail::yuan;

void check_fen(std::string_view name, std::int64_t fen) {
  if (fen < 0 || fen > max_parameter_fen) {
    detail::throw_argument(name, fen, "in [0, 1000000000000000]", "在 [0, 1000000000000000] 之间");
  }
}

void check_households(std::string_view name, std::int64_t households) {
  if (households < 0 || households > max_unit_households) {
    detail::throw_argument(name, households, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
  }
}

[[nodiscard]] std::int64_t steps(const FundingRule& rule, std::int64_t households) noexcept {
  if (households <= rule.base_households) return 0;
  return (households - rule.base_households + rounding_slack(rule.rounding, rule.step_households)) /
         rule.step_households;
}

[[nodiscard]] std::size_t class_place(const FundingRule& rule, std::string_view name, std::int64_t community_class) {
  if (community_class < 0 || community_class >= static_cast<std::int64_t>(rule.class_fen.size())) {
    const std::string last = std::to_string(static_cast<std::int64_t>(rule.class_fen.size()) - 1);
    detail::throw_argument(name, community_class, "in [0, " + last + "]", "在 [0, " + last + "] 之间");
  }
  return static_cast<std::size_t>(community_class);
}

/// The amount without checks of the arguments.
[[nodiscard]] std::int64_t amount(const FundingRule& rule, std::int64_t households, std::int64_t class_supplement) {
  return detail::narrow(Int128{rule.base_fen} + Int128{rule.step_fen} * steps(rule, households) + class_supplement,
                        "grant");
}

[[nodiscard]] bool is_missing(const ColumnView<std::int64_t>& column, std::size_t i) noexcept {
  return column.values.empty() || (!column.missing.empty() && column.missing[i] != 0);
}

void check_column(std::string_view name, const ColumnView<std::int64_t>& column, std::size_t size) {
  if (!column.values.empty()) detail::check_length(name, column.values.size(), size);
  if (!column.missing.empty()) {
    detail::check_length(std::string(name) + ".missing", column.missing.size(), column.values.size());
  }
}

/// Calls `take(i, fen)` for every community that gets a grant, and `skip(i)` for every other.
template <class Take, class Skip>
void each_grant(const FundingRule& rule, const ColumnView<std::int64_t>& households,
                const ColumnView<std::int64_t>& classes, std::size_t size, Take take, Skip skip) {
  rule.validate();
  check_column("households", households, size);
  check_column("classes", classes, size);
  const bool by_class = rule.needs_class();
  for (std::size_t i = 0; i < size; ++i) {
    const bool counted = !is_missing(households, i);
    const bool classed = by_class && !is_missing(classes, i);
    if (counted) check_households(detail::entry("households", i), households.values[i]);
    if ((rule.needs_households() && !counted) || (by_class && !classed)) {
      skip(i);
      continue;
    }
    std::int64_t supplement = 0;
    if (classed) supplement = rule.class_fen[class_place(rule, detail::entry("classes", i), classes.values[i])];
    take(i, amount(rule, counted ? households.values[i] : 0, supplement));
  }
}

}  // namespace

void FundingRule::validate() const {
  check_fen("base_fen", base_fen);
  check_households("base_households", base_households);
  check_fen("step_fen", step_fen);
  if (step_households < 1 || step_households > max_unit_households) {
    detail::throw_argument("step_households", step_households, "in [1, 2147483647]", "在 [1, 2147483647] 之间");
  }
  for (std::size_t i = 0; i < class_fen.size(); ++i) check_fen(detail::entry("class_fen", i), class_fen[i]);
}

std::int64_t FundingRule::grant(std::int64_t households, std::int64_t community_class) const {
  validate();
  check_households("households", households);
  std::int64_t supplement = 0;
  if (needs_class() || community_class != 0) {
    supplement = class_fen[class_place(*this, "community_class", community_class)];
  }
  return amount(*this, households, supplement);
}

bool compute_grants(const FundingRule& rule, const ColumnView<std::int64_t>& households,
                    const ColumnView<std::int64_t>& classes, const ColumnTarget<std::int64_t>& fen) {
  detail::check_length("fen.missing", fen.missing.size(), fen.values.size());
  bool some_missing = false;
  each_grant(
      rule, households, classes, fen.values.size(),
      [&fen](std::size_t i, std::int64_t grant) {
        fen.values[i] = grant;
        fen.missing[i] = 0;
      },
      [&](std::size_t i) {
        fen.values[i] = 0;
        fen.missing[i] = 1;
        some_missing = true;
      });
  return some_missing;
}

FundingTotal total_grants(const FundingRule& rule, const ColumnView<std::int64_t>& households,
                          const ColumnView<std::int64_t>& classes) {
  FundingTotal total;
  total.rule = rule.id;
  Int128 sum = 0;
  const std::size_t size = households.values.empty() ? classes.values.size() : households.values.size();
  each_grant(
      rule, households, classes, size,
      [&](std::size_t /*i*/, std::int64_t grant) {
        sum += grant;
        ++total.communities;
      },
      [&total](std::size_t /*i*/) { ++total.unknown; });
  total.fen = detail::narrow(sum, "total of grants");
  return total;
}

void FundingShares::validate() const {
  check_fraction("town", town, 0, 1);
  check_fraction("district", district, 0, 1);
  if (const Fraction sum = town + district; sum != 1) {
    detail::throw_argument("town + district", to_string(sum), "1", "等于 1");
  }
  if (town <= district) {
    detail::throw_argument("town", to_string(town), "above 1/2: the town pays the larger part", "大于 1/2：镇级为主");
  }
}

FundingSplit split_grant(const FundingShares& shares, std::int64_t fen) {
  FundingSplit result;
  split_grants(shares, {&fen, 1}, {&result.town_fen, 1}, {&result.district_fen, 1});
  return result;
}

void split_grants(const FundingShares& shares, std::span<const std::int64_t> fen, std::span<std::int64_t> town_fen,
                  std::span<std::int64_t> district_fen) {
  shares.validate();
  detail::check_length("town_fen", town_fen.size(), fen.size());
  detail::check_length("district_fen", district_fen.size(), fen.size());
  for (std::size_t i = 0; i < fen.size(); ++i) {
    const std::int64_t whole = fen[i];
    if (whole < 0) detail::throw_argument(detail::entry("fen", i), whole, "0 or more", "大于或等于 0");
    // The largest remainder of two parts is half a fen or more; a tie goes to the town.
    town_fen[i] = shares.town.round_of(whole);
    district_fen[i] = whole - town_fen[i];
  }
}

std::string explain(const FundingRule& rule, std::int64_t households, std::int64_t community_class, Language language) {
  const std::int64_t fen = rule.grant(households, community_class);
  std::string parts = yuan(rule.base_fen);
  const std::int64_t over = households > rule.base_households ? households - rule.base_households : 0;
  if (rule.step_fen != 0 && over > 0) {
    if (rule.step_households == 1) {
      parts += fill(language, "＋超出{0}户的{1}户×{2}元", " + {1} over {0} households at {2}",
                    {grouped(rule.base_households), grouped(over), yuan(rule.step_fen)});
    } else {
      parts +=
          fill(language, "＋超出{0}户部分每{1}户一档共{2}档×{3}元", " + {2} steps of {1} over {0} households at {3}",
               {grouped(rule.base_households), grouped(rule.step_households), grouped(steps(rule, households)),
                yuan(rule.step_fen)});
    }
  }
  if (rule.needs_class() && rule.class_fen[static_cast<std::size_t>(community_class)] != 0) {
    parts += fill(language, "＋第{0}类{1}元", " + {1} of class {0}",
                  {std::to_string(community_class), yuan(rule.class_fen[static_cast<std::size_t>(community_class)])});
  }
  return fill(language, "{0}元：{1}；依据{2}", "{0} yuan: {1}; norm {2}", {yuan(fen), parts, rule.id.view()});
}

std::string describe(const FundingRule& rule, Language language) {
  rule.validate();
  std::string text = fill(language, "每社区（村）{0}元", "{0} yuan a community", {yuan(rule.base_fen)});
  if (rule.step_fen != 0) {
    if (rule.step_households == 1) {
      text += fill(language, "，超出{0}户每户增付{1}元", ", {1} per household over {0}",
                   {grouped(rule.base_households), yuan(rule.step_fen)});
    } else {
      text += fill(language, "，超出{0}户每{1}户增付{2}元（{3}）", ", {2} per {1} households over {0} ({3})",
                   {grouped(rule.base_households), grouped(rule.step_households), yuan(rule.step_fen),
                    to_string(rule.rounding)});
    }
  }
  for (std::size_t i = 0; i < rule.class_fen.size(); ++i) {
    if (rule.class_fen[i] == 0) continue;
    text +=
        fill(language, "，第{0}类另加{1}元", ", {1} more for class {0}", {std::to_string(i), yuan(rule.class_fen[i])});
  }
  return text;
}

}  // namespace shequ
