// zh: 第 2 章的替身：每个 go 都向堆要一个 G、一个定长的栈、一个闭包，用完就还。
//     能用；但每个 go 三次分配、三次释放，没有护栏，状态也没有人检查。
// en: The stand-in for chapter 2: every go asks the heap for a G, a stack of fixed size and a
//     closure, and gives them back after use. It works; but that is three allocations and three
//     frees per go, there is no guard, and the states are not checked.
#include <memory>
#include <new>
#include <unordered_map>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "newproc/detail/closure.hpp"

namespace newproc::rt {
namespace {

constexpr std::size_t stack_bytes = 64 * 1024;

struct closure_delete {
  const funcval* fn;
  void operator()(void* p) const { ::operator delete (p, std::align_val_t{fn->align}); }
};

struct box {
  G g;
  std::unique_ptr<void, closure_delete> closure;
  alignas(16) std::byte stack[stack_bytes];
};

immortal<std::unordered_map<G*, std::unique_ptr<box>>> boxes;  // zh: 活着的 G en: the Gs alive
std::int64_t last_goid = 0;

}  // namespace

G* newproc1(const funcval& fn, closure_builder builder, G* callergp, const void* callerpc) {
  std::unique_ptr<box> b{new box};  // zh: 不清零 64 KiB en: without clearing 64 KiB
  b->closure = {::operator new (fn.size, std::align_val_t{fn.align}), closure_delete{&fn}};
  builder.build(b->closure.get(), builder.from);

  G* g = &b->g;
  g->stack = {b->stack, b->stack + stack_bytes, {}};
  g->stack.identity.create(b->stack, stack_bytes);
  g->stktopsp = g->stack.hi;
  g->sched.ctxt = b->closure.get();
  g->startfn = &fn;
  g->startpc = reinterpret_cast<const void*>(fn.call);
  gostartcallfn(g);
  g->gopc = callerpc;
  g->parentGoid = callergp->goid;
  g->goid = ++last_goid;
  casgstatus(g, Gidle, Grunnable);
  boxes->emplace(g, std::move(b));

  P* p = getg()->m->p;
  p->owner.held();
  runqput(p, g, true);
  return g;
}

void casgstatus(G* g, gstatus, gstatus next) { g->atomicstatus.store(next, order::release); }

void linkg(M* m, G* g) {
  casgstatus(g, Grunnable, Grunning);
  m->curg = g;
  g->m = m;
  m->runs.add();
}

void dropg() {
  M* m = getg()->m;
  m->curg->m = nullptr;
  m->curg = nullptr;
}

void firststack(P*, G*) {}

G* goexit1() {
  mcall_for_good([](G* g) {
    dropg();
    g->stack.identity.destroy();
    boxes->erase(g);
  });
}

int gcount() { return static_cast<int>(boxes->size()); }

void goroutineinit() { last_goid = 0; }

void goroutineend() {
  for (auto& [g, b] : *boxes) g->stack.identity.destroy();
  boxes->clear();
}

G* find_overflowed(const std::byte*) { return nullptr; }

}  // namespace newproc::rt
