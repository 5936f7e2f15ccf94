// zh: 写标准错误与退出。
// en: Writing to standard error, and leaving.
#include "os/die.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace newproc::os {

void write_error(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDERR_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

void die(int exit_code) {
  std::fflush(stdout);  // zh: 已经打印的不该丢 en: what was printed must not be lost
  ::_exit(exit_code);
}

}  // namespace newproc::os
