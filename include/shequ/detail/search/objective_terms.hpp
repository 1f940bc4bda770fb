// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "shequ/detail/search/coarsen.hpp"
#include "shequ/detail/search/components.hpp"

namespace shequ::detail {

class BuiltInTerms;

/// BuiltInTerms behind a pointer, for those who only pass them on.
class ObjectiveTerms {
 public:
  ObjectiveTerms(const Problem& problem, const Component& component, std::int64_t num_parts);
  ObjectiveTerms(const ObjectiveTerms& other);
  ObjectiveTerms(ObjectiveTerms&& other) noexcept;
  ObjectiveTerms& operator=(const ObjectiveTerms& other);
  ObjectiveTerms& operator=(ObjectiveTerms&& other) noexcept;
  ~ObjectiveTerms();

  [[nodiscard]] ObjectiveTerms coarsened(const SearchGraph& fine, const CoarseGraph& to) const;
  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  [[nodiscard]] std::int64_t value() const;
  [[nodiscard]] std::int64_t energy() const;
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part);

 private:
  explicit ObjectiveTerms(std::unique_ptr<BuiltInTerms> terms);

  std::unique_ptr<BuiltInTerms> terms_;
};

}  // namespace shequ::detail
