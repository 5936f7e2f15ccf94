#include <newproc/newproc.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace {

// zh: 比护栏还大的一帧，先碰最低处。 en: A frame larger than the guard, whose lowest place is touched first.
volatile bool deeper = true;
[[gnu::noinline]] int huge(int depth) {
  volatile char frame[600'000];
  frame[0] = static_cast<char>(depth);
  return deeper ? huge(depth + 1) + frame[0] : frame[0];
}

// zh: 子进程里的栈溢出，退出码是 2。 en: A stack overflow in a child process: its exit code is 2.
bool overflow_is_told() {
  const pid_t child = ::fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    newproc::run([] { return huge(0); });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 2;
}

}  // namespace

int main() {
  if (INSTALLED && !overflow_is_told()) return 2;
  std::atomic<int> sum{0};
  const int result = newproc::run([&sum] {
    for (int i = 1; i <= 50; ++i) newproc::go([&sum](int n) { sum += n; }, i);
    while (newproc::num_goroutine() > 1) newproc::yield();
    return 3;
  });
  std::printf("%d\n", sum.load());
  return result == 3 ? 0 : 1;
}
