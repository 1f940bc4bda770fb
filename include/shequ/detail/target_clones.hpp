// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// A function marked SHEQU_TARGET_CLONES is compiled once more for newer vector units, and the loader picks the version
// that the processor has: full speed without -march=native. Whole-number code only, so that all versions agree.
// Not under sanitizers: their run time starts after the loader has chosen.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define SHEQU_TARGET_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define SHEQU_TARGET_CLONES
#endif
