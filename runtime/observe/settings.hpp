// zh: 人们从环境里拨得动的旋钮：GODEBUG 和 GOTRACEBACK。
// en: The knobs that people turn in the environment: GODEBUG and GOTRACEBACK.
#pragma once

#include <string_view>

namespace newproc::rt {

/// zh: 环境变量 @p name；没有设则为空。 en: The environment variable @p name; empty if not set.
std::string_view environment(const char* name);

/// zh: 大于零的整数，否则 0；@p text 要从头到尾都是它。
/// en: An integer above zero, else 0; it must be all of @p text.
int positive(std::string_view text);

/// zh: $GODEBUG 里 @p key 的整数值；没有或读不懂则 0。
/// en: The integer value of @p key in $GODEBUG; 0 if absent or unreadable.
int godebug(std::string_view key);

/// zh: $GOTRACEBACK：致命错误说多少。none 只有那句话；single（默认）加上出事的 goroutine；all 加上其余
///     的；crash 说完还要 abort，好留下 core。system 在 Go 里多出运行时的帧，我们没有帧，同 all。
/// en: $GOTRACEBACK: how much a fatal error tells. none: the sentence alone; single (the default):
///     and the goroutine it happened in; all: and the others; crash: and then abort, for a core
///     file. system adds the runtime's frames in Go; we show no frames, so it is as all.
enum class traceback { none, single, all, crash };

/// zh: 每次都重新读环境；没有设或读不懂，就是 single。
/// en: Reads the environment anew each time; absent or unreadable means single.
traceback traceback_setting();

}  // namespace newproc::rt
