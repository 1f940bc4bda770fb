// SPDX-License-Identifier: BSD-3-Clause
#include "choose_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace shequ::detail {
namespace {

constexpr std::size_t max_exact_components = 100;

using Found = std::vector<std::vector<const ComponentPlan*>>;

std::int64_t distance(std::int64_t total, const PartsRange& asked) {
  return std::max<std::int64_t>({asked.min - total, total - asked.max, 0});
}

Score operator+(const Score& a, const Score& b) { return {a.violation + b.violation, a.objective + b.objective}; }

/// Dynamic programming over components and totals.
void choose_exactly(const Found& found, const PartsRange& asked, std::vector<const ComponentPlan*>& chosen) {
  std::map<std::int64_t, Score> reachable{{0, {}}};  // best score of each total, component by component
  std::vector<std::map<std::int64_t, const ComponentPlan*>> option(found.size());
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (found[c].empty()) continue;
    std::map<std::int64_t, Score> next;
    for (const auto& [total, score] : reachable) {
      for (const ComponentPlan* plan : found[c]) {
        const std::int64_t sum = total + plan->num_parts;
        const Score added = score + plan->score;
        const auto [entry, is_new] = next.try_emplace(sum, added);
        if (!is_new && !(added < entry->second)) continue;
        entry->second = added;
        option[c][sum] = plan;
      }
    }
    reachable = std::move(next);
  }
  const auto best = std::min_element(reachable.begin(), reachable.end(), [&](const auto& a, const auto& b) {
    return std::pair(distance(a.first, asked), a.second) < std::pair(distance(b.first, asked), b.second);
  });
  std::int64_t total = best->first;
  for (std::size_t c = found.size(); c-- > 0;) {
    if (found[c].empty()) continue;
    chosen[c] = option[c].at(total);
    total -= chosen[c]->num_parts;
  }
}

/// Changes the plans of components one by one, the cheapest change for each part first.
void choose_greedily(const Found& found, const PartsRange& asked, std::vector<const ComponentPlan*>& chosen) {
  std::int64_t total = 0;
  for (std::size_t c = 0; c < found.size(); ++c) {
    for (const ComponentPlan* plan : found[c]) {
      if (chosen[c] == nullptr || plan->score < chosen[c]->score) chosen[c] = plan;
    }
    total += chosen[c] != nullptr ? chosen[c]->num_parts : 0;
  }
  struct Change {
    Score cost;
    std::size_t component;
    const ComponentPlan* plan;
  };
  const bool more = total < asked.min;
  if (distance(total, asked) == 0) return;
  std::vector<Change> changes;
  for (std::size_t c = 0; c < found.size(); ++c) {
    for (const ComponentPlan* plan : found[c]) {
      const std::int64_t parts = plan->num_parts - chosen[c]->num_parts;
      if (more ? parts != 1 : parts != -1) continue;
      changes.push_back(
          {{plan->score.violation - chosen[c]->score.violation, plan->score.objective - chosen[c]->score.objective},
           c,
           plan});
    }
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.cost < b.cost; });
  for (const Change& change : changes) {
    if (distance(total, asked) == 0) return;
    total += change.plan->num_parts - chosen[change.component]->num_parts;
    chosen[change.component] = change.plan;
  }
}

}  // namespace

void choose_by_total(const Found& found, const PartsRange& asked, std::vector<ComponentPlan>& chosen) {
  std::vector<const ComponentPlan*> plans(found.size(), nullptr);
  (found.size() <= max_exact_components ? choose_exactly : choose_greedily)(found, asked, plans);
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (plans[c] != nullptr) chosen[c] = *plans[c];
  }
}

}  // namespace shequ::detail
