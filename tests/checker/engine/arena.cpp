// zh: 竞技场、栈的地址空间、全局变量的快照，和替换掉的 operator new。
// en: The arena, address space for stacks, the photograph of the globals, and the replaced operator
//     new.
#include "arena.hpp"

#include <sys/mman.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "basics.hpp"

// zh: 链接器替有名字的段造出首尾；没有链接运行时的程序（litmus）里它们是空指针。
// en: The linker makes begin and end for sections whose names are identifiers; in programs without
//     the runtime (litmus) they are null.
extern "C" {
[[gnu::weak]] extern std::byte __start_newproc_data[];
[[gnu::weak]] extern std::byte __stop_newproc_data[];
[[gnu::weak]] extern std::byte __start_newproc_bss[];
[[gnu::weak]] extern std::byte __stop_newproc_bss[];
}

namespace newproc::checker::arena {
namespace {

constexpr std::size_t heap_bytes = std::size_t{64} << 20;
constexpr std::size_t pages_bytes = std::size_t{64} << 20;

struct region {
  std::byte* begin = nullptr;
  std::size_t size = 0, used = 0;

  void reserve(std::size_t bytes) {
    void* p = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) std::abort();
    begin = static_cast<std::byte*>(p);
    size = bytes;
  }
  std::byte* take(std::size_t bytes, std::size_t align) {
    if (begin == nullptr) reserve(heap_bytes);
    const std::size_t start = (used + align - 1) / align * align;
    if (start + bytes > size) {
      std::fputs("checker: 竞技场用完了\nchecker: the arena is exhausted\n", stderr);
      std::abort();
    }
    used = start + bytes;
    return begin + start;
  }
  [[nodiscard]] bool contains(const void* p) const { return p >= begin && p < begin + size; }
};

region heap;
region pages;
bool in_use = false;

struct photograph {
  std::byte* from;
  std::byte* to;
  kept<std::byte> picture;

  void take() { picture.assign(from, to); }
  void restore() { std::copy(picture.begin(), picture.end(), from); }
};

void restore_globals() {
  static photograph data{__start_newproc_data, __stop_newproc_data, {}};
  static photograph bss{__start_newproc_bss, __stop_newproc_bss, {}};
  static bool taken = false;
  if (!taken) {
    data.take();
    bss.take();
    taken = true;
  }
  data.restore();
  bss.restore();
}

void* allocate(std::size_t bytes, std::size_t align) {
  if (in_use) return heap.take(bytes, align);
  if (void* p = std::aligned_alloc(align, (bytes + align - 1) / align * align)) return p;
  throw std::bad_alloc();
}

void deallocate(void* p) noexcept {
  if (!heap.contains(p)) std::free(p);
}

}  // namespace

bool use(bool arena) {
  const bool before = in_use;
  in_use = arena;
  return before;
}

void reset() {
  heap.used = 0;
  pages.used = 0;
  restore_globals();
}

std::byte* take_pages(std::size_t bytes) {
  if (pages.begin == nullptr) pages.reserve(pages_bytes);
  return pages.take(bytes, 4096);
}

std::string place_of(const void* p) {
  const auto within = [p](const std::byte* begin, const std::byte* end, const char* name) {
    char text[40] = "";
    if (p >= begin && p < end)
      std::snprintf(text, sizeof text, "%s+%zx", name,
                    static_cast<std::size_t>(static_cast<const std::byte*>(p) - begin));
    return std::string(text);
  };
  std::string place = within(heap.begin, heap.begin + heap.size, "heap");
  if (place.empty()) place = within(pages.begin, pages.begin + pages.size, "pages");
  if (place.empty()) place = within(__start_newproc_data, __stop_newproc_data, "data");
  if (place.empty()) place = within(__start_newproc_bss, __stop_newproc_bss, "global");
  return place;
}

}  // namespace newproc::checker::arena

namespace arena = newproc::checker::arena;

void* operator new(std::size_t n) { return arena::allocate(n, alignof(std::max_align_t)); }
void* operator new(std::size_t n, std::align_val_t a) {
  return arena::allocate(n, static_cast<std::size_t>(a));
}
void operator delete(void* p) noexcept { arena::deallocate(p); }
void operator delete(void* p, std::size_t) noexcept { arena::deallocate(p); }
void operator delete(void* p, std::align_val_t) noexcept { arena::deallocate(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { arena::deallocate(p); }
