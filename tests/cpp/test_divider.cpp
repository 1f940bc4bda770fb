// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/divider.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

TEST_CASE("division by multiplication is exact at the ends of its range", "[detail]") {
  constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  shequ::Random random(11);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint32_t divisor = round % 2 == 0 ? 1 + random.below(1000) : 1 + random.below(2'147'483'647);
    const shequ::detail::Divider narrow(divisor);
    const shequ::detail::WideDivider wide(divisor);
    const std::int64_t multiple = std::int64_t{random.below(2'000'000'000)} * divisor;
    for (const std::int64_t n :
         {std::int64_t{0}, multiple, multiple + divisor - 1, std::max<std::int64_t>(0, multiple - 1), huge,
          huge - huge % divisor, huge - huge % divisor - 1}) {
      REQUIRE(wide(n) == n / divisor);
      const auto small = static_cast<std::uint32_t>(n % 2'147'483'648);
      REQUIRE(narrow(small) == small / divisor);
    }
  }
}
