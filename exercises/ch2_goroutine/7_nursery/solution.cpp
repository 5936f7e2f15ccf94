// zh: 托儿所：一个计数，数的是“还会来碰它的人”：活着的孩子，加上还没停好的主人。谁把它减到零，谁放
//     行主人。主人的那一份，在他停好之后、由 g0 替他减；所以减到零的时候他一定停着。
//
// zh: 没有采用的设计：先看还有没有孩子、再停下（最后一个孩子在两者之间结束，就没有人来放行）；一把锁
//     （也对，可是每个孩子结束都要拿它，而这里只要一次原子减法）；主人让出，反复地看（它占着一个
//     P）。
//
// en: The nursery: one count of those who will yet come and touch it: the children alive, and the
//     owner as long as it has not parked. The one that takes it down to zero readies the owner. The
//     owner's own share is taken off after it has parked, by g0. So it is parked whenever zero is
//     reached.
//
// en: Designs not taken: to look whether there are children and then park (when the last ends in
//     between, nobody is left to ready it); a lock (right too, but each child that ends must take
//     it, where one atomic subtraction does); the owner yields and looks again and again (it keeps
//     a P busy).
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
