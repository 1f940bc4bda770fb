// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "shequ/table/cells.hpp"

namespace shequ {

/// True where every byte belongs to a character: no surrogates, no longer forms than needed, nothing cut off.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The columns of a CSV whose rows all have as many cells.
///
/// Cells may be quoted; what doubles a quote inside of them, and whatever is no CSV, is left to a reader that copies
/// cells: then there is nothing. So it is for rows of different lengths, empty lines, line ends other than LF and CRLF,
/// NUL bytes, quoted cells of more than 131,072 bytes (a quote that is never closed takes in the rest of a file), no
/// text at all and 4 GiB of it. The last line may end in a line end or not.
///
/// \param text       UTF-8 without byte-order mark; `owner` keeps it alive.
/// \param delimiter  an ASCII character other than a quote or one of a line end.
/// Complexity: linear; texts of 1 MiB and more are read by two threads.
[[nodiscard]] std::optional<std::vector<Cells>> split_table(std::string_view text, char delimiter,
                                                            const std::shared_ptr<const void>& owner);

}  // namespace shequ
