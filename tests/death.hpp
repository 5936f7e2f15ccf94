// zh: 死亡测试：在子进程里做一件会结束进程的事，看它怎样结束、说了什么。
//     子进程不留 core 文件；六十秒还没结束，就由 SIGALRM 结束，测试看得见。
// en: Death tests: do in a child process what ends a process, and look how it ended and what it
//     said. The child leaves no core file; not done after sixty seconds it is ended by SIGALRM,
//     which the test sees.
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <utility>

namespace newproc::test {

/// zh: 子进程的结局。 en: How the child ended.
struct ending {
  int exit_code = -1;  ///< zh: 被信号结束时为 -1 en: -1 if a signal ended it
  int signal = 0;
  std::string out, error;

  /// zh: 标准错误的前 @p lines 行。 en: The first @p lines lines of standard error.
  [[nodiscard]] std::string head(int lines) const;
};

ending run_child(const std::function<int()>& body);

/// zh: @p body 的返回值是退出码；无返回值则为 0。
/// en: What @p body returns is the exit code; nothing: 0.
template <class F>
ending in_child(F body) {
  if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
    return run_child([&body] {
      body();
      return 0;
    });
  } else {
    return run_child(std::move(body));
  }
}

}  // namespace newproc::test
