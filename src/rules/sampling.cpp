// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>

#include "columns.hpp"
#include "shequ/random.hpp"

namespace shequ {

namespace {

/// FNV-1a of 64 bits (draft-eastlake-fnv): a number for a code that is the same everywhere.
[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view code) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : code) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3ULL;
  }
  return hash;
}

void check_codes(std::span<const std::string_view> codes) {
  std::vector<std::size_t> order(codes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (codes[order[i]] == codes[order[i - 1]]) {
      const std::string other = detail::entry("codes", order[i - 1]);
      detail::throw_argument(detail::entry("codes", order[i]), codes[order[i]], "unlike " + other, "不同于 " + other);
    }
  }
}

}  // namespace

std::int64_t SamplingRule::sample_size(std::int64_t size) const {
  validate();
  detail::check_not_negative("size", size);
  return ratio.ceil_of(size);
}

void SamplingRule::validate() const { check_fraction("ratio", ratio, 0, 1); }

Sample draw_sample(const SamplingRule& rule, std::span<const std::string_view> codes,
                   std::span<const std::int64_t> strata, std::span<const Forced> forced, std::uint64_t seed) {
  rule.validate();
  detail::check_length("strata", strata.size(), codes.size());
  if (!forced.empty()) detail::check_length("forced", forced.size(), codes.size());
  check_codes(codes);
  Sample sample;
  sample.seed = seed;
  sample.rule = rule.id;
  sample.chosen.assign(codes.size(), 0);

  std::map<std::int64_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < strata.size(); ++i) members[strata[i]].push_back(i);
  std::vector<std::uint64_t> lots(codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) lots[i] = Random(seed, hash_of(codes[i])).bits();

  for (auto& [label, units] : members) {
    Stratum stratum;
    stratum.label = label;
    stratum.size = static_cast<std::int64_t>(units.size());
    stratum.asked = rule.sample_size(stratum.size);
    std::vector<std::size_t> free;
    for (const std::size_t i : units) {
      const Forced decided = forced.empty() ? Forced::no : forced[i];
      if (decided == Forced::in) {
        sample.chosen[i] = 1;
        ++stratum.forced_in;
      } else if (decided == Forced::out) {
        ++stratum.forced_out;
      } else {
        free.push_back(i);
      }
    }
    // Lots that are equal, which hardly ever happens, are ordered by code and not by row.
    std::sort(free.begin(), free.end(), [&](std::size_t a, std::size_t b) {
      return lots[a] != lots[b] ? lots[a] < lots[b] : codes[a] < codes[b];
    });
    const std::int64_t wanted = std::max<std::int64_t>(0, stratum.asked - stratum.forced_in);
    const std::int64_t taken = std::min(wanted, static_cast<std::int64_t>(free.size()));
    for (std::size_t i = 0; i < static_cast<std::size_t>(taken); ++i) sample.chosen[free[i]] = 1;
    stratum.drawn = stratum.forced_in + taken;
    sample.strata.push_back(stratum);
  }
  return sample;
}

double detection_probability(std::int64_t total, std::int64_t failing, std::int64_t drawn) {
  detail::check_count_of("total", total);
  const std::string range = "[0, total=" + std::to_string(total) + "]";
  if (failing < 0 || failing > total)
    detail::throw_argument("failing", failing, "in " + range, "在 " + range + " 之间");
  if (drawn < 0 || drawn > total) detail::throw_argument("drawn", drawn, "in " + range, "在 " + range + " 之间");
  if (drawn > total - failing) return 1.0;
  // C(N-d, n) / C(N, n) is symmetric in d and n: the shorter product.
  const std::int64_t factors = std::min(failing, drawn);
  const std::int64_t other = std::max(failing, drawn);
  double none = 1.0;
  for (std::int64_t i = 0; i < factors; ++i) {
    none *= static_cast<double>(total - other - i) / static_cast<double>(total - i);
  }
  return 1.0 - none;
}

std::int64_t sample_for_detection(std::int64_t total, std::int64_t failing, double probability) {
  detail::check_count_of("total", total);
  if (failing < 1 || failing > total) {
    const std::string range = "[1, total=" + std::to_string(total) + "]";
    detail::throw_argument("failing", failing, "in " + range, "在 " + range + " 之间");
  }
  if (!(probability > 0.0 && probability < 1.0)) {
    detail::throw_argument("probability", std::to_string(probability), "in (0, 1)", "在 (0, 1) 之间");
  }
  std::int64_t low = 0;  // not enough
  std::int64_t high = total;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (detection_probability(total, failing, middle) >= probability ? high : low) = middle;
  }
  return high;
}

}  // namespace shequ
