// SPDX-License-Identifier: BSD-3-Clause
#include <mutex>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "shequ/districting/recom.hpp"

namespace shequ::python {

namespace {

/// A chain with the columns of its steps. Threads may share it: they take turns. The mutex is recursive so that a
/// progress callback may look at the chain that it is called from.
class Chain {
 public:
  Chain(const Problem& problem, std::span<const PartId> start, const RecomOptions& options)
      : chain_(problem, start, options) {}
  Chain(const Problem& problem, const RecomState& state, RecomColumns columns)
      : chain_(problem, state), columns_(std::move(columns)) {}

  /// What `read` returns of chain and columns; must touch no Python object.
  template <class Read>
  [[nodiscard]] auto locked(Read read) {
    const py::gil_scoped_release release;  // first: who holds the mutex may be waiting for the interpreter
    const std::scoped_lock lock(mutex_);
    return read(std::as_const(chain_), std::as_const(columns_));
  }

  std::int64_t advance(std::int64_t steps, const py::object& progress) {
    const py::gil_scoped_release release;
    const std::scoped_lock lock(mutex_);
    if (running_) {
      throw InvalidInput("this chain is running: a progress callback must not advance it",
                         "该链正在运行：进度回调不得推进它");
    }
    running_ = true;
    const Running guard(running_);
    return chain_.advance(steps, columns_, [&] {
      const py::gil_scoped_acquire acquire;
      // Thrown between two trees, with the chain as it was after its last whole step.
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      if (!progress.is_none()) progress();
      return false;
    });
  }

 private:
  class Running {
   public:
    explicit Running(bool& flag) : flag_(flag) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() { flag_ = false; }

   private:
    bool& flag_;
  };

  RecomChain chain_;
  RecomColumns columns_;
  bool running_{false};
  std::recursive_mutex mutex_;
};

template <class T>
[[nodiscard]] std::vector<T> copied(std::span<const T> values) {
  return {values.begin(), values.end()};
}

[[nodiscard]] std::unique_ptr<Chain> make_chain(const Problem& problem, const py::object& start, std::uint64_t seed,
                                                const py::object& variant, std::int32_t max_tree_tries) {
  const py::array_t<std::int32_t> labels = int32_array(start, "start");
  RecomOptions options;
  options.seed = seed;
  options.variant = choice<RecomVariant>(variant, "variant");
  options.max_tree_tries = max_tree_tries;
  return std::make_unique<Chain>(problem, column(labels, "start"), options);
}

template <class T>
[[nodiscard]] std::vector<T> column_of(const py::dict& columns, const char* name, std::size_t length) {
  const auto array = columns[name].cast<py::array_t<T>>();
  const auto values = column(array, name, length);
  return {values.begin(), values.end()};
}

[[nodiscard]] py::dict columns_dict(Chain& self) {
  RecomColumns columns = self.locked([](const RecomChain&, const RecomColumns& kept) { return kept; });
  py::dict result;
  result["cut_edges"] = moved(std::move(columns.cut_edges));
  result["accepted"] = moved(std::move(columns.accepted)).view("bool");
  result["first"] = moved(std::move(columns.first));
  result["second"] = moved(std::move(columns.second));
  result["first_weight"] = moved(std::move(columns.first_weight));
  result["second_weight"] = moved(std::move(columns.second_weight));
  return result;
}

[[nodiscard]] py::dict state_dict(Chain& self) {
  RecomState state = self.locked([](const RecomChain& chain, const RecomColumns&) { return chain.state(); });
  py::dict result;
  result["format"] = state.format;
  result["variant"] = std::string(to_string(state.variant));
  result["seed"] = state.seed;
  result["max_tree_tries"] = state.max_tree_tries;
  result["steps"] = state.steps;
  result["accepted"] = state.accepted;
  result["trees"] = state.trees;
  result["problem"] = state.problem;
  result["labels"] = moved(std::move(state.labels));
  return result;
}

[[nodiscard]] std::unique_ptr<Chain> resumed_chain(const Problem& problem, const py::dict& state,
                                                   const py::dict& columns) {
  RecomState kept;
  kept.format = state["format"].cast<std::int32_t>();
  kept.variant = choice<RecomVariant>(state["variant"], "variant");
  kept.seed = state["seed"].cast<std::uint64_t>();
  kept.max_tree_tries = state["max_tree_tries"].cast<std::int32_t>();
  kept.steps = state["steps"].cast<std::int64_t>();
  kept.accepted = state["accepted"].cast<std::int64_t>();
  kept.trees = state["trees"].cast<std::int64_t>();
  kept.problem = state["problem"].cast<std::uint64_t>();
  const py::array_t<std::int32_t> labels = int32_array(state["labels"], "labels");
  kept.labels = copied(column(labels, "labels"));
  const auto length = static_cast<std::size_t>(py::len(columns["cut_edges"]));
  RecomColumns recorded;
  recorded.cut_edges = column_of<std::int64_t>(columns, "cut_edges", length);
  recorded.accepted = column_of<std::uint8_t>(columns, "accepted", length);
  recorded.first = column_of<PartId>(columns, "first", length);
  recorded.second = column_of<PartId>(columns, "second", length);
  recorded.first_weight = column_of<std::int64_t>(columns, "first_weight", length);
  recorded.second_weight = column_of<std::int64_t>(columns, "second_weight", length);
  return std::make_unique<Chain>(problem, kept, std::move(recorded));
}

/// A property that returns a whole number of the chain.
template <class Get>
[[nodiscard]] auto number(Get get) {
  return [get](Chain& self) {
    return self.locked([&](const RecomChain& chain, const RecomColumns&) { return get(chain); });
  };
}

}  // namespace

void bind_recom(py::module_& module) {
  py::native_enum<RecomVariant>(module, "RecomVariant", "enum.Enum",
                                "How a step of recombination chooses two parts and the tree it divides them by.")
      .value("CUT_EDGE_MINIMUM", RecomVariant::cut_edge_minimum)
      .value("CUT_EDGE_UNIFORM", RecomVariant::cut_edge_uniform)
      .value("PAIR_MINIMUM", RecomVariant::pair_minimum)
      .value("PAIR_UNIFORM", RecomVariant::pair_uniform)
      .value("REVERSIBLE", RecomVariant::reversible)
      .finalize();

  py::class_<Chain>(module, "RecomChain", "A chain and the columns of its steps; shequ.RecomChain is its public face.")
      .def(py::init(&make_chain), "problem"_a, "start"_a, py::kw_only(), "seed"_a = 0,
           "variant"_a = RecomVariant::cut_edge_minimum, "max_tree_tries"_a = RecomOptions{}.max_tree_tries)
      .def_static("resume", &resumed_chain, "problem"_a, "state"_a, "columns"_a,
                  "Return the chain that goes on where `state` was taken.")
      .def("advance", &Chain::advance, "steps"_a, "progress"_a = py::none(),
           "Make steps; call `progress` without arguments at most every 50 ms. Return the steps made.")
      .def("state", &state_dict, "Return all that the chain needs to go on, as a dict to store.")
      .def("columns", &columns_dict, "Return a copy of the columns, one entry a step.")
      .def_property_readonly("labels",
                             [](Chain& self) {
                               return moved(self.locked([](const RecomChain& chain, const RecomColumns&) {
                                 return copied(chain.labels());
                               }));
                             })
      .def_property_readonly("part_weights",
                             [](Chain& self) {
                               return moved(self.locked([](const RecomChain& chain, const RecomColumns&) {
                                 return copied(chain.part_weights());
                               }));
                             })
      .def_property_readonly("cut_edges", number([](const RecomChain& chain) { return chain.cut_edges(); }))
      .def_property_readonly("part_count", number([](const RecomChain& chain) { return chain.part_count(); }))
      .def_property_readonly("steps", number([](const RecomChain& chain) { return chain.steps(); }))
      .def_property_readonly("accepted", number([](const RecomChain& chain) { return chain.accepted(); }))
      .def_property_readonly("trees", number([](const RecomChain& chain) { return chain.trees(); }))
      .def_property_readonly("seed", number([](const RecomChain& chain) { return chain.options().seed; }))
      .def_property_readonly("variant", number([](const RecomChain& chain) { return chain.options().variant; }))
      .def_property_readonly("max_tree_tries",
                             number([](const RecomChain& chain) { return chain.options().max_tree_tries; }));
}

}  // namespace shequ::python
