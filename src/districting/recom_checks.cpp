// SPDX-License-Identifier: BSD-3-Clause
#include "recom_checks.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/districting/certify.hpp"

namespace shequ::detail {
namespace {

/// FNV-1a over whole numbers, the same on every machine.
class Checksum {
 public:
  void add(std::int64_t number) noexcept {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      value_ = (value_ ^ ((static_cast<std::uint64_t>(number) >> shift) & 0xFFU)) * 0x100000001B3ULL;
    }
  }
  template <class Range>
  void add_all(const Range& numbers) noexcept {
    add(static_cast<std::int64_t>(numbers.size()));
    for (const auto number : numbers) add(number);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_{0xCBF29CE484222325ULL};
};

}  // namespace

std::uint64_t checksum(const Problem& problem) {
  Checksum sum;
  sum.add(problem.graph->num_nodes());
  sum.add_all(problem.graph->edge_sources());
  sum.add_all(problem.graph->edge_targets());
  sum.add_all(problem.weights);
  sum.add(problem.lower);
  sum.add(problem.upper);
  for (const Balance& balance : problem.balances) {
    sum.add_all(balance.weights);
    sum.add(balance.lower);
    sum.add(balance.upper);
  }
  for (const auto& group : problem.together) sum.add_all(group);
  for (const auto& [a, b] : problem.apart) {
    sum.add(a);
    sum.add(b);
  }
  sum.add_all(problem.locked);
  sum.add_all(problem.closed);
  return sum.value();
}

std::shared_ptr<const Graph> checked_graph(const Problem& problem) {
  problem.validate();
  if (!problem.links.empty()) {
    throw_argument("links.size()", static_cast<long long>(problem.links.size()),
                   "0: recom divides parts along edges only", "为 0：recom 只沿边划分");
  }
  return problem.graph;
}

RecomOptions checked(const RecomOptions& options) {
  if (options.max_tree_tries < 1) {
    throw_argument("max_tree_tries", options.max_tree_tries, "1 or more", "大于或等于 1");
  }
  return options;
}

void check_plan(const Problem& problem, std::span<const PartId> labels, std::string_view argument) {
  const Certificate certificate = certify(problem, labels);
  PartId largest = no_part;
  for (const PartId label : labels) largest = std::max(largest, label);
  if (certificate.ok && certificate.part_count == largest + 1) return;
  std::string english = std::string(argument) + " must be a plan that keeps every rule of the problem";
  std::string chinese = std::string(argument) + " 必须是遵守问题全部规则的方案";
  constexpr std::size_t max_listed = 10;
  for (std::size_t i = 0; i < std::min(certificate.violations.size(), max_listed); ++i) {
    english += (i == 0 ? ": " : "; ") + certificate.violations[i].english;
    chinese += (i == 0 ? "：" : "；") + certificate.violations[i].chinese;
  }
  if (certificate.violations.size() > max_listed) {
    const std::string more = std::to_string(certificate.violations.size() - max_listed);
    english += "; and " + more + " more";
    chinese += "；另有 " + more + " 项";
  }
  if (certificate.ok) {
    const std::string label = std::to_string(largest);
    english += ": it has " + std::to_string(certificate.part_count) +
               " parts and must use the numbers from 0 without "
               "gaps, its largest is " +
               label;
    chinese += "：共 " + std::to_string(certificate.part_count) + " 个部分，编号必须从 0 起连续，最大编号为 " + label;
  }
  throw InvalidInput(english, chinese);
}

}  // namespace shequ::detail
