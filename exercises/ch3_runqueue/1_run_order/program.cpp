// zh: 一个 P，五个 goroutine，各自签到。 en: One P, five goroutines, each signs.
#include <iostream>
#include <string>

#include "newproc/newproc.hpp"

std::string signed_by;

void sign(const std::string& who) { signed_by += signed_by.empty() ? who : " " + who; }

void first_program() {
  signed_by.clear();
  newproc::run({.procs = 1}, [] {
    for (const char* who : {"A", "B", "C", "D", "E"}) newproc::go(sign, who);
    newproc::yield();
    sign("main");
  });
}

void second_program() {
  signed_by.clear();
  newproc::run({.procs = 1}, [] {
    newproc::go([] {
      newproc::go(sign, "B");
      newproc::go(sign, "C");
      sign("A");
    });
    newproc::go(sign, "D");
    newproc::yield();
    newproc::yield();
    sign("main");
  });
}

int main() {
  first_program();
  std::cout << "first = " << signed_by << "\n";
  second_program();
  std::cout << "second = " << signed_by << "\n";
}
