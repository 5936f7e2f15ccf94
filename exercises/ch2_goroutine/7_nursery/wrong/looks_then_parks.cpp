// zh: 先看还有没有孩子，再停下：最后一个孩子在两者之间结束，主人还没有停好就被放行。
// en: Looks whether there are children, and then parks: the last may end in between, and readies an
//     owner that has not parked yet.
// earns: property that failed | wait() did not return
#include "given.hpp"

#include <exception>
#include <utility>

#include "newproc/go.hpp"

namespace newproc::rt {

struct nursery::state {
  os::atomic<int> pending{0};
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

nursery::nursery() : state_(new state) { state_->owner = getg(); }

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
  if (s.pending.load(order::acquire) != 0) gopark([](G*, void*) {}, &s, "nursery");
  s.failed.store(false, order::relaxed);
  if (s.error) std::rethrow_exception(std::exchange(s.error, nullptr));
}

}  // namespace newproc::rt
