// zh: 运行时的名字和规矩。 en: The runtime's names and rules.
#include "rules.hpp"

#include <algorithm>

#include "engine/places.hpp"
#include "model/current.hpp"

namespace newproc::checker {
namespace {

using rt::G;
using rt::M;
using rt::P;
using rt::sched;

struct given_name {
  const void* address;
  std::size_t size;
  const char* text;
};
kept<given_name> given_names;

template <class F>
bool within(const void* a, const F& field) {
  const auto at = reinterpret_cast<std::uintptr_t>(a);
  const auto start = reinterpret_cast<std::uintptr_t>(&field);
  return at >= start && at < start + sizeof field;
}

#define NAMED(object, field) \
  if (within(a, (object).field)) return #field;

std::string field_of(const void* a, const P& p) {
  NAMED(p, runqhead)
  NAMED(p, runqtail)
  NAMED(p, runnext)
  NAMED(p, gfree)
  NAMED(p, stacks)
  NAMED(p, goroutinesCreated)
  NAMED(p, goroutinesEnded)
  NAMED(p, m)
  NAMED(p, link)
  for (std::size_t i = 0; i < p.runq.size(); ++i)
    if (within(a, p.runq[i])) return "runq[" + std::to_string(i) + "]";
  return "?";
}

std::string field_of(const void* a, const G& g) {
  NAMED(g, atomicstatus)
  NAMED(g, m)
  NAMED(g, schedlink)
  NAMED(g, lockedm)
  return "?";
}

std::string field_of(const void* a, const M& m) {
  NAMED(m, park)
  NAMED(m, curg)
  NAMED(m, p)
  NAMED(m, nextp)
  NAMED(m, spinning)
  NAMED(m, schedlink)
  NAMED(m, lockedg)
  NAMED(m, lockedidle)
  if (within(a, m.g0)) return "g0." + field_of(a, m.g0);
  return "?";
}

std::string field_of_sched(const void* a) NO_THREAD_SAFETY_ANALYSIS {
  NAMED(sched, npidle)
  NAMED(sched, nmspinning)
  NAMED(sched, needspinning)
  NAMED(sched, runqsize)
  NAMED(sched, lastpoll)
  NAMED(sched, pollUntil)
  NAMED(sched, ending)
  NAMED(sched, lock)
  NAMED(sched, gFree)
  NAMED(sched, stackFree)
  NAMED(sched, mainStarted)
  NAMED(sched, allglock)
  NAMED(sched, goidgen)
  NAMED(sched, nmlive)
  NAMED(sched, midle)
  NAMED(sched, pidle)
  NAMED(sched, nmidle)
  NAMED(sched, nmidlelocked)
  NAMED(sched, nmsys)
  NAMED(sched, mnext)
  NAMED(sched, nmfreed)
  return "?";
}

#undef NAMED

std::string name_of(const M& m) {
  return m.id == 0 && &m == &sched.m0 ? "m0" : "m" + std::to_string(m.id);
}

bool is_g(const void* p) NO_THREAD_SAFETY_ANALYSIS {
  for (const G* g : sched.allgs)
    if (g == p) return true;
  return false;
}

std::string object_name(const void* a) NO_THREAD_SAFETY_ANALYSIS {
  for (const given_name& n : given_names)
    if (a >= n.address && a < static_cast<const char*>(n.address) + n.size) return n.text;
  if (within(a, sched.m0)) return "m0." + field_of(a, sched.m0);
  if (within(a, sched)) return "sched." + field_of_sched(a);
  if (sched.allp != nullptr)
    for (int i = 0; i < sched.gomaxprocs; ++i)
      if (const P& p = sched.allp[static_cast<std::size_t>(i)]; within(a, p))
        return "P" + std::to_string(i) + "." + field_of(a, p);
  for (const M* m = sched.allm; m != nullptr; m = m->alllink)
    if (within(a, *m)) return name_of(*m) + "." + field_of(a, *m);
  for (const G* g : sched.allgs)
    if (within(a, *g)) return "G" + std::to_string(g->goid) + "." + field_of(a, *g);
  return global_name(a);
}

std::string goroutine_name(const void* word) {
  if (word == nullptr) return "-";
  return is_g(word) ? "G" + std::to_string(static_cast<const G*>(word)->goid) : "g0";
}

std::string value_text(const void* address, std::uint64_t bits) {
  if (is_g(reinterpret_cast<const void*>(bits)))
    return "G" + std::to_string(reinterpret_cast<const G*>(bits)->goid);
  if (object_name(address).ends_with("atomicstatus")) {
    constexpr const char* names[] = {"Gidle",    "Grunnable", "Grunning", "Gsyscall",
                                     "Gwaiting", "5",         "Gdead"};
    if (bits < std::size(names)) return names[bits];
  }
  return {};
}

// zh: 谁也不能再动了，世界却没有结束：可运行的 G 和空闲的 P 不该同时存在，也不该有人还算作自旋。
// en: Nobody can move and the world has not ended: there must not be a runnable G and an idle P at
//     once, nor anybody still counted as spinning.
void rules_at_rest() NO_THREAD_SAFETY_ANALYSIS {
  if (sched.ending.load(order::relaxed)) return;
  if (sched.pidle != nullptr)
    for (const G* g : sched.allgs)
      if (g->status() == rt::Grunnable)
        the_simulator.violated(
            "lost wake-up",
            "G" + std::to_string(g->goid) + " 可以运行，P" + std::to_string(sched.pidle->id) +
                " 闲着，而再也没有人会去看 / G" + std::to_string(g->goid) + " is runnable, P" +
                std::to_string(sched.pidle->id) + " is idle, and nobody will ever look");
  const int spinning = sched.nmspinning.load(order::relaxed);
  if (spinning != 0)
    the_simulator.violated("broken invariant", "没有人在自旋，nmspinning 却是 " +
                                                   std::to_string(spinning) + " / nmspinning is " +
                                                   std::to_string(spinning) +
                                                   " while nobody spins");
}

// zh: 人人都不动了，时间要走到 until：还闲着 P，就不许有人该在那之前醒。
// en: Nobody moves and time goes to `until`: while a P is idle nobody may be due before that.
void rules_before_time(std::int64_t until) NO_THREAD_SAFETY_ANALYSIS {
  if (sched.ending.load(order::relaxed) || sched.pidle == nullptr) return;
  for (const G* g : sched.allgs)
    if (g->status() == rt::Gwaiting && g->wakeup_time != 0 && g->wakeup_time < until)
      the_simulator.violated("overslept",
                             "G" + std::to_string(g->goid) +
                                 " 该在那之前醒来，P 闲着，却没有人守着它的钟 / G" +
                                 std::to_string(g->goid) +
                                 " is due earlier, a P is idle, and nobody watches its "
                                 "clock");
}

// zh: 运行时用随机数只做一件事：选定偷的时候先后去看哪些 P。两个数若走出同样的次序（自己的 P 不算），只
//     留一个；于是一次选择恰是一种次序。两个 P 时只有一种。
// en: The runtime uses random numbers for one thing: which Ps a thief visits in what order. Of numbers
//     that make the same order (its own P left out) one is kept; so each choice is an order. With two
//     Ps there is only one.
kept<std::uint32_t> orders_of_victims() {
  kept<std::uint32_t> numbers;
  kept<std::uint64_t> ways;
  const P* own = rt::getg()->m->p;
  const std::uint32_t walks =
      static_cast<std::uint32_t>(sched.gomaxprocs) * sched.stealOrder.strides();
  for (std::uint32_t number = 0; number < walks; ++number) {
    std::uint64_t way = 0;
    for (auto walk = sched.stealOrder.start(number); !walk.done(); walk.next())
      if (&sched.allp[walk.position()] != own) way = way * rt::max_procs + walk.position();
    if (std::find(ways.begin(), ways.end(), way) != ways.end()) continue;
    ways.push_back(way);
    numbers.push_back(number);
  }
  return numbers;
}

// zh: 叫不叫人，依它们而定。 en: These decide whether an M is woken.
bool is_a_count(std::string_view object) {
  return object.ends_with("nmspinning") || object.ends_with("npidle") ||
         object.ends_with("needspinning");
}

void rules_always() {
  expect(sched.nmspinning.load(order::relaxed) >= 0, "broken invariant",
         "nmspinning 是负数 / nmspinning is negative");
  const int idle = sched.npidle.load(order::relaxed);
  expect(idle >= 0 && idle <= sched.gomaxprocs, "broken invariant",
         "npidle 越界 / npidle is out of range");
}

}  // namespace

scenario& with_rules(scenario& s) {
  the_simulator.names = {object_name, goroutine_name, value_text, is_a_count};
  the_simulator.before_time = rules_before_time;
  the_simulator.randoms = orders_of_victims;
  s.init([] { given_names.clear(); });
  s.always(rules_always);
  s.at_rest(rules_at_rest);
  return s;
}

void name(const void* address, std::size_t size, const char* text) {
  given_names.push_back({address, size, text});
}

}  // namespace newproc::checker
