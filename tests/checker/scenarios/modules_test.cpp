// zh: 单个模块：note、空闲 G 的缓存、goid、空闲表、叫醒与睡下。
// en: Single modules: the note, the cache of free Gs, goids, the idle lists, waking and sleeping.
#include <doctest/doctest.h>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "rules.hpp"
#include "verdicts.hpp"

namespace newproc::checker {
namespace {

using rt::G;
using rt::M;
using rt::P;
using rt::sched;

struct notice {
  rt::note n;
  os::var<int> said;
};
notice* board = nullptr;

scenario with_note(const char* title) {
  scenario s(title);
  with_rules(s).init([] {
    empty_world(1);
    board = new notice;
    name(&board->n, "note");
    name(&board->said, "message");
  });
  return s;
}

TEST_CASE("note: what was written before the wake-up is seen after the sleep") {
  scenario s = with_note("note");
  s.machine([] {
     board->said = 7;
     rt::notewakeup(board->n);
   }).machine([] {
    rt::notesleep(board->n);
    expect(board->said == 7, "broken invariant", "该看见的话还看不见 / the message is not there");
  });
  must_be_proved(s);
}

TEST_CASE("note: with a deadline it is woken or the time is up, and never both") {
  scenario s = with_note("notetsleep");
  s.machine([] {
     board->said = 7;
     rt::notewakeup(board->n);
   }).machine([] {
    if (rt::notetsleep(board->n, the_simulator.now() + 1000))
      expect(board->said == 7, "broken invariant", "该看见的话还看不见 / the message is not there");
    else
      expect(the_simulator.now() >= 1000, "broken invariant", "太早了 / too early");
  });
  must_be_proved(s);
}

TEST_CASE("note: of two who wake at once the second is told") {
  scenario s = with_note("double wakeup");
  s.machine([] { rt::notewakeup(board->n); })
      .machine([] { rt::notewakeup(board->n); })
      .ends_in_fatal("notewakeup - double wakeup");
  must_be_proved(s);
}

// zh: 两个 P 各自生、各自死；全局表在中间。每个 G 同一时刻只有一个主人。
// en: Two Ps create and finish, the global list between them. Each G has one owner at a time.
struct nursery {
  std::array<os::var<int>, 8> held;
};
nursery* room = nullptr;

void hold(int p) {
  p_at(p)->owner.held();
  G* g = rt::gfget(p_at(p));
  if (g == nullptr) return;
  os::var<int>& mark = room->held[static_cast<std::size_t>(g->goid)];
  mark = mark + 1;
}
void give(int p, G* g) {
  p_at(p)->owner.held();
  rt::gfput(p_at(p), g);
}

TEST_CASE("gfree: no dead G is handed out twice") {
  scenario s("gfree");
  with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        empty_world(2);
        room = new nursery;
        for (int i = 0; i < 2; ++i) {
          sched.gFree.items.push_back(made_up_g(i));
          sched.allgs.back()->atomicstatus.store(rt::Gdead, order::relaxed);
        }
        sched.gFree.n.store(2, order::relaxed);
      })
      .machine([] {
        hold(0);
        for (int i = 2; i < 5; ++i) {
          G* g = std::make_unique<G>().release();
          g->goid = i;
          give(0, g);
        }
        hold(0);
      })
      .machine([] {
        hold(1);
        hold(1);
        hold(1);
      })
      .at_rest([]() {
        for (auto& mark : room->held)
          expect(mark <= 1, "G run twice",
                 "同一个死去的 G 发出去两次 / a dead G was handed out twice");
      });
  must_be_proved(s);
}

TEST_CASE("goid: no number is given twice") {
  scenario s("goid");
  static std::array<int, 32>* given = nullptr;
  const auto take = [](int p) {
    p_at(p)->owner.held();
    for (int i = 0; i < 3; ++i)
      expect(++(*given)[static_cast<std::size_t>(rt::next_goid(p_at(p)))] == 1, "broken invariant",
             "同一个编号发了两次 / a goid was given twice");
  };
  with_rules(s)
      .init([] {
        empty_world(3);
        given = new std::array<int, 32>{};
      })
      .machine([take] { take(0); })
      .machine([take] { take(1); })
      .machine([take] { take(2); });
  must_be_proved(s);
}

// zh: 叫醒与睡下：一个 M 睡着，两个人同时叫；令牌只有一个。
// en: Waking and sleeping: one M sleeps, two call at once; there is only one token.
TEST_CASE("wakep: two wakers, one token, one P and one M") {
  scenario s("wakep twice, stopm");
  with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        empty_world(3, 3);
        rt::pidleput(p_at(2));
        sched.mnext = 3;
      })
      .machine([] {
        stand_on(0, 0);
        rt::wakep();
        busy_forever();
      })
      .machine([] {
        stand_on(1, 1);
        rt::wakep();
        busy_forever();
      })
      .machine([] {
        M* m = stand_on(2, -1);
        rt::stopm();
        expect(m->p != nullptr, "broken invariant", "被叫醒，却没有给它 P / woken without a P");
        expect(static_cast<bool>(m->spinning), "broken invariant",
               "被 wakep 叫醒，却不在自旋 / woken by wakep, not spinning");
        m->spinning = false;
        sched.nmspinning.fetch_sub(1, order::seq_cst);
        busy_forever();
      });
  const report r = explore(s, {.surprises = 3, .prove = false});
  MESSAGE(r.summary());
  CHECK_MESSAGE(r.ok(), r.text());
}

TEST_CASE("startm: two wakers, two idle Ms, two idle Ps") {
  scenario s("startm twice, stopm twice");
  s.opening(
      "M0、M1 睡下；M2、M3 各叫醒一个。空闲的 P 有两个 / M0 and M1 go to sleep; M2 and M3 wake one "
      "each. Two Ps are idle");
  const auto waker = [](int i) {
    return [i] {
      stand_on(i, i);
      rt::startm(nullptr, false);
      busy_forever();
    };
  };
  const auto sleeper = [](int i) {
    return [i] {
      M* m = stand_on(i, -1);
      rt::stopm();
      expect(m->p != nullptr, "broken invariant", "被叫醒，却没有给它 P / woken without a P");
      busy_forever();
    };
  };
  with_rules(s).init([]() NO_THREAD_SAFETY_ANALYSIS {
    empty_world(4, 4);
    rt::pidleput(p_at(2));
    rt::pidleput(p_at(3));
    sched.mnext = 4;
  });
  s.machine(sleeper(2)).machine(sleeper(3)).machine(waker(0)).machine(waker(1));
  const report r = explore(s, {.surprises = 2, .prove = false});
  MESSAGE(r.summary());
  CHECK_MESSAGE(r.ok(), r.text());
}

// zh: 一个窃取者，三个 P；其余的 P 里，@p loaded 的环里各有一个 G。
// en: One thief, three Ps; each of the Ps in @p loaded has a G in its ring.
std::array<int, 3> stolen_from;

scenario stealing(const char* title, int thief, std::vector<int> loaded) {
  scenario s(title);
  with_rules(s).steps(1000);
  s.init([loaded = std::move(loaded)] {
     empty_world(3, 3);
     for (const int victim : loaded) {
       rt::G* g = real_g(
           [](int from) {
             ++stolen_from[static_cast<std::size_t>(from)];
             busy_forever();
           },
           victim);
       P* p = p_at(victim);
       p->owner.held();
       rt::runqput(p, g, false);
     }
   }).machine([thief] {
    stand_on(thief, thief);
    rt::schedule();
  });
  return s;
}

// zh: 先偷谁的是搜索的一个选择；不是第一种次序，就是一个意外。
// en: Whose is stolen first is a choice of the search; any order but the first is a surprise.
TEST_CASE("stealing: in which order a thief visits the Ps is explored") {
  stolen_from = {};
  CHECK(explore(stealing("victims in the first order", 0, {1, 2}), {.surprises = 0, .prove = false})
            .ok());
  CHECK(stolen_from[1] > 0);
  CHECK(stolen_from[2] == 0);
  must_be_proved(stealing("victims in every order", 0, {1, 2}));
  CHECK(stolen_from[1] > 0);
  CHECK(stolen_from[2] > 0);
}

TEST_CASE("stealing: whichever P has the only G, every thief gets it") {
  for (int thief = 0; thief < 3; ++thief)
    for (int victim = 0; victim < 3; ++victim)
      if (victim != thief) {
        stolen_from = {};
        must_be_proved(stealing("one G, one thief", thief, {victim}));
        CHECK(stolen_from[static_cast<std::size_t>(victim)] > 0);
      }
}

// zh: 模板线程：一个被绑走的 M 要两个新线程，都由它来建；新 M 一启动就归自己，会改自己的
//     schedlink。
// en: The template thread: a bound M wants two new threads, both made by it; a new M is its own as
//     soon as it starts, and writes its own schedlink.
TEST_CASE("template thread: it makes every M that is asked for, and is woken once a sleep") {
  scenario s("template thread, two Ms");
  static int born = 0;
  const auto begin = [] {
    ++born;
    {
      const rt::sched_lock_guard hold(sched.lock);
      rt::mput(rt::getg()->m);
    }
    busy_forever();
  };
  with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        empty_world(3, 1);
        sched.mnext = 1;
        born = 0;
      })
      .machine([begin] {
        M* m = stand_on(0, 0);
        rt::handoffinit();
        rt::startTemplateThread();
        m->lockedExt = 1;
        rt::newm(begin, p_at(1), -1);
        rt::newm(begin, p_at(2), -1);
        busy_forever();
      })
      .at_rest([] { expect(born == 2, "lost wake-up", "有 M 没有启动 / an M was not started"); });
  const report r = explore(s, {.surprises = 4, .prove = false, .executions = 30'000});
  MESSAGE(r.summary());
  CHECK_MESSAGE(r.ok(), r.text());
}

}  // namespace
}  // namespace newproc::checker
