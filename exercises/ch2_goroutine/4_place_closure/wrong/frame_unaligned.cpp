// zh: 第一帧直接从闭包之下开始，没有对齐到 16：编译器存浮点寄存器的指令会崩溃。
// en: The first frame begins right below the closure, not aligned to 16: instructions by which
//     compilers store vector registers crash.
// earns: the first frame is not aligned to 16 bytes
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "newproc/detail/closure.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

std::byte* down(std::byte* from, std::size_t align) {
  const auto at = reinterpret_cast<std::uintptr_t>(from);
  return from - at % align;
}

}  // namespace

void place_closure(P* p, G* g, const funcval& fn) {
  if (fn.size <= closure_room && fn.align <= cache_line) {
    g->sched.ctxt = g->closure.data();
    return;
  }
  g->stack = stackalloc(p);
  place_on_stack(g, fn);
}

void place_on_stack(G* g, const funcval& fn) {
  THROW_UNLESS(fn.size + fn.align <= closure_maximum,
               "newproc: function arguments too large for new goroutine");
  std::byte* closure = down(g->stack.hi - fn.size, fn.align);
  g->sched.ctxt = closure;
  g->stktopsp = closure;
}

}  // namespace newproc::rt
