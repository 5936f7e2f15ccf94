// zh: 进程的结尾：往标准错误写字，然后以某个退出码离开。
// en: The end of the process: write to standard error, then leave with an exit code.
#pragma once

#include <string_view>

namespace newproc::os {

void write_error(std::string_view text);

/// zh: 不跑析构函数和 atexit：别的线程还在跑，全局对象不能拆。信号处理函数里不可冲刷 stdout。
/// en: Runs no destructors and no atexit: other threads still run, globals must stay. In a signal
///     handler stdout must not be flushed.
enum class flush_output { no, yes };
[[noreturn]] void die(int exit_code, flush_output flush = flush_output::yes);

/// zh: 以 SIGABRT 结束，好留下 core。 en: Ends with SIGABRT, for a core file.
[[noreturn]] void crash();

}  // namespace newproc::os
