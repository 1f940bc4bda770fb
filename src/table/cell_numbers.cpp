// SPDX-License-Identifier: BSD-3-Clause
#include <cstddef>
#include <cstdint>

#include "shequ/detail/canonical_number.hpp"
#include "shequ/table/cells.hpp"

namespace shequ {

namespace {

constexpr std::size_t most_digits = 15;  // any such number is exact as int64 and as double

/// Powers of ten that a double holds exactly, as far as they are needed.
constexpr double powers_of_ten[most_digits + 1]{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// Numbers of a column where `read` takes a text that is not empty and tells whether it understood it.
template <class T, class Read>
[[nodiscard]] CellNumbers<T> numbers(const Cells& cells, Read read) {
  CellNumbers<T> result{detail::LargeVector<T>(cells.size()), detail::LargeVector<std::uint8_t>(cells.size()), {}};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    T number{};
    const std::string_view text = cells[i];
    const bool is_read = !text.empty() && read(text, number);
    if (!is_read && !text.empty()) result.others.push_back(static_cast<std::int64_t>(i));
    result.values[i] = is_read ? number : T{};
    result.missing[i] = is_read ? 0 : 1;
  }
  return result;
}

}  // namespace

std::optional<detail::LargeVector<std::int64_t>> Cells::codes() const {
  detail::LargeVector<std::int64_t> numbers(size());
  for (std::size_t i = 0; i < size(); ++i) {
    const std::string_view text = (*this)[i];
    const auto number = text.empty() ? std::optional<std::int64_t>(-1) : detail::canonical_number(text);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  return numbers;
}

CellNumbers<std::int64_t> Cells::whole_numbers(std::int64_t limit) const {
  return numbers<std::int64_t>(*this, [limit](std::string_view text, std::int64_t& number) {
    if (text.size() > most_digits) return false;
    for (const char c : text) {
      if (c < '0' || c > '9') return false;
      number = 10 * number + (c - '0');
    }
    return number <= limit;
  });
}

CellNumbers<double> Cells::decimals() const {
  return numbers<double>(*this, [](std::string_view text, double& number) {
    std::int64_t digits = 0;
    std::size_t point = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
      } else if (c == '.' && point == text.size() && i > 0 && i + 1 < text.size()) {
        point = i;
      } else {
        return false;
      }
      if (i > most_digits) return false;
    }
    const std::size_t fraction = point == text.size() ? 0 : text.size() - point - 1;
    if (text.size() - (fraction > 0 ? 1 : 0) > most_digits) return false;
    // Both are exact, so that the quotient is rounded once: to the double that is nearest to what is written.
    number = static_cast<double>(digits) / powers_of_ten[fraction];
    return true;
  });
}

}  // namespace shequ
