// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/regions.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "shequ/detail/run_tasks.hpp"
#include "shequ/detail/search/tree_split.hpp"

namespace shequ::detail {
namespace {

/// The parts of a plan as nodes that weigh their number of nodes, joined where they touch.
SearchGraph graph_of_parts(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  SearchGraph result;
  result.weights.assign(at(num_parts), 0);
  result.total_weight = graph.num_nodes();
  for (const std::int32_t label : labels) ++result.weights[at(label)];
  std::vector<std::pair<std::int32_t, std::int32_t>> contacts;
  for (std::int32_t e = 0; e < graph.num_edges(); ++e) {
    const auto ends = std::minmax(labels[at(graph.edge_sources[at(e)])], labels[at(graph.edge_targets[at(e)])]);
    if (ends.first != ends.second) contacts.emplace_back(ends.first, ends.second);
  }
  // Parts that are kept empty would fall off: they hang on one that is not.
  const std::int32_t used = labels.front();
  for (std::int32_t part = 0; part < num_parts; ++part) {
    if (result.weights[at(part)] == 0) contacts.push_back(std::minmax({part, used}));
  }
  std::sort(contacts.begin(), contacts.end());
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    if (i > 0 && contacts[i] == contacts[i - 1]) {
      ++result.edge_costs.back();
      continue;
    }
    result.edge_sources.push_back(contacts[i].first);
    result.edge_targets.push_back(contacts[i].second);
    result.edge_costs.push_back(1);
  }
  result.add_arcs();
  result.set_energies(result.mean_cost());
  return result;
}

}  // namespace

std::vector<std::int32_t> draw_regions(const SearchGraph& graph, std::span<const std::int32_t> labels,
                                       std::int32_t num_parts, std::int64_t nodes_per_region, Random& random) {
  const SearchGraph parts = graph_of_parts(graph, labels, num_parts);
  const std::int64_t wanted = graph.num_nodes() / std::max<std::int64_t>(1, nodes_per_region);
  const auto num_regions = static_cast<std::int32_t>(std::clamp<std::int64_t>(wanted, 1, std::max(1, num_parts / 2)));
  TreeSplitter splitter(parts);
  const std::int64_t mean = parts.total_weight / num_regions;
  return splitter.bisect(num_regions, {mean * 3 / 4, mean * 5 / 4, 4}, random);
}

std::vector<Region> cut_out_regions(const SearchGraph& graph, std::span<const std::int32_t> labels,
                                    std::span<const std::int32_t> region_of_part) {
  std::vector<Region> regions;
  std::vector<std::int32_t> own_number(region_of_part.size());  // of each part in its region
  for (std::size_t part = 0; part < region_of_part.size(); ++part) {
    const std::size_t r = at(region_of_part[part]);
    if (r >= regions.size()) regions.resize(r + 1);
    own_number[part] = static_cast<std::int32_t>(regions[r].parts.size());
    regions[r].parts.push_back(static_cast<std::int32_t>(part));
  }
  std::vector<std::int32_t> own_node(labels.size());
  for (std::size_t v = 0; v < labels.size(); ++v) {
    Region& region = regions[at(region_of_part[at(labels[v])])];
    own_node[v] = static_cast<std::int32_t>(region.nodes.size());
    region.nodes.push_back(static_cast<std::int32_t>(v));
    region.labels.push_back(own_number[at(labels[v])]);
    region.graph.weights.push_back(graph.weights[v]);
    region.graph.total_weight += graph.weights[v];
    if (!graph.locks.empty()) region.graph.locks.push_back(graph.locks[v]);
  }
  for (Region& region : regions) {
    for (const std::vector<std::int64_t>& column : graph.balances) {
      region.graph.balances.emplace_back();
      region.graph.balances.back().reserve(region.nodes.size());
      for (const std::int32_t v : region.nodes) region.graph.balances.back().push_back(column[at(v)]);
    }
  }
  for (std::size_t e = 0; e < graph.edge_costs.size(); ++e) {
    const std::size_t a = at(graph.edge_sources[e]);
    const std::size_t b = at(graph.edge_targets[e]);
    const std::int32_t r = region_of_part[at(labels[a])];
    if (r != region_of_part[at(labels[b])]) continue;
    SearchGraph& own = regions[at(r)].graph;
    own.edge_sources.push_back(own_node[a]);
    own.edge_targets.push_back(own_node[b]);
    own.edge_costs.push_back(graph.edge_costs[e]);
    if (!graph.guides.empty()) own.guides.push_back(graph.guides[e]);
  }
  // A pair with one end outside is kept or broken whatever happens inside.
  for (const NodePair& pair : graph.pairs) {
    const std::int32_t r = region_of_part[at(labels[at(pair.a)])];
    if (r != region_of_part[at(labels[at(pair.b)])]) continue;
    regions[at(r)].graph.add_pair(own_node[at(pair.a)], own_node[at(pair.b)], pair.same);
  }
  return regions;
}

void quicken(AnnealOptions& schedule, bool is_coarsest, bool is_finest) {
  // With few steps for each node single flips bring more than chains and trees do, and once the coarsest level is done
  // little is left to melt.
  schedule.chains = false;
  schedule.tree_share = 0;
  const std::int64_t start = is_coarsest ? energy_unit * 3 / 2 : is_finest ? energy_unit / 3 : energy_unit * 2 / 3;
  schedule.start_temperature = std::min(schedule.start_temperature, start);
  schedule.end_temperature = is_coarsest ? energy_unit / 4 : energy_unit / 10;
}

RegionOptions region_options(const AnnealOptions& schedule, bool is_finest, std::int32_t threads) {
  RegionOptions options;
  options.anneal = schedule;
  options.threads = threads;
  options.descend = is_finest;
  // Single flips at a low temperature do not carry weight far: what they leave outside of the bounds is left to the
  // full set of moves.
  options.repair = schedule;
  options.repair.start_temperature = energy_unit;
  options.repair.chains = true;
  options.repair.tree_share = 64;
  options.max_repairs = 8;
  return options;
}

Score refine_by_regions(const SearchGraph& graph, const Penalties& penalties, std::int32_t num_parts,
                        std::vector<std::int32_t>& labels, const RegionOptions& options, Random& random,
                        const Poll& poll, const std::function<bool()>& stopped) {
  constexpr std::int64_t nodes_per_region = 6'000;
  const auto score_of = [&] { return Partition<NoTerms>(graph, penalties, num_parts, labels, {}).score(); };
  const Cooling cooling(options.anneal.start_temperature, options.anneal.end_temperature, options.passes);
  Score score = score_of();
  for (std::int32_t pass = 0; pass < options.passes + options.max_repairs && !stopped(); ++pass) {
    const bool is_repair = pass >= options.passes;
    if (is_repair && score.violation == 0) break;
    AnnealOptions schedule = is_repair ? options.repair : options.anneal;
    if (!is_repair) {
      schedule.start_temperature = cooling.at_step(pass);
      schedule.end_temperature = cooling.at_step(pass + 1);
      schedule.steps /= options.passes;
    }
    std::vector<Region> regions =
        cut_out_regions(graph, labels, draw_regions(graph, labels, num_parts, nodes_per_region, random));
    const std::uint64_t seed = random.bits();
    std::atomic<std::int64_t> steps_elsewhere{0};
    run_tasks(regions.size(), options.threads, [&](std::size_t r, bool on_calling_thread) {
      Region region = std::exchange(regions[r], {});  // given back as soon as it is done
      if (region.parts.size() < 2 || stopped()) return;
      const Poll own_poll = [&](std::int64_t used, const Score& /*own*/) {
        if (on_calling_thread) return poll(used + steps_elsewhere.exchange(0), score);
        steps_elsewhere += used;
        return !stopped();
      };
      AnnealOptions own_schedule = schedule;
      own_schedule.steps = std::max<std::int64_t>(
          1, schedule.steps * static_cast<std::int64_t>(region.nodes.size()) / graph.num_nodes());
      region.graph.add_arcs();
      region.graph.set_energies(graph.energy_scale);
      Annealer<NoTerms> annealer(region.graph, penalties, static_cast<std::int32_t>(region.parts.size()),
                                 std::move(region.labels), {});
      if (is_repair && annealer.best_score().violation == 0) return;
      Random own(seed, r);
      const bool finished = annealer.run(own_schedule, own, own_poll);
      if (finished && options.descend && pass + 1 >= options.passes) annealer.descend();
      // Each region writes the labels of its own nodes, and reads none of the others.
      for (std::size_t i = 0; i < region.nodes.size(); ++i) {
        labels[at(region.nodes[i])] = region.parts[at(annealer.best_labels()[i])];
      }
    });
    poll(steps_elsewhere, score);
    score = score_of();
  }
  return score;
}

}  // namespace shequ::detail
