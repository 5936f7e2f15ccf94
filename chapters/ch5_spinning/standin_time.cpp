// zh: 第 7 章的替身：一条按时刻排好的链，一把锁。能用；但每次睡都从头找位置，一百万个就太慢了。
//     第 7 章用每个 P 一个的四叉堆代替它。
// en: The stand-in for chapter 7: one list sorted by time, one lock. It works; but each sleep looks
//     for its place from the front, too slow for a million. Chapter 7 puts a four-ary heap per P in
//     its place.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "newproc/time.hpp"
#include "os/clock.hpp"

namespace newproc::rt {
namespace {

struct sleeper_list {
  os::mutex lock;
  G* first GUARDED_BY(lock) = nullptr;
  // zh: first 的时刻，给不拿锁的人看 en: first's time, for those without the lock
  os::atomic<std::int64_t> next{0};

  void publish_next() REQUIRES(lock) {
    next.store(first == nullptr ? 0 : first->wakeup_time, order::seq_cst);
  }
};
sleeper_list sleepers;

void insert(G* g) {
  const os::lock_guard hold(sleepers.lock);
  if (sleepers.first == nullptr || g->wakeup_time < sleepers.first->wakeup_time) {
    g->schedlink = sleepers.first;
    sleepers.first = g;
  } else {
    G* before = sleepers.first;
    for (G* after = before->schedlink; after != nullptr && after->wakeup_time <= g->wakeup_time;
         after = before->schedlink)
      before = after;
    g->schedlink = before->schedlink;
    before->schedlink = g;
  }
  sleepers.publish_next();
}

G* take_due(std::int64_t now) {
  const os::lock_guard hold(sleepers.lock);
  G* g = sleepers.first;
  if (g == nullptr || g->wakeup_time > now) return nullptr;
  sleepers.first = g->schedlink;
  g->schedlink = nullptr;
  sleepers.publish_next();
  return g;
}

void sleep_m(G* g) {
  casgstatus(g, Grunning, Gwaiting);
  dropg();
  const std::int64_t when = g->wakeup_time;
  insert(g);
  os::fence(order::seq_cst);  // zh: 先登记，再看谁闲着 en: first register, then look who is idle
  // zh: 有人按更晚的时刻睡在 netpoll 里，就让他重新算；没人睡着，就叫一个来照看。
  // en: If an M sleeps in netpoll until later, let it reckon anew; if none does, wake one.
  if (sched.lastpoll.load(order::seq_cst) == 0) {
    const std::int64_t until = sched.pollUntil.load(order::seq_cst);
    if (until == 0 || until > when) netpollBreak();
  } else if (sched.npidle.load(order::relaxed) != 0) {
    wakep();
  }
}

}  // namespace

std::int64_t next_timer() { return sleepers.next.load(order::seq_cst); }

std::int64_t checktimers(P* p) {
  if (next_timer() == 0) return 0;
  const std::int64_t now = os::nanotime();
  while (next_timer() != 0 && next_timer() <= now) {
    G* g = take_due(now);
    if (g == nullptr) break;
    casgstatus(g, Gwaiting, Grunnable);
    runqput(p, g, true);
    workadded(p);
  }
  return next_timer();
}

void timeinit() {
  const os::lock_guard hold(sleepers.lock);
  sleepers.first = nullptr;
  sleepers.publish_next();
}

void time_sleep(std::int64_t ns) {
  G* g = getg_user("sleep");
  if (ns <= 0) return;
  const std::int64_t now = os::nanotime();
  constexpr auto never = std::numeric_limits<std::int64_t>::max();
  g->wakeup_time = ns > never - now ? never : now + ns;
  g->waitreason = "sleep";
  mcall(sleep_m);
}

}  // namespace newproc::rt
