// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/detail/canonical_number.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/text_column.hpp"

namespace shequ::detail {

/// Codes and parents as one type of key: numbers where every text is a canonical number, else texts. Keeps the spans
/// of the rows, which must outlive it.
class RowKeys {
 public:
  explicit RowKeys(const HierarchyRows& rows);

  [[nodiscard]] bool is_numeric() const noexcept { return numeric_; }
  [[nodiscard]] std::span<const std::int64_t> numbers(bool parent) const noexcept { return numbers_[parent ? 1 : 0]; }
  [[nodiscard]] std::span<const std::string_view> texts(bool parent) const noexcept { return texts_[parent ? 1 : 0]; }

 private:
  bool numeric_{true};
  std::span<const std::int64_t> numbers_[2];
  std::span<const std::string_view> texts_[2];
  std::vector<std::int64_t> own_numbers_[2];
  std::vector<std::string_view> own_texts_[2];
  TextColumn written_[2];
};

}  // namespace shequ::detail
