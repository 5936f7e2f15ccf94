// zh: 死去的 G 的缓存，和 goid 的区间：两处“从全局批发，在 P 上零售”。
//
// zh: 空闲 G 有 64/32 的滞回：到 64 才往外挪，一直挪到不足 32；补货补到 32。
//     若界限只有一个，一个恰好站在界上的 P 会每次 go、每次退出都去拿全局的锁。
//     不往外挪也不行：一个 P 只管创建、另一个只管了结，死去的 G 就会无限地堆在后者那里。
//
// zh: 全局表有自己的锁，不是 sched.lock（勘误 B.5）；Go 有两张全局表（有栈、无栈），
//     我们的 G 住在自己的栈上，没有无栈的 G，所以一张就够。
//
// en: The cache of dead Gs, and the goid ranges: two cases of "wholesale from the global store,
//     retail on the P".
//
// en: Free Gs have a hysteresis of 64/32: only at 64 Gs are moved out, until fewer than 32 are
//     left; a refill brings 32. With one limit instead of two, a P that sits just on it would take
//     the global lock with every go and every exit. And without moving out, where one P creates and
//     another finishes, the dead would pile up at the latter without bound.
//
// en: The global list has a lock of its own, not sched.lock (erratum B.5). Go has two global lists,
//     with and without stacks; our G lives on its stack, there is none without, so one list does.
//
// zh: 两处都是指针的数组，不是串在 G 身上的链：搬动 32 个 G 只是抄 32 个指针，锁握得很短；
//     若沿着链走，每一步都要等一个在别的核缓存里的 G。
//
// en: Both are arrays of pointers, not lists linked through the Gs: to move 32 of them is to copy
//     32 pointers, and the lock is held briefly; along a list each step would wait for a G that
//     sits in another core's cache.
#include <algorithm>

#include "ch2_goroutine/goroutine.hpp"

namespace newproc::rt {
namespace {

// zh: 把全局表末尾的 @p n 个搬到 P。 en: Moves the global list's last @p n to the P.
void refill(P* p, std::int32_t wanted) REQUIRES(p->owner) {
  const os::lock_guard hold(sched.gFree.lock);
  auto& list = sched.gFree.list;
  const std::int32_t n = std::min(wanted, static_cast<std::int32_t>(list.size()));
  std::copy(list.end() - n, list.end(), p->gfree.begin());
  list.resize(list.size() - static_cast<std::size_t>(n));
  sched.gFree.n.store(static_cast<std::int32_t>(list.size()), order::relaxed);
  p->gfree_n.store(n, order::relaxed);
}

}  // namespace

// [gfget]
G* gfget(P* p) {
  // zh: 不拿锁先看一眼；看错成“空”，不过是新造一个 G。
  // en: A look without the lock; a wrong "empty" merely makes a new G.
  if (p->gfree_n.load(order::relaxed) == 0 && sched.gFree.n.load(order::relaxed) != 0)
    refill(p, gfree_low);
  const std::int32_t n = p->gfree_n.load(order::relaxed) - 1;
  if (n < 0) return nullptr;
  p->gfree_n.store(n, order::relaxed);
  if (n > 0)
    prefetch(p->gfree[static_cast<std::size_t>(n) - 1]);  // zh: 下一次 go 要用 en: for the next go
  return p->gfree[static_cast<std::size_t>(n)];
}
// [gfget]

// [gfput]
void gfput(P* p, G* g) {
  std::int32_t n = p->gfree_n.load(order::relaxed);
  p->gfree[static_cast<std::size_t>(n++)] = g;
  if (n == gfree_high) {
    constexpr std::int32_t kept = gfree_low - 1;
    const os::lock_guard hold(sched.gFree.lock);
    auto& list = sched.gFree.list;
    list.insert(list.end(), p->gfree.begin() + kept, p->gfree.end());
    sched.gFree.n.store(static_cast<std::int32_t>(list.size()), order::relaxed);
    // zh: 也在锁下改：gcount 拿着锁来数，搬家中的 G 不会数两次。
    // en: Changed under the lock too: gcount counts with it held and counts no G twice that moves.
    p->gfree_n.store(kept, order::relaxed);
    return;
  }
  p->gfree_n.store(n, order::relaxed);
}
// [gfput]

// [goid]
std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    // zh: Go 的 Xadd 返回新值，要减 15；C++ 的 fetch_add 返回旧值，所以加 1。
    // en: Go's Xadd returns the new value and subtracts 15; C++'s fetch_add returns the old one, so
    //     we add 1.
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}
// [goid]

}  // namespace newproc::rt
