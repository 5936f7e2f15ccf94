// zh: 一个 P，一万个 goroutine，轮到谁，谁就记下自己的编号。
// en: One P and ten thousand goroutines; each writes down its number when its turn comes.
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <vector>

#include "newproc/newproc.hpp"

constexpr int all = 10'000;
std::vector<int> turns;  // zh: 编号，按跑的次序 en: the numbers, in the order in which they ran

void make(int from, int until) {
  for (int n = from; n <= until; ++n) newproc::go([n] { turns.push_back(n); });
}

void wait_for_all() {
  while (turns.size() < std::size_t{all}) newproc::yield();
}

// zh: @p n 号是第几个跑的。 en: As which one number @p n ran.
auto place_of(int n) { return std::find(turns.begin(), turns.end(), n) - turns.begin() + 1; }

void in_one_go() {
  turns.clear();
  newproc::run({.procs = 1}, [] {
    make(1, all);
    wait_for_all();
  });
  std::cout << "first = " << turns[0] << "\nsecond = " << turns[1] << "\n";
  std::cout << "oldest = " << place_of(1) << "\n";
}

// zh: 造了 6000 个，时间片用完了：Go 的 sysmon 这时会让它停下，这里它自己让出。
// en: After 6,000 its time slice is over: Go's sysmon would stop it, here it yields by itself.
void interrupted() {
  turns.clear();
  newproc::run({.procs = 1}, [] {
    make(1, 6'000);
    newproc::yield();
    make(6'001, all);
    wait_for_all();
  });
  std::cout << "interrupted = " << turns[0] << "\nlast = " << place_of(all) << "\n";
}

int main() {
  in_one_go();
  interrupted();
}
