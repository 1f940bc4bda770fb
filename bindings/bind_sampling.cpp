// SPDX-License-Identifier: BSD-3-Clause
#include <string_view>

#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/sampling.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] Sample draw(const SamplingRule& rule, const Argument<std::vector<std::string>, "codes">& codes,
                          const py::object& strata, const py::object& forced_in, const py::object& forced_out,
                          Argument<std::uint64_t, "seed"> seed) {
  const std::size_t size = codes.value.size();
  const std::vector<std::string_view> views(codes.value.begin(), codes.value.end());
  const py::array_t<std::int64_t> labels = int64_array(strata, "strata");
  std::vector<Forced> forced(size, Forced::no);
  const auto mark = [&](const py::object& given, const char* name, Forced how) {
    const auto listed = ArgumentReader<std::vector<std::string>>::read(given, name, 0);
    for (const std::string& code : listed) {
      std::size_t found = 0;
      for (std::size_t i = 0; i < size; ++i) {
        if (views[i] != code) continue;
        ++found;
        if (forced[i] != Forced::no && forced[i] != how) {
          refuse(name, py::str(code), "in one of forced_in and forced_out", "只列入 forced_in 与 forced_out 之一");
        }
        forced[i] = how;
      }
      if (found == 0) refuse(name, py::str(code), "one of codes", "是 codes 之一");
    }
  };
  mark(forced_in, "forced_in", Forced::in);
  mark(forced_out, "forced_out", Forced::out);
  return draw_sample(rule, views, column(labels, "strata", size), forced, seed);
}

}  // namespace

void bind_sampling(py::module_& module) {
  bind_rule<SamplingRule>(module, "SamplingRule", R"(Spot checks (抽查) of a share of every stratum.

Parameters
----------
ratio : int, str or Fraction
    Share of each stratum, 0 to 1. The sources do not give one.
)",
                          required_field<"ratio", &SamplingRule::ratio>("Share of each stratum, a Fraction."))
      .def(
          "sample_size",
          [](const SamplingRule& rule, Argument<std::int64_t, "size"> size) { return rule.sample_size(size); },
          "size"_a, "Return the units to draw from a stratum of so many: the share rounded up.");
  bind_record<Stratum>(
      module, "Stratum", "One stratum of a sample.", field<"label", &Stratum::label>("As the caller gave it."),
      field<"size", &Stratum::size>("Units in it."), field<"asked", &Stratum::asked>("Units that the rule asks for."),
      field<"forced_in", &Stratum::forced_in>("Units that are in whatever the lot."),
      field<"forced_out", &Stratum::forced_out>("Units that are never in."),
      field<"drawn", &Stratum::drawn>("Units in the sample, the forced ones included."));
  bind_record<Sample>(module, "Sample", "A drawn sample, with what is needed to draw it again.",
                      field<"strata", &Sample::strata>("Strata, ascending by label."),
                      field<"seed", &Sample::seed>("The seed."), field<"rule", &Sample::rule>("Id of the rule."),
                      field<"chosen", &Sample::chosen>("True for each unit in the sample."))
      .def_property_readonly(
          "chosen",
          [](const py::object& self) {
            const auto& sample = self.cast<const Sample&>();
            return view(std::span<const std::uint8_t>(sample.chosen), self).attr("view")("bool");
          },
          "True for each unit in the sample: array of bool, shape (n_units,), read-only.");
  module.def("draw_sample", &draw, "rule"_a, "codes"_a, "strata"_a, py::kw_only(), "forced_in"_a = py::tuple(),
             "forced_out"_a = py::tuple(), "seed"_a, R"(Draw a stratified sample without replacement.

The lot of a unit comes from the seed and its code alone: the sample does not depend on the order of rows or the machine.

Parameters
----------
rule : SamplingRule
codes : list of str, shape (n_units,)
    Each unit's own code.
strata : array of int, shape (n_units,)
    Label of the stratum of each unit.
seed : int
forced_in, forced_out : list of str
    Codes of units that are always, or never, in the sample. Forced units count toward the number to draw.

Returns
-------
Sample

Raises
------
InvalidInputError
    Two units share a code, or a forced code is none of them.
)");
  module.def(
      "detection_probability",
      [](Argument<std::int64_t, "total"> total, Argument<std::int64_t, "failing"> failing,
         Argument<std::int64_t, "drawn"> drawn) { return detection_probability(total, failing, drawn); },
      "total"_a, "failing"_a, "drawn"_a,
      "Return the chance that `drawn` of `total` units hold at least one of `failing`: 1 - C(N-d, n) / C(N, n).");
  module.def(
      "sample_for_detection",
      [](Argument<std::int64_t, "total"> total, Argument<std::int64_t, "failing"> failing,
         Argument<double, "probability"> probability) { return sample_for_detection(total, failing, probability); },
      "total"_a, "failing"_a, "probability"_a,
      "Return the fewest units to draw for a chance of at least `probability`, in (0, 1).");
}

}  // namespace shequ::python
