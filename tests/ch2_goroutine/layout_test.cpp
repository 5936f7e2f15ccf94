// zh: 闭包放在哪里：小的在 G 里，大的在栈上；它的对齐，第一帧的对齐，放不下时怎么说。
// en: Where closures lie: small ones in the G, large ones on the stack; their alignment, the first
//     frame's, and what is said when it does not fit.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "death.hpp"
#include "newproc/go.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;

constexpr const char* too_large =
    "fatal error: newproc: function arguments too large for new goroutine\n";

funcval of(std::size_t size, std::size_t align) {
  return {.size = size, .align = align, .call = nullptr};
}

// zh: 一个 G 和一块假装是它的栈的内存。 en: A G and some memory that plays its stack.
class fake_stack {
  static constexpr std::size_t bytes = 64 * 1024;
  std::vector<std::byte> memory_{bytes};
  std::unique_ptr<G> g_ = std::make_unique<G>();

 public:
  fake_stack() {
    // zh: 栈顶按缓存行对齐。 en: Tops are aligned to cache lines.
    std::byte* top = memory_.data() + bytes;
    top -= address_of(top) % cache_line;
    g->stack = {memory_.data(), top, {}};
  }
  G* g = g_.get();
};

TEST_CASE_FIXTURE(fake_stack, "a closure of any size and alignment lies aligned below the top") {
  for (std::size_t align = 1; align <= 4096; align *= 2)
    for (const std::size_t size :
         {1u, 2u, 7u, 8u, 15u, 16u, 17u, 63u, 64u, 65u, 1000u, 4095u, 4096u, 4097u, 12288u}) {
      CAPTURE(align);
      CAPTURE(size);
      place_on_stack(g, of(size, align));
      const std::uintptr_t closure = address_of(g->sched.ctxt);
      const std::uintptr_t frame = address_of(g->stktopsp);
      CHECK(closure % align == 0);
      CHECK(closure + size <= address_of(g->stack.hi));
      CHECK(address_of(g->stack.hi) - closure < size + align);
      CHECK(frame % 16 == 0);
      CHECK(frame <= closure);
      CHECK(closure - frame < 16);
    }
}

TEST_CASE_FIXTURE(fake_stack, "the largest closure fits and one byte more is fatal") {
  place_on_stack(g, of(closure_maximum - 8, 8));
  CHECK(address_of(g->sched.ctxt) + closure_maximum - 8 <= address_of(g->stack.hi));
  const ending e = in_child([this] { place_on_stack(g, of(closure_maximum - 7, 8)); });
  CHECK(e.exit_code == 2);
  CHECK(e.error == too_large);
}

TEST_CASE("a go statement whose arguments are too large is fatal") {
  const ending e = in_child([] {
    run([] {
      struct {
        std::array<char, closure_maximum> bytes{};
        void operator()() const {}
      } f;
      go(f);
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == too_large);
  CHECK(e.error.find("\n\ngoroutine 1 [running]:\n") != std::string::npos);
}

// zh: 最小的栈比最大的闭包加一帧还小：放不下的也得说出来，不许写到护栏里去。
// en: The smallest stack is less than the largest closure and a frame: what does not fit there must
//     be told as well and not written into the guard.
TEST_CASE("on the smallest stack a closure either fits or is told to be too large") {
  for (const std::size_t kib : {1u, 8u, 12u, 15u}) {
    CAPTURE(kib);
    const ending e = in_child([kib] {
      return run({.procs = 1, .stack_bytes = stack_minimum}, [kib]() -> int {
        static constexpr auto built = [](void* where, void*) { ::new (where) std::byte{1}; };
        static bool ran = false;
        static funcval fn{};
        fn = {.size = kib * 1024, .align = 64, .call = [](void* closure) {
                ran = *static_cast<std::byte*>(closure) == std::byte{1};
              }};
        newproc(fn, closure_builder{built, nullptr});
        until_alone();
        return ran ? 0 : 1;
      });
    });
    CHECK(e.signal == 0);
    if (e.exit_code != 0) CHECK(e.head(1) == too_large);
  }
}

}  // namespace
}  // namespace newproc::test
