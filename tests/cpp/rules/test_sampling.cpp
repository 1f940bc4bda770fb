// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sampling.hpp"

#include <bit>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Forced;
using shequ::Fraction;
using shequ::Sample;
using shequ::SamplingRule;

namespace {

struct Units {
  std::vector<std::string> codes;
  std::vector<std::int64_t> strata;
  std::vector<Forced> forced;

  void add(std::int64_t stratum, int count) {
    for (int i = 0; i < count; ++i) {
      codes.push_back(std::to_string(320'412'000'000 + static_cast<std::int64_t>(codes.size())));
      strata.push_back(stratum);
      forced.push_back(Forced::no);
    }
  }
  [[nodiscard]] Sample draw(const Fraction& ratio, std::uint64_t seed) const {
    SamplingRule rule;
    rule.ratio = ratio;
    rule.id = "sample.test";
    const std::vector<std::string_view> views(codes.begin(), codes.end());
    return shequ::draw_sample(rule, views, strata, forced, seed);
  }
};

/// Applicants 23 urban, 14 rural; named 60 urban, 40 rural.
Units worked_example() {
  Units units;
  units.add(0, 23);
  units.add(1, 14);
  units.add(2, 60);
  units.add(3, 40);
  return units;
}

std::int64_t size_of(const Sample& sample) {
  return std::accumulate(sample.chosen.begin(), sample.chosen.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("a fifth of each stratum is drawn, rounded up", "[rules]") {
  const Sample sample = worked_example().draw(Fraction::parse("20%"), 7);
  REQUIRE(sample.strata.size() == 4);
  CHECK(sample.strata[0] == shequ::Stratum{0, 23, 5, 0, 0, 5});
  CHECK(sample.strata[1].drawn == 3);
  CHECK(sample.strata[2].drawn == 12);
  CHECK(sample.strata[3].drawn == 8);
  CHECK(size_of(sample) == 28);
  CHECK(sample.seed == 7);
  CHECK(sample.rule == shequ::RuleId("sample.test"));
  SamplingRule rule;
  rule.ratio = Fraction(1, 1000);
  CHECK(rule.sample_size(1) == 1);
  CHECK(rule.sample_size(0) == 0);
}

TEST_CASE("the same seed draws the same units in any order of rows", "[rules]") {
  const Units units = worked_example();
  const Sample sample = units.draw(Fraction(1, 5), 7);
  CHECK(sample == units.draw(Fraction(1, 5), 7));
  CHECK_FALSE(sample == units.draw(Fraction(1, 5), 8));
  std::vector<std::size_t> order(units.codes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shequ::Random random(4);
  random.shuffle(order);
  Units shuffled = units;
  for (std::size_t i = 0; i < order.size(); ++i) {
    shuffled.codes[i] = units.codes[order[i]];
    shuffled.strata[i] = units.strata[order[i]];
  }
  const Sample other = shuffled.draw(Fraction(1, 5), 7);
  CHECK(other.strata == sample.strata);
  for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(other.chosen[i] == sample.chosen[order[i]]);
}

TEST_CASE("the bytes of a sample are fixed", "[rules]") {
  Units units;
  units.add(0, 10);
  std::string drawn;
  for (const std::uint8_t chosen : units.draw(Fraction(3, 10), 2014).chosen) drawn += chosen != 0 ? '1' : '0';
  CHECK(drawn == "0100110000");
}

TEST_CASE("ratio one is everything and ratio zero only what is forced", "[rules]") {
  Units units = worked_example();
  CHECK(size_of(units.draw(1, 1)) == 137);
  CHECK(size_of(units.draw(0, 1)) == 0);
  units.forced[0] = Forced::in;
  units.forced[1] = Forced::out;
  CHECK(size_of(units.draw(1, 1)) == 136);
  const Sample none = units.draw(0, 1);
  CHECK(size_of(none) == 1);
  CHECK(none.chosen[0] == 1);
  CHECK(none.strata[0] == shequ::Stratum{0, 23, 0, 1, 1, 1});
}

TEST_CASE("forced units count toward the number and are never or always drawn", "[rules]") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Units units;
    units.add(0, 12);
    units.forced[3] = Forced::in;
    units.forced[5] = Forced::out;
    const Sample sample = units.draw(Fraction(1, 4), seed);
    REQUIRE(sample.chosen[3] == 1);
    REQUIRE(sample.chosen[5] == 0);
    REQUIRE(size_of(sample) == 3);
  }
}

TEST_CASE("every set of units is about equally likely", "[rules]") {
  Units units;
  units.add(0, 5);
  std::map<std::string, int> seen;
  constexpr int draws = 20'000;
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    const auto chosen = units.draw(Fraction(2, 5), seed).chosen;
    ++seen[std::string(chosen.begin(), chosen.end())];
  }
  REQUIRE(seen.size() == 10);
  double chi_squared = 0;
  for (const auto& [set, count] : seen) {
    const double difference = count - draws / 10.0;
    chi_squared += difference * difference / (draws / 10.0);
  }
  CHECK(chi_squared < 27.9);  // 99.9 % point for 9 degrees of freedom
}

TEST_CASE("the chance to catch a failing unit is that of counting all samples", "[rules]") {
  CHECK_THAT(shequ::detection_probability(100, 5, 20), WithinAbs(0.681, 0.0005));
  CHECK_THAT(shequ::detection_probability(60, 3, 12), WithinAbs(0.495, 0.0005));
  for (std::uint32_t total = 0; total <= 9; ++total) {
    for (std::uint32_t failing = 0; failing <= total; ++failing) {
      std::vector<double> caught(total + 1, 0);
      std::vector<double> all(total + 1, 0);
      for (std::uint32_t set = 0; set < (1U << total); ++set) {
        const auto size = static_cast<std::size_t>(std::popcount(set));
        all[size] += 1;
        if ((set & ((1U << failing) - 1U)) != 0) caught[size] += 1;
      }
      for (std::size_t drawn = 0; drawn <= total; ++drawn) {
        const double chance = shequ::detection_probability(total, failing, static_cast<std::int64_t>(drawn));
        REQUIRE_THAT(chance, WithinAbs(caught[drawn] / all[drawn], 1e-12));
      }
    }
  }
  for (std::int64_t n = 1; n < 60; ++n) {
    const std::int64_t drawn = shequ::sample_for_detection(60, 3, shequ::detection_probability(60, 3, n) - 1e-9);
    REQUIRE(drawn <= n);
    REQUIRE(shequ::detection_probability(60, 3, drawn) >= shequ::detection_probability(60, 3, n) - 1e-9);
  }
}

TEST_CASE("sampling refuses what has no answer and names it", "[rules]") {
  Units units;
  units.add(0, 3);
  CHECK_THROWS_WITH(units.draw(Fraction(6, 5), 1), "ratio=6/5 must be in [0, 1]");
  units.codes[2] = units.codes[0];
  CHECK_THROWS_WITH(units.draw(Fraction(1, 5), 1), "codes[2]=320412000000 must be unlike codes[0]");
  units.codes.pop_back();
  CHECK_THROWS_WITH(units.draw(Fraction(1, 5), 1), "strata.size()=3 must be equal to 2");
  CHECK_THROWS_WITH(shequ::detection_probability(10, 11, 1), "failing=11 must be in [0, total=10]");
  CHECK_THROWS_WITH(shequ::sample_for_detection(10, 0, 0.5), "failing=0 must be in [1, total=10]");
  CHECK_THROWS_WITH(shequ::sample_for_detection(10, 1, 1.0), "probability=1.000000 must be in (0, 1)");
}
