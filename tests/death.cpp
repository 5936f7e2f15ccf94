#include "death.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace newproc::test {
namespace {

constexpr unsigned child_seconds = 60;

// zh: 内存里的文件，不会像管道那样写满。 en: A file in memory: unlike a pipe it never fills up.
class memory_file {
 public:
  explicit memory_file(const char* name) : fd_(::memfd_create(name, 0)) {
    if (fd_ < 0) throw std::runtime_error("memfd_create");
  }
  ~memory_file() { ::close(fd_); }
  memory_file(const memory_file&) = delete;
  memory_file& operator=(const memory_file&) = delete;

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] std::string read_all() const {
    ::lseek(fd_, 0, SEEK_SET);
    std::string text;
    std::array<char, 4096> part;
    for (ssize_t n; (n = ::read(fd_, part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(n));
    return text;
  }

 private:
  int fd_;
};

}  // namespace

std::string ending::head(int lines) const {
  std::size_t end = 0;
  for (; lines > 0 && end != std::string::npos; --lines) {
    end = error.find('\n', end);
    if (end != std::string::npos) ++end;
  }
  return error.substr(0, end);
}

ending run_child(const std::function<int()>& body) {
  const memory_file out("out"), error("error");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(SIGALRM, SIG_DFL);
    ::alarm(child_seconds);
    ::dup2(out.fd(), STDOUT_FILENO);
    ::dup2(error.fd(), STDERR_FILENO);
    const int code = body();
    std::fflush(nullptr);
    ::_exit(code);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
  }
  ending e;
  if (WIFEXITED(status)) e.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) e.signal = WTERMSIG(status);
  e.out = out.read_all();
  e.error = error.read_all();
  return e;
}

}  // namespace newproc::test
