// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// Everything but the opt-in headers: shequ/districting/term.hpp (objectives of one's own), shequ/graph/boost_graph.hpp
// (Boost.Graph) and shequ/hierarchy/eigen.hpp (Eigen).

#include "shequ/districting/bound.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/enumerate.hpp"
#include "shequ/districting/objective.hpp"
#include "shequ/districting/plan.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/districting/recom.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/districting/solve_many.hpp"
#include "shequ/districting/spanning_tree.hpp"
#include "shequ/error.hpp"
#include "shequ/fwd.hpp"
#include "shequ/graph/contiguity.hpp"
#include "shequ/graph/graph.hpp"
#include "shequ/hierarchy/audit.hpp"
#include "shequ/hierarchy/code.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/level.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/norms.hpp"
#include "shequ/rules/staffing.hpp"
#include "shequ/text_column.hpp"
#include "shequ/version.hpp"
