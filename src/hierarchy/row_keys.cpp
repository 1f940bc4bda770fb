// SPDX-License-Identifier: BSD-3-Clause
#include "row_keys.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

namespace shequ::detail {

namespace {

using Numbers = std::span<const std::int64_t>;
using Texts = std::span<const std::string_view>;

/// The texts as numbers; false where some text is none.
[[nodiscard]] bool read_numbers(Texts texts, std::vector<std::int64_t>& numbers) {
  numbers.reserve(texts.size());
  for (const std::string_view text : texts) {
    const auto number = text.empty() ? std::optional(no_code) : canonical_number(text);
    if (!number) return false;
    numbers.push_back(*number);
  }
  return true;
}

}  // namespace

RowKeys::RowKeys(const HierarchyRows& rows) {
  const CodeSpan* const columns[2]{&rows.code, &rows.parent};
  for (int i = 0; i < 2; ++i) {
    if (const auto* numbers = std::get_if<Numbers>(columns[i])) {
      numbers_[i] = *numbers;
    } else if (numeric_ && read_numbers(std::get<Texts>(*columns[i]), own_numbers_[i])) {
      numbers_[i] = own_numbers_[i];
    } else {
      numeric_ = false;
    }
  }
  if (numeric_) return;
  for (int i = 0; i < 2; ++i) {
    if (const auto* texts = std::get_if<Texts>(columns[i])) {
      texts_[i] = *texts;
      continue;
    }
    for (const std::int64_t number : numbers_[i]) {
      written_[i].push_back(number == no_code ? std::string() : std::to_string(number));
    }
    for (std::size_t row = 0; row < written_[i].size(); ++row) own_texts_[i].push_back(written_[i][row]);
    texts_[i] = own_texts_[i];
  }
}

}  // namespace shequ::detail
