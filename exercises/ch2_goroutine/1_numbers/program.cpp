// zh: 一个 P，三个小程序：编号、活着的个数、G 的个数。
// en: One P, three small programs: numbers, how many are alive, how many Gs there are.
#include <iostream>
#include <stdexcept>
#include <string>

#include "model/gmp.hpp"
#include "newproc/newproc.hpp"

std::string written;

void write(std::int64_t n) { written += (written.empty() ? "" : " ") + std::to_string(n); }

void until_alone() {
  while (newproc::num_goroutine() > 1) newproc::yield();
}

// zh: 搬不动的东西：go 要把它移进新的 goroutine，移动却抛出异常。
// en: What can't be moved: go wants to move it into the new goroutine, and the move throws.
struct immovable {
  immovable() = default;
  immovable(const immovable&) { throw std::runtime_error("stays here"); }
  void operator()() const { write(-1); }
};

void numbers() {
  newproc::run({.procs = 1}, [] {
    write(newproc::goid());
    newproc::go([] {
      write(newproc::goid());
      newproc::go([] { write(newproc::goid()); });
    });
    until_alone();
    newproc::go([] { write(newproc::goid()); });
    until_alone();
    try {
      newproc::go(immovable{});
    } catch (const std::runtime_error&) {
    }
    newproc::go([] { write(newproc::goid()); });
    until_alone();
  });
}

void alive() {
  newproc::run({.procs = 1}, [] {
    write(newproc::num_goroutine());
    for (int i = 0; i < 3; ++i) newproc::go([] {});
    write(newproc::num_goroutine());
    newproc::yield();
    write(newproc::num_goroutine());
    newproc::go([] {
      newproc::yield();
      write(newproc::num_goroutine());
    });
    newproc::yield();
    write(newproc::num_goroutine());
    newproc::yield();
    write(newproc::num_goroutine());
  });
}

// zh: 至今造过几个 G。 en: How many Gs have been made so far.
void count_gs() {
  const newproc::os::lock_guard hold(newproc::rt::sched.allglock);
  write(static_cast<std::int64_t>(newproc::rt::sched.allgs.size()));
}

void gs() {
  newproc::run({.procs = 1}, [] {
    for (int i = 0; i < 10; ++i) {
      newproc::go([] {});
      until_alone();
    }
    count_gs();
    for (int i = 0; i < 10; ++i) newproc::go([] {});
    until_alone();
    count_gs();
    for (int i = 0; i < 5; ++i) newproc::go([] {});
    until_alone();
    count_gs();
  });
}

void print(const char* name, void (*program)()) {
  written.clear();
  program();
  std::cout << name << " = " << written << "\n";
}

int main() {
  print("numbers", numbers);
  print("alive", alive);
  print("gs", gs);
}
