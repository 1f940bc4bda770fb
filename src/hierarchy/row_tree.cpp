// SPDX-License-Identifier: BSD-3-Clause
#include "row_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "row_index.hpp"

namespace shequ::detail {

namespace {

/// Rows around the last parent that are searched for the next one: tables exchange neighbours here and there.
constexpr std::size_t nearby_rows = 64;

/// Parents that no guess finds are searched from the first row on, this many times: then an index is cheaper.
constexpr int most_scans = 16;

/// Codes that the path of a cycle shows at most.
constexpr std::size_t shown_path = 8;

}  // namespace

template <class Key>
RowTree<Key>::RowTree(std::span<const Key> code, std::span<const Key> parent, std::span<const Level> level)
    : code_(code), parent_(parent), level_(level), level_from_code_(level.empty()), parent_row_(code.size()) {
  if (!level_from_code_) return;
  code_level_.reserve(code.size());
  for (const Key& key : code) {
    const auto parsed = parse_code(key);
    malformed_ |= !parsed.code;
    code_level_.push_back(parsed.code ? parsed.code->level() : Level::country);
  }
  level_ = code_level_;
}

template <class Key>
std::int32_t RowTree<Key>::parent_among_earlier(std::size_t row, std::int32_t guess, int& scans) const {
  const Key& wanted = parent_[row];
  const auto is_wanted = [&](std::int32_t candidate) { return code_[static_cast<std::size_t>(candidate)] == wanted; };
  const auto previous = static_cast<std::int32_t>(row) - 1;
  const auto near = static_cast<std::size_t>(guess);
  // A table lists the children of one unit one after the other, then those of the next unit, or a unit and then its
  // children; where it returns to an upper level, the parent is an ancestor of the last one.
  if (guess < previous && is_wanted(guess + 1)) return guess + 1;
  if (is_wanted(previous)) return previous;
  for (; guess >= 0; guess = parent_row_[static_cast<std::size_t>(guess)]) {
    if (is_wanted(guess)) return guess;
  }
  const std::size_t begin = near > nearby_rows ? near - nearby_rows : 0;
  const auto search = [&](std::size_t first, std::size_t last) {
    const auto rows = code_.subspan(first, last - first);
    const auto found = std::ranges::find(rows, wanted);
    return found == rows.end() ? -1
                               : static_cast<std::int32_t>(first) + static_cast<std::int32_t>(found - rows.begin());
  };
  const std::int32_t neighbour = search(begin, std::min(near + nearby_rows, row));
  if (neighbour >= 0 || ++scans > most_scans) return neighbour;
  return search(0, row);
}

template <class Key>
bool RowTree<Key>::resolve_in_order() {
  if (malformed_ || is_absent(code_[0]) || !code_text(parent_[0]).empty()) return false;
  parent_row_[0] = -1;
  Key parent_code = code_[0];
  Run run{1, 1, 0, true};
  int scans = 0;
  for (std::size_t row = 1; row < code_.size(); ++row) {
    // An absent parent equals no code, since absent codes are refused before they can be a parent.
    if (is_absent(code_[row])) return false;
    if (parent_code == parent_[row]) {
      run.ascending = run.ascending & (code_[row - 1] < code_[row] || row == static_cast<std::size_t>(run.begin));
    } else {
      const std::int32_t parent = parent_among_earlier(row, run.parent, scans);
      if (parent < 0) return false;
      run.end = static_cast<std::int32_t>(row);
      if (run.begin < run.end) runs_.push_back(run);
      run = {run.end, run.end, parent, true};
      parent_code = parent_[row];
    }
    parent_row_[row] = run.parent;
    const Level parent_level = level_of(run.parent);
    if (level_[row] > parent_level) continue;
    if (level_[row] < parent_level) return false;
    same_level_rows_.push_back({static_cast<std::int32_t>(row), run.parent});
  }
  run.end = static_cast<std::int32_t>(code_.size());
  if (run.begin < run.end) runs_.push_back(run);
  return true;
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
  for (const SameLevelRow& same : same_level_rows_) {
    std::int32_t upper = same.named_parent;
    while (upper >= 0 && level_of(upper) == level_of(same.row)) upper = parent_row_[static_cast<std::size_t>(upper)];
    if (upper >= 0) parent_row_[static_cast<std::size_t>(same.row)] = upper;
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

template class RowTree<std::int64_t>;
template class RowTree<std::string_view>;

}  // namespace shequ::detail
