// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/edit.hpp"

#include "catch_compat.hpp"

TEST_CASE("kinds of edits and measures have names in both languages", "[scenario]") {
  CHECK(to_string(shequ::EditKind::merge) == "merge");
  CHECK(to_string(shequ::EditKind::move, shequ::Language::zh) == "划转");
  CHECK(to_string(shequ::ScenarioMeasure::surplus) == "surplus");
  CHECK(to_string(shequ::ScenarioMeasure::posts, shequ::Language::zh) == "应配人数");
}
