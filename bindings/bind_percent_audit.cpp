// SPDX-License-Identifier: BSD-3-Clause
#include "record.hpp"
#include "shequ/rules/percent_audit.hpp"

namespace shequ::python {

namespace {

/// A PrintedPercent, or its text.
[[nodiscard]] PrintedPercent printed_of(const py::object& value) {
  if (py::isinstance<py::str>(value)) return PrintedPercent::parse(value.cast<std::string>());
  return ArgumentReader<PrintedPercent>::read(value, "printed", 0);
}

}  // namespace

void bind_percent_audit(py::module_& module) {
  py::native_enum<PercentRounding>(module, "PercentRounding", "enum.Enum",
                                   "How a printed percentage came from the exact one.")
      .value("HALF_UP", PercentRounding::half_up, "To the nearest, a half goes up.")
      .value("TRUNCATE", PercentRounding::truncate, "Cut off.")
      .finalize();
  bind_value<PrintedPercent>(module, "PrintedPercent",
                             "A percentage as a document prints it: it stands for a range of exact shares.",
                             required_field<"share", &PrintedPercent::share>("The share, a Fraction in [0, 1]."),
                             field<"decimals", &PrintedPercent::decimals>("Digits after the point, 0 to 6."),
                             field<"rounding", &PrintedPercent::rounding>("How it was rounded."))
      .def_static(
          "parse",
          [](const Argument<std::string, "text">& text, Argument<PercentRounding, "rounding"> rounding) {
            return PrintedPercent::parse(text.value, rounding);
          },
          "text"_a, py::kw_only(), "rounding"_a = PercentRounding::half_up, "Read \"75.2%\" or \"75.2\".")
      .def_property_readonly("low", &PrintedPercent::low, "Least share that prints so.")
      .def_property_readonly("high", &PrintedPercent::high, "First share above that does not.")
      .def(
          "fits",
          [](const PrintedPercent& self, Argument<std::int64_t, "count"> count, Argument<std::int64_t, "total"> total) {
            return self.fits(count, total);
          },
          "count"_a, "total"_a, "Tell whether `count` of `total` prints so.");
  bind_record<CountRange>(module, "CountRange", "Counts that print as a percentage of a total.",
                          field<"total", &CountRange::total>("The total."),
                          field<"least", &CountRange::least>("Least count."),
                          field<"most", &CountRange::most>("Most, included."));
  bind_record<TotalRange>(module, "TotalRange", "Totals of which a count prints as a percentage.",
                          field<"least", &TotalRange::least>("Least total."),
                          field<"most", &TotalRange::most>("Most, included; None where there is no largest."));
  module.def(
      "consistent_counts",
      [](const py::object& printed, Argument<std::int64_t, "first_total", 1> first,
         Argument<std::int64_t, "last_total", 1> last) {
        return consistent_counts(printed_of(printed), first.value, last.value);
      },
      "printed"_a, "first_total"_a, "last_total"_a,
      R"(Return a CountRange for every total that can print so.

Parameters
----------
printed : str or PrintedPercent
    Such as "75.2%".
first_total, last_total : int
    Both included, at most 1,000,000 totals.

Examples
--------
>>> consistent_counts("75.2%", 120, 120)
[]
>>> consistent_counts("75.2%", 105, 105)
[CountRange(total=105, least=79, most=79)]
)");
  module.def(
      "consistent_totals",
      [](const py::object& printed, Argument<std::int64_t, "count"> count) {
        return consistent_totals(printed_of(printed), count.value);
      },
      "printed"_a, "count"_a, "Return the TotalRange of which `count` prints so, None where there is none.");
  py::native_enum<Precision>(module, "Precision", "enum.Enum", "How a stated number is meant.")
      .value("EXACT", Precision::exact, "As it stands.")
      .value("JUST_UNDER", Precision::just_under, "近")
      .value("ABOUT", Precision::about, "约")
      .value("AT_LEAST", Precision::at_least, "多")
      .finalize();
  bind_record<StatedNumber>(module, "StatedNumber", "A number as stated, with the mark of an approximate one.",
                            field<"value", &StatedNumber::value>("The number, a Fraction."),
                            field<"precision", &StatedNumber::precision>("How it is meant."));
  module.def(
      "parse_stated", [](const Argument<std::string, "text">& text) { return parse_stated(text.value); }, "text"_a,
      "Read \"近89%\", \"约1200\", \"700多\" or a plain number as a StatedNumber.");
}

}  // namespace shequ::python
