// SPDX-License-Identifier: BSD-3-Clause
#include <optional>

#include "arrays.hpp"
#include "bind_hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ::python {

namespace {

using Mask = std::optional<py::array_t<std::uint8_t>>;

[[nodiscard]] Mask mask_of(const py::object& missing) {
  if (missing.is_none()) return std::nullopt;
  return mask_array(missing, "missing");
}

template <class T>
[[nodiscard]] ColumnView<T> view_of(const py::array_t<T>& values, const Mask& mask) {
  ColumnView<T> result{column(values, "column"), {}};
  if (mask) result.missing = column(*mask, "missing", result.values.size());
  return result;
}

/// Values, and where they are missing: None where nowhere.
template <class T>
[[nodiscard]] py::tuple result_of(Column<T>&& column) {
  py::object missing = py::none();
  if (!column.missing.empty()) missing = moved(std::move(column.missing)).attr("view")("bool");
  return py::make_tuple(moved(std::move(column.values)), missing);
}

/// Calls `compute` with the column in its own type, without the interpreter lock.
template <class Compute>
[[nodiscard]] py::tuple on_numbers(const py::object& values, const py::object& missing, Compute compute) {
  const py::array given = any_array(values, "column");
  const Mask mask = mask_of(missing);
  const auto run = [&](const auto& array) {
    const auto view = view_of(array, mask);
    auto result = [&] {
      const py::gil_scoped_release released;
      return compute(view);
    }();
    return result_of(std::move(result));
  };
  if (given.dtype().kind() == 'f') return run(float64_array(given, "column"));
  if (py::isinstance<py::array_t<std::int32_t>>(given)) return run(int32_array(given, "column"));
  return run(int64_array(given, "column"));
}

/// Sums straight into an array of numpy: of a large column its memory is cheaper than that of a vector.
[[nodiscard]] py::tuple sum(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  const py::array given = any_array(values, "column");
  const char kind = given.dtype().kind();
  if (!missing.is_none() || (kind != 'i' && kind != 'u')) {
    return on_numbers(given, missing, [&](const auto& view) { return rollup_sum(hierarchy, view); });
  }
  const auto run = [&](const auto& array) {
    const auto numbers = column(array, "column", static_cast<std::size_t>(hierarchy.size()));
    py::array_t<std::int64_t> totals(static_cast<py::ssize_t>(numbers.size()));
    const std::span<std::int64_t> target(totals.mutable_data(), numbers.size());
    {
      const py::gil_scoped_release released;
      rollup_sum(hierarchy, numbers, target);
    }
    return py::make_tuple(totals, py::none());
  };
  if (py::isinstance<py::array_t<std::int32_t>>(given)) return run(int32_array(given, "column"));
  return run(int64_array(given, "column"));
}

[[nodiscard]] py::tuple mean(const Hierarchy& hierarchy, const py::object& values, const py::object& missing,
                             const py::object& weights, const py::object& weights_missing) {
  if (weights.is_none()) {
    return on_numbers(values, missing, [&](const auto& view) { return rollup_mean(hierarchy, view); });
  }
  const py::array_t<double> weight = float64_array(weights, "weights");
  const Mask mask = mask_of(weights_missing);
  ColumnView<double> weight_view{column(weight, "weights"), {}};
  if (mask) weight_view.missing = column(*mask, "weights_missing", weight_view.values.size());
  return on_numbers(values, missing, [&](const auto& view) { return rollup_mean(hierarchy, view, weight_view); });
}

[[nodiscard]] py::array count(const Hierarchy& hierarchy, const py::object& missing) {
  const py::array_t<std::uint8_t> mask = mask_array(missing, "missing");
  const ColumnView<std::uint8_t> view{column(mask, "missing"), column(mask, "missing")};
  auto result = [&] {
    const py::gil_scoped_release released;
    return rollup_count(hierarchy, view);
  }();
  return moved(std::move(result));
}

template <class Compute>
[[nodiscard]] py::tuple on_truths(const py::object& values, const py::object& missing, Compute compute) {
  const py::array_t<std::uint8_t> truths = mask_array(values, "column");
  const Mask mask = mask_of(missing);
  const auto view = view_of(truths, mask);
  auto result = [&] {
    const py::gil_scoped_release released;
    return compute(view);
  }();
  py::tuple pair = result_of(std::move(result));
  return py::make_tuple(pair[0].attr("view")("bool"), pair[1]);
}

}  // namespace

void bind_rollup(py::class_<Hierarchy>& hierarchy) {
  hierarchy
      .def("rollup_sum", &sum, "column"_a, "missing"_a = py::none(), "Return sums over subtrees and where they miss.")
      .def(
          "rollup_min",
          [](const Hierarchy& h, const py::object& values, const py::object& missing) {
            return on_numbers(values, missing, [&](const auto& view) { return rollup_min(h, view); });
          },
          "column"_a, "missing"_a = py::none(), "Return least values over subtrees and where they miss.")
      .def(
          "rollup_max",
          [](const Hierarchy& h, const py::object& values, const py::object& missing) {
            return on_numbers(values, missing, [&](const auto& view) { return rollup_max(h, view); });
          },
          "column"_a, "missing"_a = py::none(), "Return greatest values over subtrees and where they miss.")
      .def("rollup_mean", &mean, "column"_a, "missing"_a = py::none(), "weights"_a = py::none(),
           "weights_missing"_a = py::none(), "Return means over subtrees and where they miss.")
      .def("rollup_count", &count, "missing"_a, "Return how many values there are in subtrees.")
      .def(
          "rollup_any",
          [](const Hierarchy& h, const py::object& values, const py::object& missing) {
            return on_truths(values, missing, [&](const auto& view) { return rollup_any(h, view); });
          },
          "column"_a, "missing"_a = py::none(), "Return whether any value of a subtree is true, and where they miss.")
      .def(
          "rollup_all",
          [](const Hierarchy& h, const py::object& values, const py::object& missing) {
            return on_truths(values, missing, [&](const auto& view) { return rollup_all(h, view); });
          },
          "column"_a, "missing"_a = py::none(), "Return whether all values of a subtree are true, and where they miss.")
      .def(
          "update_sum",
          [](const Hierarchy& h, py::array_t<std::int64_t> totals, UnitId unit, std::int64_t delta) {
            if (totals.ndim() != 1 || !totals.writeable() || totals.strides(0) != sizeof(std::int64_t)) {
              throw InvalidInput("totals must be a writeable contiguous array of int64 with one dimension",
                                 "totals 必须是可写、连续的一维 int64 数组");
            }
            update_sum(h, std::span(totals.mutable_data(), static_cast<std::size_t>(totals.size())), unit, delta);
          },
          py::arg("totals").noconvert(), "unit"_a, "delta"_a, "Add `delta` to the totals of a unit and its ancestors.");
}

}  // namespace shequ::python
