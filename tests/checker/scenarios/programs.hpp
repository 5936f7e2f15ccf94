// zh: 几个检查点都跑的小程序；在 whole 里跑，goroutine 在 here 签到。
// en: Small programs that several checkpoints run, within whole; their goroutines sign with here.
#pragma once

#include <chrono>

#include "newproc/newproc.hpp"
#include "verdicts.hpp"
#include "whole.hpp"

namespace newproc::checker::programs {

/// zh: 主 goroutine 让出，直到 0 号到 @p n-1 号都跑过。
/// en: The main goroutine yields until numbers 0 to n-1 have run.
inline void yield_until_run(int n) {
  for (int i = 0; i < n;)
    if (here->has_run(i)) {
      ++i;
    } else {
      newproc::yield();
      i = 0;
    }
}

/// zh: @p first 号到 @p last 号，各签了到就永远忙着；主 goroutine 也是。
/// en: Numbers first to last, each of which signs and is then busy for ever, and so is main.
inline void all_stay_busy(int first, int last) {
  for (int i = first; i <= last; ++i)
    newproc::go([i] {
      here->sign(i);
      busy_forever();
    });
  busy_forever();
}

/// zh: 后一个交上去的时候，被前一个叫醒的 M 也许正要睡。
/// en: When the second is submitted, the M that the first has woken may be about to sleep.
inline void one_after_another() {
  newproc::go([] { here->sign(0); });
  newproc::yield();
  newproc::go([] { here->sign(1); });
  busy_forever();
}

/// zh: 世界在叫醒和建造 M 的途中结束。 en: The world ends while Ms are being woken and made.
inline void return_at_once() {
  newproc::go([] {});
  newproc::go([] {});
}

inline void wait_for_a_sleeper() {
  newproc::go([] {
    newproc::sleep(std::chrono::milliseconds(1));
    here->sign(0);
  });
  yield_until_run(1);
}

}  // namespace newproc::checker::programs
