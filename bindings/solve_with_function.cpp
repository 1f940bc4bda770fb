// SPDX-License-Identifier: BSD-3-Clause
#include "solve_with_function.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "shequ/districting/term.hpp"

namespace shequ::python {
namespace {

/// A term that calls a Python function with the labels that a plan would have. The search copies and destroys it on
/// threads that do not hold the GIL.
class FunctionTerm {
 public:
  explicit FunctionTerm(const py::object& function)
      : function_(new py::object(function), [](const py::object* held) {
          const py::gil_scoped_acquire acquire;
          delete held;
        }) {}

  void reset(const Problem& /*problem*/, std::span<const PartId> labels, PartId /*num_parts*/) {
    labels_.assign(labels.begin(), labels.end());
    value_ = call(labels_);
    judged_node_ = no_node;
  }
  [[nodiscard]] std::int64_t value() const { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const PartId> /*labels*/, NodeId node, PartId part) const {
    if (node == judged_node_ && part == judged_part_) return judged_value_ - value_;
    std::vector<PartId> labels = labels_;
    labels[detail::at(node)] = part;
    judged_value_ = call(std::move(labels));
    judged_node_ = node;
    judged_part_ = part;
    return judged_value_ - value_;
  }
  void move(std::span<const PartId> labels, NodeId node, PartId part) {
    value_ += change(labels, node, part);
    labels_[detail::at(node)] = part;
    judged_node_ = no_node;
  }

 private:
  [[nodiscard]] std::int64_t call(std::vector<PartId> labels) const {
    const py::gil_scoped_acquire acquire;
    const py::object answer = (*function_)(moved(std::move(labels)));
    const auto refuse_answer = [&] {
      const auto text = py::repr(answer).cast<std::string>();
      throw InvalidInput("the term returned " + text + " and must return a whole number of 0 or more",
                         "term 返回 " + text + "，必须返回大于或等于 0 的整数");
    };
    if (PyIndex_Check(answer.ptr()) == 0) refuse_answer();
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(answer.ptr()));
    int overflow = 0;
    const std::int64_t value = PyLong_AsLongLongAndOverflow(whole.ptr(), &overflow);
    if (overflow != 0 || value < 0) refuse_answer();
    return value;
  }

  std::shared_ptr<const py::object> function_;
  std::vector<PartId> labels_;
  std::int64_t value_{0};
  mutable NodeId judged_node_{no_node};  // the last move that change() was asked of, for the move() that follows
  mutable PartId judged_part_{no_part};
  mutable std::int64_t judged_value_{0};
};

}  // namespace

Plan solve_with_function(const Problem& problem, const py::object& function, const SolveOptions& options) {
  const FunctionTerm term = [&] {
    const py::gil_scoped_acquire acquire;
    return FunctionTerm(function);
  }();
  return solve(problem, term, options);
}

}  // namespace shequ::python
