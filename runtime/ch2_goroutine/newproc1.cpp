// zh: 造一个 goroutine。文档「newproc1」一节的全部步骤，按它的次序。
//
// zh: 次序就是正确性：死的状态先于 allgs 的公布；全部字段先于 Grunnable；Grunnable 先于 runqput。
//     每一步都让下一步的旁观者只看得见完整的 G。
//
// zh: 与文档不同的一处：文档把返回 g、不返回 g 两个版本混在一起（勘误 B.20）；
//     更要紧的是它略去了 acquirem（B.3）。握着 P 的局部变量时若被抢占，这个 P 会有第二个生产者。
//
// zh: 没有采用的设计：G 与栈分开分配（多一次分配，多一处缓存未命中；
//     好处是没跑过的 goroutine 可以没有栈，Go 也没有这样做）；闭包放进 std::function（堆分配）。
//
// en: Making a goroutine. Every step of the document's newproc1, in its order.
//
// en: The order is the correctness: dead before publication in allgs; all fields before Grunnable;
//     Grunnable before runqput. Each step lets the next step's onlookers see complete Gs only.
//
// en: One difference: the document mixes the version that returns g with the one that does not
//     (erratum B.20); and what matters more, it leaves out acquirem (B.3). Preempted while it holds
//     its P in a local variable, that P would have a second producer.
//
// en: Designs not taken: G and stack allocated apart (one more allocation and one more cache miss;
//     its merit, a goroutine that has not run needs no stack, is not taken by Go either); the
//     closure in a std::function (heap).
#include "ch2_goroutine/goroutine.hpp"

#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "fatal.hpp"

namespace newproc::rt {
namespace {

P* current_p() {
  const G* g = getg();
  const M* m = g->m;
  return m->p;
}

// zh: GODEBUG=tracebackancestors=N：记下创建者，和创建者的创建者，至多 N 个。
// en: GODEBUG=tracebackancestors=N: remember the creator and the creator's creators, at most N.
// Go: proc.go, saveAncestors
std::unique_ptr<std::vector<ancestor>> saveAncestors(const G* callergp) {
  const auto limit = static_cast<std::size_t>(sched.tracebackancestors);
  if (limit == 0 || callergp->goid == 0) return nullptr;
  auto list = std::make_unique<std::vector<ancestor>>();
  list->push_back({callergp->goid, callergp->gopc});
  if (callergp->ancestors)
    for (const ancestor& a : *callergp->ancestors)
      if (list->size() < limit) list->push_back(a);
  return list;
}

// zh: 一个死去的 G：缓存里的，或新造的。 en: A dead G: a cached one, or a new one.
G* dead_g() {
  P* p = current_p();
  p->owner.held();
  if (G* g = gfget(p)) return g;
  G* g = nullptr;
  systemstack([&g] {
    g = malg(sched.stack_bytes);
    casgstatus(g, Gidle, Gdead);
    allgadd(g);
  });
  return g;
}

}  // namespace

// [layout]
// zh: 从栈顶往下：G 自己，闭包（按它要求的对齐），然后 16 字节对齐的第一帧。
// en: From the top down: the G itself, the closure (aligned as it demands), then the first frame,
//     aligned to 16.
void layout_frame(G* g, const funcval& fn) {
  constexpr std::uintptr_t frame_align = 16;  // System V ABI
  THROW_UNLESS(fn.size + fn.align <= closure_maximum,
               "newproc: function arguments too large for new goroutine");
  auto address = reinterpret_cast<std::uintptr_t>(g->stack_hi) - fn.size;
  address &= ~(std::uintptr_t{fn.align} - 1);
  g->sched.ctxt = reinterpret_cast<void*>(address);
  address &= ~(frame_align - 1);
  g->stktopsp = reinterpret_cast<std::byte*>(address);
}
// [layout]

// [newproc1]
G* newproc1(const funcval& fn, closure_builder builder, G* callergp, const void* callerpc) {
  G* newg = dead_g();
  INVARIANT(newg->stack_hi != nullptr, "newproc1: newg missing stack");
  INVARIANT(newg->status() == Gdead, "newproc1: new g is not Gdead");

  layout_frame(newg, fn);
  try {
    // zh: 用户代码：可能抛出，也可能让出，回来时我们也许在另一个 M 上。
    // en: User code: may throw, may yield, and afterwards we may be on another M.
    builder.build(newg->sched.ctxt, builder.from);
  } catch (...) {
    P* p = current_p();
    p->owner.held();
    gfput(p, newg);
    throw;
  }

  M* m = acquirem();  // zh: 下面把 P 握在局部变量里 en: below, we hold the P in a local variable
  P* p = m->p;
  p->owner.held();
  newg->startfn = &fn;
  newg->startpc = reinterpret_cast<const void*>(fn.call);
  gostartcallfn(newg);
  newg->gopc = callerpc;
  newg->parentGoid = callergp->goid;
  if (sched.tracebackancestors != 0) [[unlikely]]
    newg->ancestors = saveAncestors(callergp);
  if (const G* curg = m->curg) newg->labels = curg->labels;
  newg->goid = next_goid(p);
  casgstatus(newg, Gdead, Grunnable);

  runqput(p, newg, true);
  if (sched.mainStarted) workadded(p);
  releasem(m);
  return newg;
}
// [newproc1]

}  // namespace newproc::rt
