// zh: 不变式：不成立，就以一句话停下。
// en: Invariants: where one does not hold, the program stops with a sentence.
#pragma once

#include <string_view>

namespace newproc::rt {

/// zh: 打印 "fatal error: TEXT" 并以 2 退出。 en: Prints "fatal error: TEXT" and exits with 2.
/// Go: panic.go, throw and fatal
[[noreturn]] void fatal(std::string_view text);

}  // namespace newproc::rt

/// zh: 总是检查的不变式。 en: An invariant that is always checked.
#define THROW_UNLESS(condition, words) \
  do {                                 \
    if (!(condition)) [[unlikely]]     \
      ::newproc::rt::fatal(words);     \
  } while (false)

/// zh: 除 release 外的构建都检查的不变式；release 里它什么也不做，也不求值。
/// en: An invariant checked in every build but release; there it does nothing, not even evaluate.
#if defined(NEWPROC_CHECKED)
#define INVARIANT(condition, words) THROW_UNLESS(condition, words)
#else
#define INVARIANT(condition, words) \
  do {                              \
  } while (false)
#endif
