// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/percent_audit.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "columns.hpp"

namespace shequ {

namespace {

/// One unit of the last digit, as a share.
[[nodiscard]] Fraction unit(int decimals) {
  std::int64_t denominator = 100;
  for (int i = 0; i < decimals; ++i) denominator *= 10;
  return {1, denominator};
}

void check_total(std::string_view name, std::int64_t total) {
  if (total < 1 || total > max_unit_households) {
    detail::throw_argument(name, total, "in [1, 2147483647]", "在 [1, 2147483647] 之间");
  }
}

[[nodiscard]] std::string_view without_spaces(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

PrintedPercent PrintedPercent::parse(std::string_view text, PercentRounding rounding) {
  std::string_view digits = without_spaces(text);
  if (digits.ends_with('%')) digits = without_spaces(digits.substr(0, digits.size() - 1));
  if (digits.empty() || digits.find_first_not_of("0123456789.") != std::string_view::npos) {
    detail::throw_argument("percent", "\"" + std::string(text) + "\"", "a percentage such as 75.2%",
                           "是 75.2% 这样的百分数");
  }
  PrintedPercent printed;
  printed.rounding = rounding;
  printed.share = Fraction::parse(digits) / Fraction(100);
  const std::size_t point = digits.find('.');
  if (point != std::string_view::npos) printed.decimals = static_cast<int>(digits.size() - point - 1);
  printed.validate();
  return printed;
}

Fraction PrintedPercent::low() const {
  validate();
  if (rounding == PercentRounding::truncate) return share;
  return share - unit(decimals) / Fraction(2);
}

Fraction PrintedPercent::high() const { return low() + unit(decimals); }

bool PrintedPercent::fits(std::int64_t count, std::int64_t total) const {
  check_total("total", total);
  if (count < 0 || count > total) {
    const std::string range = "[0, total=" + std::to_string(total) + "]";
    detail::throw_argument("count", count, "in " + range, "在 " + range + " 之间");
  }
  const Fraction exact(count, total);
  return exact >= low() && exact < high();
}

void PrintedPercent::validate() const {
  check_fraction("percent", share, 0, 1);
  if (decimals < 0 || decimals > 6) detail::throw_argument("decimals", decimals, "in [0, 6]", "在 [0, 6] 之间");
  if ((share / unit(decimals)).denominator() != 1) {
    detail::throw_argument("percent", to_string(share), "a number of " + std::to_string(decimals) + " decimals",
                           "有 " + std::to_string(decimals) + " 位小数");
  }
}

std::vector<CountRange> consistent_counts(const PrintedPercent& printed, std::int64_t first_total,
                                          std::int64_t last_total) {
  check_total("first_total", first_total);
  check_total("last_total", last_total);
  if (last_total < first_total || last_total - first_total >= 1'000'000) {
    const std::string range = "[" + std::to_string(first_total) + ", " + std::to_string(first_total + 999'999) + "]";
    detail::throw_argument("last_total", last_total, "in " + range, "在 " + range + " 之间");
  }
  const Fraction low = printed.low();
  const Fraction high = printed.high();
  std::vector<CountRange> ranges;
  for (std::int64_t total = first_total; total <= last_total; ++total) {
    const std::int64_t least = std::max<std::int64_t>(0, low.ceil_of(total));
    const std::int64_t most = std::min(total, high.ceil_of(total) - 1);
    if (least <= most) ranges.push_back({total, least, most});
  }
  return ranges;
}

std::optional<TotalRange> consistent_totals(const PrintedPercent& printed, std::int64_t count) {
  detail::check_count_of("count", count);
  const Fraction low = printed.low();
  const Fraction high = printed.high();
  if (count == 0) {
    if (low > 0) return std::nullopt;
    return TotalRange{1, std::nullopt};
  }
  TotalRange range;
  // count / total < high, and a count is at most its total.
  range.least = std::max(count, (Fraction(1) / high).floor_of(count) + 1);
  if (low > 0) {
    range.most = (Fraction(1) / low).floor_of(count);
    if (*range.most < range.least) return std::nullopt;
  }
  return range;
}

StatedNumber parse_stated(std::string_view text) {
  std::string_view rest = without_spaces(text);
  StatedNumber stated;
  const auto strip_front = [&](std::string_view word, Precision precision) {
    if (!rest.starts_with(word)) return;
    rest = without_spaces(rest.substr(word.size()));
    stated.precision = precision;
  };
  if (rest.ends_with("多")) {
    rest = without_spaces(rest.substr(0, rest.size() - std::string_view("多").size()));
    stated.precision = Precision::at_least;
  } else if (rest.starts_with("近")) {
    strip_front("近", Precision::just_under);
  } else {
    strip_front("约", Precision::about);
  }
  stated.value = Fraction::parse(rest);
  return stated;
}

}  // namespace shequ
