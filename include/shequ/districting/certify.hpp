// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ {

/// A rule that a plan breaks.
enum class ViolationKind : std::uint8_t {
  unassigned,     ///< a node in no part: nobody would be in charge
  unknown_label,  ///< a label below -1, or labels that leave a number out
  part_count,
  below_lower,
  above_upper,
  balance,  ///< a further column is out of its bounds
  not_contiguous,
  together,
  apart,
  locked,
  closed
};

[[nodiscard]] std::string_view to_string(ViolationKind kind) noexcept;

/// One broken rule.
struct Violation {
  ViolationKind kind{};
  PartId part{no_part};
  std::vector<NodeId> nodes;  ///< the nodes concerned; for not_contiguous those outside of the heaviest piece
  std::int64_t amount{};      ///< households beyond the bound, parts too many or few, pieces, or nodes
  std::string english;
  std::string chinese;
};

/// What certify() found. A plan is right when `ok`.
struct Certificate {
  bool ok{};
  std::vector<Violation> violations;
  std::int64_t objective{};         ///< recomputed from the labels: weighted sum of the terms
  std::vector<std::int64_t> terms;  ///< value of each term of the objective, unweighted
  PartId part_count{};
  std::vector<std::int64_t> part_weights;
};

/// Checks a plan against every rule of its problem, by code of its own that shares nothing with the search.
/// Throws InvalidInput where labels has another length than the graph has nodes. Complexity: O(nodes + edges).
[[nodiscard]] Certificate certify(const Problem& problem, std::span<const PartId> labels);

}  // namespace shequ
