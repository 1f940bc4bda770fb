// SPDX-License-Identifier: BSD-3-Clause
#include "bind_hierarchy.hpp"

#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "arrays.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/hierarchy/code.hpp"
#include "texts.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled problem; raised when the fields change.
constexpr int problem_state_version = 1;

/// Codes as whole numbers or as texts.
class Codes {
 public:
  Codes(const py::object& values, const char* argument) {
    if (py::isinstance<py::array>(values)) {
      numbers_ = int64_array(values, argument);
      span_ = column(*numbers_, argument);
      return;
    }
    if (py::isinstance<Cells>(values)) codes_ = values.cast<const Cells&>().codes();
    if (codes_) {
      span_ = *codes_;
    } else {
      texts_.emplace(values, argument);
      span_ = texts_->views();
    }
  }

  [[nodiscard]] const CodeSpan& span() const noexcept { return span_; }

 private:
  std::optional<py::array_t<std::int64_t>> numbers_;
  std::optional<detail::LargeVector<std::int64_t>> codes_;
  std::optional<Texts> texts_;
  CodeSpan span_;
};

/// Levels as numbers of one byte, which are used as they are, or as wider ones.
class LevelColumn {
 public:
  explicit LevelColumn(const py::object& values) {
    if (values.is_none()) return;
    if (py::isinstance<py::array_t<std::int8_t, py::array::c_style>>(values)) {
      bytes_ = py::reinterpret_borrow<py::array_t<std::int8_t>>(values);
      const auto numbers = column(*bytes_, "level");
      span_ = {reinterpret_cast<const Level*>(numbers.data()), numbers.size()};
      return;
    }
    const py::array_t<std::int64_t> array = int64_array(values, "level");
    for (const std::int64_t value : column(array, "level")) {
      if (value < 0 || value >= num_levels) {
        detail::throw_argument("level[" + std::to_string(levels_.size()) + "]", value, "in [0, 8]", "在 [0, 8] 之间");
      }
      levels_.push_back(static_cast<Level>(value));
    }
    span_ = levels_;
  }

  [[nodiscard]] std::span<const Level> span() const noexcept { return span_; }

 private:
  std::optional<py::array_t<std::int8_t>> bytes_;
  std::vector<Level> levels_;
  std::span<const Level> span_;
};

[[nodiscard]] Hierarchy from_columns(const py::object& code, const py::object& parent, const py::object& name,
                                     const py::object& name_en, const py::object& level, const py::object& same_level) {
  const Codes codes(code, "code");
  const Codes parents(parent, "parent");
  std::optional<Texts> names;
  std::optional<Texts> names_en;
  if (!name.is_none()) names.emplace(name, "name");
  if (!name_en.is_none()) names_en.emplace(name_en, "name_en");
  const LevelColumn levels(level);
  HierarchyRows rows{codes.span(), parents.span()};
  rows.level = levels.span();
  if (names) rows.name = names->views();
  if (names_en) rows.name_en = names_en->views();
  const HierarchyOptions options{choice<SameLevel>(same_level, "same_level")};
  const py::gil_scoped_release released;
  return Hierarchy::from_rows(rows, options);
}

/// The text of a code given as str or as a whole number.
[[nodiscard]] std::string code_text(const py::object& code) {
  if (py::isinstance<py::str>(code)) return code.cast<std::string>();
  if (PyIndex_Check(code.ptr()) != 0 && !py::isinstance<py::bool_>(code)) {
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(code.ptr()));
    if (number) return py::str(number).cast<std::string>();
    PyErr_Clear();
  }
  const auto shown = py::repr(code).cast<std::string>();
  throw InvalidInput("code=" + shown + " must be a str or a whole number", "code=" + shown + " 必须是文本或整数");
}

template <class T>
[[nodiscard]] py::array own_view(const py::object& self, std::span<const T> (Hierarchy::*values)() const noexcept) {
  return view((self.cast<const Hierarchy&>().*values)(), self);
}

[[nodiscard]] py::array levels_view(const py::object& self) {
  const auto levels = self.cast<const Hierarchy&>().levels();
  return view(std::span(reinterpret_cast<const std::int8_t*>(levels.data()), levels.size()), self);
}

/// Numbers of one size, whatever they mean, in the order of `rows`.
template <class T>
[[nodiscard]] py::object taken(std::span<const std::int32_t> rows, const py::array& given) {
  const auto* const from = static_cast<const T*>(given.data());
  detail::LargeVector<T> values(rows.size());
  {
    const py::gil_scoped_release released;
    for (std::size_t i = 0; i < rows.size(); ++i) values[i] = from[rows[i]];
  }
  return moved(std::move(values)).attr("view")(given.dtype());
}

/// A column of rows as a column of units. `given` has one entry a row: numpy's own take where they are no plain
/// numbers.
[[nodiscard]] py::object align(const py::object& self, const py::object& column_of_rows) {
  const auto rows = self.cast<const Hierarchy&>().rows();
  const py::array given = any_array(column_of_rows, "column_of_rows");
  detail::check_length("column_of_rows", given.ndim() == 1 ? static_cast<std::size_t>(given.size()) : 0, rows.size());
  const char kind = given.dtype().kind();
  const bool is_plain = kind == 'i' || kind == 'u' || kind == 'f' || kind == 'b';
  if (is_plain && (given.flags() & py::array::c_style) != 0) {
    if (given.itemsize() == 8) return taken<std::uint64_t>(rows, given);
    if (given.itemsize() == 4) return taken<std::uint32_t>(rows, given);
    if (given.itemsize() == 1) return taken<std::uint8_t>(rows, given);
  }
  return given.attr("take")(self.attr("rows"));
}

/// A list of the text that `text_of` gives of each unit.
template <class TextOf>
[[nodiscard]] py::list texts_of(const Hierarchy& hierarchy, TextOf text_of) {
  py::list result(static_cast<std::size_t>(hierarchy.size()));
  for (UnitId unit = 0; unit < hierarchy.size(); ++unit) {
    const auto& text = text_of(unit);
    PyList_SET_ITEM(result.ptr(), unit, py::str(text.data(), text.size()).release().ptr());
  }
  return result;
}

[[nodiscard]] py::list names(const Hierarchy& hierarchy, Argument<Language, "lang"> lang) {
  const Language in = lang;
  return texts_of(hierarchy, [&](UnitId unit) { return hierarchy.name(unit, in); });
}

[[nodiscard]] py::list given_names(const Hierarchy& hierarchy, Argument<Language, "lang"> lang) {
  const Language in = lang;
  return texts_of(hierarchy, [&](UnitId unit) { return hierarchy.given_name(unit, in); });
}

[[nodiscard]] py::list codes(const Hierarchy& hierarchy) {
  return texts_of(hierarchy, [&](UnitId unit) { return hierarchy.code(unit); });
}

[[nodiscard]] std::vector<UnitId> children(const Hierarchy& hierarchy, UnitId unit) {
  std::vector<UnitId> units;
  for (const UnitId child : hierarchy.children(unit)) units.push_back(child);
  return units;
}

void bind_problem_row(py::module_& module) {
  py::class_<RowProblem>(module, "RowProblem", "One faulty row: which, what, and with which other row.")
      .def_property_readonly(
          "fault", [](const RowProblem& problem) { return to_string(problem.fault); },
          "What is wrong: \"missing_code\", \"malformed_code\", \"duplicate_code\", \"two_parents\", \"orphan\", "
          "\"cycle\", "
          "\"level_order\" or \"several_roots\".")
      .def_readonly("row", &RowProblem::row, "Index of the row, from 0.")
      .def_property_readonly(
          "other_row",
          [](const RowProblem& problem) {
            return problem.other_row < 0 ? std::nullopt : std::optional(problem.other_row);
          },
          "The row it disagrees with, or None.")
      .def_readonly("code", &RowProblem::code, "Code of the row as text.")
      .def_readonly("detail", &RowProblem::detail, "The parent's code, or the path of a cycle.")
      .def(
          "message",
          [](const RowProblem& problem, Argument<Language, "lang"> lang, const py::object& row_numbers) {
            if (row_numbers.is_none()) return problem.message(lang);
            const py::array_t<std::int64_t> numbers = int64_array(row_numbers, "row_numbers");
            return problem.message(lang, column(numbers, "row_numbers"));
          },
          "lang"_a = "en", "row_numbers"_a = py::none(),
          "Return the sentence a person reads; other rows are called `row_numbers[index]` where that is given.")
      .def("__repr__",
           [](const RowProblem& problem) {
             return "<RowProblem: row " + std::to_string(problem.row) + ", " + std::string(to_string(problem.fault)) +
                    ">";
           })
      .def(
          "__eq__", [](const RowProblem& a, const RowProblem& b) { return a == b; }, py::is_operator())
      .def(py::pickle(
          [](const RowProblem& p) {
            return py::make_tuple(problem_state_version, static_cast<int>(p.fault), p.row, p.other_row, p.code,
                                  p.detail, static_cast<int>(p.level), static_cast<int>(p.parent_level));
          },
          [](const py::tuple& state) {
            if (state.size() != 8 || state[0].cast<int>() != problem_state_version) {
              throw InvalidInput("the pickled RowProblem is of another version", "RowProblem 的存储版本不符");
            }
            RowProblem problem;
            problem.fault = static_cast<RowFault>(state[1].cast<int>());
            problem.row = state[2].cast<std::int64_t>();
            problem.other_row = state[3].cast<std::int64_t>();
            problem.code = state[4].cast<std::string>();
            problem.detail = state[5].cast<std::string>();
            problem.level = static_cast<Level>(state[6].cast<int>());
            problem.parent_level = static_cast<Level>(state[7].cast<int>());
            return problem;
          }));
}

}  // namespace

void bind_hierarchy(py::module_& module) {
  py::native_enum<SameLevel>(module, "SameLevel", "enum.Enum", "What to do with a unit below one of its own level.")
      .value("KEEP", SameLevel::keep, "Leave it where it stands.")
      .value("LIFT", SameLevel::lift, "Hang it below its nearest ancestor of a higher level.")
      .finalize();
  bind_problem_row(module);

  py::class_<Hierarchy> hierarchy(module, "Hierarchy", "Tree of units in pre-order; shequ.Hierarchy wraps it.");
  hierarchy
      .def_static("from_columns", &from_columns, "code"_a, "parent"_a, "name"_a = py::none(), "name_en"_a = py::none(),
                  "level"_a = py::none(), "same_level"_a = "keep", "Build the tree from rows in any order.")
      .def("__len__", &Hierarchy::size)
      .def(
          "parent", [](const Hierarchy& h, Argument<UnitId, "unit"> unit) { return unit_or_none(h.parent(unit)); },
          "unit"_a, "Return the parent of a unit, None for the root.")
      .def(
          "level", [](const Hierarchy& h, Argument<UnitId, "unit"> unit) { return h.level(unit); }, "unit"_a,
          "Return the level of a unit.")
      .def(
          "subtree",
          [](const Hierarchy& h, Argument<UnitId, "unit"> unit) {
            const UnitSlice slice = h.subtree(unit);
            return py::slice(py::int_(slice.begin), py::int_(slice.end), py::none());
          },
          "unit"_a, "Return the slice of a unit and all units below it.")
      .def(
          "children", [](const Hierarchy& h, Argument<UnitId, "unit"> unit) { return moved(children(h, unit)); },
          "unit"_a, "Return the children of a unit in the order of their codes.")
      .def(
          "path", [](const Hierarchy& h, Argument<UnitId, "unit"> unit) { return moved(h.path(unit)); }, "unit"_a,
          "Return the units from `unit` up to the root, both included.")
      .def(
          "ancestor",
          [](const Hierarchy& h, Argument<UnitId, "unit"> unit, Level level) {
            return unit_or_none(h.ancestor(unit, level));
          },
          "unit"_a, "level"_a, "Return the nearest unit of a level at or above `unit`, or None.")
      .def(
          "at_level", [](const Hierarchy& h, Level level) { return moved(h.at_level(level)); }, "level"_a,
          "Return the units of a level.")
      .def(
          "find", [](const Hierarchy& h, const py::object& code) { return unit_or_none(h.find(code_text(code))); },
          "code"_a, "Return the unit with a code, or None.")
      .def(
          "index", [](const Hierarchy& h, const py::object& code) { return h.index(code_text(code)); }, "code"_a,
          "Return the unit with a code.")
      .def(
          "find_name",
          [](const Hierarchy& h, const Argument<std::string, "name">& name, Argument<UnitId, "within"> within) {
            return moved(h.find_name(name.value, within));
          },
          "name"_a, "within"_a = 0, "Return every unit of exactly this name.")
      .def(
          "code", [](const Hierarchy& h, Argument<UnitId, "unit"> unit) { return h.code(unit); }, "unit"_a,
          "Return the code of a unit.")
      .def(
          "name",
          [](const Hierarchy& h, Argument<UnitId, "unit"> unit, Argument<Language, "lang"> lang) {
            return h.name(unit, lang);
          },
          "unit"_a, "lang"_a = "zh", "Return the name of a unit.")
      .def(
          "has_names", [](const Hierarchy& h, Argument<Language, "lang"> lang) { return h.has_names(lang); },
          "lang"_a = "zh", "Tell whether names in a language were given.")
      .def("names", &names, "lang"_a = "zh", "Return the names of all units.")
      .def("given_names", &given_names, "lang"_a = "zh", "Return the names of all units as given, empty where none.")
      .def("codes", &codes, "Return the codes of all units as texts.")
      .def_property_readonly(
          "numeric_codes", [](const py::object& self) { return own_view(self, &Hierarchy::numeric_codes); },
          "Codes as whole numbers; of length 0 where some code is none.")
      .def_property_readonly(
          "parents", [](const py::object& self) { return own_view(self, &Hierarchy::parents); },
          "Parents of all units, -1 for the root.")
      .def_property_readonly(
          "subtree_ends", [](const py::object& self) { return own_view(self, &Hierarchy::subtree_ends); },
          "The unit after the last one below each unit.")
      .def_property_readonly("levels", &levels_view, "Levels of all units.")
      .def_property_readonly(
          "rows", [](const py::object& self) { return own_view(self, &Hierarchy::rows); },
          "Row of the input that each unit came from.")
      .def("align", &align, "column_of_rows"_a, "Return a column of the input's rows as a column of units.")
      .def_property_readonly(
          "same_level_units",
          [](const Hierarchy& h) {
            std::vector<std::pair<UnitId, UnitId>> pairs;
            for (const auto& same : h.same_level_units()) pairs.emplace_back(same.unit, same.named_parent);
            return pairs;
          },
          "Units whose row names a parent of their own level, and that parent.");
  bind_rollup(hierarchy);
  bind_audit(module, hierarchy);

  module.def(
      "parse_level", [](const Argument<std::string, "text">& word) { return parse_level(word.value); }, "text"_a,
      "Return the level that a word names in English or Chinese, or None.");
  module.def(
      "level_name", [](Level level, Argument<Language, "lang"> lang) { return to_string(level, lang); }, "level"_a,
      "lang"_a = "en", "Return the word for a level.");
  module.def(
      "grid_code",
      [](const Argument<std::string, "community">& code, Argument<std::int32_t, "sequence", 1> sequence,
         Argument<std::int32_t, "grids_in_community", 1> grids_in_community) {
        const std::string& community = code.value;
        const auto parsed = DivisionCode::parse(community);
        if (!parsed.code) {
          throw InvalidInput("community=" + community + " must be " + std::string(to_string(parsed.fault)),
                             "community=" + community + " 必须" + std::string(to_string(parsed.fault, Language::zh)));
        }
        return grid_code(*parsed.code, sequence, grids_in_community);
      },
      "community"_a, "sequence"_a, "grids_in_community"_a,
      R"(Return the code of a grid: the community's 12 digits and a sequence number of 2 digits, or 3 above 99 grids.

Parameters
----------
community : str
    Code of the community.
sequence : int
    Number of the grid, from 1.
grids_in_community : int
    How many grids the community has, 1 to 999.

Raises
------
InvalidInputError
    Not the code of a community, or a number out of range.
)");
}

}  // namespace shequ::python
