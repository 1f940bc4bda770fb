// SPDX-License-Identifier: BSD-3-Clause
#include "row_tree.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "row_index.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/detail/target_clones.hpp"

namespace shequ::detail {

namespace {

/// Rows before and after the last parent, and ancestors of it, that are searched for the next one: tables exchange
/// neighbours here and there.
constexpr std::int32_t nearby_rows = 64;

/// Parents that no guess finds are searched from the first row on, this many times: then an index is cheaper.
constexpr int most_scans = 16;

/// Codes that the path of a cycle shows at most.
constexpr std::size_t shown_path = 8;

/// Rows that are compared at a time.
constexpr std::int32_t block = 512;

// How a row differs from the one before.
constexpr std::uint8_t other_parent = 1;
constexpr std::uint8_t falls = 2;  ///< its code does not come after the other one
constexpr std::uint8_t other_level = 4;

template <class Key>
inline void compare_neighbours(const Key* code, const Key* parent, const Level* level, std::size_t count,
                               std::uint8_t* changes) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool same_parent = parent[i] == *(parent + i - 1);
    const bool ascends = *(code + i - 1) < code[i];
    const bool same_level = level[i] == *(level + i - 1);
    changes[i] = static_cast<std::uint8_t>((same_parent ? 0 : other_parent) | (ascends ? 0 : falls) |
                                           (same_level ? 0 : other_level));
  }
}

/// Compares each of the rows with the one before it, also the first one.
SHEQU_TARGET_CLONES void find_changes(const std::int64_t* code, const std::int64_t* parent, const Level* level,
                                      std::size_t count, std::uint8_t* changes) {
  compare_neighbours(code, parent, level, count, changes);
}

void find_changes(const std::string_view* code, const std::string_view* parent, const Level* level, std::size_t count,
                  std::uint8_t* changes) {
  compare_neighbours(code, parent, level, count, changes);
}

}  // namespace

template <class Key>
RowTree<Key>::RowTree(std::span<const Key> code, std::span<const Key> parent, std::span<const Level> level)
    : code_(code), parent_(parent), level_(level), level_from_code_(level.empty()), runs_(code.size()) {
  if (!level_from_code_) return;
  code_level_.reserve(code.size());
  for (const Key& key : code) {
    const auto parsed = parse_code(key);
    malformed_ |= !parsed.code;
    code_level_.push_back(parsed.code ? parsed.code->level() : Level::country);
  }
  level_ = code_level_;
}

/// Index of the family of a row's parent, found among the earlier rows; -1 where it is not found.
template <class Key>
std::int32_t RowTree<Key>::family_among_earlier(std::int32_t row, int& scans) {
  const Key& wanted = parent_[at(row)];
  const auto is_wanted = [&](std::int32_t candidate) { return code_[at(candidate)] == wanted; };
  const auto previous = row - 1;
  const auto& runs = runs_.runs();
  const auto last_run = static_cast<std::int32_t>(runs.size()) - 1;
  if (last_run < 0) return is_wanted(0) ? runs_.family_of(0, -1) : -1;
  std::int32_t family = runs.back().family;
  const std::int32_t guess = runs_.families()[at(family)].row;
  // A table lists the children of one unit one after the other, then those of the next unit, or a unit and then its
  // children; where it returns to an upper level, the parent is an ancestor of the last one.
  if (guess < previous && is_wanted(guess + 1)) {
    const std::int32_t run = runs_.families()[at(family)].run;
    return runs_.family_of(guess + 1, run >= 0 && guess + 1 < runs[at(run)].end ? run : run + 1);
  }
  if (is_wanted(previous)) return runs_.family_of(previous, last_run);
  for (std::int32_t step = 0; step < nearby_rows; ++step) {
    const RowFamily& upper = runs_.families()[at(family)];
    if (is_wanted(upper.row)) return family;
    if (upper.run < 0) break;
    family = runs[at(upper.run)].family;
  }
  std::int32_t found = -1;
  for (std::int32_t step = 1; step <= nearby_rows && found < 0; ++step) {
    if (guess + step < row && is_wanted(guess + step)) found = guess + step;
    if (guess - step >= 0 && is_wanted(guess - step)) found = guess - step;
  }
  if (found < 0 && ++scans <= most_scans) {
    const auto earlier = code_.first(at(row));
    const auto match = std::ranges::find(earlier, wanted);
    if (match != earlier.end()) found = static_cast<std::int32_t>(match - earlier.begin());
  }
  return found < 0 ? -1 : runs_.family_of(found, runs_.run_of(found));
}

/// Notes children of their parent's own level; false where one is of a higher level.
template <class Key>
bool RowTree<Key>::check_levels(std::int32_t begin, std::int32_t end, std::int32_t parent) {
  for (std::int32_t row = begin; row < end; ++row) {
    if (level_of(row) < level_of(parent)) return false;
    if (level_of(row) == level_of(parent)) same_level_rows_.push_back({row, parent});
  }
  return true;
}

template <class Key>
bool RowTree<Key>::resolve_in_order() {
  if (malformed_ || is_absent(code_[0]) || !code_text(parent_[0]).empty()) return false;
  const auto count = static_cast<std::int32_t>(code_.size());
  int scans = 0;
  std::int32_t family = -1;
  std::int32_t parent = 0;  // row
  std::int32_t first = 1;   // row of the run, or of its last change of level
  const auto ends_well = [&](std::int32_t end) {
    // All rows since `first` are of one level.
    return first == end || level_of(first) > level_of(parent) || check_levels(first, end, parent);
  };
  std::array<std::uint8_t, block> changes;
  std::array<std::int32_t, block> changed;
  for (std::int32_t begin = 1; begin < count; begin += block) {
    const std::int32_t length = std::min(block, count - begin);
    find_changes(code_.data() + begin, parent_.data() + begin, level_.data() + begin, at(length), changes.data());
    if (begin == 1) changes[0] |= other_parent;
    std::size_t num_changed = 0;
    for (std::int32_t i = 0; i < length; ++i) {  // without a branch, which could not be foreseen
      changed[num_changed] = i;
      num_changed += changes[at(i)] != 0 ? std::size_t{1} : 0;
    }
    for (std::size_t i = 0; i < num_changed; ++i) {
      const std::int32_t row = begin + changed[i];
      const std::uint8_t change = changes[at(changed[i])];
      // Codes above the one before need no look: that one is there. An absent parent equals no code, since absent codes
      // are refused before they can be a parent.
      if (is_absent(code_[at(row)])) return false;
      if ((change & (other_parent | other_level)) != 0) {
        if (!ends_well(row)) return false;
        first = row;
      }
      if ((change & other_parent) != 0) {
        family = family_among_earlier(row, scans);
        if (family < 0) return false;
        RowFamily& upper = runs_.families()[at(family)];
        parent = upper.row;
        if (upper.last_run >= 0) {
          const Key& last_code = code_[at(runs_.runs()[at(upper.last_run)].end) - 1];
          upper.ordered = upper.ordered && last_code < code_[at(row)];
        }
        runs_.begin_run(row, family);
      } else if ((change & falls) != 0) {
        runs_.families()[at(family)].ordered = false;
      }
    }
  }
  runs_.end_run(count);
  return ends_well(count);
}

template <class Key>
void RowTree<Key>::find_same_level() {
  same_level_rows_.clear();
  for (std::size_t row = 0; row < code_.size(); ++row) {
    const std::int32_t upper = parent_row_[row];
    if (upper >= 0 && level_of(upper) == level_[row])
      same_level_rows_.push_back({static_cast<std::int32_t>(row), upper});
  }
}

template <class Key>
RowProblem RowTree<Key>::problem(RowFault fault, std::size_t row, std::int64_t other_row) const {
  RowProblem result;
  result.fault = fault;
  result.row = static_cast<std::int64_t>(row);
  result.other_row = other_row;
  result.code = code_text(code_[row]);
  return result;
}

template <class Key>
void RowTree<Key>::find_code_faults(std::vector<RowProblem>& problems) const {
  for (std::size_t row = 0; row < code_.size(); ++row) {
    if (code_text(code_[row]).empty()) {
      problems.push_back(problem(RowFault::missing_code, row));
    } else if (is_absent(code_[row]) || (level_from_code_ && !parse_code(code_[row]).code)) {
      problems.push_back(problem(RowFault::malformed_code, row));
    }
  }
}

template <class Key>
void RowTree<Key>::find_parents(std::vector<RowProblem>& problems) {
  RowIndex<Key> index(code_);
  std::vector<std::int32_t> twin(code_.size(), -1);  // an earlier row of the same code
  for (std::size_t row = 0; row < code_.size(); ++row) {
    if (!is_absent(code_[row])) twin[row] = index.insert(static_cast<std::int32_t>(row));
  }
  std::int32_t root = -1;
  parent_row_.resize(code_.size());
  for (std::size_t row = 0; row < code_.size(); ++row) {
    parent_row_[row] = -1;
    if (is_absent(code_[row])) continue;
    if (twin[row] >= 0) {
      const bool same = parent_[static_cast<std::size_t>(twin[row])] == parent_[row];
      problems.push_back(problem(same ? RowFault::duplicate_code : RowFault::two_parents, row, twin[row]));
      if (!same) problems.back().detail = code_text(parent_[row]);
    } else if (code_text(parent_[row]).empty()) {
      if (root >= 0) {
        problems.push_back(problem(RowFault::several_roots, row, root));
      } else {
        root = static_cast<std::int32_t>(row);
      }
    } else {
      parent_row_[row] = is_absent(parent_[row]) ? -1 : index.find(parent_[row]);
      if (parent_row_[row] >= 0) continue;
      problems.push_back(problem(RowFault::orphan, row));
      problems.back().detail = code_text(parent_[row]);
    }
  }
}

template <class Key>
void RowTree<Key>::find_cycles(std::vector<RowProblem>& problems) const {
  std::vector<std::int32_t> walk(code_.size(), -1);  // the walk that came by first
  const auto next = [this](std::int32_t row) { return parent_row_[static_cast<std::size_t>(row)]; };
  for (std::int32_t start = 0; start < static_cast<std::int32_t>(code_.size()); ++start) {
    std::int32_t row = start;
    while (row >= 0 && walk[static_cast<std::size_t>(row)] < 0) {
      walk[static_cast<std::size_t>(row)] = start;
      row = next(row);
    }
    if (row < 0 || walk[static_cast<std::size_t>(row)] != start) continue;
    const std::int32_t entry = row;
    do {
      std::string path = code_text(code_[static_cast<std::size_t>(row)]);
      std::int32_t step = row;
      for (std::size_t shown = 1;; ++shown) {
        step = next(step);
        if (shown == shown_path && step != row) {
          path += " > ...";
          break;
        }
        path += " > " + code_text(code_[static_cast<std::size_t>(step)]);
        if (step == row) break;
      }
      problems.push_back(problem(RowFault::cycle, static_cast<std::size_t>(row), next(row)));
      problems.back().detail = std::move(path);
      row = next(row);
    } while (row != entry);
  }
}

template <class Key>
void RowTree<Key>::find_level_faults(std::vector<RowProblem>& problems) {
  const auto is_known = [this](std::size_t row) {
    return !level_from_code_ || parse_code(code_[row]).code.has_value();
  };
  for (std::size_t row = 0; row < code_.size(); ++row) {
    const std::int32_t upper = parent_row_[row];
    if (upper < 0 || level_[row] >= level_of(upper)) continue;
    if (!is_known(row) || !is_known(static_cast<std::size_t>(upper))) continue;
    problems.push_back(problem(RowFault::level_order, row, upper));
    problems.back().level = level_[row];
    problems.back().parent_level = level_of(upper);
  }
}

template <class Key>
void RowTree<Key>::resolve() {
  std::vector<RowProblem> problems;
  find_code_faults(problems);
  find_parents(problems);
  find_cycles(problems);
  find_level_faults(problems);
  if (!problems.empty()) {
    std::ranges::stable_sort(problems, {}, &RowProblem::row);
    throw HierarchyError(std::move(problems));
  }
  find_same_level();
}

template <class Key>
void RowTree<Key>::lift_same_level() {
  if (parent_row_.empty()) {
    parent_row_.resize(code_.size());
    runs_.write_parents(parent_row_);
  }
  const auto root = std::ranges::find(parent_row_, -1) - parent_row_.begin();
  std::vector<std::int32_t> chain;
  for (const SameLevelRow& same : same_level_rows_) {
    // Levels never rise on the way down, so that units of the root's level have no ancestor of a higher one, and all
    // other units have.
    const Level level = level_of(same.row);
    if (level == level_[static_cast<std::size_t>(root)]) continue;
    // The whole chain is lifted at once: no row is walked over twice.
    chain.clear();
    std::int32_t upper = same.row;
    for (; level_of(upper) == level; upper = parent_row_[at(upper)]) chain.push_back(upper);
    for (const std::int32_t row : chain) parent_row_[at(row)] = upper;
  }
}

template <class Key>
std::vector<std::int32_t> RowTree<Key>::breadth_first() const {
  const std::size_t count = code_.size();
  std::vector<std::size_t> first(count + 2, 0);  // the children of row r end up in [first[r], first[r + 1])
  for (const std::int32_t upper : parent_row_) {
    if (upper >= 0) ++first[static_cast<std::size_t>(upper) + 2];
  }
  for (std::size_t row = 0; row < count; ++row) first[row + 2] += first[row + 1];
  std::vector<std::int32_t> child(count);
  std::vector<std::int32_t> order;
  order.reserve(count);
  for (std::size_t row = 0; row < count; ++row) {
    const std::int32_t upper = parent_row_[row];
    if (upper >= 0) {
      child[first[static_cast<std::size_t>(upper) + 1]++] = static_cast<std::int32_t>(row);
    } else {
      order.push_back(static_cast<std::int32_t>(row));
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto row = static_cast<std::size_t>(order[i]);
    order.insert(order.end(), child.data() + first[row], child.data() + first[row + 1]);
  }
  return order;
}

template <class Key>
RunTree RowTree<Key>::runs_of(std::span<const std::int32_t> order, std::span<const Key> ordered_code) const {
  std::vector<std::int32_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[at(order[i])] = static_cast<std::int32_t>(i);
  RunTree tree(order.size());
  std::int32_t family = -1;
  std::int32_t run = -1;  // in which the parent stands; breadth first it only goes forward
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::int32_t parent = parent_row_[at(order[i])];
    const auto row = static_cast<std::int32_t>(i);
    if (i == 1 || parent != parent_row_[at(order[i - 1])]) {
      const std::int32_t upper = place[at(parent)];
      while (upper > 0 && (run < 0 || tree.runs()[at(run)].end <= upper)) ++run;
      family = tree.family_of(upper, run);
      tree.begin_run(row, family);
    } else if (!(ordered_code[i - 1] < ordered_code[i])) {
      tree.families()[at(family)].ordered = false;
    }
  }
  tree.end_run(static_cast<std::int32_t>(order.size()));
  return tree;
}

template class RowTree<std::int64_t>;
template class RowTree<std::string_view>;

}  // namespace shequ::detail
