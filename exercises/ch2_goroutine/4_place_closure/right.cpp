// zh: 习题 2.4 的一份正确答案。 en: A right answer to exercise 2.4.
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
  g->stktopsp = down(closure, 16);
}

}  // namespace newproc::rt
