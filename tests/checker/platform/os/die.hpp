// zh: 进程的结尾，在这里是一次执行的失败：说的话成为失败的说明。
// en: The end of the process, here the failure of an execution: what was said becomes its words.
#pragma once

#include <string_view>

namespace newproc::os {

void write_error(std::string_view text);
enum class flush_output { no, yes };
[[noreturn]] void die(int exit_code, flush_output flush = flush_output::yes);
[[noreturn]] inline void crash() { die(2); }

}  // namespace newproc::os
