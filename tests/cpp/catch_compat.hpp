// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// One include for Catch2 version 2.13 (Debian 12) and version 3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

// In version 2 the matchers lie in Catch::Matchers too, so that these names serve both.
using Catch::Matchers::WithinAbs;  // NOLINT(misc-unused-using-decls)
using Catch::Matchers::WithinRel;  // NOLINT(misc-unused-using-decls)
