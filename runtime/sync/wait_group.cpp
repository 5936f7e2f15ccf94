// zh: 等一组：计数和几个在等，在同一个字里；减到零的那一次读改写，也看得见有谁在等。
//
// zh: 叫醒之前先把字清零。最后一个放行之后不再碰它：等着的人的栈上，它也许已经没有了。
//
// en: Waiting for a group: the counter, and how many wait, are in one word; the read-modify-write that takes the
//     counter to zero also sees who waits.
//
// en: The word is cleared before the first is let go on. After the last it is not touched: on the stack of the one
//     that waited it may be gone.
#include "ch6_parking/parking.hpp"
#include "newproc/go.hpp"
#include "newproc/sync.hpp"

namespace newproc {
namespace {

std::int32_t count(std::uint64_t state) { return static_cast<std::int32_t>(state >> 32); }
std::uint32_t waiters(std::uint64_t state) { return static_cast<std::uint32_t>(state); }

constexpr const char* misuse = "sync: WaitGroup misuse: Add called concurrently with Wait";

/// zh: 上一次运行留下的等着的都不在了；计数照旧。
/// en: Those left waiting by a former run are gone; the counter stays.
void forget_waiters(rt::word<std::uint64_t>& state, rt::sema& sema) {
  if (rt::semafresh(sema)) return;
  rt::semarenew(
      sema,
      [](void* s) {
        static_cast<rt::word<std::uint64_t>*>(s)->fetch_and(~std::uint64_t{0xffff'ffff},
                                                            rt::order::relaxed);
      },
      &state);
}

}  // namespace

// [add]
void wait_group::add(int delta) {
  rt::goroutine("wait_group::add");
  const auto change = static_cast<std::uint64_t>(static_cast<std::uint32_t>(delta)) << 32;
  if (waiters(state_.load(rt::order::relaxed)) != 0) forget_waiters(state_, sema_);
  // zh: 与 wait 的 acquire 配对；几个 done 的在这个字上连成一串 en: pairs with the acquire in wait; those of several dones form a chain on this word
  const std::uint64_t now = rt::add(state_, change, rt::order::acq_rel) + change;
  if (count(now) < 0) panic("sync: negative WaitGroup counter");
  if (waiters(now) == 0) return;
  if (delta > 0 && count(now) == delta) panic(misuse);
  if (count(now) > 0) return;
  std::uint64_t same = now;
  if (!rt::cas(state_, same, std::uint64_t{0}, rt::order::relaxed)) panic(misuse);
  for (std::uint32_t i = 0; i < waiters(now); ++i) rt::semrelease(sema_);
}
// [add]

// [wait]
void wait_group::wait() {
  rt::goroutine("wait_group::wait");
  // zh: 与 add 的 release 配对 en: pairs with the release in add
  std::uint64_t old = state_.load(rt::order::acquire);
  while (count(old) != 0) {
    if (!rt::semafresh(sema_)) {
      forget_waiters(state_, sema_);
      // zh: 同上 en: the same; pairs with the release in add
      old = state_.load(rt::order::acquire);
      continue;
    }
    if (!rt::cas(state_, old, old + 1, rt::order::acquire)) continue;
    rt::semacquire(sema_, "sync.WaitGroup.Wait");
    if (state_.load(rt::order::relaxed) != 0)
      panic("sync: WaitGroup is reused before previous Wait has returned");
    return;
  }
}
// [wait]

}  // namespace newproc
