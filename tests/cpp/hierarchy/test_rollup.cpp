// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/rollup.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

std::size_t count_of(const Hierarchy& h) { return static_cast<std::size_t>(h.size()); }

template <class T>
Column<T> random_column(const Hierarchy& h, std::uint64_t seed, bool with_gaps) {
  Random random(seed);
  Column<T> column;
  for (UnitId unit = 0; unit < h.size(); ++unit) {
    const auto value = static_cast<std::int64_t>(random.below(2'000'001)) - 1'000'000;
    column.values.push_back(static_cast<T>(value));
    if (with_gaps) column.missing.push_back(random.below(3) == 0 ? 1 : 0);
  }
  return column;
}

/// The known values of a subtree, found by walking up from every unit.
template <class T>
std::vector<T> values_below(const Hierarchy& h, const Column<T>& column, UnitId unit) {
  std::vector<T> values;
  for (UnitId other = 0; other < h.size(); ++other) {
    const auto path = h.path(other);
    const T value = column.values[static_cast<std::size_t>(other)];
    if (std::ranges::find(path, unit) != path.end() && !column.is_missing(other)) values.push_back(value);
  }
  return values;
}

template <class T>
void check_against_brute_force(std::uint32_t size, std::uint64_t seed, bool with_gaps) {
  const Hierarchy h = test::random_tree(size, seed).build();
  const Column<T> column = random_column<T>(h, seed + 1, with_gaps);
  const auto sums = rollup_sum(h, column.view());
  const auto least = rollup_min(h, column.view());
  const auto most = rollup_max(h, column.view());
  const auto means = rollup_mean(h, column.view());
  const auto counts = rollup_count(h, column.view());
  for (UnitId unit = 0; unit < h.size(); ++unit) {
    const auto i = static_cast<std::size_t>(unit);
    const auto known = values_below(h, column, unit);
    CHECK(counts[i] == static_cast<std::int64_t>(known.size()));
    CHECK(sums.is_missing(unit) == known.empty());
    CHECK(least.is_missing(unit) == known.empty());
    CHECK(most.is_missing(unit) == known.empty());
    CHECK(means.is_missing(unit) == known.empty());
    if (known.empty()) continue;
    SumOf<T> sum{};
    for (const T value : known) sum += value;  // whole numbers below 2^53: exact in double too
    CHECK(sums.values[i] == sum);
    CHECK(least.values[i] == std::ranges::min(known));
    CHECK(most.values[i] == std::ranges::max(known));
    CHECK_THAT(means.values[i],
               WithinRel(static_cast<double>(sum) / static_cast<double>(known.size()), 1e-12) || WithinAbs(0.0, 1e-9));
  }
}

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

TEST_CASE("roll-ups equal sums over all descendants, with gaps and without", "[hierarchy]") {
  const auto size = GENERATE(1U, 2U, 7U, 40U);
  const auto seed = static_cast<std::uint64_t>(GENERATE(1, 2, 3));
  const bool with_gaps = GENERATE(false, true);
  check_against_brute_force<std::int64_t>(size, seed, with_gaps);
  check_against_brute_force<std::int32_t>(size, seed, with_gaps);
  check_against_brute_force<double>(size, seed, with_gaps);
}

TEST_CASE("sums of large trees are right across the pieces they are computed in", "[hierarchy]") {
  const auto size = GENERATE(255U, 256U, 257U, 2000U);
  const Hierarchy h = test::random_tree(size, size).build();
  const auto column = random_column<std::int64_t>(h, 5, false);
  std::vector<std::int64_t> expected = column.values;
  for (std::size_t i = expected.size(); i-- > 1;) expected[static_cast<std::size_t>(h.parents()[i])] += expected[i];
  CHECK(rollup_sum(h, column.view()).values == expected);
  std::vector<std::int64_t> into(count_of(h), 7);
  rollup_sum<std::int64_t>(h, column.values, into);
  CHECK(into == expected);
}

TEST_CASE("a unit without any value below stays missing and is never 0", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  const Column<std::int64_t> column{{0, 0, 0, 0, 0, 5}, {1, 1, 1, 1, 1, 0}};
  const auto sums = rollup_sum(h, column.view());
  CHECK(sums.missing == std::vector<std::uint8_t>{0, 1, 1, 1, 0, 0});
  CHECK(sums.values[0] == 5);
  CHECK(rollup_count(h, column.view()) == std::vector<std::int64_t>{1, 0, 0, 0, 1, 1});
  const std::vector<double> floats{unknown, unknown, 1.5, unknown, unknown, unknown};
  const auto totals = rollup_sum(h, ColumnView<double>{floats});
  CHECK(totals.missing == std::vector<std::uint8_t>{0, 0, 0, 1, 1, 1});
  CHECK(totals.values[0] == 1.5);
}

TEST_CASE("whole numbers add up exactly or the unit that overflows is named", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  std::vector<std::int64_t> values{0, 0, int64_max, 1, 0, 0};
  CHECK(message_of([&] { static_cast<void>(rollup_sum(h, ColumnView<std::int64_t>{values})); }) ==
        "total of code=320412001000 must be in the range of int64, that is below 2^63");
  // A running sum may leave the range as long as no total does.
  values = {int64_min, 0, int64_max, -1, 0, 1};
  const auto sums = rollup_sum(h, ColumnView<std::int64_t>{values});
  CHECK(sums.values == std::vector<std::int64_t>{-1, int64_max - 1, int64_max, -1, 1, 1});
  values = {-1, 0, int64_min, 0, 0, 0};
  CHECK(message_of([&] { static_cast<void>(rollup_sum(h, ColumnView<std::int64_t>{values})); }) ==
        "total of code=320412000000 must be in the range of int64, that is below 2^63");
  const std::vector<std::int32_t> narrow(6, std::numeric_limits<std::int32_t>::max());
  CHECK(rollup_sum(h, ColumnView<std::int32_t>{narrow}).values[0] == 6LL * 2147483647);
}

TEST_CASE("doubles are combined from the last child to the first, bit by bit", "[hierarchy]") {
  const auto size = GENERATE(1U, 16U, 3000U);
  const bool with_gaps = GENERATE(false, true);
  const Hierarchy h = test::random_tree(size, size).build();
  Random random(3);
  std::vector<double> values;
  for (UnitId unit = 0; unit < h.size(); ++unit) {
    const double value = std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(60)));
    values.push_back(with_gaps && random.below(3) == 0 ? unknown : value);
  }
  // What the header states, written down as simply as can be.
  const auto expected = [&](auto combine) {
    std::vector<double> result = values;
    for (std::size_t i = result.size(); i-- > 1;) {
      double& upper = result[static_cast<std::size_t>(h.parents()[i])];
      if (!std::isnan(result[i])) upper = std::isnan(upper) ? result[i] : combine(upper, result[i]);
    }
    return result;
  };
  const auto check = [&](const Column<double>& result, const std::vector<double>& wanted) {
    bool same = true;
    for (UnitId unit = 0; unit < h.size(); ++unit) {
      const auto i = static_cast<std::size_t>(unit);
      const bool misses = std::isnan(wanted[i]);
      same = same && result.is_missing(unit) == misses && result.values[i] == (misses ? 0.0 : wanted[i]);
    }
    CHECK(same);
  };
  const ColumnView<double> column{values};
  check(rollup_sum(h, column), expected([](double a, double b) { return a + b; }));
  check(rollup_min(h, column), expected([](double a, double b) { return std::min(a, b); }));
  check(rollup_max(h, column), expected([](double a, double b) { return std::max(a, b); }));
}

TEST_CASE("roll-ups into memory of the caller write the same, and say whether a unit is missing", "[hierarchy]") {
  const bool with_gaps = GENERATE(false, true);
  const Hierarchy h = test::random_tree(500, 8).build();
  const auto column = random_column<std::int64_t>(h, 9, with_gaps);
  const auto check = [&]<class T>(const Column<T>& expected, auto roll_up) {
    std::vector<T> values(count_of(h));
    std::vector<std::uint8_t> missing(count_of(h), 7);
    CHECK(roll_up(ColumnTarget<T>{values, missing}) == with_gaps);
    CHECK(values == expected.values);
    CHECK(missing == (with_gaps ? expected.missing : std::vector<std::uint8_t>(count_of(h), 7)));
  };
  check(rollup_sum(h, column.view()), [&](const auto& target) { return rollup_sum(h, column.view(), target); });
  check(rollup_min(h, column.view()), [&](const auto& target) { return rollup_min(h, column.view(), target); });
  check(rollup_max(h, column.view()), [&](const auto& target) { return rollup_max(h, column.view(), target); });
  check(rollup_mean(h, column.view()), [&](const auto& target) { return rollup_mean(h, column.view(), target); });
  std::vector<std::int64_t> values(count_of(h));
  std::vector<std::uint8_t> too_short(3);
  CHECK(message_of([&] { rollup_sum(h, column.view(), ColumnTarget<std::int64_t>{values, too_short}); }) ==
        "target.missing.size()=3 must be equal to 500");
}

TEST_CASE("means are right where sums and products are beyond the range of double", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  constexpr double most = std::numeric_limits<double>::max();
  constexpr double least = std::numeric_limits<double>::denorm_min();
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const auto mean = [&](const std::vector<double>& values) {
    return rollup_mean(h, ColumnView<double>{values}).values[0];
  };
  CHECK(mean({most, most, most, most, most, most}) == most);
  CHECK(mean({-most, -most, -most, -most, unknown, unknown}) == -most);
  CHECK(mean({most, -most, unknown, unknown, unknown, unknown}) == 0);
  CHECK(mean({least, least, least, unknown, unknown, unknown}) == least);
  CHECK(mean({least, most, unknown, unknown, unknown, unknown}) == most / 2);
  CHECK(mean({1, infinite, most, most, unknown, unknown}) == infinite);
  CHECK(std::isnan(mean({-infinite, infinite, most, most, unknown, unknown})));

  const auto weighted = [&](double first, double weight, double second, double second_weight) {
    const std::vector<double> values{first, second, unknown, unknown, unknown, unknown};
    const std::vector<double> weights{weight, second_weight, 1, 1, 1, 1};
    return rollup_mean(h, ColumnView<double>{values}, ColumnView<double>{weights}).values[0];
  };
  CHECK(weighted(most, most, most, most) == most);
  CHECK(weighted(least, least, least, least) == least);
  CHECK(weighted(4, least, 8, least) == 6);
  CHECK(weighted(most, least, -most, least) == 0);
  CHECK(weighted(0x1p-600, 0x1p-600, 0x1p-600, 0x1p-601) == 0x1p-600);
  CHECK(weighted(0x1p+600, 0x1p+600, 0x1p-600, 0x1p+600) == 0x1p+599);
  CHECK(weighted(infinite, most, 1, most) == infinite);
}

TEST_CASE("weighted means weigh, and leave out what has no weight", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  const std::vector<double> values{unknown, unknown, 10, 20, unknown, 40};
  const std::vector<double> weights{0, 0, 1, 3, 0, unknown};
  const auto means = rollup_mean(h, ColumnView<double>{values}, ColumnView<double>{weights});
  CHECK(means.values[1] == 17.5);
  CHECK(means.values[0] == 17.5);
  CHECK(means.is_missing(5));
  const std::vector<double> zero(6, 0.0);
  CHECK(rollup_mean(h, ColumnView<double>{values}, ColumnView<double>{zero}).is_missing(0));
  const std::vector<double> negative{0, 0, -1, 0, 0, 0};
  CHECK_THROWS_AS(rollup_mean(h, ColumnView<double>{values}, ColumnView<double>{negative}), InvalidInput);
}

TEST_CASE("any and all treat every value but 0 as true", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  const Column<std::uint8_t> column{{0, 0, 2, 0, 0, 1}, {1, 1, 0, 0, 1, 0}};
  CHECK(rollup_any(h, column.view()).values == std::vector<std::uint8_t>{1, 1, 1, 0, 1, 1});
  CHECK(rollup_all(h, column.view()).values == std::vector<std::uint8_t>{0, 0, 1, 0, 1, 1});
  const Column<std::uint8_t> nothing{{0, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1}};
  CHECK(rollup_any(h, nothing.view()).is_missing(0));
}

TEST_CASE("a point update equals rolling up again", "[hierarchy]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(1, 2, 3));
  const Hierarchy h = test::random_tree(300, seed).build();
  auto column = random_column<std::int64_t>(h, seed, false);
  auto totals = rollup_sum(h, column.view()).values;
  Random random(seed + 9);
  for (int i = 0; i < 50; ++i) {
    const auto unit = static_cast<UnitId>(random.below(300));
    const auto delta = static_cast<std::int64_t>(random.below(1000)) - 500;
    column.values[static_cast<std::size_t>(unit)] += delta;
    update_sum(h, totals, unit, delta);
  }
  CHECK(totals == rollup_sum(h, column.view()).values);
}

TEST_CASE("a point update that overflows changes nothing", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  std::vector<std::int64_t> totals{int64_max, 5, 3, 2, 1, 1};
  const auto before = totals;
  CHECK_THROWS_AS(update_sum(h, totals, 2, 1), InvalidInput);
  CHECK(totals == before);
  CHECK_THROWS_AS(update_sum(h, totals, 6, 1), InvalidInput);
  totals.pop_back();
  CHECK_THROWS_WITH(update_sum(h, totals, 2, 1), "totals.size()=5 must be equal to 6");
}

TEST_CASE("values of one level, or of the leaves, are spread to a column", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  const std::vector<std::int64_t> communities{300, 200, 100};
  const auto column = spread_level<std::int64_t>(h, Level::community, communities);
  CHECK(column == spread_leaves<std::int64_t>(h, communities));
  CHECK(column.is_missing(1));
  CHECK(rollup_sum(h, column.view()).values == std::vector<std::int64_t>{600, 500, 300, 200, 100, 100});
  CHECK_THROWS_WITH(spread_level<std::int64_t>(h, Level::town, communities), "values.size()=3 must be equal to 2");
}

TEST_CASE("columns of another length are refused by name", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  const std::vector<std::int64_t> short_column(5);
  const std::vector<std::int64_t> values(6);
  const std::vector<std::uint8_t> short_mask(2);
  CHECK_THROWS_WITH(rollup_sum(h, ColumnView<std::int64_t>{short_column}), "values.size()=5 must be equal to 6");
  CHECK_THROWS_WITH(rollup_min(h, ColumnView<std::int64_t>{values, short_mask}), "missing.size()=2 must be equal to 6");
}

TEST_CASE("an empty tree rolls up an empty column", "[hierarchy]") {
  CHECK(rollup_sum(Hierarchy(), ColumnView<std::int64_t>{}).values.empty());
  CHECK(rollup_mean(Hierarchy(), ColumnView<double>{}).values.empty());
}
