// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/run_sums.hpp"

#include <array>
#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

namespace {

using Small = std::vector<std::int32_t>;
using Numbers = std::vector<std::int64_t>;

struct Sums {
  std::array<Numbers, 5> of;
  explicit Sums(std::size_t runs) { of.fill(Numbers(runs)); }
  [[nodiscard]] shequ::RunSums spans() { return {of[0], of[1], of[2], of[3], of[4]}; }
};

}  // namespace

TEST_CASE("posts of runs are added up by kind", "[rules]") {
  const Small kinds{2, 0, 1, 1, 0};
  const Small begins{0, 2, 5};
  const Small workers{4, -1, 7, 3, 9};
  const Numbers least{4, 5, 10};
  Sums sums(3);
  shequ::add_run_sums({kinds, workers, begins}, {least, least}, sums.spans());
  CHECK(sums.of == std::array<Numbers, 5>{Numbers{14, 14, 0}, {14, 14, 0}, {6, 2, 0}, {0, 7, 0}, {2, 3, 0}});
  const Numbers most{4, 6, 20};
  const std::vector<std::uint8_t> missing{1, 0, 0};
  shequ::add_run_sums({kinds, {}, begins}, {least, most, missing}, sums.spans());
  CHECK(sums.of == std::array<Numbers, 5>{Numbers{24, 24, 0}, {34, 26, 0}, {6, 2, 0}, {0, 7, 0}, {3, 5, 0}});
}

TEST_CASE("sums of random runs are those of communities one by one", "[rules]") {
  shequ::Random random(8);
  for (int round = 0; round < 50; ++round) {
    const std::uint32_t num_kinds = 1 + random.below(9);
    Numbers least;
    Numbers most;
    std::vector<std::uint8_t> missing;
    for (std::uint32_t k = 0; k < num_kinds; ++k) {
      least.push_back(random.below(30));
      most.push_back(least.back() + random.below(5));
      missing.push_back(random.below(4) == 0 ? 1 : 0);
    }
    Small kinds;
    Small workers;
    Small begins;
    const std::uint32_t runs = 1 + random.below(8);
    Sums expected(runs);
    for (std::uint32_t r = 0; r < runs; ++r) {
      begins.push_back(static_cast<std::int32_t>(kinds.size()));
      for (std::uint32_t left = random.below(6); left > 0; --left) {
        const std::uint32_t kind = random.below(num_kinds);
        kinds.push_back(static_cast<std::int32_t>(kind));
        workers.push_back(static_cast<std::int32_t>(random.below(30)) - 1);
        if (missing[kind] != 0) continue;
        const std::int64_t have = workers.back();
        expected.of[0][r] += least[kind];
        expected.of[1][r] += most[kind];
        if (have >= 0 && least[kind] > have) expected.of[2][r] += least[kind] - have;
        if (have > most[kind]) expected.of[3][r] += have - most[kind];
        ++expected.of[4][r];
      }
    }
    Sums sums(runs);
    shequ::add_run_sums({kinds, workers, begins}, {least, most, missing}, sums.spans());
    REQUIRE(sums.of == expected.of);
  }
}

TEST_CASE("runs and kinds that are none are refused", "[rules]") {
  const Numbers least{4, 5};
  Sums sums(1);
  const Small zero{0};
  const auto refused = [&](const Small& kinds, const Small& begins, const Small& workers, const char* message) {
    CHECK_THROWS_WITH(shequ::add_run_sums({kinds, workers, begins}, {least, least}, sums.spans()), message);
  };
  refused({2}, zero, {}, "kinds=2 must be in [0, 1]");
  refused({-1}, zero, {}, "kinds=-1 must be in [0, 1]");
  refused({0}, {1}, {}, "begins[0]=1 must be ascending from 0");
  refused({0}, zero, {1, 2}, "workers.size()=2 must be equal to 1");
  refused({0}, {0, 0}, {}, "sums.size()=1 must be equal to 2");
}
