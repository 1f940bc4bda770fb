// SPDX-License-Identifier: BSD-3-Clause
#include "bind_hierarchy.hpp"
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/platform.hpp"
#include "shequ/rules/shortfall.hpp"

namespace shequ::python {

namespace {

using Amount = std::optional<std::int64_t>;

[[nodiscard]] py::dict shortfalls(const py::object& premises, const py::object& due, const py::object& paid,
                                  const py::object& posts, const py::object& workers) {
  std::optional<std::size_t> size;
  const auto read = [&](const py::object& value, const char* name) {
    IntColumn column(value, name, size);
    if (!value.is_none()) size = column.size();
    return column;
  };
  const IntColumn columns[5] = {read(premises, "premises_gap_dm2"), read(due, "due_fen"), read(paid, "paid_fen"),
                                read(posts, "posts"), read(workers, "workers")};
  if (!size) {
    throw InvalidInput("at least one column must be given", "至少要给出一列");
  }
  std::vector<std::int64_t> amounts[3];
  for (auto& amount : amounts) amount.resize(*size);
  std::vector<std::uint8_t> flags(*size);
  std::vector<std::uint8_t> unknown(*size);
  {
    const py::gil_scoped_release released;
    compute_shortfalls({columns[0].view(), columns[1].view(), columns[2].view(), columns[3].view(), columns[4].view()},
                       {amounts[0], amounts[1], amounts[2], flags, unknown});
  }
  const py::array_t<std::uint8_t> unknown_array = moved(std::move(unknown));
  const py::object masked = py::module_::import("numpy.ma").attr("MaskedArray");
  const py::module_ numpy = py::module_::import("numpy");
  const auto amount = [&](std::size_t i, int bit) {
    const py::object gaps = numpy.attr("bitwise_and")(unknown_array, bit).attr("astype")("bool");
    return masked(moved(std::move(amounts[i])), "mask"_a = gaps);
  };
  py::dict result;
  result["premises_dm2"] = amount(0, 1);
  result["unpaid_fen"] = amount(1, 2);
  result["staff"] = amount(2, 4);
  result["flags"] = moved(std::move(flags));
  result["unknown"] = unknown_array;
  return result;
}

}  // namespace

void bind_shortfall(py::module_& module) {
  bind_record<Shortfall>(module, "Shortfall",
                         "One community with its three shortfalls; None where a number is missing.",
                         field<"premises_dm2", &Shortfall::premises_dm2>("Gap of premises, dm2."),
                         field<"unpaid_fen", &Shortfall::unpaid_fen>("max(0, due - paid), fen."),
                         field<"staff", &Shortfall::staff>("max(0, posts - workers)."))
      .def_property_readonly("flags", &Shortfall::flags, "Sum of 1 premises, 2 funds, 4 staff where above 0.")
      .def_property_readonly("unknown", &Shortfall::unknown, "The same where it is not known.");
  module.def(
      "shortfall",
      [](Argument<Amount, "premises_gap_dm2"> premises, Argument<Amount, "due_fen"> due,
         Argument<Amount, "paid_fen"> paid, Argument<Amount, "posts"> posts, Argument<Amount, "workers"> workers) {
        return shortfall(premises.value, due.value, paid.value, posts.value, workers.value);
      },
      py::kw_only(), "premises_gap_dm2"_a = py::none(), "due_fen"_a = py::none(), "paid_fen"_a = py::none(),
      "posts"_a = py::none(), "workers"_a = py::none(), "Return the Shortfall of one community; None: not known.");
  module.def("compute_shortfalls", &shortfalls, py::kw_only(), "premises_gap_dm2"_a = py::none(),
             "due_fen"_a = py::none(), "paid_fen"_a = py::none(), "posts"_a = py::none(), "workers"_a = py::none(),
             R"(Compute the three shortfalls of a column of communities.

Parameters
----------
premises_gap_dm2, due_fen, paid_fen, posts, workers : array of int or masked array, shape (n,), optional
    A column that is not given is not known of any community.

Returns
-------
dict of str to array, shape (n,)
    premises_dm2, unpaid_fen, staff: masked arrays of int64. flags and unknown: uint8, sums of 1 premises, 2 funds, 4
    staff.
)");
  module.def(
      "link_status",
      [](const Hierarchy& hierarchy, const py::object& connected) {
        const ByteColumn column(connected, "connected");
        Column<std::uint8_t> linked = link_status(hierarchy, column.view());
        const bool masked = column.masked();
        if (linked.missing.empty()) linked.missing.assign(linked.values.size(), 0);
        OutputColumn<std::uint8_t> result(std::move(linked.values), std::move(linked.missing));
        return std::move(result).finish(masked, true);
      },
      "hierarchy"_a, "connected"_a, "Return the link status of every unit; see shequ.rules.link_status.");
}

}  // namespace shequ::python
