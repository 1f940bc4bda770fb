// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

/// Models community hierarchies (社区), divides communities into grids (网格) and computes what hangs on them.
namespace shequ {

/// Position of a unit in a Hierarchy, 0 to size() - 1 in pre-order.
using UnitId = std::int32_t;
/// Position of a node (an atom: a building, a block) in a Graph.
using NodeId = std::int32_t;
/// Position of an undirected edge in a Graph; each edge counts once.
using EdgeId = std::int32_t;
/// Number of a part (a grid) in a Plan, 0 to part_count - 1.
using PartId = std::int32_t;

inline constexpr UnitId no_unit{-1};
inline constexpr NodeId no_node{-1};
inline constexpr PartId no_part{-1};

/// Language of a message that people read.
enum class Language : std::uint8_t { en, zh };

enum class Level : std::int8_t;
class TextColumn;
class DivisionCode;
class Hierarchy;
struct HierarchyRows;
struct StaffingRule;
class Graph;
struct Problem;
struct Plan;
struct Diagnosis;
struct Certificate;
struct SolveOptions;
class SpanningTree;
class RecomChain;
struct RecomOptions;
struct RecomState;

}  // namespace shequ
