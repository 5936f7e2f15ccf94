// zh: 真的火警还响不响，没有火的时候响不响。
// en: Is a true alarm still raised, and none where there is no fire?
#include <memory>

#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::M;
using rt::sched;

// zh: 两个 M，没有 goroutine；其中 @p sleepers 个睡下。
// en: Two Ms and no goroutine; that many of the two lie down.
test::ending lie_down(std::size_t sleepers) {
  return test::in_child([sleepers] {
    rt::schedreset();
    const auto ms = std::make_unique<M[]>(2);
    for (std::size_t i = 0; i < 2; ++i) rt::mcommoninit(&ms[i], -1);
    const rt::sched_lock_guard hold(sched.lock);
    for (std::size_t i = 0; i < sleepers; ++i) rt::mput(&ms[i]);
  });
}

TEST_CASE("no alarm while an M is left that may work") {
  must(lie_down(1).exit_code == 0,
       {"两个 M 里只睡下了一个，火警就响了", "one of two Ms lay down, and the alarm was raised"});
}

TEST_CASE("an alarm when all Ms lie down") {
  must(lie_down(2).error == "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n",
       {"所有的 M 都睡下了，火警却没有响", "all Ms lay down, and the alarm stayed silent"});
}

TEST_CASE("every M has a number of its own") {
  rt::schedreset();
  const auto ms = std::make_unique<M[]>(2);
  std::int64_t reserved = 0;
  {
    const rt::sched_lock_guard hold(sched.lock);
    reserved = rt::mReserveID();
  }
  rt::mcommoninit(&ms[0], -1);
  rt::mcommoninit(&ms[1], reserved);
  must(ms[0].id != ms[1].id && ms[1].id == reserved,
       {"两个 M 得了同一个编号，或预留的编号没有给它",
        "two Ms have the same number, or one did not get the number reserved for it"});
}

}  // namespace
}  // namespace newproc::exercise
