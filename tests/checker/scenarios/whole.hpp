// zh: 整个检查点的场景：run 一个小程序，数一数每个 goroutine 跑了几次。
//
// zh: 形状比深度重要：若主 goroutine 很快又去看队列，丢失的唤醒会被它自己补上。所以许多程序让主
//     goroutine 交完活就永远忙着：那时只有别的 M 能救那个 G。
//
// en: Scenarios of whole checkpoints: run a small program and count how often each goroutine ran.
//
// en: Shape matters more than depth: where the main goroutine soon looks at the queues again, it
//     makes up for a lost wake-up itself. So in many programs it submits its work and is then busy
//     for ever: then only another M can save that G.
#pragma once

#include <array>
#include <string>

#include "newproc/newproc.hpp"
#include "rules.hpp"

namespace newproc::checker {

/// zh: 程序里的每个 goroutine 在这里签到。 en: Each goroutine of the program signs here.
struct attendance {
  static std::string number(int i) {
    return "第 " + std::to_string(i) + " 号 / number " + std::to_string(i);
  }
  std::array<os::atomic<int>, 8> ran;

  void sign(int i) {
    expect(ran[static_cast<std::size_t>(i)].fetch_add(1, order::relaxed) == 0, "G run twice",
           number(i));
  }
  [[nodiscard]] bool has_run(int i) const {
    return ran[static_cast<std::size_t>(i)].load(order::relaxed) != 0;
  }
  void all_of(int n) const {
    for (int i = 0; i < n; ++i) expect(has_run(i), "lost G", number(i));
  }
};
inline attendance* here = nullptr;

/// zh: @p expected：结束时必须跑过的 goroutine 个数。
/// en: How many goroutines must have run at the end.
inline scenario whole(const char* title, int procs, scenario::function program, int expected) {
  scenario s(title);
  with_rules(s)
      .init([] { here = new attendance; })
      .machine([procs, program = std::move(program)] {
        newproc::run(newproc::options{.procs = procs}, [&program] { program(); });
      })
      .at_rest([expected] { here->all_of(expected); });
  return s;
}

}  // namespace newproc::checker
