// SPDX-License-Identifier: BSD-3-Clause
#include "bind_objective.hpp"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "arrays.hpp"

namespace shequ::python {

namespace {

/// Reads the members of one objective out of a dict and sees to it that nothing is left over.
class Reader {
 public:
  Reader(const std::string& objective, const py::dict& values) : objective_(objective), values_(values) {}

  void operator()(objective::CutEdges& /*of*/) {}
  void operator()(objective::SharedPerimeter& of) { of.lengths = wide("lengths"); }
  void operator()(objective::PolsbyPopper& of) { of = {wide("areas"), wide("outer_perimeters"), wide("lengths")}; }
  void operator()(objective::Reock& of) { of = {wide("areas"), wide("x"), wide("y")}; }
  void operator()(objective::Inertia& of) { of = {wide("weights"), wide("x"), wide("y")}; }
  void operator()(objective::Deviation& of) {
    of.weights = wide("weights");
    if (const py::object target = value("target"); !target.is_none()) of.target = target.cast<std::int64_t>();
    if (const py::object norm = value("norm"); !norm.is_none()) {
      of.norm = norm.cast<std::string>() == "max" ? objective::Norm::max : objective::Norm::sum;
    }
  }
  void operator()(objective::PartCount& /*of*/) {}
  void operator()(objective::Staff& of) { read_staff(of); }
  void operator()(objective::StaffLoad& of) { read_staff(of); }
  void operator()(objective::RegionSplits& of) { of.region = narrow("region"); }
  void operator()(objective::Disturbance& of) { of = {narrow("previous"), wide("weights")}; }
  void operator()(objective::Travel& of) {
    of.centres = value("centres").cast<std::int32_t>();
    of.distances = wide("distances");
  }

  void check_all_read() const {
    if (read_ == values_.size()) return;
    throw InvalidInput("objective " + objective_ + " has values that it does not know",
                       "目标 " + objective_ + " 含有未知的参数");
  }

 private:
  template <class Staff>
  void read_staff(Staff& of) {
    if (const py::object rule = value("rule"); !rule.is_none()) of.rule = rule.cast<StaffingRule>();
    of.households = wide("households");
  }
  [[nodiscard]] py::object value(const char* name) {
    if (!values_.contains(name)) return py::none();
    ++read_;
    return values_[name];
  }
  template <class T>
  [[nodiscard]] std::vector<T> read(const char* name, py::array_t<T> (*convert)(const py::handle&, const char*)) {
    const py::object given = value(name);
    if (given.is_none()) return {};
    const py::array_t<T> array = convert(given, name);
    const auto values = column(array, name);
    return {values.begin(), values.end()};
  }
  [[nodiscard]] std::vector<std::int64_t> wide(const char* name) { return read(name, &int64_array); }
  [[nodiscard]] std::vector<std::int32_t> narrow(const char* name) { return read(name, &int32_array); }

  const std::string& objective_;
  const py::dict& values_;
  std::size_t read_{0};
};

template <std::size_t... Index>
[[nodiscard]] std::vector<Objective> one_of_each(std::index_sequence<Index...> /*all*/) {
  return {Objective(std::in_place_index<Index>)...};
}

}  // namespace

Objective read_objective(const std::string& name, const py::dict& values) {
  std::string allowed;
  for (Objective& objective : one_of_each(std::make_index_sequence<std::variant_size_v<Objective>>())) {
    if (to_string(objective) == name) {
      Reader reader(name, values);
      std::visit(reader, objective);
      reader.check_all_read();
      return std::move(objective);
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(to_string(objective));
  }
  throw InvalidInput("objective=" + name + " must be one of " + allowed,
                     "objective=" + name + " 必须是以下之一：" + allowed);
}

}  // namespace shequ::python
