// zh: 地址空间与护栏页。
// en: Address space and guard pages.
#include "os/pages.hpp"

#include <sys/mman.h>

#include <fstream>

#include "os/sanitizers.hpp"

namespace newproc::os {
namespace {

#ifndef MADV_POPULATE_WRITE
constexpr int MADV_POPULATE_WRITE = 23;  // linux/mman.h, 5.14
#endif
#ifndef MADV_GUARD_INSTALL
constexpr int MADV_GUARD_INSTALL = 102;  // linux/mman.h, 6.13
#endif

}  // namespace

std::byte* reserve(std::size_t bytes) {
  void* start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (start == MAP_FAILED) return nullptr;
  // zh: 一个栈只碰一页；透明大页会让它占两兆。
  // en: A stack touches one page; a transparent huge page would make that two megabytes.
  ::madvise(start, bytes, MADV_NOHUGEPAGE);
  search_for_pointers(static_cast<std::byte*>(start), bytes);
  return static_cast<std::byte*>(start);
}

void release(std::byte* start, std::size_t bytes) {
  search_no_more(start, bytes);
  ::munmap(start, bytes);
}

void populate(std::byte* start, std::size_t bytes) { ::madvise(start, bytes, MADV_POPULATE_WRITE); }

void discard(std::byte* start, std::size_t bytes) { ::madvise(start, bytes, MADV_DONTNEED); }

bool guard(std::byte* start, std::size_t bytes, guard_mode mode) {
  switch (mode) {
    case guard_mode::guard_install:
      return ::madvise(start, bytes, MADV_GUARD_INSTALL) == 0;
    case guard_mode::protect:
      return ::mprotect(start, bytes, PROT_NONE) == 0;
    case guard_mode::none:
      return true;
  }
  return false;
}

guard_mode best_guard_mode() {
  static const guard_mode best = [] {
    if (reads_all_memory()) return guard_mode::protect;
    std::byte* page = reserve(page_bytes);
    if (page == nullptr) return guard_mode::protect;
    const bool works = guard(page, page_bytes, guard_mode::guard_install);
    release(page, page_bytes);
    return works ? guard_mode::guard_install : guard_mode::protect;
  }();
  return best;
}

std::size_t protect_budget() {
  std::size_t limit = 65530;  // zh: 内核的默认值 en: the kernel's default
  std::ifstream("/proc/sys/vm/max_map_count") >> limit;
  return limit / 4;  // zh: 每个护栏两个映射，只用一半 en: two mappings a guard, half of them used
}

}  // namespace newproc::os
