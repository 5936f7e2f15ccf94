// zh: 进程的结尾：往标准错误写字，然后以某个退出码离开。
// en: The end of the process: write to standard error, then leave with an exit code.
#pragma once

#include <string_view>

namespace newproc::os {

/// zh: 写到标准错误，不经缓冲，写不出去就算了；信号处理函数里也可以调用。
/// en: Writes to standard error, unbuffered, and gives up where it can't; may be called in a signal
///     handler.
void write_error(std::string_view text);

/// zh: 先冲刷 stdout 吗？信号处理函数里不可以。 en: Flush stdout first? Not in a signal handler.
enum class flush_output { no, yes };

/// zh: 以 @p exit_code 退出，不跑析构函数和 atexit：别的线程还在跑，全局对象不能拆。
/// en: Exits with @p exit_code; runs no destructors and no atexit: other threads still run, globals
///     must stay.
[[noreturn]] void die(int exit_code, flush_output flush = flush_output::yes);

/// zh: 以 SIGABRT 结束，好留下 core。 en: Ends with SIGABRT, for a core file.
[[noreturn]] void crash();

}  // namespace newproc::os
