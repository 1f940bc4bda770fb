// SPDX-License-Identifier: BSD-3-Clause
#include <memory>

#include "arguments.hpp"
#include "arrays.hpp"
#include "shequ/graph/contiguity.hpp"
#include "shequ/graph/graph.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled graph; raised when the fields change.
constexpr int graph_state_version = 1;

using Ids = std::optional<std::vector<std::string>>;

[[nodiscard]] Graph make_graph(NodeId num_nodes, const py::object& sources, const py::object& targets, const Ids& ids) {
  const auto source_array = int32_array(sources, "sources");
  const auto target_array = int32_array(targets, "targets");
  const auto source_column = column(source_array, "sources");
  const auto target_column = column(target_array, "targets", source_column.size());
  const py::gil_scoped_release release;
  Graph graph = Graph::from_edges(num_nodes, source_column, target_column);
  if (!ids) return graph;
  TextColumn texts;
  for (const std::string& id : *ids) texts.push_back(id);
  return std::move(graph).with_ids(std::move(texts));
}

[[nodiscard]] py::tuple graph_state(const py::object& self) {
  const auto& graph = self.cast<const Graph&>();
  Ids ids;
  if (!graph.ids().empty()) {
    ids.emplace();
    for (std::size_t v = 0; v < graph.ids().size(); ++v) ids->emplace_back(graph.ids()[v]);
  }
  return py::make_tuple(graph_state_version, graph.num_nodes(), view(graph.edge_sources(), self),
                        view(graph.edge_targets(), self), ids);
}

[[nodiscard]] Graph graph_from_state(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != graph_state_version) {
    throw InvalidInput("this graph was pickled by another version of shequ", "该图由其他版本的 shequ 保存");
  }
  return make_graph(state[1].cast<NodeId>(), state[2], state[3], state[4].cast<Ids>());
}

[[nodiscard]] NodeId checked_node(const Graph& graph, NodeId node) {
  if (node < 0 || node >= graph.num_nodes()) {
    const std::string range = "[0, " + std::to_string(graph.num_nodes()) + ")";
    throw InvalidInput("node=" + std::to_string(node) + " must be in " + range,
                       "node=" + std::to_string(node) + " 必须在 " + range + " 之间");
  }
  return node;
}

template <class Compute>
auto without_gil(Compute compute) {
  const py::gil_scoped_release release;
  return compute();
}

}  // namespace

void bind_graph(py::module_& module) {
  py::class_<Graph, std::shared_ptr<Graph>>(module, "Graph", R"(Immutable undirected graph in compressed sparse rows.

`shequ.Graph` holds one, together with the user's ids and the columns of attributes.

Parameters
----------
num_nodes : int
    0 or more.
sources, targets : array_like of int, shape (n_edges,)
    The two ends of each edge, 0 to num_nodes - 1.
ids : sequence of str, optional
    What messages call the nodes; their positions where None.

Raises
------
InvalidInputError
    Listing the edges that name an unknown node, join a node with itself or repeat another.
)")
      .def(py::init([](Argument<NodeId, "num_nodes"> num_nodes, const py::object& sources, const py::object& targets,
                       const Ids& ids) { return make_graph(num_nodes, sources, targets, ids); }),
           "num_nodes"_a, "sources"_a, "targets"_a, "ids"_a = py::none())
      .def_property_readonly("num_nodes", &Graph::num_nodes)
      .def_property_readonly("num_edges", &Graph::num_edges)
      .def_property_readonly(
          "sources", [](const py::object& self) { return view(self.cast<const Graph&>().edge_sources(), self); },
          "First end of each edge: int32, shape (n_edges,), a view.")
      .def_property_readonly(
          "targets", [](const py::object& self) { return view(self.cast<const Graph&>().edge_targets(), self); },
          "Second end of each edge: int32, shape (n_edges,), a view.")
      .def_property_readonly(
          "offsets", [](const py::object& self) { return view(self.cast<const Graph&>().offsets(), self); },
          "Where the neighbours of each node begin: int32, shape (n_nodes + 1,), a view.")
      .def_property_readonly(
          "adjacency", [](const py::object& self) { return view(self.cast<const Graph&>().targets(), self); },
          "Neighbours of all nodes, one row after the other: int32, shape (2 * n_edges,), a view.")
      .def(
          "neighbours",
          [](const py::object& self, Argument<NodeId, "node"> node) {
            const auto& graph = self.cast<const Graph&>();
            return view(graph.neighbours(checked_node(graph, node)), self);
          },
          "node"_a, "Return the neighbours of a node, ascending: int32, a view.")
      .def(
          "id", [](const Graph& graph, Argument<NodeId, "node"> node) { return graph.id(checked_node(graph, node)); },
          "node"_a, "Return what messages call a node.")
      .def(
          "components",
          [](const Graph& graph) {
            Components components = without_gil([&] { return connected_components(graph); });
            return moved(std::move(components.label));
          },
          "Return the component of each node, numbered by their lowest nodes: int32, shape (n_nodes,).")
      .def(
          "articulation_points",
          [](const Graph& graph) { return moved(without_gil([&] { return articulation_points(graph); })); },
          "Return the nodes without which their component falls apart, ascending: int32.")
      .def(
          "bridges", [](const Graph& graph) { return moved(without_gil([&] { return bridges(graph); })); },
          "Return the edges without which their component falls apart, ascending: int32.")
      .def(
          "pieces_per_part",
          [](const Graph& graph, const py::object& labels) {
            const auto array = int32_array(labels, "labels");
            const auto values = column(array, "labels", static_cast<std::size_t>(graph.num_nodes()));
            PartId count = 0;
            for (const PartId label : values) count = std::max(count, label + 1);
            return moved(without_gil([&] { return pieces_per_part(graph, values, count); }));
          },
          "labels"_a, R"(Return how many connected pieces each part of a plan has, 1 where it is contiguous.

Parameters
----------
labels : array_like of int, shape (n_nodes,)
    Part of each node; -1 for none.
)")
      .def(
          "__eq__", [](const Graph& a, const Graph& b) { return a == b; }, py::is_operator())
      .def("__repr__",
           [](const Graph& graph) {
             return "Graph(num_nodes=" + std::to_string(graph.num_nodes()) +
                    ", num_edges=" + std::to_string(graph.num_edges()) + ")";
           })
      .def(py::pickle(&graph_state, &graph_from_state));
}

}  // namespace shequ::python
