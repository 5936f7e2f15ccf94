// zh: 误用同步类型：致命错误，接不住。 en: Misusing a sync type: a fatal error, which can't be caught.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "death.hpp"
#include "newproc/go.hpp"

namespace newproc::test {

/// zh: 在 goroutine 里跑 @p f：必须以 sync: 和 @p words 告终。
/// en: Runs @p f in a goroutine: it must end in "sync: " and @p words.
inline void must_die_of(const char* words, void (*f)()) {
  const ending e = in_child([f] {
    run([f] {
      try {
        f();
      } catch (...) {
      }
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == std::string("fatal error: sync: ") + words + "\n");
}

}  // namespace newproc::test
