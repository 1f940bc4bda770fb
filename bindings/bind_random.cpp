// SPDX-License-Identifier: BSD-3-Clause
#include "arguments.hpp"
#include "shequ/random.hpp"

namespace shequ::python {

void bind_random(py::module_& module) {
  py::class_<Random>(module, "Random", R"(Random numbers that are the same on every machine and version.

Parameters
----------
seed : int
    0 to 2^64 - 1.
stream : int, default 0
    Independent sequence of the same seed, for example one a task.

References
----------
D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021, doi:10.1145/3460772.
)")
      .def(py::init([](Argument<std::uint64_t, "seed"> seed, Argument<std::uint64_t, "stream"> stream) {
             return Random(seed, stream);
           }),
           "seed"_a, "stream"_a = 0)
      .def("bits", &Random::bits, "Return 64 random bits as a whole number.")
      .def(
          "below",
          [](Random& random, Argument<std::uint32_t, "bound", 1> bound) {
            if (bound == 0) refuse("bound", py::int_(0), "in [1, 4294967295]", "在 [1, 4294967295] 之间");
            return random.below(bound);
          },
          "bound"_a, "Return a whole number from 0 to `bound` - 1, each equally likely; bound from 1 to 2^32 - 1.")
      .def("unit", &Random::unit, "Return a float in [0, 1) with 53 random bits.");
}

}  // namespace shequ::python
