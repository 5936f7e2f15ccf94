// zh: 第 7 章的替身：一个按时刻排的堆，一把锁；睡着的 goroutine 和 after 的通道都在里面。能用；但人人抢一把锁，不要
//     了的 after 也要等到点才走。第 7 章用每个 P 一个的四叉堆代替它。
// en: The stand-in for chapter 7: one heap ordered by time, one lock; sleeping goroutines and the channels of
//     after are in it. It works; but all fight for one lock, and an after that is not wanted any more stays until
//     its time. Chapter 7 puts a four-ary heap per P in its place.
#include <algorithm>
#include <limits>
#include <vector>

#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch4_machine/machine.hpp"
#include "ch6_parking/parking.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "newproc/time.hpp"
#include "os/clock.hpp"

namespace newproc::rt {
namespace {

/// zh: 到点了叫 due(what)，在握着 P 的 M 上；运行先结束了，叫 dropped(what)。
/// en: When it is time due(what) is called, on an M with a P; if the run ends first, dropped(what).
struct alarm {
  std::int64_t when;
  std::uint64_t number;  // zh: 同一时刻的，先来的先 en: of those due at one time the first to come goes first
  void (*due)(void*);
  void (*dropped)(void*);
  void* what;

  bool operator<(const alarm& other) const {
    return when != other.when ? when > other.when : number > other.number;
  }
};

struct alarm_clock {
  os::mutex lock;
  std::vector<alarm> heap GUARDED_BY(lock);
  std::uint64_t numbers GUARDED_BY(lock) = 0;
  // zh: 最早的时刻，给不拿锁的人看；零：没有 en: the earliest time, for those without the lock; zero: none
  os::atomic<std::int64_t> next{0};

  void publish_next() REQUIRES(lock) {
    // zh: 与 rest 的 seq_cst 和下面的屏障一起 en: no partner by itself: goes with the seq_cst of rest and the fence below
    next.store(heap.empty() ? 0 : heap.front().when, order::seq_cst);
  }
};
[[gnu::init_priority(built_first)]] immortal<alarm_clock> clock_of_all;

constexpr auto never = std::numeric_limits<std::int64_t>::max();

std::int64_t in(std::int64_t ns) {
  const std::int64_t now = os::nanotime();
  return ns > never - now ? never : now + ns;
}

/// zh: 登记，再看谁该知道：按更晚的时刻守着钟的 M 要重新算；没有人守着，就叫一个来。
/// en: Registers it, then looks whom to tell: an M that watches the clock until later must reckon anew; if none
///     does, one is woken.
void set(alarm a) {
  {
    const os::lock_guard hold(clock_of_all->lock);
    a.number = clock_of_all->numbers++;
    clock_of_all->heap.push_back(a);
    std::push_heap(clock_of_all->heap.begin(), clock_of_all->heap.end());
    clock_of_all->publish_next();
  }
  os::fence(order::seq_cst);
  if (sched.lastpoll.load(order::seq_cst) == 0) {
    const std::int64_t until = sched.pollUntil.load(order::seq_cst);
    if (until == 0 || until > a.when) netpollBreak();
  } else if (sched.npidle.load(order::relaxed) != 0) {
    systemstack([] { wakep(); });
  }
}

bool take_due(std::int64_t now, alarm& a) {
  const os::lock_guard hold(clock_of_all->lock);
  auto& heap = clock_of_all->heap;
  if (heap.empty() || heap.front().when > now) return false;
  std::pop_heap(heap.begin(), heap.end());
  a = heap.back();
  heap.pop_back();
  clock_of_all->publish_next();
  return true;
}

/// zh: 在落地的那个栈上：@p g 睡下了。 en: On the stack where we land: @p g sleeps.
void sleepcommit(G* g) {
  set({.when = g->wakeup_time,
       .number = 0,
       .due = [](void* sleeper) {
         static_cast<G*>(sleeper)->wakeup_time = 0;
         goready(static_cast<G*>(sleeper));
       },
       .dropped = [](void*) {},
       .what = g});
}

void send_time(void* channel) {
  hchan* c = static_cast<hchan*>(channel);
  time_point now{std::chrono::nanoseconds(os::nanotime())};
  selectnbsend(c, &now);
  chanrelease(c);
}

}  // namespace

std::int64_t next_timer() { return clock_of_all->next.load(order::seq_cst); }

std::int64_t checktimers(P*) {
  if (next_timer() == 0) return 0;
  const std::int64_t now = os::nanotime();
  alarm a;
  while (next_timer() != 0 && next_timer() <= now && take_due(now, a)) a.due(a.what);
  return next_timer();
}

void timeinit() {
  std::vector<alarm> left;
  {
    const os::lock_guard hold(clock_of_all->lock);
    left.swap(clock_of_all->heap);
    clock_of_all->publish_next();
  }
  for (const alarm& a : left) a.dropped(a.what);
}

void time_sleep(std::int64_t ns) {
  G* g = goroutine("sleep");
  if (ns <= 0) return;
  g->wakeup_time = in(ns);
  gogo_direct(g, gopark(g, "sleep"), sleepcommit);
}

hchan* time_after(std::int64_t ns) {
  goroutine("after");
  hchan* c = makechan(chantype_of<time_point>, 1);
  chanretain(c);
  if (ns <= 0) {
    send_time(c);
  } else {
    set({.when = in(ns),
         .number = 0,
         .due = send_time,
         .dropped = [](void* channel) { chanrelease(static_cast<hchan*>(channel)); },
         .what = c});
  }
  return c;
}

}  // namespace newproc::rt
