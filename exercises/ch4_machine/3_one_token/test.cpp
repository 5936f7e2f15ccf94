// zh: 在真的平台上：令牌领得到，也还得回来。
// en: On the real platform: the token is taken, and it comes back.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::sched;

// zh: 主 goroutine 握着唯一忙着的 P，叫一次人；叫完立刻读数。
// en: The main goroutine holds the only busy P and calls once; the numbers are read at once.
struct numbers {
  std::int64_t threads = 0;
  int spinning = 0, idle = 0;
};

numbers after_wakep(int procs, int tokens_out) {
  numbers n;
  newproc::run({.procs = procs}, [&n, tokens_out] {
    rt::systemstack([&n, tokens_out] {
      sched.nmspinning.fetch_add(tokens_out);
      rt::wakep();
      n.spinning = sched.nmspinning.load();
      n.idle = sched.npidle.load();
      sched.nmspinning.fetch_sub(tokens_out);
      const rt::sched_lock_guard hold(sched.lock);
      n.threads = rt::mcount();
    });
  });
  return n;
}

TEST_CASE("with an idle P and no searcher, an M is set going") {
  const numbers n = after_wakep(2, 0);
  must(n.threads == 2, {"没有人在找，又有一个 P 闲着，你的 wakep 却没有让谁动起来",
                        "no M searched and a P was idle, and your wakep set none going"});
}

TEST_CASE("while an M searches, no other is woken") {
  const numbers n = after_wakep(2, 1);
  must(n.threads == 1 && n.spinning == 1 && n.idle == 1,
       {"已经有人在找，你的 wakep 又动了令牌，或又叫了人",
        "an M searched already, and your wakep touched the token or woke another"});
}

TEST_CASE("without an idle P the token goes back") {
  const numbers n = after_wakep(1, 0);
  must(n.threads == 1, {"没有空闲的 P，你的 startm 却建了一个线程",
                        "there was no idle P, and your startm made a thread"});
  must(n.spinning == 0,
       words{"没有空闲的 P，也就没有人去找；令牌却没有还，nmspinning 是 ",
             "there was no idle P, so no M searches; the token was not given back, and "
             "nmspinning is "} +
           n.spinning);
}

}  // namespace
}  // namespace newproc::exercise
