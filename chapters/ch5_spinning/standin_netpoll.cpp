// zh: 第 9 章的替身：没有网络，只有时钟；睡在一个带时限的 futex 上。
// en: The stand-in for chapter 9: no network, only the clock; it sleeps on a futex with a timeout.
#include "ch9_netpoll/netpoll.hpp"
#include "os/futex.hpp"

namespace newproc::rt {
namespace {

os::atomic<std::uint32_t> broken{0};

}  // namespace

G* netpoll(std::int64_t until) {
  if (broken.exchange(0, order::acq_rel) != 0) return nullptr;
  os::futex_wait_until(broken, 0, until);
  broken.store(0, order::relaxed);
  return nullptr;
}

void netpollBreak() {
  if (broken.exchange(1, order::acq_rel) == 0) os::futex_wake(broken, 1);
}

void netpollinit() { broken.store(0, order::relaxed); }

}  // namespace newproc::rt
