// zh: goroutine 等在哪里：等着的人排的队，信号量，通知表。同步类型由它们搭成；怎样等、怎样放行，在
//     ch6_parking。
// en: Where goroutines wait: the queue that they form, the semaphore, the notify list. The sync types are
//     built on these; how one waits and is let go on is in ch6_parking.
#pragma once

#include <cstdint>

#include "newproc/detail/word.hpp"

namespace newproc::rt {

struct sudog;

/// zh: 等着的人，先来的在前。 en: Those that wait, the first to come in front.
/// Go: chan.go, waitq
struct waitq {
  // zh: 不拿锁的人也看它：空不空 en: looked at without the lock too: is it empty?
  word<sudog*> first{nullptr};
  field<sudog*> last = nullptr;
};

/// zh: 一个信号量：还有几个可拿，谁在等。 en: A semaphore: how many are to be had, and who waits.
struct sema {
  // zh: 最高位：有人等着；其余：还有几个。两者不会同时不为零。
  // en: the top bit: some wait; the others: how many are left. Never are both nonzero.
  word<std::uint32_t> value{0};
  // zh: 给了等着的人、而他还没有醒来的，有几个 en: how many were given to one that waits, and has not woken yet
  word<std::uint32_t> handed{0};
  // zh: 等着的人是哪一次运行的 en: of which run those are that wait
  word<std::uint32_t> run{0};
  waitq queue;
};

/// zh: 凭号等通知：号从 wait 领，比 notify 小的都已经叫过。
/// en: Waiting by ticket: tickets are drawn from wait, all below notify have been called.
/// Go: sema.go, notifyList
struct notifyList {
  word<std::uint32_t> wait{0};
  word<std::uint32_t> notify{0};
  word<std::uint32_t> run{0};
  waitq queue;
};

}  // namespace newproc::rt
