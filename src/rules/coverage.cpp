// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/coverage.hpp"

#include "columns.hpp"

namespace shequ {

Coverage coverage(const ColumnView<std::uint8_t>& has) {
  detail::check_column("has", has, has.values.size());
  Coverage result;
  for (std::size_t i = 0; i < has.values.size(); ++i) {
    const bool missing = detail::is_missing(has, i);
    result.missing += missing ? 1 : 0;
    result.having += !missing && has.values[i] != 0 ? 1 : 0;
  }
  result.known = static_cast<std::int64_t>(has.values.size()) - result.missing;
  return result;
}

}  // namespace shequ
