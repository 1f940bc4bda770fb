// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/table/cells.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/error.hpp"

using shequ::Cells;

namespace {

using Indices = std::vector<std::int64_t>;

[[nodiscard]] Cells cells(const std::vector<std::string_view>& texts) { return Cells::of(texts); }

template <class Sequence>
[[nodiscard]] auto listed(const Sequence& values) {
  return std::vector<typename Sequence::value_type>(values.begin(), values.end());
}

}  // namespace

TEST_CASE("cells are the texts that they were made of", "[table]") {
  const std::vector<std::string_view> texts{"ab", "", "甲社区", std::string_view("a\0b", 3), "\U00020000"};
  const Cells column = cells(texts);
  REQUIRE(column.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) CHECK(column[i] == texts[i]);
  CHECK(column == cells(texts));
  CHECK_FALSE(column == cells({"ab"}));
  CHECK(Cells().empty());
  CHECK(cells({}).empty());
}

TEST_CASE("slices and chosen cells outlive the column that they come from", "[table]") {
  Cells slice;
  Cells chosen;
  {
    const Cells column = cells({"a", "b", "c", "d"});
    slice = column.slice(1, 3);
    chosen = column.taken(std::array<std::int64_t, 3>{3, 0, 3});
    CHECK_THROWS_AS(column.taken(std::array<std::int64_t, 1>{4}), shequ::InvalidInput);
    CHECK_THROWS_AS(column.taken(std::array<std::int64_t, 1>{-1}), shequ::InvalidInput);
  }
  CHECK(slice == cells({"b", "c"}));
  CHECK(chosen == cells({"d", "a", "d"}));
  CHECK(slice.slice(1, 2) == cells({"c"}));
  CHECK(slice.slice(2, 2).empty());
}

TEST_CASE("white space is what Unicode calls so, at both ends", "[table]") {
  const Cells column =
      cells({"a b", " a", "a\t", "\u3000甲\u3000", "\u00A0\u2003", "", "\u200B", "会", "\u0085a\u2028"});
  CHECK(column.blank() == Indices{4, 5});
  CHECK(column.stripped() == cells({"a b", "a", "a", "甲", "", "", "\u200B", "会", "a"}));
  const Cells clean = cells({"甲", "乙 丙"});
  CHECK(clean.stripped() == clean);
}

TEST_CASE("cells are found by what they hold, begin and end with", "[table]") {
  const Cells column = cells({"小计", "计划村", "村委会", "合计：", "", "\xEF\xBF\xBD村", "说明如下", "计"});
  const std::array<std::string_view, 3> ends{"计", "：", "计划村委会"};
  CHECK(column.ending_with(ends) == Indices{0, 3, 7});
  CHECK(column.starting_with(std::array<std::string_view, 3>{"计", "说", "说明如"}) == Indices{1, 6, 7});
  CHECK(column.containing("\xEF\xBF\xBD") == Indices{5});
  CHECK(column.containing("委") == Indices{2});
  CHECK(column.containing("").size() == column.size());
  CHECK(cells({"12", "", "1 2", "１", "-1", "0"}).no_digits() == Indices{2, 3, 4});
}

TEST_CASE("equal texts are found whatever their order", "[table]") {
  CHECK(cells({}).repeated().empty());
  CHECK(cells({"b", "a", "", "ab"}).repeated().empty());
  CHECK(cells({"b", "", "a", "ab", "a", "a", ""}).repeated() == Indices{1, 2, 4, 5, 6});
  std::vector<std::string> many;
  for (int i = 0; i < 5'000; ++i) many.push_back(std::to_string(i * 7919 % 5'003));
  const std::vector<std::string_view> texts(many.begin(), many.end());
  CHECK(cells(texts).repeated().empty());
  std::vector<std::string_view> twice = texts;
  twice.push_back(texts[17]);
  CHECK(cells(twice).repeated() == Indices{17, 5'000});

  const Cells levels = cells({"5", "5", "4", "", "5", "4"});
  const shequ::DistinctCells found = levels.distinct();
  CHECK(found.texts == std::vector<std::string_view>{"5", "4", ""});
  CHECK(listed(found.which) == std::vector<std::int32_t>{0, 0, 1, 2, 0, 1});
}

TEST_CASE("whole numbers are read where they are plain, others are named", "[table]") {
  const auto found = cells({"0", "007", "", "999", "1000", "-1", "1.0", "１", "123456789012345", "1234567890123456"})
                         .whole_numbers(999);
  CHECK(listed(found.values) == std::vector<std::int64_t>{0, 7, 0, 999, 0, 0, 0, 0, 0, 0});
  CHECK(listed(found.missing) == std::vector<std::uint8_t>{0, 0, 1, 0, 1, 1, 1, 1, 1, 1});
  CHECK(found.others == Indices{4, 5, 6, 7, 8, 9});
  CHECK(listed(cells({"123456789012345"}).whole_numbers(1'000'000'000'000'000).values) ==
        std::vector<std::int64_t>{123'456'789'012'345});
}

TEST_CASE("decimal numbers are the doubles that are nearest to what is written", "[table]") {
  const auto found = cells({"116.3683244", "0.1", "39.915085", "7", "007.50", "0.00000000000001", "999999999999999"});
  CHECK(listed(found.decimals().values) ==
        std::vector<double>{116.3683244, 0.1, 39.915085, 7.0, 7.5, 0.00000000000001, 999999999999999.0});
  const auto others =
      cells({"", ".5", "5.", "1.2.3", "-1", "1e5", "0.0000000000000001", "1234567890123456", " 1", "1,5", "."})
          .decimals();
  CHECK(others.others == Indices{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(listed(others.missing) == std::vector<std::uint8_t>(11, 1));
}
