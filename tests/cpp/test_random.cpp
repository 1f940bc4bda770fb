// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/random.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "catch_compat.hpp"

using shequ::Random;

TEST_CASE("random numbers start with the published outputs for seed 0", "[random]") {
  Random random(0);
  CHECK(random.bits() == 11091344671253066420U);
  CHECK(random.bits() == 13793997310169335082U);
}

TEST_CASE("streams of one seed differ and repeat", "[random]") {
  Random a(5, 1);
  Random b(5, 2);
  CHECK(a.bits() != b.bits());
  CHECK(Random(5, 1) == Random(5, 1));
}

TEST_CASE("below reaches every value about equally often and no other", "[random]") {
  Random random(1);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i) {
    const std::uint32_t value = random.below(6);
    REQUIRE(value < 6);
    ++counts[value];
  }
  for (const int count : counts) CHECK((count > 9'600 && count < 10'400));  // 4 standard deviations
  CHECK(random.below(1) == 0);
}

TEST_CASE("unit stays in [0, 1) and shuffle keeps every element", "[random]") {
  Random random(2);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.unit();
    REQUIRE((value >= 0 && value < 1));
    sum += value;
  }
  CHECK((sum > 4'880 && sum < 5'120));
  std::vector<int> numbers(100);
  std::iota(numbers.begin(), numbers.end(), 0);
  std::vector<int> shuffled = numbers;
  random.shuffle(shuffled);
  CHECK(shuffled != numbers);
  std::sort(shuffled.begin(), shuffled.end());
  CHECK(shuffled == numbers);
}
