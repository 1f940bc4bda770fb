// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/code.hpp"

#include <string>

#include "catch_compat.hpp"
#include "shequ/error.hpp"

using shequ::CodeFault;
using shequ::CommunityKind;
using shequ::DivisionCode;
using shequ::Level;
using shequ::TownKind;

namespace {

DivisionCode code(std::string_view text) {
  const auto parsed = DivisionCode::parse(text);
  REQUIRE(parsed.code.has_value());
  return *parsed.code;
}

CodeFault fault(std::string_view text) { return DivisionCode::parse(text).fault; }

}  // namespace

TEST_CASE("a code is taken apart and put together again", "[hierarchy]") {
  const DivisionCode guazhou = code("321003102201");
  CHECK(guazhou.province() == 32);
  CHECK(guazhou.city() == 10);
  CHECK(guazhou.county() == 3);
  CHECK(guazhou.town() == 102);
  CHECK(guazhou.community() == 201);
  CHECK(DivisionCode::make(32, 10, 3, 102, 201) == guazhou);
  CHECK(guazhou.str() == "321003102201");
}

TEST_CASE("the level of a code is that of its lowest part", "[hierarchy]") {
  CHECK(code("100000000000").level() == Level::country);
  CHECK(code("320000000000").level() == Level::province);
  CHECK(code("320400000000").level() == Level::city);
  CHECK(code("320412000000").level() == Level::district);
  CHECK(code("320412001000").level() == Level::town);
  CHECK(code("320412001001").level() == Level::community);
}

TEST_CASE("the parent of a code is one level up, and skips a county of zero", "[hierarchy]") {
  CHECK(code("320412001001").parent() == code("320412001000"));
  CHECK(code("320412001000").parent() == code("320412000000"));
  CHECK(code("320400000000").parent() == code("320000000000"));
  CHECK_FALSE(code("320000000000").parent().has_value());
  CHECK_FALSE(code("100000000000").parent().has_value());
  CHECK(code("441900003000").parent() == code("441900000000"));  // a town of 东莞, a city without counties
}

TEST_CASE("kinds follow the ranges of the digits, on and next to their ends", "[hierarchy]") {
  CHECK(code("320412099000").town_kind() == TownKind::subdistrict);
  CHECK(code("320412100000").town_kind() == TownKind::town);
  CHECK(code("320412199000").town_kind() == TownKind::town);
  CHECK(code("320412200000").town_kind() == TownKind::township);
  CHECK(code("320412400000").town_kind() == TownKind::zone_like);
  CHECK_FALSE(code("320412600000").town_kind().has_value());
  CHECK_FALSE(code("320412000000").town_kind().has_value());
  CHECK(code("320412001199").community_kind() == CommunityKind::residents);
  CHECK(code("320412001200").community_kind() == CommunityKind::villagers);
  CHECK(code("320412001400").community_kind() == CommunityKind::quasi_residents);
  CHECK(code("320412001599").community_kind() == CommunityKind::quasi_villagers);
  CHECK_FALSE(code("320412001600").community_kind().has_value());
}

TEST_CASE("what is no code is refused with its reason", "[hierarchy]") {
  CHECK(fault("") == CodeFault::empty);
  CHECK(fault("3.20412E+11") == CodeFault::scientific_notation);
  CHECK(fault("3E11") == CodeFault::scientific_notation);
  CHECK(fault("E11") == CodeFault::not_digits);
  CHECK(fault("32041200100O") == CodeFault::not_digits);
  CHECK(fault(" 320412001001") == CodeFault::not_digits);
  CHECK(fault("320412") == CodeFault::wrong_length);
  CHECK(fault("3204120010011") == CodeFault::wrong_length);
  CHECK(fault("99999999999999999999999999") == CodeFault::wrong_length);
  CHECK(fault("000412001001") == CodeFault::zero_inside);
  CHECK(fault("320012001001") == CodeFault::zero_inside);
  CHECK(fault("320412000001") == CodeFault::zero_inside);
  CHECK(DivisionCode::from_number(320412).fault == CodeFault::wrong_length);
  CHECK(DivisionCode::from_number(-1).fault == CodeFault::wrong_length);
}

TEST_CASE("parts out of range are refused by name", "[hierarchy]") {
  CHECK_THROWS_WITH(DivisionCode::make(100), "province=100 must be in [0, 99]");
  CHECK_THROWS_WITH(DivisionCode::make(32, 4, 12, 1000), "town=1000 must be in [0, 999]");
  CHECK_THROWS_AS(DivisionCode::make(32, 0, 12), shequ::InvalidInput);
}

TEST_CASE("a grid's code adds two digits, or three above 99 grids", "[hierarchy]") {
  const DivisionCode community = code("320412001001");
  CHECK(grid_code(community, 1, 7) == "32041200100101");
  CHECK(grid_code(community, 99, 99) == "32041200100199");
  CHECK(grid_code(community, 7, 100) == "320412001001007");
  CHECK_THROWS_WITH(grid_code(community, 8, 7), "sequence=8 must be in [1, 7]");
  CHECK_THROWS_AS(grid_code(community, 0, 7), shequ::InvalidInput);
  CHECK_THROWS_AS(grid_code(community, 1, 1000), shequ::InvalidInput);
  CHECK_THROWS_AS(grid_code(code("320412001000"), 1, 7), shequ::InvalidInput);
}
