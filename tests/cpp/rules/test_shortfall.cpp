// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/shortfall.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"

namespace {

using Maybe = std::optional<std::int64_t>;

struct Memory {
  explicit Memory(std::size_t size)
      : premises(size, 9), unpaid(size, 9), staff(size, 9), flags(size, 9), unknown(size, 9) {}
  [[nodiscard]] shequ::ShortfallTarget target() { return {premises, unpaid, staff, flags, unknown}; }
  std::vector<std::int64_t> premises;
  std::vector<std::int64_t> unpaid;
  std::vector<std::int64_t> staff;
  std::vector<std::uint8_t> flags;
  std::vector<std::uint8_t> unknown;
};

}  // namespace

TEST_CASE("a community has up to three shortfalls with their amounts", "[rules]") {
  // 丁 of the small district: office 650 of 780 m2, 8 of 10 workers, 128,000 yuan due of which 100,000 are paid.
  const auto found = shequ::shortfall(13'000, 12'800'000, 10'000'000, 10, 8);
  CHECK(found == shequ::Shortfall{13'000, 2'800'000, 2});
  CHECK(found.flags() == 7);
  CHECK(found.unknown() == 0);
  const auto none = shequ::shortfall(0, 100, 200, 4, 5);
  CHECK(none == shequ::Shortfall{0, 0, 0});
  CHECK(none.flags() == 0);
  const auto part = shequ::shortfall({}, 100, {}, 4, 3);
  CHECK(part.flags() == 4);
  CHECK(part.unknown() == 3);
  CHECK_THROWS_WITH(shequ::shortfall(0, 100, -1, 4, 5), "paid_fen=-1 must be 0 or more");
}

TEST_CASE("columns of shortfalls equal the shortfalls one by one", "[rules]") {
  shequ::Random random(8);
  std::vector<std::vector<Maybe>> given(5);
  for (auto& column : given) {
    for (int i = 0; i < 100; ++i) {
      column.push_back(random.below(5) == 0 ? Maybe{} : Maybe{random.below(6)});
    }
  }
  std::vector<shequ::Column<std::int64_t>> columns;
  for (const auto& column : given) columns.push_back(column_of(column));
  Memory memory(100);
  const shequ::ShortfallColumns all{columns[0].view(), columns[1].view(), columns[2].view(), columns[3].view(),
                                    columns[4].view()};
  shequ::compute_shortfalls(all, memory.target());
  for (std::size_t i = 0; i < 100; ++i) {
    const auto one = shequ::shortfall(given[0][i], given[1][i], given[2][i], given[3][i], given[4][i]);
    REQUIRE(memory.flags[i] == one.flags());
    REQUIRE(memory.unknown[i] == one.unknown());
    REQUIRE(memory.premises[i] == one.premises_dm2.value_or(0));
    REQUIRE(memory.unpaid[i] == one.unpaid_fen.value_or(0));
    REQUIRE(memory.staff[i] == one.staff.value_or(0));
  }
}

TEST_CASE("a column that is not given is not known of any community", "[rules]") {
  Memory memory(2);
  shequ::ShortfallColumns columns;
  const std::vector<std::int64_t> posts{4, 5};
  const std::vector<std::int64_t> workers{4, 3};
  columns.posts = {posts, {}};
  columns.workers = {workers, {}};
  shequ::compute_shortfalls(columns, memory.target());
  CHECK(memory.unknown == std::vector<std::uint8_t>{3, 3});
  CHECK(memory.flags == std::vector<std::uint8_t>{0, 4});
  CHECK(memory.staff == std::vector<std::int64_t>{0, 2});
  const std::vector<std::int64_t> negative{4, -3};
  columns.workers = {negative, {}};
  CHECK_THROWS_WITH(shequ::compute_shortfalls(columns, memory.target()), "workers[1]=-3 must be 0 or more");
}
