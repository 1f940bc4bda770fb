// SPDX-License-Identifier: BSD-3-Clause
#include "bind_rules.hpp"

namespace shequ::python {

namespace {

/// Format of pickled norms; raised when the fields change.
constexpr int norm_state_version = 1;

[[nodiscard]] std::string ratio_repr(const StaffingRatio& rule) {
  return "StaffingRatio(posts=" + std::to_string(rule.posts) + ", per=" + std::to_string(rule.per) +
         ", most_per=" + (rule.most_per == 0 ? "None" : std::to_string(rule.most_per)) +
         ", minimum=" + std::to_string(rule.minimum) + ", basis=\"" + std::string(to_string(rule.basis)) +
         "\", rounding=\"" + std::string(to_string(rule.rounding)) + "\", applies_to=\"" +
         std::string(to_string(rule.applies_to)) + "\", id=\"" + std::string(rule.id.view()) + "\")";
}

[[nodiscard]] py::list bands_of(const StaffingTable& table) {
  py::list bands;
  for (const StaffingBand& band : table.bands())
    bands.append(py::make_tuple(band.up_to, band.posts.least, band.posts.most));
  return bands;
}

[[nodiscard]] std::string table_repr(const StaffingTable& table) {
  // Appended to a text of its own: GCC 12 warns of "..." + std::string where there is nothing to warn of.
  return std::string("StaffingTable(") + py::repr(bands_of(table)).cast<std::string>() +
         ", from_count=" + std::to_string(table.from) + ", basis=\"" + std::string(to_string(table.basis)) +
         "\", applies_to=\"" + std::string(to_string(table.applies_to)) + "\", id=\"" + std::string(table.id.view()) +
         "\")";
}

[[nodiscard]] std::vector<StaffingBand> bands_from(const py::handle& given) {
  std::vector<StaffingBand> bands;
  if (!py::isinstance<py::sequence>(given) || py::isinstance<py::str>(given)) {
    refuse("bands", given, "a list of (up_to, posts) or (up_to, least, most)",
           "是 (上限, 人数) 或 (上限, 最少, 最多) 的列表");
  }
  for (const auto& line : given) {
    const bool fits = py::isinstance<py::sequence>(line) && !py::isinstance<py::str>(line);
    const std::size_t size = fits ? py::len(line) : 0;
    if (size != 2 && size != 3)
      refuse("bands", line, "(up_to, posts) or (up_to, least, most)", "是 (上限, 人数) 或 (上限, 最少, 最多)");
    const auto number = [&line](std::size_t place) { return whole(line.attr("__getitem__")(place), "bands"); };
    bands.push_back({number(0), {number(1), number(size - 1)}});
  }
  return bands;
}

[[nodiscard]] StaffingRatio made_ratio(Argument<std::int64_t, "posts", 1> posts, Argument<std::int64_t, "per", 1> per,
                                       const Argument<std::optional<std::int64_t>, "most_per", 1>& most_per,
                                       Argument<std::int64_t, "minimum"> minimum, const py::object& basis,
                                       const py::object& rounding, const py::object& applies_to,
                                       const Argument<std::string, "id">& id) {
  StaffingRatio rule;
  rule.posts = posts;
  rule.per = per;
  rule.most_per = most_per.value.value_or(0);
  rule.minimum = minimum;
  rule.basis = choice<Basis>(basis, "basis");
  rule.rounding = choice<Rounding>(rounding, "rounding");
  rule.applies_to = choice<Setting>(applies_to, "applies_to");
  rule.id = RuleId(std::string_view(id.value));
  rule.validate();
  return rule;
}

[[nodiscard]] StaffingTable made_table(const py::object& bands, Argument<std::int64_t, "from_count"> from,
                                       const py::object& basis, const py::object& applies_to,
                                       const Argument<std::string, "id">& id) {
  return {RuleId(std::string_view(id.value)), choice<Basis>(basis, "basis"), choice<Setting>(applies_to, "applies_to"),
          bands_from(bands), from};
}

void check_state(const py::tuple& state, std::size_t size, const char* name) {
  if (state.size() != size || state[0].cast<int>() != norm_state_version) {
    throw InvalidInput("the pickled " + std::string(name) + " is of another version of shequ",
                       "保存的 " + std::string(name) + " 来自其他版本的 shequ");
  }
}

void bind_ratio(py::module_& module) {
  auto type = py::class_<StaffingRatio>(module, "StaffingRatio", R"(Posts in proportion to a count, with a minimum.

"18 per 10,000 residents, 9 or more" is ``StaffingRatio(posts=18, per=10_000, minimum=9, basis="residents")``; "1 per 110
to 150 households" is ``StaffingRatio(per=150, most_per=110, basis="households")``.

Parameters
----------
per : int
    Count for `posts` posts, 1 to 2^31 - 1.
basis : {"households", "registered_households", "resident_households", "dwellings", "residents", "registered_persons"}
    What is counted.
posts : int, default 1
    1 to 1,000,000.
most_per : int, optional
    The generous end of a range, 1 to `per`.
minimum : int, default 0
    Fewest posts of any community.
rounding : {"ceil", "floor", "round"} or Rounding, default "ceil"
    "ceil" gives the fewest whole persons that are not below the ratio.
applies_to : {"urban", "rural"} or Setting, default "urban"
id : str, default "custom"
    What results call the rule, at most 47 bytes.

Raises
------
InvalidInputError
    Naming the parameter that is out of range.

Examples
--------
>>> StaffingRatio(per=150, most_per=110, minimum=9, basis="households").posts_range(2000)
(14, 19)
)");
  type.def(py::init(&made_ratio), py::kw_only(), "posts"_a = 1, "per"_a, "most_per"_a = py::none(), "minimum"_a = 0,
           "basis"_a, "rounding"_a = "ceil", "applies_to"_a = "urban", "id"_a = "custom")
      .def_readonly("posts", &StaffingRatio::posts, "Posts per `per`.")
      .def_readonly("per", &StaffingRatio::per, "Count for `posts` posts.")
      .def_property_readonly(
          "most_per",
          [](const StaffingRatio& rule) { return rule.most_per == 0 ? std::nullopt : std::optional(rule.most_per); },
          "The generous end of a range, None where there is one number.")
      .def_readonly("minimum", &StaffingRatio::minimum, "Fewest posts of any community.")
      .def_readonly("rounding", &StaffingRatio::rounding, "What a part of a post counts for.")
      .def_readonly("applies_to", &StaffingRatio::applies_to, "Communities the rule is for.")
      .def_property_readonly(
          "id", [](const StaffingRatio& rule) { return std::string(rule.id.view()); }, "What results call the rule.")
      .def("__repr__", &ratio_repr)
      .def(
          "__eq__", [](const StaffingRatio& a, const StaffingRatio& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const StaffingRatio& rule) { return py::hash(py::str(ratio_repr(rule))); })
      .def(py::pickle(
          [](const StaffingRatio& rule) {
            return py::make_tuple(norm_state_version, rule.posts, rule.per, rule.most_per, rule.minimum,
                                  static_cast<int>(rule.basis), static_cast<int>(rule.rounding),
                                  static_cast<int>(rule.applies_to), std::string(rule.id.view()));
          },
          [](const py::tuple& state) {
            check_state(state, 9, "StaffingRatio");
            StaffingRatio rule;
            rule.posts = state[1].cast<std::int64_t>();
            rule.per = state[2].cast<std::int64_t>();
            rule.most_per = state[3].cast<std::int64_t>();
            rule.minimum = state[4].cast<std::int64_t>();
            rule.basis = static_cast<Basis>(state[5].cast<int>());
            rule.rounding = static_cast<Rounding>(state[6].cast<int>());
            rule.applies_to = static_cast<Setting>(state[7].cast<int>());
            rule.id = RuleId(state[8].cast<std::string_view>());
            rule.validate();
            return rule;
          }));
  def_norm(type);
}

void bind_table(py::module_& module) {
  auto type = py::class_<StaffingTable>(module, "StaffingTable", R"(Posts by bands of a count.

Parameters
----------
bands : list of (up_to, posts) or (up_to, least, most)
    Communities with a count of at most `up_to` get so many posts; ascending, at most 12. A count above the last band has
    no answer.
basis : {"households", "registered_households", "resident_households", "dwellings", "residents", "registered_persons"}
    What is counted.
from_count : int, default 0
    Smallest count that has an answer.
applies_to : {"urban", "rural"} or Setting, default "urban"
id : str, default "custom"
    What results call the rule, at most 47 bytes.

Raises
------
InvalidInputError
    Naming the band that does not ascend, or the parameter that is out of range.

Examples
--------
>>> StaffingTable([(700, 5, 9)], from_count=100, basis="households").posts_range(700)
(5, 9)
)");
  type.def(py::init(&made_table), "bands"_a, py::kw_only(), "from_count"_a = 0, "basis"_a, "applies_to"_a = "urban",
           "id"_a = "custom")
      .def_property_readonly("bands", &bands_of, "List of (up_to, least, most).")
      .def_readonly("from_count", &StaffingTable::from, "Smallest count that has an answer.")
      .def_readonly("applies_to", &StaffingTable::applies_to, "Communities the rule is for.")
      .def_property_readonly(
          "id", [](const StaffingTable& table) { return std::string(table.id.view()); }, "What results call the rule.")
      .def("__repr__", &table_repr)
      .def(
          "__eq__", [](const StaffingTable& a, const StaffingTable& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const StaffingTable& table) { return py::hash(py::str(table_repr(table))); })
      .def(py::pickle(
          [](const StaffingTable& table) {
            return py::make_tuple(norm_state_version, bands_of(table), table.from, static_cast<int>(table.basis),
                                  static_cast<int>(table.applies_to), std::string(table.id.view()));
          },
          [](const py::tuple& state) {
            check_state(state, 6, "StaffingTable");
            return StaffingTable(RuleId(state[5].cast<std::string_view>()), static_cast<Basis>(state[3].cast<int>()),
                                 static_cast<Setting>(state[4].cast<int>()), bands_from(state[1]),
                                 state[2].cast<std::int64_t>());
          }));
  def_norm(type);
}

}  // namespace

py::object posts_range(const StaffingNorm& norm, const py::object& counts) {
  if (is_whole_number(counts)) {
    const auto count = whole(counts, "counts");
    const auto posts = required_posts(norm, count).posts;
    return posts ? py::object(py::make_tuple(posts->least, posts->most)) : py::none();
  }
  const IntColumn column(counts, "counts");
  std::vector<std::int64_t> least(column.size());
  std::vector<std::int64_t> most(column.size());
  std::vector<std::uint8_t> missing(column.size());
  {
    const py::gil_scoped_release released;
    static_cast<void>(compute_posts(norm, column.view(), {least, missing}, most));
  }
  std::vector<std::uint8_t> again(missing);
  return py::make_tuple(masked_array(std::move(least), std::move(missing)),
                        masked_array(std::move(most), std::move(again)));
}

void bind_staffing_norm(py::module_& module) {
  py::native_enum<Basis>(module, "Basis", "enum.Enum", "What a norm counts.")
      .value("HOUSEHOLDS", Basis::households, "Households, of a kind that the source leaves open.")
      .value("REGISTERED_HOUSEHOLDS", Basis::registered_households)
      .value("RESIDENT_HOUSEHOLDS", Basis::resident_households)
      .value("DWELLINGS", Basis::dwellings)
      .value("RESIDENTS", Basis::residents)
      .value("REGISTERED_PERSONS", Basis::registered_persons)
      .finalize();
  bind_ratio(module);
  bind_table(module);
}

}  // namespace shequ::python
