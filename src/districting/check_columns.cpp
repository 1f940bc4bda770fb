// SPDX-License-Identifier: BSD-3-Clause
#include "check_columns.hpp"

#include "shequ/detail/argument.hpp"

namespace shequ::detail {
namespace {

template <class Number>
void check_each(const std::string& name, std::span<const Number> values, std::int64_t least, std::int64_t most,
                const Graph* graph) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] >= least && values[i] <= most) continue;
    const std::string position = graph != nullptr ? graph->id(static_cast<NodeId>(i)) : std::to_string(i);
    check_range(name + "[" + position + "]", values[i], least, most);
  }
}

}  // namespace

void check_range(const std::string& name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return;
  const std::string range = "[" + std::to_string(least) + ", " + std::to_string(most) + "]";
  throw_argument(name, value, "in " + range, "在 " + range + " 之间");
}

void check_entries(const std::string& name, std::span<const std::int64_t> values, std::int64_t least, std::int64_t most,
                   const Graph* graph) {
  check_each(name, values, least, most, graph);
}

void check_entries(const std::string& name, std::span<const std::int32_t> values, std::int64_t least, std::int64_t most,
                   const Graph* graph) {
  check_each(name, values, least, most, graph);
}

std::int64_t check_column(const std::string& name, std::span<const std::int64_t> values, const Graph* graph) {
  check_entries(name, values, 0, max_entry, graph);
  std::int64_t total = 0;
  for (const std::int64_t value : values) {
    total += value;
    if (total > max_total) throw_total("sum(" + name + ")");
  }
  return total;
}

void throw_total(const std::string& name) {
  const std::string most = std::to_string(max_total);
  throw_argument(name, "more than " + most, "at most " + most, "不超过 " + most);
}

std::string entry_name(std::string_view name, std::size_t position) {
  return std::string(name) + "[" + std::to_string(position) + "]";
}

}  // namespace shequ::detail
