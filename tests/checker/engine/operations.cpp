// zh: 被检查的代码能做的每件事，各是一步：原子操作、锁、futex、线程、让开。
// en: Everything the code under test can do, a step each: atomics, locks, futexes, threads, giving
//     way.
#include <cerrno>

#include "arena.hpp"
#include "simulator.hpp"

namespace newproc::checker {

void* simulator::word() {
  return current_ == nobody || !running_ ? machines_[0].word : self().word;
}

void simulator::set_word(void* word) {
  if (!running_) {
    machines_[0].word = word;
    return;
  }
  // zh: 换栈之前的一刻也可能被打断：谁若先公布了自己，别人此时就会站上来。
  // en: An M may be interrupted just before changing stacks too: if it has published itself
  //     already, it finds another standing there.
  point();
  self().eyes.learn(99);  // zh: 每一步都要进历史 en: every step must enter the history
  for (int i = 0; i < count_; ++i)
    if (i != current_ && word != nullptr && machines_[static_cast<std::size_t>(i)].word == word)
      fail("two Ms on one stack", "M" + std::to_string(current_) + " 要站上 M" + std::to_string(i) +
                                      " 还站着的栈 / M" + std::to_string(current_) +
                                      " enters the stack that M" + std::to_string(i) +
                                      " still stands on");
  self().word = word;
}

location& simulator::history(const cell& c) {
  cell& own = const_cast<cell&>(c);
  if (own.epoch != epoch_) {
    own.epoch = epoch_;
    own.index = memory_.add(&c, c.bits);
  }
  return memory_.at(own.index);
}

std::uint64_t simulator::load(const cell& c, order o, site where) {
  if (!running_) return c.bits;
  point(&c, false);
  location& l = history(c);
  const int back = search_->choose(choice_kind::load, memory_.readable(l, self().eyes, o), true);
  const std::uint64_t value = memory_.load(l, back, self().eyes, o);
  note("load", &c, value, where, back);
  return value;
}

void simulator::store(cell& c, std::uint64_t value, order o, site where) {
  if (!running_) {
    c.bits = value;
    return;
  }
  point(&c);
  const int back = place(c, o);
  location& l = history(c);
  memory_.store(l, value, back, self().eyes, o, where);
  c.bits = l.newest().value;
  note("store", &c, value, where, back);
}

int simulator::place(const cell& c, order o) {
  const location& l = history(c);
  const int reachable = memory_.reachable(l, self().eyes, o);
  std::array<int, most_places> places;
  int n = 0;
  for (int back = 0; back < reachable && n < most_places; ++back)
    if (l.open(back)) places[static_cast<std::size_t>(n++)] = back;
  if (n == most_places) search_->cut_short();
  return places[static_cast<std::size_t>(search_->choose(choice_kind::place, n, true))];
}

void simulator::apply(cell& c, std::uint64_t value, int back, order o, const char* what,
                      site where) {
  location& l = history(c);
  memory_.update(l, value, back, self().eyes, o, where);
  c.bits = l.newest().value;
  note(what, &c, value, where, back);
}

// zh: 失败的 CAS 只是一次读，可以读到旧值；成功的还要紧跟着它读到的那一条，所以那里必须没有别的读改写。
// en: A CAS that fails is a mere load and may read a stale value; one that succeeds must come right
//     behind what it read, so no other read-modify-write may be there.
bool simulator::compare_exchange(cell& c, std::uint64_t& expected, std::uint64_t desired,
                                 order success, order failure, bool weak, site where) {
  if (!running_) {
    if (c.bits != expected) {
      expected = c.bits;
      return false;
    }
    c.bits = desired;
    return true;
  }
  point(&c);
  location& l = history(c);
  struct option {
    int back;
    bool succeeds;
  };
  std::array<option, most_places> options;
  int n = 0;
  const int readable = memory_.readable(l, self().eyes, failure);
  const int reachable = memory_.reachable(l, self().eyes, success);
  for (int back = 0; back < std::max(readable, reachable) && n < most_places; ++back) {
    const bool matches = l.at(back).value == expected;
    if (matches ? back < reachable && l.open(back) : back < readable)
      options[static_cast<std::size_t>(n++)] = {back, matches};
  }
  if (n == most_places) search_->cut_short();
  const int taken = search_->choose(choice_kind::load, n, true);
  const auto [back, succeeds] = options[static_cast<std::size_t>(taken)];
  if (!succeeds) {
    expected = memory_.load(l, back, self().eyes, failure);
    note("cas failed", &c, expected, where, back);
    return false;
  }
  if (weak && search_->choose(choice_kind::failure, 2, true) == 1) {
    self().eyes.learn(97);
    note("cas failed", &c, expected, where, back);
    return false;
  }
  apply(c, desired, back, success, "cas", where);
  return true;
}

void simulator::fence(order o, site where) {
  if (!running_) return;
  point();
  memory_.fence(self().eyes, o);
  note("fence", nullptr, 0, where);
}

// zh: 先收齐各人知道的，再让各人都知道。 en: First gather what each knows, then let each know it.
void simulator::barrier_everywhere(site where) {
  if (!running_) return;
  point();
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < count_; ++i)
      memory_.fence(machines_[static_cast<std::size_t>(i)].eyes, order::seq_cst);
  note("barrier everywhere", nullptr, 0, where);
}

void simulator::lock(lock_state& l, site where) {
  if (!running_) return;
  if (l.epoch != epoch_) {
    l = {};
    l.epoch = epoch_;
  }
  self().state = activity::locking;
  self().lock = &l;
  point(&l);
  machine& me = self();
  me.state = activity::ready;
  l.owner = current_;
  me.eyes.now.join(l.released);
  me.eyes.learn(mix(reinterpret_cast<std::uintptr_t>(&l), l.hash));
  note("lock", &l, 0, where);
}

void simulator::unlock(lock_state& l, site where) {
  if (!running_) return;
  if (l.owner != current_ || l.epoch != epoch_)
    fail("broken invariant",
         "放锁的 M 并不持有它 / a lock is released by an M that does not hold it");
  observer& me = self().eyes;
  l.released = me.now;
  l.owner = nobody;
  me.learn(98);
  l.hash = me.history;
  me.tick();
  note("unlock", &l, 0, where);
}

void simulator::futex_wait(cell& c, std::uint32_t expected, std::int64_t deadline, site where) {
  point(&c, false);
  location& l = history(c);
  // zh: 内核在自己的锁下读最新的值。 en: The kernel reads the newest value under a lock of its own.
  const std::uint64_t value = memory_.load(l, 0, self().eyes, order::relaxed);
  if (value != expected) return note("futex: no longer that value", &c, value, where);
  machine& me = self();
  const bool can_wake = me.spurious_left > 0;
  const bool can_expire = deadline != 0;
  const int taken = search_->choose(choice_kind::sleep, 1 + can_wake + can_expire, true);
  me.eyes.learn(static_cast<std::uint64_t>(100 + taken));
  if (taken == 1 && can_wake) {
    --me.spurious_left;
    return note("futex: wakes for no reason", &c, value, where);
  }
  if (taken != 0) {
    now_ = std::max(now_, deadline);
    return note("futex: time is up", &c, value, where);
  }
  note("futex: sleeps", &c, value, where);
  me.state = activity::sleeping;
  me.waits_for = &c;
  me.deadline = deadline;
  me.timed_out = false;
  reschedule();
  self().eyes.tick();
  if (self().timed_out) self().eyes.learn(103);
  note(self().timed_out ? "futex: time is up" : "futex: is awake", &c, 0, where);
}

void simulator::futex_wake(const cell& c, int count, site where) {
  point(&c);
  int woken = 0;
  for (; count > 0; --count, ++woken) {
    std::array<int, max_machines> waiters;
    std::size_t n = 0;
    for (int i = 0; i < count_; ++i) {
      const machine& t = machines_[static_cast<std::size_t>(i)];
      if (t.state == activity::sleeping && t.waits_for == &c) waiters[n++] = i;
    }
    if (n == 0) break;
    const int which = search_->choose(choice_kind::waiter, static_cast<int>(n), false);
    wake(waiters[static_cast<std::size_t>(which)], self().eyes.history);
  }
  self().eyes.learn(static_cast<std::uint64_t>(104 + woken));
  note("futex: wakes", &c, static_cast<std::uint64_t>(woken), where);
}

int simulator::start_thread(void (*fn)(void*), void* arg, site where) {
  point();
  const int m = spawn(fn, arg);
  note("starts a thread", nullptr, static_cast<std::uint64_t>(m), where);
  return m;
}

void simulator::join_thread(int m, site where) {
  self().state = activity::joining;
  self().joins = m;
  point();
  self().state = activity::ready;
  joined(m, where);
}

bool simulator::try_join_thread(int m, site where) {
  point();
  if (machines_[static_cast<std::size_t>(m)].state == activity::done) {
    joined(m, where);
    return true;
  }
  self().eyes.learn(110);
  note("finds a thread alive", nullptr, static_cast<std::uint64_t>(m), where);
  return false;
}

void simulator::joined(int m, site where) {
  const observer& child = machines_[static_cast<std::size_t>(m)].eyes;
  self().eyes.now.join(child.now);
  self().eyes.learn(child.history);
  note("joins a thread", nullptr, static_cast<std::uint64_t>(m), where);
}

// zh: 接连让两次，其间谁也没有动，等于让一次。 en: Twice in a row with nobody moving is once.
void simulator::give_way(const char* what, site where) {
  if (!running_) return;
  if (last_to_pause_ == current_) {
    if (++steps_ > limits_.steps) point();
    return;
  }
  self().state = activity::yielded;
  self().eyes.learn(105);
  search_->gave_way(current_);
  note(what, nullptr, 0, where);
  point();
  if (self().state == activity::yielded) self().state = activity::ready;
  last_to_pause_ = current_;
}

void simulator::stay_busy(site where) {
  note("is busy for ever", nullptr, 0, where);
  self().eyes.learn(106);
  self().state = activity::busy;
  reschedule();
}

void simulator::compute(std::int64_t ns, site where) {
  point();
  now_ += ns;
  self().eyes.learn(108);
  for (int i = 0; i < count_; ++i) {
    machine& t = machines_[static_cast<std::size_t>(i)];
    if (t.state != activity::sleeping || t.deadline == 0 || t.deadline > now_) continue;
    t.timed_out = true;
    t.state = activity::ready;
  }
  note("computes", nullptr, 0, where);
}

std::uint32_t simulator::random(site where) {
  if (!running_) return 0;
  const kept<std::uint32_t> values = randoms != nullptr ? randoms() : kept<std::uint32_t>{0};
  const int taken = search_->choose(choice_kind::random, static_cast<int>(values.size()), true);
  const std::uint32_t value = values[static_cast<std::size_t>(taken)];
  self().eyes.learn(std::uint64_t{200} + value);
  if (values.size() > 1) note("random", nullptr, value, where);
  return value;
}

std::uint32_t simulator::random_below(std::uint32_t n, site where) {
  if (!running_) return 0;
  const int taken = search_->choose(choice_kind::random, static_cast<int>(n), true);
  self().eyes.learn(std::uint64_t{200} + static_cast<std::uint64_t>(taken));
  if (n > 1) note("random", nullptr, static_cast<std::uint64_t>(taken), where);
  return static_cast<std::uint32_t>(taken);
}

void busy_forever(site where) { the_simulator.stay_busy(where); }
void compute_for(std::int64_t ns, site where) { the_simulator.compute(ns, where); }

}  // namespace newproc::checker
