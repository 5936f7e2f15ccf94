// zh: 换栈、搬到别的线程、抛异常、用堆、绑线程：valgrind 都要看着。
// en: Switches stacks, moves to other threads, throws, uses the heap, binds a thread; valgrind looks on.
#include <newproc/newproc.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

void work() {
  std::vector<std::string> held(10, "a string that is too long to be kept without the heap");
  newproc::yield();
  try {
    newproc::yield();
    throw std::runtime_error("caught");
  } catch (const std::runtime_error&) {
    newproc::yield();
  }
}

}  // namespace

int main() {
  return newproc::run({.procs = 2}, [] {
    for (int i = 0; i < 200; ++i) newproc::go(work);
    newproc::go([] {
      newproc::lock_os_thread();
      work();
    });
    while (newproc::num_goroutine() > 1) newproc::yield();
  });
}
