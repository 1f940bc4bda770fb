// SPDX-License-Identifier: BSD-3-Clause
#include "arguments.hpp"
#include "arrays.hpp"
#include "bind_rules.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled rule; raised when the fields change.
constexpr int rule_state_version = 1;

[[nodiscard]] std::string staffing_rule_repr(const StaffingRule& rule) {
  return "StaffingRule(base=" + std::to_string(rule.base) +
         ", base_households=" + std::to_string(rule.base_households) +
         ", step_households=" + std::to_string(rule.step_households) + ", rounding=\"" +
         std::string(to_string(rule.rounding)) + "\", applies_to=\"" + std::string(to_string(rule.applies_to)) +
         "\", id=\"" + std::string(rule.id.view()) + "\")";
}

/// A rule whose numbers are not those of the catalogue must not carry the catalogue's id.
[[nodiscard]] RuleId id_for(const StaffingRule& rule, const std::optional<std::string>& id) {
  if (id) return RuleId(std::string_view(*id));
  const StaffingRule wujin;
  const bool same = rule.base == wujin.base && rule.base_households == wujin.base_households &&
                    rule.step_households == wujin.step_households;
  return same ? wujin.id : RuleId("custom");
}

[[nodiscard]] StaffingRule make_rule(Argument<std::int64_t, "base"> base,
                                     Argument<std::int64_t, "base_households"> base_households,
                                     Argument<std::int64_t, "step_households", 1> step_households,
                                     const py::object& rounding, const py::object& applies_to,
                                     const Argument<std::optional<std::string>, "id">& id) {
  StaffingRule rule;
  rule.base = base;
  rule.base_households = base_households;
  rule.step_households = step_households;
  rule.rounding = choice<Rounding>(rounding, "rounding");
  rule.applies_to = choice<Setting>(applies_to, "applies_to");
  rule.id = id_for(rule, id.value);
  rule.validate();
  return rule;
}

[[nodiscard]] StaffingRule replaced(const StaffingRule& rule, const py::kwargs& changes) {
  py::dict fields;
  fields["base"] = rule.base;
  fields["base_households"] = rule.base_households;
  fields["step_households"] = rule.step_households;
  fields["rounding"] = rule.rounding;
  fields["applies_to"] = rule.applies_to;
  // An own id is kept; the catalogue's only as long as the numbers are the catalogue's.
  if (rule.id.view() != id_for(rule, std::nullopt).view()) fields["id"] = std::string(rule.id.view());
  for (const auto& [name, value] : changes) fields[name] = value;
  return py::type::of<StaffingRule>()(**fields).cast<StaffingRule>();
}

[[nodiscard]] std::int64_t whole_number(const py::object& value, const char* argument) {
  const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  if (!index) throw py::error_already_set();
  int overflow = 0;
  const auto number = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
  if (overflow != 0) {
    const auto shown = py::str(index).cast<std::string>();
    throw InvalidInput(std::string(argument) + "=" + shown + " must be in [0, 2147483647]",
                       std::string(argument) + "=" + shown + " 必须在 [0, 2147483647] 之间");
  }
  return number;
}

[[nodiscard]] std::vector<py::ssize_t> shape_of(const py::array& array) {
  return {array.shape(), array.shape() + array.ndim()};
}

/// `out` when it can hold the posts of `households`: throws InvalidInput saying what is wrong with it otherwise.
[[nodiscard]] py::array_t<std::int64_t> checked_out(const py::object& out, const py::array& households) {
  const auto refuse = [](const std::string& english, const std::string& chinese) {
    throw InvalidInput("out must be " + english, "out 必须" + chinese);
  };
  if (!py::isinstance<py::array_t<std::int64_t, py::array::c_style>>(out)) {
    refuse("a C-contiguous array of int64", "是 C 连续的 int64 数组");
  }
  auto array = py::reinterpret_borrow<py::array_t<std::int64_t>>(out);
  if (!array.writeable()) refuse("writeable", "可写");
  if (shape_of(array) != shape_of(households)) {
    refuse("of the shape of households", "与 households 形状相同");
  }
  const auto* const first = static_cast<const char*>(households.data());
  const auto* const target = reinterpret_cast<const char*>(array.data());
  const bool apart = target + array.nbytes() <= first || first + households.nbytes() <= target;
  const bool same = target == first && array.nbytes() == households.nbytes();
  if (!apart && !same) refuse("the memory of households or apart from it", "与 households 使用同一内存，或完全分开");
  return array;
}

[[nodiscard]] bool is_plain_int32(const py::array& array) {
  return py::isinstance<py::array_t<std::int32_t, py::array::c_style>>(array);
}

template <class T>
[[nodiscard]] std::span<const T> flat(const py::array_t<T>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

/// Calls `compute(span)` without the interpreter lock, on int32 as it is and on anything else as int64.
template <class Compute>
auto on_households(const py::object& value, Compute compute) {
  const py::array given = any_array(value, "households");
  if (is_plain_int32(given)) {
    const auto narrow = py::reinterpret_borrow<py::array_t<std::int32_t>>(given);
    return compute(narrow, flat(narrow));
  }
  const py::array_t<std::int64_t> wide = int64_array(value, "households");
  return compute(wide, flat(wide));
}

[[nodiscard]] py::object posts(const StaffingRule& rule, const py::object& households, const py::object& out) {
  if (is_whole_number(households)) {
    if (!out.is_none()) {
      throw InvalidInput("out must be None for one number of households", "对单个户数，out 必须为 None");
    }
    return py::int_(rule.posts(whole_number(households, "households")));
  }
  return on_households(households, [&](const auto& array, auto values) -> py::object {
    py::array_t<std::int64_t> result =
        out.is_none() ? py::array_t<std::int64_t>(shape_of(array)) : checked_out(out, array);
    const std::span<std::int64_t> target(result.mutable_data(), static_cast<std::size_t>(result.size()));
    {
      const py::gil_scoped_release released;
      compute_posts(rule, values, target);
    }
    return result;
  });
}

[[nodiscard]] std::int64_t sum_of_posts(const StaffingRule& rule, const py::object& households) {
  return on_households(households, [&](const auto&, auto values) {
    const py::gil_scoped_release released;
    return total_posts(rule, values);
  });
}

/// One of the inverses, on one number or on an array of any shape.
template <class Function>
[[nodiscard]] py::object each(const py::object& value, const char* argument, Function function) {
  if (is_whole_number(value)) return py::int_(function(whole_number(value, argument)));
  const py::array_t<std::int64_t> array = int64_array(value, argument);
  py::array_t<std::int64_t> result(shape_of(array));
  for (py::ssize_t i = 0; i < array.size(); ++i) result.mutable_data()[i] = function(array.data()[i]);
  return result;
}

}  // namespace

void bind_staffing(py::module_& module) {
  py::native_enum<Rounding>(module, "Rounding", "enum.Enum", "What to do with a step that is begun but not full.")
      .value("FLOOR", Rounding::floor, "Only full steps add a post: the literal reading, and the default.")
      .value("CEIL", Rounding::ceil, "Every started step adds a post.")
      .value("ROUND", Rounding::round, "Half a step or more adds a post.")
      .finalize();

  auto rule_class =
      py::class_<StaffingRule>(module, "StaffingRule",
                               R"(How many full-time community workers (专职社区工作者) a community gets.

The default is the norm of Wujin District, Changzhou, 2012 (id "staff.wujin2012"): 4 posts for up to and with
1,000 households, one more per additional 250. Its source does not say what a step that is begun counts for; so
`rounding` is a parameter, and every result names it.

Parameters
----------
base : int, default 4
    Posts of the smallest community, 0 to 1,000,000.
base_households : int, default 1000
    Households that the base covers, 0 to 2^31 - 1.
step_households : int, default 250
    Households per further post, 1 to 2^31 - 1.
rounding : {"floor", "ceil", "round"} or Rounding, default "floor"
applies_to : {"urban", "rural"} or Setting, default "urban"
    Communities the rule is for.
id : str, optional
    What results call the rule, at most 47 bytes. By default "staff.wujin2012" where the three numbers are that
    norm's, else "custom".

Raises
------
InvalidInputError
    Naming the parameter that is out of range.

Notes
-----
Apply a rule to communities and add up the posts; never apply it to the total of a town.

Examples
--------
>>> rule = StaffingRule()
>>> rule.posts(1250)
5
>>> rule.replace(rounding="ceil").posts(1001)
5
)")
          .def(py::init(&make_rule), py::kw_only(), "base"_a = 4, "base_households"_a = 1000, "step_households"_a = 250,
               "rounding"_a = "floor", "applies_to"_a = "urban", "id"_a = py::none())
          .def_readonly("base", &StaffingRule::base, "Posts of the smallest community.")
          .def_readonly("base_households", &StaffingRule::base_households, "Households that the base covers.")
          .def_readonly("step_households", &StaffingRule::step_households, "Households per further post.")
          .def_readonly("rounding", &StaffingRule::rounding, "What a step that is begun counts for.")
          .def_readonly("applies_to", &StaffingRule::applies_to, "Communities the rule is for.")
          .def_property_readonly(
              "id", [](const StaffingRule& rule) { return std::string(rule.id.view()); }, "What results call the rule.")
          .def("posts", &posts, "households"_a, py::kw_only(), "out"_a = py::none(),
               R"(Compute the posts of communities.

Parameters
----------
households : int, or array of int of any shape
    Households of each community, 0 to 2^31 - 1. int32 and int64 arrays in C order are read without a copy.
out : ndarray of int64, optional
    Where to write the posts: C-contiguous, of the shape of `households`; may be `households` itself.

Returns
-------
int, or ndarray of int64 of the shape of `households`
    Posts of each community. `out` where it was given.

Raises
------
InvalidInputError
    For a negative, missing, fractional or too large number of households, naming the entry; the content of `out`
    is then unspecified.
)")
          .def("total_posts", &sum_of_posts, "households"_a,
               R"(Return the sum of the posts of communities, without storing them.

Parameters
----------
households : array of int
    Households of each community, 0 to 2^31 - 1.
)")
          .def(
              "min_households",
              [](const StaffingRule& rule, const py::object& value) {
                return each(value, "posts", [&](std::int64_t n) { return rule.min_households(n); });
              },
              "posts"_a, "Return the fewest households that get `posts` posts (int, or int64 array); `base` or more.")
          .def(
              "max_households",
              [](const StaffingRule& rule, const py::object& value) {
                return each(value, "posts", [&](std::int64_t n) { return rule.max_households(n); });
              },
              "posts"_a,
              "Return the most households that `posts` posts serve (int, or int64 array); posts must be `base` or "
              "more.")
          .def(
              "households_to_next_post",
              [](const StaffingRule& rule, const py::object& value) {
                return each(value, "households", [&](std::int64_t n) { return rule.households_to_next_post(n); });
              },
              "households"_a, "Return how many more households bring the next post, 1 or more (int, or int64 array).")
          .def("replace", &replaced, "Return the rule with some parameters changed, named as in the constructor.")
          .def("__repr__", &staffing_rule_repr)
          .def(
              "__eq__", [](const StaffingRule& a, const StaffingRule& b) { return a == b; }, py::is_operator())
          .def("__hash__", [](const StaffingRule& rule) { return py::hash(py::str(staffing_rule_repr(rule))); })
          .def(py::pickle(
              [](const StaffingRule& rule) {
                return py::make_tuple(rule_state_version, rule.base, rule.base_households, rule.step_households,
                                      static_cast<int>(rule.rounding), static_cast<int>(rule.applies_to),
                                      std::string(rule.id.view()));
              },
              [](const py::tuple& state) {
                if (state.size() != 7 || state[0].cast<int>() != rule_state_version) {
                  throw InvalidInput("the pickled StaffingRule is of another version of shequ",
                                     "保存的 StaffingRule 来自其他版本的 shequ");
                }
                StaffingRule rule;
                rule.base = state[1].cast<std::int64_t>();
                rule.base_households = state[2].cast<std::int64_t>();
                rule.step_households = state[3].cast<std::int64_t>();
                rule.rounding = static_cast<Rounding>(state[4].cast<int>());
                rule.applies_to = static_cast<Setting>(state[5].cast<int>());
                rule.id = RuleId(state[6].cast<std::string_view>());
                rule.validate();
                return rule;
              }));
  def_norm(rule_class);

  py::class_<StaffingBalance>(module, "StaffingBalance",
                              "Posts against persons; shortage and surplus apart, since one does not make up for the "
                              "other.")
      .def_readonly("posts", &StaffingBalance::posts, "Posts required.")
      .def_readonly("workers", &StaffingBalance::workers, "Persons at work.")
      .def_readonly("shortage", &StaffingBalance::shortage, "Sum over communities of max(0, posts - workers).")
      .def_readonly("surplus", &StaffingBalance::surplus, "Sum over communities of max(0, workers - posts).")
      .def_readonly("communities", &StaffingBalance::communities, "Number of communities added up.")
      .def(
          "__eq__", [](const StaffingBalance& a, const StaffingBalance& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const StaffingBalance& balance) {
        return "StaffingBalance(posts=" + std::to_string(balance.posts) +
               ", workers=" + std::to_string(balance.workers) + ", shortage=" + std::to_string(balance.shortage) +
               ", surplus=" + std::to_string(balance.surplus) + ", communities=" + std::to_string(balance.communities) +
               ")";
      });

  module.def(
      "staffing_balance",
      [](const py::object& posts_given, const py::object& workers_given) {
        const auto posts_array = int64_array(posts_given, "posts");
        const auto workers_array = int64_array(workers_given, "workers");
        const auto posts_column = column(posts_array, "posts");
        const auto workers_column = column(workers_array, "workers", posts_column.size());
        const py::gil_scoped_release released;
        return staffing_balance(posts_column, workers_column);
      },
      "posts"_a, "workers"_a, R"(Add up posts and workers of communities.

Parameters
----------
posts, workers : array of int, shape (n_communities,)
    Posts required and persons at work in each community, none negative.

Returns
-------
StaffingBalance
    Shortage and surplus apart, in persons.
)");
}

}  // namespace shequ::python
