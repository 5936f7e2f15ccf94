// zh: 一个 P，三个小程序：谁在什么时候说话。
// en: One P, three small programs: who speaks when.
#include <iostream>
#include <string>

#include "ch1_entry/entry.hpp"
#include "newproc/newproc.hpp"

std::string said;

void say(const std::string& word) { said += said.empty() ? word : " " + word; }

// zh: 离开作用域时说话。 en: Speaks when its scope is left.
struct farewell {
  const char* word;
  ~farewell() { say(word); }
};

void first_program() {
  newproc::run({.procs = 1}, [] {
    say("a");
    newproc::go([] {
      say("b");
      newproc::yield();
      say("c");
    });
    say("d");
    newproc::yield();
    say("e");
    newproc::yield();
    say("f");
  });
}

void second_program() {
  newproc::run({.procs = 1}, [] {
    newproc::go([] {
      const farewell f{"bye"};
      say("one");
      newproc::goexit();
    });
    newproc::rt::systemstack([] { say("two"); });
    say("three");
    newproc::yield();
    say("four");
  });
}

void third_program() {
  newproc::run({.procs = 1}, [] {
    newproc::go([] {
      const farewell f{"bye"};
      say("one");
      newproc::yield();
      say("two");
    });
    const farewell f{"end"};
    newproc::yield();
    say("three");
  });
}

int main() {
  first_program();
  std::cout << "first = " << said << "\n";
  said.clear();
  second_program();
  std::cout << "second = " << said << "\n";
  said.clear();
  third_program();
  std::cout << "third = " << said << "\n";
}
