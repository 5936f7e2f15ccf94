// zh: 让 n 个 goroutine 同时存在：每个都开始跑了，谁也没结束，直到全部到齐。
// en: Makes n goroutines exist at once: each has begun, none has ended, until all have come.
#pragma once

#include <atomic>

#include "newproc/newproc.hpp"

namespace newproc::test {

struct crowd {
  int most = 0;  ///< zh: 见到的最大个数 en: the largest number seen
  int finished = 0;
};

inline crowd gather(int n, int procs) {
  std::atomic<int> arrived{0}, finished{0};
  crowd result;
  run({.procs = procs}, [&] {
    for (int i = 0; i < n; ++i)
      go([&arrived, &finished, n] {
        arrived.fetch_add(1);
        while (arrived.load() < n) yield();
        finished.fetch_add(1);
      });
    result.most = num_goroutine();
    while (finished.load() < n) yield();
  });
  result.finished = finished.load();
  return result;
}

}  // namespace newproc::test
