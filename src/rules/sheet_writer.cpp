// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_writer.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "shequ/detail/index.hpp"
#include "shequ/detail/run_tasks.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ::detail {

namespace {

/// Units that are worth a thread.
constexpr std::size_t least_range = 32 * block_size;

/// All units in up to `threads` ranges of whole blocks.
[[nodiscard]] std::vector<Block> ranges_of(std::size_t size, std::int32_t threads) {
  const std::size_t count = std::clamp<std::size_t>(size / least_range, 1, at(threads));
  const std::size_t blocks = (size + block_size - 1) / block_size;
  std::vector<Block> ranges(count);
  for (std::size_t r = 0; r < count; ++r) {
    const std::size_t begin = std::min(size, blocks * r / count * block_size);
    const std::size_t end = std::min(size, blocks * (r + 1) / count * block_size);
    ranges[r] = {begin, end - begin};
  }
  return ranges;
}

}  // namespace

SheetWriter::SheetWriter(const Hierarchy& tree, const SheetColumns& columns, const SheetRules& rules,
                         DistrictSheet& sheet)
    : tree_(tree), columns_(columns), plan_(columns, rules), sheet_(sheet), rank_of_mark_(tree.marks().size(), -1) {
  sheet_.rules_ = rules;
  sheet_.size_ = tree.size();
  make_room();
}

void SheetWriter::make_room() {
  for (const auto& family : tree_.families()) {
    if (is_above(family)) rank_of_mark_[at(family.begin_mark)] = 0;
  }
  for (std::size_t mark = 0; mark < rank_of_mark_.size(); ++mark) {
    if (rank_of_mark_[mark] < 0) continue;
    rank_of_mark_[mark] = static_cast<std::int32_t>(sheet_.above_.size());
    sheet_.above_.push_back(tree_.marks()[mark]);
  }
  sheet_.values_of_ = plan_.values_of;
  sheet_.states_of_ = plan_.states_of;
  sheet_.values_.resize(plan_.num_values * sheet_.stride());
  sheet_.states_.resize(plan_.num_states * sheet_.stride());
  for (std::size_t group = 0; group < plan_.has_own_states.size(); ++group) {
    if (plan_.has_own_states[group]) sheet_.unknown_[plan_.states_of[group]].resize(sheet_.above_.size());
  }
}

SheetMemory SheetWriter::memory() {
  SheetMemory memory{plan_, sheet_.values_.data(), sheet_.states_.data(), sheet_.stride(), {}, rank_of_mark_};
  for (std::size_t group = 0; group < memory.unknown.size(); ++group) memory.unknown[group] = &sheet_.unknown_[group];
  return memory;
}

void SheetWriter::write(std::int32_t threads) {
  const SheetMemory memory = this->memory();
  std::vector<SheetRange> ranges;
  for (const Block units : ranges_of(at(tree_.size()), threads)) ranges.emplace_back(tree_, columns_, memory, units);
  run_tasks(ranges.size(), threads, [&ranges](std::size_t r, bool /*on_calling_thread*/) { ranges[r].write(); });

  SheetFaults faults;
  for (const SheetRange& range : ranges) faults.join(range.faults());
  faults.throw_first(tree_, columns_, plan_.rules);
  for (std::size_t group = 0; group < plan_.has_own_states.size(); ++group) {
    if (plan_.has_own_states[group]) join_unknown(ranges, memory, static_cast<SheetGroup>(group));
  }
  for (std::size_t measure = 0; measure < num_measures; ++measure) {
    if (plan_.has_own_values[measure] && static_cast<Measure>(measure) != Measure::visit_weeks) {
      join_sums(ranges, measure);
    }
  }
}

void SheetWriter::join_unknown(const std::vector<SheetRange>& ranges, const SheetMemory& memory, SheetGroup group) {
  SubtreeSums<std::int32_t>::join(
      tree_, ranges, [group](const SheetRange& range) -> const auto& { return range.unknown(group); },
      [&](const Hierarchy::Family& family, std::int32_t count) {
        memory.note_unknown(group, family, tree_.subtree_ends()[at(family.unit)], count);
      });
}

void SheetWriter::join_sums(const std::vector<SheetRange>& ranges, std::size_t measure) {
  std::int64_t* const column = sheet_.values_.data() + plan_.values_of[measure] * sheet_.stride();
  SubtreeSums<std::uint64_t>::join(
      tree_, ranges, [measure](const SheetRange& range) -> const auto& { return range.sums(measure); },
      [&](const Hierarchy::Family& family, std::uint64_t sum) {
        if (is_above(family)) column[at(family.unit)] = static_cast<std::int64_t>(sum);
      });
  std::uint64_t bits = 0;
  for (const SheetRange& range : ranges) bits |= range.bits(measure);
  check_totals(measure, bits);
}

/// Where some total may not fit, by the bits of all numbers, rollup_sum looks at each and names the first that does
/// not.
void SheetWriter::check_totals(std::size_t measure, std::uint64_t bits) {
  const std::size_t size = at(tree_.size());
  if (size == 0 || bits < static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / size) return;
  std::int64_t* const column = sheet_.values_.data() + plan_.values_of[measure] * sheet_.stride();
  for (const UnitId unit : sheet_.above_) column[at(unit)] = 0;
  const auto totals = rollup_sum<std::int64_t>(tree_, ColumnView<std::int64_t>{{column, size}, {}});
  for (const UnitId unit : sheet_.above_) column[at(unit)] = totals.values[at(unit)];
}

}  // namespace shequ::detail
