// zh: 地板：机器自己要的价钱。源码里说到的“约 5 ns”就是这几样；在别的机器上，数字会不同。
// en: The floor: what the machine itself asks for. The "about 5 ns" of the sources are these; on
//     another machine the numbers differ.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <vector>

#include "bench.hpp"
#include "platform/context.hpp"

namespace bench {
namespace {

namespace platform = newproc::platform;

platform::stack_identity mine, other;

// zh: 跳来就跳回去。 en: Jumps back whenever it is jumped to.
void bounce(platform::arrival from) {
  for (;;) {
    platform::landed(other, mine);
    from = platform::jump(from.fctx, nullptr, other, mine, false);
  }
}

double each(std::int64_t start, std::int64_t times) {
  return static_cast<double>(now() - start) / static_cast<double>(times);
}

}  // namespace

result cas(std::int64_t times) {
  std::atomic<std::int64_t> word{0};
  const std::int64_t start = now();
  for (std::int64_t i = 0; i < times; ++i) {
    std::int64_t expected = i;
    word.compare_exchange_strong(expected, i + 1);
  }
  return {.ns = each(start, times)};
}

result stack_switch(std::int64_t times) {
  std::vector<std::byte> stack(64 * 1024);
  mine.adopt_thread();
  other.create(stack.data(), stack.size());
  platform::suspended there =
      platform::make_stack(stack.data() + stack.size(), stack.size(), bounce);
  const std::int64_t start = now();
  for (std::int64_t i = 0; i < times; ++i) {
    there = platform::jump(there, nullptr, mine, other, false).fctx;
    platform::landed(mine, other);
  }
  const double both_ways = each(start, times);
  other.destroy();
  return {.ns = both_ways / 2};
}

result page(std::int64_t times) {
  const auto bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t all = bytes * static_cast<std::size_t>(times);
  void* memory = ::mmap(nullptr, all, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  ::madvise(memory, all, MADV_NOHUGEPAGE);  // zh: 一页一页地来 en: page by page
  const auto touch_all = [&] {
    for (std::size_t at = 0; at < all; at += bytes) static_cast<volatile char*>(memory)[at] = 1;
  };
  // zh: 先要来再还掉：虚拟机里，内核手头没有的页还得向宿主要，那是另一种价钱。
  // en: Had and given back first: in a virtual machine a page that the kernel has not at hand comes
  //     from the host, and that is another price.
  touch_all();
  ::madvise(memory, all, MADV_DONTNEED);
  const std::int64_t start = now();
  touch_all();
  const double ns = each(start, times);
  ::munmap(memory, all);
  return {.ns = ns};
}

}  // namespace bench
