// zh: 造一个 goroutine。文档「newproc1」一节的全部步骤，按它的次序。
//
// zh: 次序就是正确性：死的状态先于 allgs 的公布；全部字段先于 Grunnable；Grunnable 先于 runqput。
//     每一步都让下一步的旁观者只看得见完整的 G。
//
// zh: 与文档不同的一处：文档把返回 g、不返回 g 两个版本混在一起（勘误 B.20）；
//     更要紧的是它略去了 acquirem（B.3）。握着 P 的局部变量时若被抢占，这个 P 会有第二个生产者。
//
// zh: 还有一处：文档在这里备好第一帧（gostartcallfn）。我们的 G 到第一次跑时才得到栈（见 stacks.cpp），
//     所以那一步推迟到 firststack；这里只把帧所需要的记下：函数和闭包。
//
// zh: 没有采用的设计：闭包放进 std::function 或堆上的盒子（每个 go 一次分配）；在调用者的栈上留着闭
//     包、等新 G 来取（调用者一返回就没了）。
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
// en: And another: the document prepares the first frame here (gostartcallfn). Our G gets its stack
//     at its first run (see stacks.cpp), so that step waits for firststack; here we note what the
//     frame will need: the function and its closure.
//
// en: Designs not taken: the closure in a std::function or a box on the heap (an allocation per go);
//     left on the caller's stack for the new G to fetch (gone as soon as the caller returns).
#include "ch2_goroutine/goroutine.hpp"

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "newproc/detail/closure.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

/// zh: 当前 M 的 P。用户代码可能让出，之后要重新问。
/// en: The current M's P. User code may yield: ask anew after it.
P* current_p() {
  const M* m = getg()->m;
  return m->p;
}

// [saveAncestors]
/// zh: GODEBUG=tracebackancestors=N：记下创建者，和创建者的创建者，至多 N 个；没有则 nullptr。
/// en: GODEBUG=tracebackancestors=N: the creator and the creator's creators, at most N; nullptr if
///     there are none.
/// Go: proc.go, saveAncestors
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
// [saveAncestors]

// [dead_g]
/// zh: 一个死去的 G，归我们：缓存里的，或新造的。 en: A dead G for us: a cached one, or a new one.
G* dead_g() {
  P* p = current_p();
  p->owner.held();
  if (G* g = gfget(p)) return g;
  G* g = nullptr;
  systemstack([&g] {
    g = malg();
    casgstatus(g, Gidle, Gdead);
    allgadd(g);
  });
  return g;
}
// [dead_g]

/// zh: 没有造成：仍是 Gdead 的 @p g 和它的栈（若有）还给 @p p。
/// en: Its making failed: @p g, still Gdead, and its stack, if any, go back to @p p.
void give_back(P* p, G* g) {
  p->owner.held();
  if (g->stack.hi != nullptr) stackfree(p, g);
  gfput(p, g);
}

/// zh: @p from 之下放得下 @p size 字节、对齐到 @p align（2 的幂）的最高地址。
/// en: The highest address below @p from with room for @p size bytes, aligned to @p align (a power
///     of two).
void* aligned_down(const void* from, std::size_t size, std::size_t align) {
  const auto address = reinterpret_cast<std::uintptr_t>(from) - size;
  return reinterpret_cast<void*>(address & ~(std::uintptr_t{align} - 1));
}

}  // namespace

// [closure]
// zh: 大多数闭包不过几个指针，放在 G 自己里面。更大的从栈顶往下：闭包（按它要求的对齐），然后 16 字
//     节对齐的第一帧；这样的 G 只好现在就要一个栈。
// en: Most closures are a few pointers and lie inside the G. Larger ones go on the stack, from the
//     top down: the closure (aligned as it demands), then the first frame, aligned to 16; such a G
//     wants its stack right now.
void place_closure(P* p, G* g, const funcval& fn) {
  if (fn.size <= closure_room && fn.align <= cache_line) {
    g->sched.ctxt = g->closure.data();
    return;
  }
  g->stack = stackalloc(p);
  place_on_stack(g, fn);
}

void place_on_stack(G* g, const funcval& fn) {
  constexpr std::size_t frame_align = 16;  // System V ABI
  THROW_UNLESS(fn.size + fn.align <= closure_maximum,
               "newproc: function arguments too large for new goroutine");
  g->sched.ctxt = aligned_down(g->stack.hi, fn.size, fn.align);
  g->stktopsp = static_cast<std::byte*>(aligned_down(g->sched.ctxt, 0, frame_align));
}
// [closure]

// [newproc1]
G* newproc1(const funcval& fn, closure_builder builder, G* callergp, const void* callerpc) {
  // [take]
  G* newg = dead_g();
  INVARIANT(newg->stack.hi == nullptr, "newproc1: newg has a stack");
  INVARIANT(newg->status() == Gdead, "newproc1: new g is not Gdead");
  // [take]

  {
    P* p = current_p();
    p->owner.held();
    place_closure(p, newg, fn);
  }
  // [build]
  try {
    // zh: 用户代码：可能抛出，也可能让出，回来时我们也许在另一个 M 上。
    // en: User code: may throw, may yield, and afterwards we may be on another M.
    builder.build(newg->sched.ctxt, builder.from);
  } catch (...) {
    give_back(current_p(), newg);
    throw;
  }
  // [build]
  // [fill]

  M* m = acquirem();  // zh: 下面把 P 握在局部变量里 en: below, we hold the P in a local variable
  P* p = m->p;
  p->owner.held();
  newg->startfn = &fn;
  newg->startpc = reinterpret_cast<const void*>(fn.call);
  newg->gopc = callerpc;
  newg->parentGoid = callergp->goid;
  if (sched.tracebackancestors != 0) [[unlikely]]
    newg->ancestors = saveAncestors(callergp);
  if (const G* curg = m->curg) newg->labels = curg->labels;
  // [fill]
  // [publish]
  newg->goid = next_goid(p);
  add_one(p->goroutinesCreated, order::relaxed);
  casgstatus(newg, Gdead, Grunnable);

  runqput(p, newg, true);
  if (sched.mainStarted.load(order::relaxed)) workadded(p);
  releasem(m);
  return newg;
  // [publish]
}
// [newproc1]

}  // namespace newproc::rt
