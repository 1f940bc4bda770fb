// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/allocation.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Apportionment;
using shequ::Fraction;
using shequ::ShortageCost;

namespace {

using Numbers = std::vector<std::int64_t>;

std::int64_t sum_of(const Numbers& values) { return std::accumulate(values.begin(), values.end(), std::int64_t{0}); }

/// Calls `visit` with every way to make `total` of whole numbers of 0 or more.
void each_division(std::int64_t total, std::size_t units, Numbers& made,
                   const std::function<void(const Numbers&)>& visit) {
  if (made.size() + 1 == units) {
    made.push_back(total);
    visit(made);
    made.pop_back();
    return;
  }
  for (std::int64_t part = 0; part <= total; ++part) {
    made.push_back(part);
    each_division(total - part, units, made, visit);
    made.pop_back();
  }
}

/// Least value of `cost` over all divisions; a division without a cost is not allowed.
template <class Cost>
Fraction least_cost(std::int64_t total, std::size_t units, Cost cost) {
  std::optional<Fraction> least;
  Numbers made;
  each_division(total, units, made, [&](const Numbers& given) {
    const std::optional<Fraction> value = cost(given);
    if (value && (!least || *value < *least)) least = value;
  });
  return least.value();
}

/// What each method is the best for; nothing where a unit without a weight gets something, or the cost is infinite.
std::optional<Fraction> cost_of(Apportionment method, const Numbers& given, const Numbers& weights) {
  const std::int64_t total = sum_of(given);
  const std::int64_t whole = sum_of(weights);
  Fraction sum;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::int64_t a = given[i];
    const std::int64_t w = weights[i];
    if (w == 0) {
      if (a != 0) return std::nullopt;
      continue;
    }
    if (method == Apportionment::largest_remainder) {
      const Fraction away = Fraction(a) - Fraction(total * w, whole);
      sum = sum + (away < 0 ? -away : away);
    } else if (method == Apportionment::webster) {
      const Fraction away = Fraction(a, w) - Fraction(total, whole);
      sum = sum + Fraction(w) * away * away;
    } else {
      if (a == 0) return std::nullopt;
      const Fraction away = Fraction(w, a) - Fraction(whole, total);
      sum = sum + Fraction(a) * away * away;
    }
  }
  return sum;
}

Fraction shortage_cost(ShortageCost cost, const Numbers& given, const Numbers& gaps, const Numbers& needs) {
  Fraction sum;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::int64_t left = std::max<std::int64_t>(0, gaps[i] - given[i]);
    sum = sum + Fraction(left * left, cost == ShortageCost::squared ? 1 : needs[i]);
  }
  return sum;
}

}  // namespace

TEST_CASE("100 yuan over three equal units are 33.34, 33.33 and 33.33", "[rules]") {
  CHECK(shequ::apportion(10'000, Numbers{1, 1, 1}) == Numbers{3334, 3333, 3333});
  CHECK(shequ::divide_by_shares(10'000, std::vector<Fraction>{{1, 3}, {1, 3}, {1, 3}}) == Numbers{3334, 3333, 3333});
}

TEST_CASE("every method is the best of all divisions for its own total", "[rules]") {
  const auto method =
      GENERATE(Apportionment::largest_remainder, Apportionment::webster, Apportionment::huntington_hill);
  const auto seed = GENERATE(range(0, 25));
  shequ::Random random(static_cast<std::uint64_t>(seed));
  Numbers weights(3 + random.below(2));
  for (std::int64_t& weight : weights) weight = random.below(40);
  weights[0] += 1;
  const auto weighted = std::count_if(weights.begin(), weights.end(), [](std::int64_t w) { return w > 0; });
  const std::int64_t total = weighted + random.below(8);
  CAPTURE(shequ::to_string(method), weights, total);
  const Numbers given = shequ::apportion(total, weights, method);
  CHECK(sum_of(given) == total);
  const auto own = cost_of(method, given, weights);
  REQUIRE(own.has_value());
  CHECK(*own ==
        least_cost(total, weights.size(), [&](const Numbers& other) { return cost_of(method, other, weights); }));
}

TEST_CASE("closing shortages is the best of all divisions for its cost and for the plain sum", "[rules]") {
  const auto cost = GENERATE(ShortageCost::squared, ShortageCost::relative);
  const auto seed = GENERATE(range(0, 25));
  shequ::Random random(static_cast<std::uint64_t>(100 + seed));
  Numbers gaps(3 + random.below(2));
  Numbers needs(gaps.size());
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    gaps[i] = random.below(7);
    needs[i] = std::max<std::int64_t>(1, gaps[i] + random.below(10));
  }
  const std::int64_t all = sum_of(gaps);
  const std::int64_t total = random.below(static_cast<std::uint32_t>(all + 3));
  CAPTURE(shequ::to_string(cost), gaps, needs, total);
  const auto cover = shequ::cover_shortage(total, gaps, cost, needs);
  CHECK(sum_of(cover.given) + cover.left_over == total);
  for (std::size_t i = 0; i < gaps.size(); ++i) CHECK((cover.given[i] >= 0 && cover.given[i] <= gaps[i]));
  const auto best = [&](const Numbers& other) {
    return std::optional<Fraction>(shortage_cost(cost, other, gaps, needs));
  };
  CHECK(shortage_cost(cost, cover.given, gaps, needs) == least_cost(total, gaps.size(), best));
  // The greedy choice with the same benefit makes the same total.
  const auto one_by_one =
      shequ::allocate_greedily(std::min(total, all), gaps.size(), [&](std::size_t i, std::int64_t has) {
        const std::int64_t left = gaps[i] - has;
        return left <= 0 ? Fraction() : Fraction(2 * left - 1, cost == ShortageCost::squared ? 1 : needs[i]);
      });
  CHECK(one_by_one == cover.given);
}

TEST_CASE("the methods differ where they are known to", "[rules]") {
  // Small units gain from largest remainders and from huntington_hill, large ones from webster's halves.
  const Numbers weights{1000, 20, 20};
  CHECK(shequ::apportion(10, weights, Apportionment::largest_remainder) == Numbers{10, 0, 0});
  CHECK(shequ::apportion(10, weights, Apportionment::webster) == Numbers{10, 0, 0});
  CHECK(shequ::apportion(10, weights, Apportionment::huntington_hill) == Numbers{8, 1, 1});
  CHECK(shequ::cover_shortage(3, Numbers{4, 2, 1}).given == Numbers{3, 0, 0});
  CHECK(shequ::cover_shortage(3, Numbers{4, 2, 1}, ShortageCost::relative, Numbers{16, 2, 1}).given ==
        Numbers{0, 2, 1});
}

TEST_CASE("divisions of large totals add up and do not take long", "[rules]") {
  shequ::Random random(5);
  Numbers weights(2000);
  for (std::int64_t& weight : weights) weight = random.below(4'000'000'000U);
  weights[7] = 0;
  const std::int64_t fen = 2'531'100'000'123;
  const auto method = GENERATE(Apportionment::largest_remainder, Apportionment::webster);
  const Numbers given = shequ::apportion(fen, weights, method);
  CHECK(sum_of(given) == fen);
  CHECK(given[7] == 0);
  const std::int64_t whole = sum_of(weights);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Fraction share(weights[i], whole);
    REQUIRE(given[i] >= share.floor_of(fen) - 1);
    REQUIRE(given[i] <= share.ceil_of(fen) + 1);
  }
  const auto cover =
      shequ::cover_shortage(whole / 3, weights, ShortageCost::relative, Numbers(weights.size(), 4'000'000'000));
  CHECK(sum_of(cover.given) == whole / 3);
  CHECK(cover.left_over == 0);
  const auto squared = shequ::cover_shortage(whole / 3, weights);
  std::int64_t lowest = INT64_MAX;
  std::int64_t highest = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (squared.given[i] == 0) continue;  // shortages of those who get something end level
    lowest = std::min(lowest, weights[i] - squared.given[i]);
    highest = std::max(highest, weights[i] - squared.given[i]);
  }
  CHECK(highest - lowest <= 1);
}

TEST_CASE("ties go to earlier entries, and doubled weights change nothing", "[rules]") {
  const auto method =
      GENERATE(Apportionment::largest_remainder, Apportionment::webster, Apportionment::huntington_hill);
  CHECK(shequ::apportion(5, Numbers{3, 3}, method) == Numbers{3, 2});
  CHECK(shequ::apportion(7, Numbers{2, 4, 10}, method) == shequ::apportion(7, Numbers{1, 2, 5}, method));
  CHECK(shequ::apportion(0, Numbers{2, 4, 10}, method) == Numbers{0, 0, 0});
  CHECK(shequ::apportion(0, Numbers{}, method).empty());
  CHECK(shequ::cover_shortage(0, Numbers{}).given.empty());
  CHECK(shequ::cover_shortage(9, Numbers{2, 3}) == shequ::ShortageCover{{2, 3}, 4});
}

TEST_CASE("divisions refuse what has no answer and name it", "[rules]") {
  CHECK_THROWS_WITH(shequ::apportion(-1, Numbers{1}), "total=-1 must be 0 or more");
  CHECK_THROWS_WITH(shequ::apportion(1, Numbers{1, -2}), "weights[1]=-2 must be 0 or more");
  CHECK_THROWS_WITH(shequ::apportion(1, Numbers{0, 0}),
                    "sum(weights)=0 must be above 0 where there is something to divide");
  CHECK_THROWS_WITH(shequ::apportion(1, Numbers{INT64_MAX, 1}), "sum of weights overflows 64 bits");
  CHECK_THROWS_AS(shequ::apportion(2, Numbers{1, 1, 1}, Apportionment::huntington_hill), shequ::Infeasible);
  CHECK_THROWS_WITH(shequ::apportion(2, Numbers{1, 1, 1}, Apportionment::huntington_hill),
                    "total=2 is less than 1 for each of 3 units: huntington_hill needs at least 3");
  CHECK_THROWS_WITH(shequ::apportion(5, Numbers{1, 4'000'000'000}, Apportionment::huntington_hill),
                    "weights[1]=4000000000 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::divide_by_shares(1, std::vector<Fraction>{{1, 2}, {1, 3}}), "sum(shares)=5/6 must be 1");
  CHECK_THROWS_WITH(shequ::divide_by_shares(1, std::vector<Fraction>{{3, 2}, {-1, 2}}),
                    "shares[0]=3/2 must be in [0, 1]");
  CHECK_THROWS_WITH(shequ::cover_shortage(1, Numbers{-1}), "gaps[0]=-1 must be 0 or more");
  CHECK_THROWS_WITH(shequ::cover_shortage(1, Numbers{3}, ShortageCost::relative, Numbers{2}),
                    "needs[0]=2 must be 1 or more and at least the gap");
  CHECK_THROWS_WITH(shequ::allocate_greedily(3, 1, [](std::size_t /*unit*/, std::int64_t has) { return has; }),
                    "benefit(0, 1)=a larger one must be at most that of the one before");
}
