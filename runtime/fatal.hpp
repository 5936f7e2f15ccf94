// zh: 不变式与致命错误。说的话与 Go 相同，退出码也是 2。
// en: Invariants and fatal errors. The sentences are Go's, and so is exit code 2.
#pragma once

#include <cstdint>
#include <string_view>

namespace newproc::rt {

struct G;

/// zh: 打印 "fatal error: TEXT" 并以 2 退出。 en: Prints "fatal error: TEXT" and exits with 2.
/// Go: panic.go, throw and fatal
[[noreturn]] void fatal(std::string_view text);

/// zh: 全体睡着之类：附上每个 goroutine 的一段。
/// en: All asleep and the like: with a paragraph for each goroutine.
[[noreturn]] void fatal_with_goroutines(std::string_view text);

/// zh: 未被捕获的异常离开了 goroutine：Go 的 panic 文字。
/// en: An uncaught exception left a goroutine: Go's panic text.
[[noreturn]] void fatal_panic(std::string_view value);

/// zh: @p name 在 goroutine 之外被调用。 en: @p name was called outside a goroutine.
[[noreturn]] void fatal_outside(std::string_view name);

/// zh: 栈溢出（在信号处理函数里，备用栈上）。
/// en: A stack overflow (in the signal handler, on its own stack).
[[noreturn]] void fatal_stack_overflow(const G* g);

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
