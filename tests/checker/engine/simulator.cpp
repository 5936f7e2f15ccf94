// zh: 一次执行的骨架：起一个 M、决定接着谁跑、换过去、让时间过去、结束。
// en: An execution's skeleton: start an M, decide who goes on, switch, let time pass, end.
#include "simulator.hpp"

#include <cxxabi.h>
#include <sys/mman.h>

#include <cstring>

#include "arena.hpp"

namespace newproc::checker {

namespace context = boost::context::detail;

simulator the_simulator;

namespace {

constexpr std::size_t stack_bytes = 256 * 1024;
constexpr std::int64_t idle_round_ns = 1'000'000;

std::byte* new_stack() {
  void* p = ::mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) std::abort();
  return static_cast<std::byte*>(p);
}

std::uint64_t* exception_globals() {
  return reinterpret_cast<std::uint64_t*>(abi::__cxa_get_globals());
}

}  // namespace

void simulator::prepare(search& s, const limits& l, bool tracing) {
  search_ = &s;
  limits_ = l;
  tracing_ = tracing;
  if (++epoch_ == 0) epoch_ = 1;
  count_ = 0;
  current_ = last_to_pause_ = nobody;
  memory_.reset();
  steps_ = in_a_row_ = surprises_told_ = 0;
  now_ = idle_round_ns;
  outcome_ = outcome::rest;
  property_.clear();
  words_.clear();
  trace_.clear();
  // zh: init 在第 0 号的名义下做准备。 en: init prepares in the name of number 0.
  machines_[0].word = nullptr;
}

int simulator::spawn(void (*fn)(void*), void* arg) {
  if (count_ == max_machines)
    fail("broken invariant", "检查器只容得下 8 个 M / the checker has room for 8 Ms");
  machine& t = machines_[static_cast<std::size_t>(count_)];
  std::byte* stack = t.stack != nullptr ? t.stack : new_stack();
  t = {};
  t.stack = stack;
  t.fn = fn;
  t.arg = arg;
  t.state = activity::ready;
  t.spurious_left = limits_.spurious;
  t.eyes.id = count_;
  t.eyes.history = mix(17, static_cast<std::uint64_t>(count_));
  if (running_) {
    observer& parent = self().eyes;
    t.eyes.now = parent.now;
    t.eyes.learn(parent.history);
    parent.learn(static_cast<std::uint64_t>(64 + count_));
    parent.tick();
  }
  t.eyes.tick();
  t.place = context::make_fcontext(stack + stack_bytes, stack_bytes, entry);
  return count_++;
}

outcome simulator::run(void (*check)(void*), void* arg) {
  check_ = check;
  check_arg_ = arg;
  const std::array<std::uint64_t, 2> mine{exception_globals()[0], exception_globals()[1]};
  running_ = true;
  current_ = nobody;
  const int first = next_machine();
  if (first != nobody) {
    current_ = first;
    std::memset(exception_globals(), 0, 2 * sizeof(std::uint64_t));
    context::jump_fcontext(self().place, nullptr);
  }
  running_ = false;
  std::memcpy(exception_globals(), mine.data(), sizeof mine);
  return outcome_;
}

void simulator::entry(context::transfer_t from) {
  if (from.data == nullptr)
    the_simulator.explorer_ = from.fctx;
  else
    static_cast<machine*>(from.data)->place = from.fctx;
  machine& me = the_simulator.self();
  me.fn(me.arg);
  me.state = activity::done;
  me.eyes.learn(96);
  the_simulator.note("end", nullptr, 0, site::current());
  the_simulator.reschedule();
  std::abort();
}

void simulator::leave(outcome how) {
  outcome_ = how;
  context::jump_fcontext(explorer_, nullptr);
  std::abort();
}

void simulator::violated(std::string_view property, std::string_view words) {
  if (property_.empty()) {
    property_.assign(property);
    words_.assign(words);
  }
  outcome_ = outcome::failed;
  if (running_) leave(outcome::failed);
}

void simulator::fail(std::string_view property, std::string_view words) {
  violated(property, words);
  std::abort();  // zh: 只在执行之中调用 en: called within executions only
}

// --- zh: 调度  en: scheduling

void simulator::point(const void* object, bool writes) {
  last_to_pause_ = nobody;
  self().touches = object;
  self().writes = writes;
  if (++steps_ > limits_.steps)
    fail("the plan does not end", "步数超过了上限 / more steps than the limit allows");
  search_->stepped(current_);
  if (check_ != nullptr) {
    running_ = false;
    check_(check_arg_);
    running_ = true;
    if (outcome_ == outcome::failed) leave(outcome::failed);
  }
  if (++in_a_row_ > limits_.fairness && self().state == activity::ready) {
    self().state = activity::yielded;
    search_->gave_way(current_);
    search_->cut_short();
  }
  reschedule();
  self().eyes.tick();
  search_->performs(current_, rivals());
}

// zh: 它们的下一步与我的这一步碰同一样东西，至少一个要改：谁先谁后有分别。
// en: Those whose next step touches the same as this step of mine, one of us changing it: it matters who
//     comes first.
std::uint32_t simulator::rivals() const {
  const machine& me = self();
  std::uint32_t found = 0;
  for (int i = 0; i < count_ && me.touches != nullptr; ++i) {
    const machine& t = machines_[static_cast<std::size_t>(i)];
    if (i != current_ && t.touches == me.touches && (t.writes || me.writes)) found |= 1u << i;
  }
  return found;
}

bool simulator::can_run(const machine& t) const {
  switch (t.state) {
    case activity::ready:
      return true;
    case activity::locking:
      return t.lock->owner == nobody;
    case activity::joining:
      return machines_[static_cast<std::size_t>(t.joins)].state == activity::done;
    default:
      return false;
  }
}

// zh: 谁也不能动了：若有人睡到某个时刻，时间就走到那里；若有人让开过，给他们一段时间。
// en: No M can move. If one sleeps until some time, time goes there; if some gave way, a little
//     time passes for them.
bool simulator::let_time_pass() {
  machine* earliest = nullptr;
  bool spinners = false;
  for (int i = 0; i < count_; ++i) {
    machine& t = machines_[static_cast<std::size_t>(i)];
    if (t.state == activity::sleeping && t.deadline != 0 &&
        (earliest == nullptr || t.deadline < earliest->deadline))
      earliest = &t;
    if (t.state == activity::yielded) {
      spinners = true;
      t.state = activity::ready;
    }
  }
  if (earliest != nullptr && before_time != nullptr && current_ != nobody) {
    running_ = false;
    before_time(earliest->deadline);
    running_ = true;
    if (outcome_ == outcome::failed) leave(outcome::failed);
  }
  if (earliest != nullptr) {
    now_ = std::max(now_, earliest->deadline);
    earliest->timed_out = true;
    earliest->state = activity::ready;
  } else if (spinners) {
    now_ += idle_round_ns;
  }
  return earliest != nullptr || spinners;
}

std::uint64_t simulator::signature() const {
  std::uint64_t h = mix(static_cast<std::uint64_t>(now_), static_cast<std::uint64_t>(current_ + 1));
  for (int i = 0; i < count_; ++i) {
    const machine& t = machines_[static_cast<std::size_t>(i)];
    h = mix(h, t.eyes.history);
    h = mix(h, static_cast<std::uint64_t>(t.state));
  }
  return h;
}

// zh: 可以接着跑的：当前的、其余就绪的，最后是让开过的。让开过的只在别人都不能动时才轮到；提早轮到
//     算一个意外。
// en: Who may go on: the current M, the others that are ready, and last those that gave way. These
//     come when nobody else can move; coming earlier is a surprise.
int simulator::next_machine() {
  std::array<int, max_machines> able;
  std::size_t n = 0;
  const bool current_ready = current_ != nobody && can_run(self());
  const auto collect = [&] {
    if (current_ready) able[n++] = current_;
    for (int i = 1; i <= count_; ++i) {
      const int m = (current_ + i) % count_;
      if ((m != current_ || !current_ready) && can_run(machines_[static_cast<std::size_t>(m)]))
        able[n++] = m;
    }
  };
  collect();
  if (n == 0 && let_time_pass()) collect();
  if (n == 0) return nobody;
  for (int m = 0; m < count_; ++m)
    if (machines_[static_cast<std::size_t>(m)].state == activity::yielded) able[n++] = m;
  if (n == 1) return able[0];
  if (search_->seen_before(signature())) leave(outcome::pruned);
  return able[static_cast<std::size_t>(search_->choose_machine({able.data(), n}))];
}

void simulator::reschedule() {
  const int next = next_machine();
  if (next == nobody) leave(outcome::rest);
  machine& to = machines_[static_cast<std::size_t>(next)];
  if (to.state == activity::yielded) to.state = activity::ready;
  if (next == current_) return;
  in_a_row_ = 0;
  switch_to(next);
}

void simulator::switch_to(int m) {
  machine& from = self();
  std::memcpy(from.exceptions.data(), exception_globals(), sizeof from.exceptions);
  current_ = m;
  std::memcpy(exception_globals(), self().exceptions.data(), sizeof from.exceptions);
  const context::transfer_t back = context::jump_fcontext(self().place, &from);
  static_cast<machine*>(back.data)->place = back.fctx;
}

void simulator::wake(int m, std::uint64_t by) {
  machine& t = machines_[static_cast<std::size_t>(m)];
  t.state = activity::ready;
  t.timed_out = false;
  t.eyes.learn(by);
}

}  // namespace newproc::checker
