// zh: 一个 P，一支没有尽头的接力队，和一个让出的主 goroutine。
// en: One P, a relay without end, and a main goroutine that yields.
#include <iostream>

#include "model/current.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"

constexpr int last_turn = 1000;
int turns = 0;
bool tick = true;

// zh: 每一棒都生下一棒，自己就结束；第 1000 棒不再生。
// en: Each runner makes the next one and ends; number 1000 makes none.
void runner() {
  if (!tick) newproc::rt::getg()->m->p->schedtick = 1;
  if (++turns == last_turn) return;
  newproc::go(runner);
}

void with_the_tick() {
  turns = 0;
  tick = true;
  newproc::run({.procs = 1}, [] {
    newproc::go(runner);
    newproc::yield();
    std::cout << "first = " << turns << "\n";
    newproc::yield();
    std::cout << "second = " << turns << "\n";
  });
}

void without_the_tick() {
  turns = 0;
  tick = false;
  newproc::run({.procs = 1}, [] {
    newproc::go(runner);
    newproc::yield();
    std::cout << "without = " << turns << "\n";
  });
}

int main() {
  with_the_tick();
  without_the_tick();
}
