// zh: 孩子的异常没有人接：它离开了 goroutine 的函数，整个程序结束。
// en: Nobody catches what a child throws: it leaves the goroutine's function, and the whole program
//     ends.
// earns: the program said: panic: first
#include "given.hpp"

#include <exception>
#include <utility>

#include "newproc/go.hpp"

namespace newproc::rt {

struct nursery::state {
  os::atomic<int> pending{1};
  os::atomic<bool> failed{false};
  os::var<G*> owner = nullptr;
  std::exception_ptr error = nullptr;

  // zh: 少了一个。不是最后一个，就再也不许碰它：主人也许已经走了。
  // en: One less. Unless it was the last it must not be touched any more: the owner may be gone.
  void leave() {
    // zh: acq_rel：孩子做过的事，由此交给最后一个，再交给主人。
    // en: acq_rel: what the children did is handed to the last one by this, and on to the owner.
    if (pending.fetch_sub(1, order::acq_rel) == 1) goready(owner);
  }

  struct leaving {
    state* s;
    ~leaving() { s->leave(); }
  };

  void run(const std::function<void()>& child) { child(); }
};

nursery::nursery() : state_(new state) {}

nursery::~nursery() {
  try {
    wait();
  } catch (...) {
  }
  delete state_;
}

void nursery::go(std::function<void()> child) {
  state* s = state_;
  s->pending.fetch_add(1, order::relaxed);
  newproc::go([s, child = std::move(child)]() mutable {
    const state::leaving last{s};
    // zh: 它捕获的东西也要在离开之前没了。
    // en: What it captured must be gone too before it leaves.
    const std::function<void()> mine = std::move(child);
    s->run(mine);
  });
}

void nursery::wait() {
  state& s = *state_;
  s.owner = getg();
  gopark([](G*, void* arg) { static_cast<state*>(arg)->leave(); }, &s, "nursery");
  s.pending.store(1, order::relaxed);
  s.failed.store(false, order::relaxed);
  if (s.error) std::rethrow_exception(std::exchange(s.error, nullptr));
}

}  // namespace newproc::rt
