// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string_view>

#include "shequ/detail/argument.hpp"

namespace shequ {

/// Id of a rule, for example "staff.wujin2012": a text of at most 47 bytes kept inside the object, so that a rule is a
/// literal type and can be computed with at compile time.
class RuleId {
 public:
  static constexpr std::size_t capacity = 47;

  constexpr RuleId() = default;
  // Implicit, so that `rule.id = "staff.mine"` reads as it should.
  constexpr RuleId(const char* text) : RuleId(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  explicit constexpr RuleId(std::string_view text) {
    if (text.size() > capacity) {
      detail::throw_argument("id", text, "at most 47 bytes long", "不超过 47 个字节");
    }
    for (std::size_t i = 0; i < text.size(); ++i) text_[i] = text[i];
    size_ = static_cast<unsigned char>(text.size());
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_, size_}; }
  friend constexpr bool operator==(const RuleId& a, const RuleId& b) noexcept { return a.view() == b.view(); }

 private:
  char text_[capacity]{};
  unsigned char size_{0};
};

}  // namespace shequ
