// zh: 致命错误。说的话与 Go 相同，退出码也是 2。
// en: Fatal errors. The sentences are Go's, and so is exit code 2.
#pragma once

#include <string_view>

#include "model/invariant.hpp"  // IWYU pragma: export

namespace newproc::rt {

struct G;

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
