// zh: 孩子捕获的东西，与闭包一样长寿，比守卫活得久：主人醒来时，它们还在。
// en: What the child captured lives as long as its closure, longer than the guard: when the owner
//     wakes it is still there.
// earns: what a child captured is still being destroyed
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

  void run(const std::function<void()>& child) {
    try {
      child();
    } catch (const goexit_signal&) {
      throw;
    } catch (...) {
      if (!failed.exchange(true, order::relaxed)) error = std::current_exception();
    }
  }
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
  newproc::go([s, child = std::move(child)] {
    const state::leaving last{s};
    s->run(child);
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
