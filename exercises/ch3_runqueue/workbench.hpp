// zh: 本章各题的 test.cpp 共用：手工搭的 P 和 G，一列序号怎样写给人看。
// en: What the test.cpp of this chapter share: Ps and Gs built by hand, and how a row of numbers is
//     written for people.
#pragma once

#include <string>
#include <vector>

#include "ch3_runqueue/workbench.hpp"
#include "exercise.hpp"

namespace newproc::exercise {

using rt::G;
using rt::P;
using rt::sched;
using test::counting;
using test::drain;
using test::drain_global;
using test::get;
using test::get_global;
using test::goroutines;
using test::index_starts;
using test::put;
using test::put_global;
using test::ring_length;
using test::start_at;
using test::steal;
using test::workbench;

constexpr int ring = static_cast<int>(rt::ring_size);
constexpr int half = ring / 2;

/// zh: “3 0 1 2”；太长就只写开头。 en: "3 0 1 2"; of a long row just the beginning.
inline std::string listed(const std::vector<int>& numbers) {
  constexpr std::size_t enough = 12;
  std::string text;
  for (std::size_t i = 0; i < numbers.size() && i < enough; ++i)
    text += (i == 0 ? "" : " ") + std::to_string(numbers[i]);
  if (numbers.size() > enough) text += " ... (" + std::to_string(numbers.size()) + ")";
  return text.empty() ? "-" : text;
}

/// zh: @p got 必须是 @p wanted；不是就说出两者。 en: @p got must be @p wanted; else both are told.
inline void must_be(const std::vector<int>& got, const std::vector<int>& wanted,
                    const words& said) {
  must(got == wanted, said + words{"；该是 ", "; it should be "} + listed(wanted) +
                          words{"，却是 ", " and is "} + listed(got));
}

/// zh: 放 @p n 个进环。 en: Puts n into the ring.
inline void fill(P* p, goroutines& gs, int n) {
  for (int i = 0; i < n; ++i) put(p, gs[static_cast<std::size_t>(i)]);
}

}  // namespace newproc::exercise
