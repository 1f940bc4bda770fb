// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/shortfall.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "columns.hpp"

namespace shequ {

namespace {

constexpr auto bit(ShortfallKind kind) noexcept { return static_cast<unsigned>(kind); }

void check_amount(std::string_view name, const std::optional<std::int64_t>& value) {
  if (value) detail::check_not_negative(name, *value);
}

[[nodiscard]] std::optional<std::int64_t> lack(const std::optional<std::int64_t>& due,
                                               const std::optional<std::int64_t>& have) {
  if (!due || !have) return std::nullopt;
  return std::max<std::int64_t>(0, *due - *have);
}

void check_values(std::string_view name, const ColumnView<std::int64_t>& column, std::size_t size) {
  if (column.values.empty()) return;
  detail::check_column(name, column, size);
  std::int64_t signs = 0;
  for (const std::int64_t value : column.values) signs |= value;
  if (signs >= 0) return;
  for (std::size_t i = 0; i < size; ++i) {
    // What stands at a missing entry does not matter.
    if (column.values[i] < 0 && !detail::is_missing(column, i)) {
      detail::throw_argument(detail::entry(name, i), column.values[i], "0 or more", "大于或等于 0");
    }
  }
}

/// Writes max(0, due - have), or `due` where `have` is null, and its flag.
void write(const ColumnView<std::int64_t>& due, const ColumnView<std::int64_t>* have, ShortfallKind kind,
           const ShortfallTarget& target, std::span<std::int64_t> amounts) {
  const std::size_t size = amounts.size();
  const bool known = !due.values.empty() && (have == nullptr || !have->values.empty());
  for (std::size_t i = 0; i < size; ++i) {
    const bool missing = !known || detail::is_missing(due, i) || (have != nullptr && detail::is_missing(*have, i));
    std::int64_t amount = 0;
    if (!missing) {
      amount = std::max<std::int64_t>(0, have == nullptr ? due.values[i] : due.values[i] - have->values[i]);
    }
    amounts[i] = amount;
    target.flags[i] = static_cast<std::uint8_t>(target.flags[i] | (amount > 0 ? bit(kind) : 0U));
    target.unknown[i] = static_cast<std::uint8_t>(target.unknown[i] | (missing ? bit(kind) : 0U));
  }
}

}  // namespace

std::uint8_t Shortfall::flags() const noexcept {
  return static_cast<std::uint8_t>((premises_dm2.value_or(0) > 0 ? bit(ShortfallKind::premises) : 0U) |
                                   (unpaid_fen.value_or(0) > 0 ? bit(ShortfallKind::funds) : 0U) |
                                   (staff.value_or(0) > 0 ? bit(ShortfallKind::staff) : 0U));
}

std::uint8_t Shortfall::unknown() const noexcept {
  return static_cast<std::uint8_t>((premises_dm2 ? 0U : bit(ShortfallKind::premises)) |
                                   (unpaid_fen ? 0U : bit(ShortfallKind::funds)) |
                                   (staff ? 0U : bit(ShortfallKind::staff)));
}

Shortfall shortfall(std::optional<std::int64_t> premises_gap_dm2, std::optional<std::int64_t> due_fen,
                    std::optional<std::int64_t> paid_fen, std::optional<std::int64_t> posts,
                    std::optional<std::int64_t> workers) {
  check_amount("premises_gap_dm2", premises_gap_dm2);
  check_amount("due_fen", due_fen);
  check_amount("paid_fen", paid_fen);
  check_amount("posts", posts);
  check_amount("workers", workers);
  return {premises_gap_dm2, lack(due_fen, paid_fen), lack(posts, workers)};
}

void compute_shortfalls(const ShortfallColumns& columns, const ShortfallTarget& target) {
  const std::size_t size = target.flags.size();
  detail::check_length("unknown", target.unknown.size(), size);
  detail::check_length("premises_dm2", target.premises_dm2.size(), size);
  detail::check_length("unpaid_fen", target.unpaid_fen.size(), size);
  detail::check_length("staff", target.staff.size(), size);
  check_values("premises_gap_dm2", columns.premises_gap_dm2, size);
  check_values("due_fen", columns.due_fen, size);
  check_values("paid_fen", columns.paid_fen, size);
  check_values("posts", columns.posts, size);
  check_values("workers", columns.workers, size);
  std::fill(target.flags.begin(), target.flags.end(), std::uint8_t{0});
  std::fill(target.unknown.begin(), target.unknown.end(), std::uint8_t{0});
  write(columns.premises_gap_dm2, nullptr, ShortfallKind::premises, target, target.premises_dm2);
  write(columns.due_fen, &columns.paid_fen, ShortfallKind::funds, target, target.unpaid_fen);
  write(columns.posts, &columns.workers, ShortfallKind::staff, target, target.staff);
}

}  // namespace shequ
