// SPDX-License-Identifier: BSD-3-Clause
#include "scheduler.hpp"

#include <algorithm>
#include <utility>

#include "choose_parts.hpp"
#include "shequ/detail/run_tasks.hpp"
#include "shequ/detail/search/fixed_point.hpp"
#include "shequ/random.hpp"
#include "start_plan.hpp"

namespace shequ::detail {
namespace {

constexpr std::size_t first_runs = 4;          // a component and number of parts
constexpr std::size_t further_runs = 4;        // a component and round
constexpr std::size_t pool_size = 8;           // plans kept for combination
constexpr std::int32_t enough_hits = 10;       // runs that find the same best value, none from the other, settle it
constexpr std::int32_t enough_loose_hits = 2;  // where bounds are loose
constexpr std::int64_t max_extension = 4;      // times the default steps where it is not settled
constexpr int max_futile_rounds = 6;           // each with twice the steps, while a component breaks the bounds
constexpr std::int64_t steps_per_node = 250;   // default, times the tightness
constexpr std::int64_t loose_steps_per_node = 150;
constexpr std::int64_t max_tightness = 40;
constexpr std::int64_t min_steps = 20'000;
constexpr std::int64_t min_tight_steps = 2'500'000;   // at max_tightness: few heavy nodes in tight bounds are hard
constexpr std::int64_t min_tight_limit = 32'000'000;  // most steps at max_tightness, however small the graph
constexpr std::int64_t max_steps = 50'000'000;
constexpr std::int64_t max_extended_steps = 25'000'000;  // where the extension is more than the default already
constexpr std::int64_t huge_graph = 50'000;              // nodes from which there is one run only
constexpr std::int64_t steps_per_huge_node = 75;
constexpr std::uint32_t loose_tree_share = 32;  // of 1024
constexpr std::uint32_t tight_tree_share = 256;
constexpr double report_interval_s = 0.05;

bool same_division(const ComponentPlan& a, const ComponentPlan& b) {
  if (a.score != b.score) return false;
  std::vector<std::int32_t> partner(at(std::max(a.num_parts, b.num_parts)), -1);
  for (std::size_t v = 0; v < a.labels.size(); ++v) {
    std::int32_t& other = partner[at(a.labels[v])];
    if (other < 0) other = b.labels[v];
    if (other != b.labels[v]) return false;
  }
  return true;
}

}  // namespace

Scheduler::Scheduler(const Problem& problem, const std::vector<Component>& components,
                     std::vector<PartOptions> part_options, const ComponentSearcher& searcher,
                     std::span<const PartId> start, const SolveOptions& options, const Clock& clock,
                     std::optional<std::int64_t> bound)
    : problem_(problem),
      components_(components),
      part_options_(std::move(part_options)),
      searcher_(searcher),
      start_(start),
      options_(options),
      clock_(clock),
      spent_(components.size(), 0),
      hits_(components.size(), 0),
      best_scores_(components.size()),
      pools_(components.size()),
      best_(components.size()) {
  std::int64_t total_nodes = 0;
  for (const Component& component : components) total_nodes += component.graph.num_nodes();
  total_nodes = std::max<std::int64_t>(1, total_nodes);
  for (std::size_t c = 0; c < components.size(); ++c) {
    pools_[c].resize(part_options_[c].counts.size());
    const std::int64_t nodes = components[c].graph.num_nodes();
    budgets_.push_back(options.steps > 0
                           ? options.steps / total_nodes * nodes + options.steps % total_nodes * nodes / total_nodes
                           : default_steps(c));
    steps_planned_ += budgets_.back();
  }
  if (components.size() == 1) {
    enough_ = bound;
    enough_is_proven_ = bound.has_value();
    if (options.target && (!bound || *options.target > *bound)) {
      enough_ = options.target;
      enough_is_proven_ = false;
    }
  }
}

std::int64_t Scheduler::tightness(std::size_t component) const {
  // Bounds that leave little room take longer: 40 times as long at 2% of a part's weight or less.
  const std::int64_t mean = components_[component].graph.total_weight / part_options_[component].counts.front();
  const std::int64_t range = std::max<std::int64_t>(1, problem_.upper - problem_.lower);
  return std::clamp<std::int64_t>(mean / range * 4 / 5, 1, max_tightness);
}

std::int64_t Scheduler::default_steps(std::size_t component) const {
  const std::int64_t tight = tightness(component);
  const std::int64_t at_least = tight > 1 ? min_tight_steps / max_tightness * tight : min_steps;
  const std::int64_t nodes = components_[component].graph.num_nodes();
  if (nodes >= huge_graph) return nodes * steps_per_huge_node;
  if (is_loose(component)) return std::max(at_least, std::min(nodes * loose_steps_per_node, max_steps));
  const std::int64_t times = std::max(tight, searcher_.times_the_steps());
  return std::max<std::int64_t>(at_least, std::min(nodes * steps_per_node * times, max_steps));
}

bool Scheduler::is_loose(std::size_t component) const { return tightness(component) == 1 && !searcher_.has_terms(); }

bool Scheduler::is_huge(std::size_t component) const { return components_[component].graph.num_nodes() >= huge_graph; }

std::int64_t Scheduler::run_steps(std::size_t component) const {
  if (is_huge(component)) return budgets_[component];
  // Where bounds are loose one long run is better than many short ones. Elsewhere half of the budget goes to first
  // runs, but no run gets more than it can use.
  const auto options = static_cast<std::int64_t>(part_options_[component].counts.size());
  if (is_loose(component)) return std::max<std::int64_t>(1, budgets_[component] / options);
  const auto runs = static_cast<std::int64_t>(2 * first_runs) * options;
  return std::clamp<std::int64_t>(budgets_[component] / runs, 1,
                                  std::max<std::int64_t>(1, default_steps(component) / 8));
}

std::int64_t Scheduler::step_limit(std::size_t component) const {
  if (options_.steps > 0) return budgets_[component];
  const std::int64_t tight = tightness(component);
  if (tight == 1) return budgets_[component];
  const std::int64_t extended = std::min(budgets_[component] * max_extension, max_extended_steps);
  return std::max({budgets_[component], extended, min_tight_limit / max_tightness * tight});
}

bool Scheduler::is_settled(std::size_t component) const {
  if (options_.steps == 0 && is_huge(component)) return true;
  if (spent_[component] >= step_limit(component)) return true;
  if (options_.target && components_.size() == 1) return false;  // not reached, or the search would be over
  const bool is_hard = tightness(component) > 1 || searcher_.has_terms();
  return options_.steps == 0 && hits_[component] >= (is_hard ? enough_hits : enough_loose_hits);
}

bool Scheduler::good_enough(const Score& score) const {
  return score.violation == 0 && enough_ && score.objective <= *enough_;
}

void Scheduler::add_first_runs(std::size_t component) {
  const std::size_t options = part_options_[component].try_all ? part_options_[component].counts.size() : 1;
  const bool trivial = components_[component].graph.num_nodes() == 1 || part_options_[component].counts.front() == 1;
  const std::size_t runs = trivial || is_huge(component) || is_loose(component) ? 1 : first_runs;
  for (std::size_t i = 0; i < options * runs; ++i) {
    Task task{component, i % options, run_steps(component), next_stream_++, {}, {}, false, i == 0};
    task.from_start = !start_.empty() && i < options;
    tasks_.push_back(std::move(task));
  }
}

void Scheduler::add_further_runs(std::size_t component, int round) {
  const PartOptions& options = part_options_[component];
  const bool holds = best_[component].score.violation == 0;
  if (components_[component].graph.num_nodes() == 1) return;
  std::size_t option = 0;
  std::int64_t steps = run_steps(component);
  if (holds) {
    if (is_settled(component)) return;
    option = best_[component].option;
  } else {
    // Bounds still broken: longer and longer, with one number of parts after the other.
    if (!options.can_hold || (options_.steps > 0 && spent_[component] >= budgets_[component])) return;
    // What terms need beyond the usual steps does nothing for the bounds.
    const std::int64_t futile = (budgets_[component] << max_futile_rounds) / searcher_.times_the_steps();
    if (options_.steps == 0 && spent_[component] >= std::max(futile, budgets_[component])) return;
    option = static_cast<std::size_t>(round / 2) % options.counts.size();
    steps = std::min(steps << std::min(round, max_futile_rounds), default_steps(component) << max_futile_rounds);
  }
  const Pool& pool = pools_[component][option];
  const std::int64_t left = step_limit(component) - spent_[component];
  Random draw(options_.seed, ~next_stream_);
  for (std::size_t i = 0; i < further_runs; ++i) {
    Task task{component, option, steps, next_stream_++, {}, {}, false, false};
    // One run in four begins from nothing, so that the pool does not become all alike.
    if (pool.size() >= 2 && i > 0) {
      const auto size = static_cast<std::uint32_t>(pool.size());
      const std::size_t a = std::min(draw.below(size), draw.below(size));
      std::size_t b = draw.below(size - 1);
      b += b >= a ? 1 : 0;
      task.parents = {std::min(a, b), std::max(a, b)};
      for (const std::size_t parent : task.parents) task.parent_scores.push_back(pool[parent].score);
      task.steps = std::max<std::int64_t>(1, steps / 2);
    }
    if (holds)
      task.steps = std::min(task.steps, std::max<std::int64_t>(1, left / static_cast<std::int64_t>(further_runs)));
    tasks_.push_back(std::move(task));
  }
}

void Scheduler::add_round(int round) {
  tasks_.clear();
  for (std::size_t c = 0; c < components_.size(); ++c) {
    if (round == 0) {
      add_first_runs(c);
    } else {
      add_further_runs(c, round);
    }
  }
  std::stable_partition(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.required; });
  for (const Task& task : tasks_) spent_[task.component] += task.steps;
  results_.assign(tasks_.size(), {});
}

StopReason Scheduler::run() {
  for (int round = 0;; ++round) {
    add_round(round);
    if (tasks_.empty() || (round > 0 && stopped())) break;
    work_tasks();
    take_up_results();
    choose_plans();
    note_progress();
    if (components_.size() == 1 && good_enough(best_.front().score)) {
      steps_used_ = steps_now_;
      return enough_is_proven_ ? StopReason::proven : StopReason::target;
    }
  }
  steps_used_ = steps_now_;
  const StopReason reason = stop_reason_;
  return reason == StopReason::finished && options_.steps > 0 ? StopReason::step_limit : reason;
}

void Scheduler::take_up_results() {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (!results_[i].found) continue;
    Pool& pool = pools_[tasks_[i].component][tasks_[i].option];
    ComponentPlan& plan = results_[i];
    plan.option = tasks_[i].option;
    count_hit(tasks_[i], plan.score);
    if (std::any_of(pool.begin(), pool.end(), [&](const ComponentPlan& known) { return same_division(known, plan); })) {
      continue;
    }
    const auto place =
        std::upper_bound(pool.begin(), pool.end(), plan,
                         [](const ComponentPlan& a, const ComponentPlan& b) { return a.score < b.score; });
    pool.insert(place, std::move(plan));
    if (pool.size() > pool_size) pool.pop_back();
  }
}

void Scheduler::count_hit(const Task& task, const Score& score) {
  Score& best = best_scores_[task.component];
  std::int32_t& hits = hits_[task.component];
  if (hits == 0 || score < best) {
    best = score;
    hits = 1;
    return;
  }
  const bool inherited = std::any_of(task.parent_scores.begin(), task.parent_scores.end(),
                                     [&](const Score& parent) { return parent == score; });
  if (score == best && !inherited) ++hits;
}

void Scheduler::choose_plans() {
  if (problem_.parts && components_.size() > 1) {
    std::vector<std::vector<const ComponentPlan*>> found(components_.size());
    for (std::size_t c = 0; c < components_.size(); ++c) {
      for (const Pool& pool : pools_[c]) {
        if (!pool.empty()) found[c].push_back(&pool.front());
      }
    }
    choose_by_total(found, *problem_.parts, best_);
    return;
  }
  for (std::size_t c = 0; c < components_.size(); ++c) {
    for (const Pool& pool : pools_[c]) {
      if (!pool.empty() && (!best_[c].found || pool.front().score < best_[c].score)) best_[c] = pool.front();
    }
  }
}

void Scheduler::note_progress() {
  TracePoint point{clock_.elapsed_s(), steps_now_, 0, 0};
  for (const ComponentPlan& plan : best_) {
    point.violation += plan.score.violation;
    point.objective += plan.score.objective;
  }
  if (!trace_.empty() && trace_.back().violation == point.violation && trace_.back().objective == point.objective)
    return;
  trace_.push_back(point);
}

void Scheduler::work_tasks() {
  run_tasks(tasks_.size(), options_.threads, [this](std::size_t i, bool on_calling_thread) {
    if (!tasks_[i].required && stopped()) return;
    try {
      results_[i] = search(tasks_[i], on_calling_thread);
    } catch (...) {
      stop_ = true;
      throw;
    }
  });
}

bool Scheduler::stopped() {
  if (stop_) return true;
  if (options_.stop.stop_requested()) {
    stop_reason_ = StopReason::interrupted;
    stop_ = true;
  } else if (clock_.elapsed_s() >= options_.time_limit_s) {
    stop_reason_ = StopReason::time_limit;
    stop_ = true;
  }
  return stop_;
}

void Scheduler::report(std::size_t component, const Score& score) {
  const double now = clock_.elapsed_s();
  if (!options_.progress || now - last_report_s_ < report_interval_s) return;
  last_report_s_ = now;
  SolveProgress progress;
  progress.steps = steps_now_;
  const double planned = static_cast<double>(std::max<std::int64_t>(1, steps_planned_));
  const double by_steps = static_cast<double>(progress.steps) / planned;
  const double by_time = options_.time_limit_s > 0 ? now / options_.time_limit_s : 1;
  progress.fraction = std::min(1.0, std::max(by_steps, by_time));
  for (std::size_t c = 0; c < best_.size(); ++c) {
    const bool running = c == component && (!best_[c].found || score < best_[c].score);
    progress.objective += running ? score.objective : best_[c].score.objective;
    progress.violation += running ? score.violation : best_[c].score.violation;
  }
  options_.progress(progress);
}

ComponentPlan Scheduler::search(const Task& task, bool on_calling_thread) {
  const SearchGraph& graph = components_[task.component].graph;
  Random random(options_.seed, task.stream);
  const PartOptions& options = part_options_[task.component];
  Run run;
  run.num_parts = options.counts[task.option];
  run.min_parts = options.min_open;
  if (run.min_parts > 0) run.num_parts = std::max(run.num_parts, options.max_open);
  run.first_parts = options.counts[task.option];
  run.steps = task.steps;
  run.is_loose = is_loose(task.component);
  // Divisions along trees cost more than they bring where flips alone find their way.
  run.tree_share = tightness(task.component) == 1 ? loose_tree_share : tight_tree_share;
  run.by_regions = is_huge(task.component);
  run.threads = options_.threads;
  std::vector<std::vector<std::int32_t>> parents;
  if (task.from_start) {
    TreeSplitter splitter(graph);
    const DivideOptions divide{problem_.lower, problem_.upper, 8, [this] { return stopped(); }};
    parents.push_back(adopt_start(start_, components_[task.component], run.first_parts, splitter, divide, random));
    run.gentle = true;
  }
  for (const std::size_t parent : task.parents) {
    parents.push_back(pools_[task.component][task.option][parent].labels);
  }
  run.parents = parents;
  const auto poll = [&](std::int64_t steps, const Score& best) {
    steps_now_ += steps;
    if (on_calling_thread) report(task.component, best);
    return !stopped() && !good_enough(best);
  };
  return searcher_.search(task.component, run, random, poll, [this] { return stopped(); });
}

}  // namespace shequ::detail
