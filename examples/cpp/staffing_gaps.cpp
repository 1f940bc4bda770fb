// SPDX-License-Identifier: BSD-3-Clause
// Reads a district, its towns and communities, and prints how many community workers are due, missing and spare.
#include <algorithm>
#include <exception>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>

#include "shequ/shequ.hpp"

int main(int argc, char** argv) try {
  std::ifstream table(argc > 1 ? argv[1] : "staffing_gaps_input.txt");
  std::vector<std::int64_t> codes, parents, households, workers;
  std::vector<shequ::Level> levels;
  std::vector<std::string> names;
  std::string level, name;
  for (std::int64_t code{}, parent{}, homes{}, persons{}; table >> code >> parent >> level >> homes >> persons;) {
    codes.push_back(code), parents.push_back(parent), households.push_back(homes), workers.push_back(persons);
    levels.push_back(shequ::parse_level(level).value());
    names.push_back((std::getline(table >> std::ws, name), name));
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto tree = shequ::Hierarchy::from_rows({.code = codes, .parent = parents, .level = levels, .name_en = views});

  const shequ::StaffingRule rule;  // 4 workers up to 1,000 households, one more for each further 250
  std::vector<std::int64_t> due(codes.size()), missing(codes.size()), spare(codes.size());
  for (const shequ::UnitId unit : tree.at_level(shequ::Level::community)) {
    const auto u = static_cast<std::size_t>(unit), row = static_cast<std::size_t>(tree.rows()[u]);
    due[u] = rule.posts(households[row]);
    missing[u] = std::max<std::int64_t>(0, due[u] - workers[row]);
    spare[u] = std::max<std::int64_t>(0, workers[row] - due[u]);  // spare here does not help where some are missing
  }
  for (std::vector<std::int64_t>* column : {&due, &missing, &spare}) {
    *column = shequ::rollup_sum(tree, shequ::ColumnView<std::int64_t>{*column}).values;
  }
  std::cout << "unit               due  missing  spare\n";
  for (std::size_t u = 0; u < due.size(); ++u) {
    name = tree.name(static_cast<shequ::UnitId>(u), shequ::Language::en);
    std::cout << std::left << std::setw(16) << name << std::right << std::setw(6) << due[u] << std::setw(9)
              << missing[u] << std::setw(7) << spare[u] << '\n';
  }
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
