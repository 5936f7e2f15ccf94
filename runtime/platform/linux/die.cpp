// zh: 写标准错误与退出。
// en: Writing to standard error, and leaving.
#include "os/die.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace newproc::os {

void write_error(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDERR_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

void die(int exit_code, flush_output flush) {
  // zh: 已经打印的不该丢；可是别的线程若正握着它的锁，就不等了。
  // en: What was printed must not be lost; but if another thread holds its lock, we don't wait.
  if (flush == flush_output::yes && ::ftrylockfile(stdout) == 0) {
    std::fflush(stdout);
    ::funlockfile(stdout);
  }
  ::_exit(exit_code);
}

void crash() {
  ::signal(SIGABRT, SIG_DFL);
  std::abort();
}

}  // namespace newproc::os
