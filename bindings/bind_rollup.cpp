// SPDX-License-Identifier: BSD-3-Clause
#include <limits>
#include <optional>

#include "arguments.hpp"
#include "arrays.hpp"
#include "bind_hierarchy.hpp"
#include "shequ/detail/large_vector.hpp"
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

/// Values, and where they are missing: None where nowhere. In memory of large pages, which is not touched before it is
/// needed. `compute` writes to a target and returns whether some unit is missing.
template <class T, class Compute>
[[nodiscard]] py::tuple result_of(std::size_t count, Compute compute) {
  detail::LargeVector<T> values(count);
  detail::LargeVector<std::uint8_t> missing(count);
  const bool misses = [&] {
    const py::gil_scoped_release released;
    return compute(ColumnTarget<T>{values, missing});
  }();
  py::object where = py::none();
  if (misses) where = moved(std::move(missing)).attr("view")("bool");
  return py::make_tuple(moved(std::move(values)), where);
}

/// Calls `run` with the column in its own type.
template <class Run>
[[nodiscard]] py::tuple on_numbers(const py::object& values, const py::object& missing, Run run) {
  const py::array given = any_array(values, "column");
  const Mask mask = mask_of(missing);
  if (given.dtype().kind() == 'f') {
    const auto array = float64_array(given, "column");
    return run(view_of(array, mask));
  }
  if (py::isinstance<py::array_t<std::int32_t>>(given)) {
    const auto array = int32_array(given, "column");
    return run(view_of(array, mask));
  }
  const auto array = int64_array(given, "column");
  return run(view_of(array, mask));
}

[[nodiscard]] py::tuple sum(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  return on_numbers(values, missing, [&]<class T>(const ColumnView<T>& view) {
    return result_of<SumOf<T>>(view.values.size(),
                               [&](const auto& target) { return rollup_sum(hierarchy, view, target); });
  });
}

[[nodiscard]] py::tuple least(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  return on_numbers(values, missing, [&]<class T>(const ColumnView<T>& view) {
    return result_of<T>(view.values.size(), [&](const auto& target) { return rollup_min(hierarchy, view, target); });
  });
}

[[nodiscard]] py::tuple greatest(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  return on_numbers(values, missing, [&]<class T>(const ColumnView<T>& view) {
    return result_of<T>(view.values.size(), [&](const auto& target) { return rollup_max(hierarchy, view, target); });
  });
}

[[nodiscard]] py::tuple mean(const Hierarchy& hierarchy, const py::object& values, const py::object& missing,
                             const py::object& weights, const py::object& weights_missing) {
  if (weights.is_none()) {
    return on_numbers(values, missing, [&](const auto& view) {
      return result_of<double>(view.values.size(),
                               [&](const auto& target) { return rollup_mean(hierarchy, view, target); });
    });
  }
  const py::array_t<double> weight = float64_array(weights, "weights");
  const Mask mask = mask_of(weights_missing);
  ColumnView<double> weight_view{column(weight, "weights"), {}};
  if (mask) weight_view.missing = column(*mask, "weights_missing", weight_view.values.size());
  return on_numbers(values, missing, [&](const auto& view) {
    return result_of<double>(view.values.size(),
                             [&](const auto& target) { return rollup_mean(hierarchy, view, weight_view, target); });
  });
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
  const py::tuple pair =
      result_of<std::uint8_t>(view.values.size(), [&](const auto& target) { return compute(view, target); });
  return py::make_tuple(pair[0].attr("view")("bool"), pair[1]);
}

[[nodiscard]] py::tuple any(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  return on_truths(values, missing,
                   [&](const auto& view, const auto& target) { return rollup_any(hierarchy, view, target); });
}

[[nodiscard]] py::tuple all(const Hierarchy& hierarchy, const py::object& values, const py::object& missing) {
  return on_truths(values, missing,
                   [&](const auto& view, const auto& target) { return rollup_all(hierarchy, view, target); });
}

/// The entries of an array of totals, which are changed in place: so never those of a copy.
[[nodiscard]] std::span<std::int64_t> writeable_totals(const py::object& given) {
  const bool is_array = py::isinstance<py::array>(given);
  if (is_array && py::isinstance<py::array_t<std::int64_t, py::array::c_style>>(given)) {
    auto totals = py::reinterpret_borrow<py::array_t<std::int64_t>>(given);
    if (totals.ndim() == 1 && totals.writeable()) {
      return {totals.mutable_data(), static_cast<std::size_t>(totals.size())};
    }
  }
  const auto shown =
      (is_array ? py::str(given.attr("dtype")) : py::str(py::type::of(given).attr("__name__"))).cast<std::string>();
  throw InvalidInput("totals must be a writeable contiguous array of int64 with one dimension; given: " + shown,
                     "totals 必须是可写、连续的一维 int64 数组；给出的是 " + shown);
}

}  // namespace

void bind_rollup(py::class_<Hierarchy>& hierarchy) {
  hierarchy
      .def("rollup_sum", &sum, "column"_a, "missing"_a = py::none(), "Return sums over subtrees and where they miss.")
      .def("rollup_min", &least, "column"_a, "missing"_a = py::none(),
           "Return least values over subtrees and where they miss.")
      .def("rollup_max", &greatest, "column"_a, "missing"_a = py::none(),
           "Return greatest values over subtrees and where they miss.")
      .def("rollup_mean", &mean, "column"_a, "missing"_a = py::none(), "weights"_a = py::none(),
           "weights_missing"_a = py::none(), "Return means over subtrees and where they miss.")
      .def("rollup_count", &count, "missing"_a, "Return how many values there are in subtrees.")
      .def("rollup_any", &any, "column"_a, "missing"_a = py::none(),
           "Return whether any value of a subtree is true, and where they miss.")
      .def("rollup_all", &all, "column"_a, "missing"_a = py::none(),
           "Return whether all values of a subtree are true, and where they miss.")
      .def(
          "update_sum",
          [](const Hierarchy& h, const py::object& totals, Argument<UnitId, "unit"> unit,
             Argument<std::int64_t, "delta", std::numeric_limits<std::int64_t>::min()> delta) {
            update_sum(h, writeable_totals(totals), unit, delta);
          },
          "totals"_a, "unit"_a, "delta"_a, "Add `delta` to the totals of a unit and its ancestors.");
}

}  // namespace shequ::python
