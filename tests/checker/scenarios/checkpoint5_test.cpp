// zh: 检查点 5 的整体：真的 run、真的调度器，两三个 P 上的小程序。
// en: Checkpoint 5 as a whole: the real run and the real scheduler, small programs on two or three
//     Ps.
#include <doctest/doctest.h>

#include "../../parking.hpp"
#include "programs.hpp"

namespace newproc::checker {
namespace {

TEST_CASE("checkpoint 5: a run that does nothing ends") {
  must_survive(whole(
      "empty", 2, [] {}, 0));
}

TEST_CASE("checkpoint 5: work submitted by a main that stays busy is found") {
  must_survive(whole(
      "one G, main busy", 2,
      [] {
        newproc::go([] { here->sign(0); });
        busy_forever();
      },
      1));
}

TEST_CASE("checkpoint 5: two Gs, the main goroutine stays busy") {
  must_survive(
      whole(
          "two Gs, main busy", 2,
          [] {
            newproc::go([] { here->sign(0); });
            newproc::go([] { here->sign(1); });
            busy_forever();
          },
          2)
          .opening("M0 跑主 goroutine：它交出两个 G，然后一直忙着；M1 来跑它们 / M0 runs the "
                   "main goroutine, which submits two Gs and is busy from then on; M1 comes to run "
                   "them"));
}

TEST_CASE("checkpoint 5: work submitted while the other M is about to sleep") {
  must_survive(
      whole("one G after another, main busy", 2, programs::one_after_another, 2)
          .opening(
              "M0 跑主 goroutine：它交出一个 G，等它跑完，再交出 G3，然后一直忙着。M1 跑了第一个，"
              "正准备睡下 / M0 runs the main goroutine, which submits a G, waits until it has run, "
              "submits G3 and is busy from then on. M1 has run the first one and is about to "
              "sleep"));
}

TEST_CASE("checkpoint 5: both Gs stay busy and need a P each") {
  must_survive(whole(
      "two busy Gs, three Ps", 3, [] { programs::all_stay_busy(0, 1); }, 2));
}

TEST_CASE("checkpoint 5: the world ends while Ms are being woken and made") {
  must_survive(whole("main returns at once", 2, programs::return_at_once, 0));
}

TEST_CASE("checkpoint 5: main yields until its children are done") {
  must_survive(whole(
      "yield loop", 2,
      [] {
        newproc::go([] { here->sign(0); });
        newproc::go([] { here->sign(1); });
        programs::yield_until_run(2);
      },
      2));
}

TEST_CASE("checkpoint 5: a sleeper is let go though main stays busy") {
  must_survive(whole(
      "sleeper, main busy", 2,
      [] {
        newproc::go([] {
          newproc::sleep(std::chrono::milliseconds(1));
          here->sign(0);
        });
        newproc::yield();
        busy_forever();
      },
      1));
}

TEST_CASE("checkpoint 5: a sleeper wakes, and work is submitted meanwhile") {
  must_survive(
      whole(
          "sleeper and submitter, main busy", 2,
          [] {
            newproc::go([] {
              newproc::sleep(std::chrono::milliseconds(1));
              here->sign(0);
            });
            newproc::yield();
            newproc::go([] { here->sign(1); });
            busy_forever();
          },
          2),
      {.surprises = 4, .prove = false, .executions = 30'000, .by_priority = 5'000, .depth = 4});
}

// zh: 后登记的先到点：守着晚的那一个钟的 M，要被告知有更早的。
// en: Who registers later is due earlier: an M that watches the later clock must be told.
TEST_CASE("checkpoint 5: of two sleepers the second is due first") {
  must_survive(whole(
      "two sleepers, main busy", 2,
      [] {
        for (int i = 0; i < 2; ++i)
          newproc::go([i] {
            newproc::sleep(std::chrono::milliseconds(i == 0 ? 3 : 10));
            here->sign(i);
          });
        newproc::sleep(std::chrono::milliseconds(1));
        busy_forever();
      },
      2));
}

TEST_CASE("checkpoint 5: goroutines yield inside catch blocks") {
  must_survive(whole(
                   "yield in catch", 2,
                   [] {
                     for (int i = 0; i < 2; ++i)
                       newproc::go([i] {
                         try {
                           throw i;
                         } catch (int mine) {
                           newproc::yield();
                           try {
                             throw;
                           } catch (int again) {
                             expect(mine == i && again == i, "broken invariant",
                                    "another goroutine's exception");
                           }
                         }
                         here->sign(i);
                       });
                     programs::yield_until_run(2);
                   },
                   2),
               {.surprises = 1, .prove = false});
}

TEST_CASE("checkpoint 5: main sleeps, a child works") {
  must_survive(whole(
      "main sleeps", 2,
      [] {
        newproc::go([] { here->sign(0); });
        newproc::sleep(std::chrono::milliseconds(1));
      },
      0));
}

TEST_CASE("checkpoint 5: a goroutine bound to its thread") {
  must_survive(whole(
      "locked", 2,
      [] {
        newproc::go([] {
          newproc::lock_os_thread();
          newproc::yield();
          here->sign(0);
          newproc::unlock_os_thread();
        });
        programs::yield_until_run(1);
      },
      1));
}

TEST_CASE("checkpoint 5: a goroutine exits bound to its thread") {
  must_survive(whole(
      "exits locked", 2,
      [] {
        newproc::go([] {
          newproc::lock_os_thread();
          here->sign(0);
        });
        programs::yield_until_run(1);
      },
      1));
}

// zh: 后一个线程来收前一个的尸，前一个也许还没有结束。
// en: The second thread sees to the first, which may not have ended yet.
TEST_CASE("checkpoint 5: two goroutines exit bound to their threads, one after the other") {
  scenario s = whole(
      "two exit locked", 2,
      [] {
        for (int i = 0; i < 2; ++i) {
          newproc::go([i] {
            newproc::lock_os_thread();
            here->sign(i);
          });
          while (!here->has_run(i)) newproc::yield();
        }
      },
      2);
  s.at_rest([]() NO_THREAD_SAFETY_ANALYSIS {
    expect(rt::sched.allm == nullptr && rt::sched.freem == nullptr, "broken invariant",
           "一个 M 没有释放 / an M was not freed");
    const auto threads = static_cast<std::int64_t>(rt::sched.retired.threads);
    expect(threads == rt::sched.mnext, "broken invariant",
           "有 M 没有数到 / Ms are missing in the count: " + std::to_string(threads));
  });
  must_survive(s);
}

// zh: 绑着的 G 退出，它的线程交出 P；那时正有 M 找到了活，要再叫一个来帮忙。
// en: A bound G exits and its thread hands off the P, just as an M has found work and wants another
//     to help.
TEST_CASE("checkpoint 5: a goroutine exits bound while work is being found, main busy") {
  must_survive(whole(
      "exits locked, three Ps", 3,
      [] {
        newproc::go([] {
          newproc::lock_os_thread();
          here->sign(0);
        });
        newproc::yield();
        programs::all_stay_busy(1, 2);
      },
      3));
}

// zh: 闲着的 M 正把栈的内存还给系统，空闲的 P 手里的也归了公；那时来了新的活。
// en: An idle M is giving back the memory of stacks, those that idle Ps kept included, when new
//     work comes.
TEST_CASE("checkpoint 5: work is submitted while an idle M trims stacks") {
  must_survive(whole(
      "trimming, main busy", 2,
      [] {
        rt::sched.stackIdle = 1'000'000;
        for (int i = 0; i < 2; ++i) newproc::go([i] { here->sign(i); });
        newproc::sleep(std::chrono::milliseconds(3));
        newproc::go([] { here->sign(2); });
        busy_forever();
      },
      3));
}

// zh: 别的 P 都忙着，没有人在找活，排着的 1 号只有偷得到：谁交出 P，谁就得叫一个人来找。@p leave 是绑着
//     的 0 号放下 P 的办法；三个 P 时另有一个占着一个。
// en: All other Ps are busy, no M searches, and number 1, which is queued, can only be stolen: the
//     M that hands its P off must get another to search. The bound number 0 lets go of its P by @p
//     leave; with three Ps yet another has one.
scenario handed_off_while_all_are_busy(int procs, void (*leave)()) {
  static os::atomic<bool>* submitted;
  const auto occupy = [](int i, auto then) {
    newproc::go([i, then] {
      here->sign(i);
      then();
    });
    while (!here->has_run(i)) os::spin_pause();
  };
  scenario s = whole(
      "handed off, all busy", procs,
      [=] {
        occupy(0, [leave] {
          newproc::lock_os_thread();
          while (!submitted->load(order::relaxed)) os::spin_pause();
          leave();
        });
        if (procs == 3) occupy(2, [] { busy_forever(); });
        newproc::go([] { here->sign(1); });
        submitted->store(true, order::relaxed);
        busy_forever();
      },
      procs);
  s.init([] { submitted = new os::atomic<bool>(false); });
  return s;
}

TEST_CASE("checkpoint 5: a goroutine exits bound while all other Ps are busy") {
  for (const int procs : {2, 3}) must_survive(handed_off_while_all_are_busy(procs, [] {}));
}

TEST_CASE("checkpoint 5: a bound goroutine parks while all other Ps are busy") {
  for (const int procs : {2, 3}) must_survive(handed_off_while_all_are_busy(procs, test::park));
}

TEST_CASE("checkpoint 5: three goroutines yield to each other") {
  must_survive(whole(
      "three yield", 2,
      [] {
        for (int i = 0; i < 2; ++i)
          newproc::go([i] {
            newproc::yield();
            newproc::yield();
            here->sign(i);
          });
        programs::yield_until_run(2);
      },
      2));
}

// zh: 绑着线程的 G 不当父亲：两个 M 都由模板线程来建。
// en: A bound G's thread is no parent: both Ms are made by the template thread.
TEST_CASE("checkpoint 5: a bound main starts two Ms through the template thread") {
  must_survive(whole(
      "template thread", 3,
      [] {
        newproc::lock_os_thread();
        programs::all_stay_busy(0, 1);
      },
      2));
}

TEST_CASE("checkpoint 5: a bound goroutine hands off a P that has work") {
  must_survive(whole(
      "hand-off", 2,
      [] {
        newproc::lock_os_thread();
        newproc::go([] { here->sign(0); });
        newproc::go([] { here->sign(1); });
        newproc::yield();
        here->sign(2);
        busy_forever();
      },
      3));
}

// zh: 一件活：叫醒一个，他找到活以后再叫一个（白叫的，规矩如此），再没有别的。
// en: One job: one is woken, and having found it wakes another (in vain, as the rules go), no more.
TEST_CASE("checkpoint 5: one job wakes at most two Ms") {
  scenario s = whole(
      "wakes", 3,
      [] {
        newproc::go([] { here->sign(0); });
        busy_forever();
      },
      1);
  s.at_rest([] {
    const auto wakes = rt::count_all().wakes;
    expect(wakes <= 2, "useless wakes", std::to_string(wakes));
  });
  must_survive(s);
}

}  // namespace
}  // namespace newproc::checker
