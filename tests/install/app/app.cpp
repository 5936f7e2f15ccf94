#include <newproc/newproc.hpp>

#include <atomic>
#include <cstdio>

int main() {
  std::atomic<int> sum{0};
  const int result = newproc::run([&sum] {
    for (int i = 1; i <= 50; ++i) newproc::go([&sum](int n) { sum += n; }, i);
    while (newproc::num_goroutine() > 1) newproc::yield();
    return 3;
  });
  std::printf("%d\n", sum.load());
  return result == 3 ? 0 : 1;
}
