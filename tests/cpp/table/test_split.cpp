// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/table/split.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch_compat.hpp"

using shequ::Cells;

namespace {

using Columns = std::vector<std::vector<std::string>>;

/// The columns of a text of which nothing but its owner is left, as lists; nothing where it is left to another reader.
[[nodiscard]] std::optional<Columns> split(std::string_view text, char delimiter = ',') {
  auto kept = std::make_shared<const std::string>(text);
  const std::string_view view = *kept;
  const auto columns = shequ::split_table(view, delimiter, kept);
  kept.reset();
  if (!columns) return std::nullopt;
  Columns lists;
  for (const Cells& column : *columns) {
    lists.emplace_back();
    for (std::size_t i = 0; i < column.size(); ++i) lists.back().emplace_back(column[i]);
  }
  return lists;
}

}  // namespace

TEST_CASE("columns of plain lines", "[table]") {
  const Columns expected{{"code", "7", "8"}, {"名称", "甲", ""}};
  CHECK(split("code,名称\n7,甲\n8,\n") == expected);
  CHECK(split("code,名称\n7,甲\n8,") == expected);
  CHECK(split("code,名称\r\n7,甲\r\n8,\r\n") == expected);
  CHECK(split("code;名称\n7;甲\r\n8;", ';') == expected);
  CHECK(split("code\t名称\n7\t甲\n8\t\n", '\t') == expected);
  CHECK(split("code\n7\n8") == Columns{{"code", "7", "8"}});
  CHECK(split("a,b") == Columns{{"a"}, {"b"}});
  CHECK(split(",\n,\n") == Columns{{"", ""}, {"", ""}});
  CHECK(split("a,\U00020000\uFEFF,\u00E9\n") == Columns{{"a"}, {"\U00020000\uFEFF"}, {"\u00E9"}});
}

TEST_CASE("cells of any length, at any place of a word", "[table]") {
  Columns expected(3);
  std::string text;
  for (std::size_t i = 0; i < 60; ++i) {
    for (std::size_t column = 0; column < 3; ++column) {
      expected[column].emplace_back(i * (column + 1) % 23, static_cast<char>('a' + column));
      text += expected[column].back() + (column < 2 ? "," : "\n");
    }
  }
  CHECK(split(text) == expected);
}

TEST_CASE("quoted cells are read unless a quote stands in them", "[table]") {
  CHECK(split("a,b\n\"1,5\",\"\"\n\"x\ny\",\"z\"\r\n") == Columns{{"a", "1,5", "x\ny"}, {"b", "", "z"}});
  CHECK(split("\"a\",\"b\"") == Columns{{"a"}, {"b"}});
  CHECK(split("a,b\n1\"2,3\"\n") == Columns{{"a", "1\"2"}, {"b", "3\""}});  // a quote within a cell is one
  CHECK_FALSE(split("a,b\n\"x\"\"y\",1\n").has_value());
  CHECK_FALSE(split("a,b\n\"x\" ,1\n").has_value());
  CHECK_FALSE(split("a,b\n\"x,1\n").has_value());
  CHECK_FALSE(split("a,b\n\"" + std::string(131'073, 'x') + "\",1\n").has_value());
  CHECK(split("a,b\n\"" + std::string(131'072, 'x') + "\",1\n").has_value());
}

TEST_CASE("what is no table of equal rows is left to another reader", "[table]") {
  CHECK_FALSE(split("").has_value());
  CHECK_FALSE(split("\n").has_value());
  CHECK_FALSE(split("a,b\n1\n").has_value());
  CHECK_FALSE(split("a,b\n1,2,3\n").has_value());
  CHECK_FALSE(split("a,b\n\n1,2\n").has_value());
  CHECK_FALSE(split("a,b\n1,2\n\n").has_value());
  CHECK_FALSE(split("a\n\n1\n").has_value());
  CHECK_FALSE(split("a,b\r1,2\r").has_value());
  CHECK_FALSE(split("a,b\n1,2\r").has_value());
  CHECK_FALSE(split("a,b\n1\r2,3\n").has_value());
  CHECK_FALSE(split(std::string_view("a,b\n1\0,2\n", 9)).has_value());
}

TEST_CASE("bytes are told from UTF-8", "[table]") {
  const std::string padding(9, 'x');
  for (const std::string_view text :
       {"", "abc", "é", "\u07FF\u0800", "甲社区", "\uD7FF\uE000\uFFFD", "\U00010000\U0010FFFF"}) {
    CAPTURE(text);
    CHECK(shequ::is_utf8(padding + std::string(text) + padding));
    CHECK(shequ::is_utf8(text));
  }
  for (const std::string_view bytes :
       {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF", "\xE7\x94",
        "\xE7\x94x", "\xC4", "\xBC\xD7\xC9\xE7\xC7\xF8"}) {  // the last: 甲社区 in GB 18030
    CAPTURE(bytes);
    CHECK_FALSE(shequ::is_utf8(padding + std::string(bytes) + padding));
    CHECK_FALSE(shequ::is_utf8(padding + std::string(bytes)));
    CHECK_FALSE(shequ::is_utf8(bytes));
  }
}

TEST_CASE("long texts are read in two parts, with the same answer", "[table]") {
  Columns expected(2);
  std::string text;
  for (int row = 0; row < 150'000; ++row) {
    expected[0].push_back(std::to_string(row));
    expected[1].emplace_back("社区");
    text += expected[0].back() + ",社区" + (row % 3 == 0 ? "\r\n" : "\n");
  }
  REQUIRE(text.size() > (std::size_t{1} << 20U));
  CHECK(split(text) == expected);
  CHECK(split(text.substr(0, text.size() - 1)) == expected);
  CHECK(shequ::is_utf8(text));
  CHECK_FALSE(shequ::is_utf8(text + "\x80"));
  CHECK_FALSE(shequ::is_utf8("\x80" + text));
  CHECK_FALSE(split(text + "1\n").has_value());
  CHECK_FALSE(split("1,2,3\n" + text).has_value());

  const std::string quoted = text + "\"x\ny\",z\n";
  expected[0].emplace_back("x\ny");
  expected[1].emplace_back("z");
  CHECK(split(quoted) == expected);
}
