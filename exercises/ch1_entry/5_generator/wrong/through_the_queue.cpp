// zh: 两个方向都停下再放行：每一步都经过运行队列，别的 goroutine 排在前面。
// en: Stops and readies both ways: each step goes through the run queue, where other goroutines are
//     in front.
// earns: a step must be a direct switch
#include "given.hpp"

#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "newproc/go.hpp"

namespace newproc::rt {

struct generator::state {
  function body;
  generator* self;
  G* producer = nullptr;
  G* consumer = nullptr;
  std::int64_t value = 0;
  bool given = false, done = false, stop = false;
  std::exception_ptr error = nullptr;

  // zh: producer 的闭包：一个指针，住在 G 里面。 en: producer's closure: one pointer, inside the G.
  struct closure {
    state* s;
    static void call(void* self) { static_cast<closure*>(self)->s->run(); }
  };
  // zh: 不管怎样离开，最后一件事是放行消费者；那之后 state 可能已经不在了。
  // en: However it leaves, its last thing is to let the consumer go; after that the state may be gone.
  struct last_thing {
    state* s;
    ~last_thing() {
      G* consumer = s->consumer;
      s->done = true;
      P* p = getg()->m->p;
      p->owner.held();
      casgstatus(consumer, Gwaiting, Grunnable);
      runqput(p, consumer, true);
    }
  };
  void run() {
    const last_thing last{this};
    try {
      body(*self);
    } catch (const goexit_signal&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
  }
  void make_producer();
};

namespace {

// zh: 当前的 G 停下，to 在这个 M 上继续：没有队列，没有 g0。
// en: The current G stops and `to` goes on on this M: no queue, no g0.
void change_to(G* to) {
  G* me = getg();
  M* m = me->m;
  P* p = m->p;
  p->owner.held();
  runqput(p, to, false);
  mcall([](G* g) {
    casgstatus(g, Grunning, Gwaiting);
    dropg();
  });
}

}  // namespace

// zh: 一个可运行、却不在任何队列里的 G。 en: A G that is runnable and on no queue.
void generator::state::make_producer() {
  M* m = acquirem();
  P* p = m->p;
  p->owner.held();
  G* g = gfget(p);
  if (g == nullptr)
    systemstack([&g] {
      g = malg();
      casgstatus(g, Gidle, Gdead);
      allgadd(g);
    });
  const funcval& fn = funcval_of<closure>;
  place_closure(p, g, fn);
  ::new (g->sched.ctxt) closure{this};
  g->startfn = &fn;
  g->startpc = reinterpret_cast<const void*>(fn.call);
  g->parentGoid = getg()->goid;
  g->goid = next_goid(p);
  add_one(p->goroutinesCreated, order::relaxed);
  casgstatus(g, Gdead, Grunnable);
  releasem(m);
  producer = g;
}

generator::generator(function body) : state_(new state{.body = std::move(body), .self = this}) {}

generator::~generator() {
  state& s = *state_;
  if (s.producer != nullptr && !s.done) {
    s.stop = true;
    s.consumer = getg();
    casgstatus(s.producer, Gwaiting, Grunnable);
    change_to(s.producer);
  }
  delete state_;
}

bool generator::next(std::int64_t& value) {
  state& s = *state_;
  if (s.done) return false;
  s.consumer = getg();
  s.given = false;
  if (s.producer == nullptr)
    s.make_producer();
  else
    casgstatus(s.producer, Gwaiting, Grunnable);
  change_to(s.producer);
  if (s.error) std::rethrow_exception(std::exchange(s.error, nullptr));
  if (s.given) value = s.value;
  return s.given;
}

void generator::give(std::int64_t value) {
  state& s = *state_;
  s.value = value;
  s.given = true;
  casgstatus(s.consumer, Gwaiting, Grunnable);
  change_to(s.consumer);
  if (s.stop) goexit();
}

}  // namespace newproc::rt
