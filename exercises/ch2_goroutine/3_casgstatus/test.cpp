// zh: 每条合法的边走得通，每条别的边都停下，说出原因。
// en: Every legal edge works, and every other stops and says why.
#include <memory>
#include <set>

#include "ch2_goroutine/goroutine.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "observe/fatal.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using rt::gstatus;

constexpr gstatus all[] = {rt::Gidle,    rt::Grunnable, rt::Grunning,
                           rt::Gsyscall, rt::Gwaiting,  rt::Gdead};

// zh: 与题目里的故事一一对应。 en: One for each story of the task.
const std::set<std::pair<gstatus, gstatus>> legal = {
    {rt::Gidle, rt::Gdead},        {rt::Gdead, rt::Grunnable},   {rt::Grunnable, rt::Grunning},
    {rt::Grunning, rt::Grunnable}, {rt::Grunning, rt::Gwaiting}, {rt::Gwaiting, rt::Grunnable},
    {rt::Grunning, rt::Gsyscall},  {rt::Gsyscall, rt::Grunning}, {rt::Gsyscall, rt::Grunnable},
    {rt::Grunning, rt::Gdead},
};

std::string name(gstatus s) {
  switch (s) {
    case rt::Gidle:
      return "Gidle";
    case rt::Grunnable:
      return "Grunnable";
    case rt::Grunning:
      return "Grunning";
    case rt::Gsyscall:
      return "Gsyscall";
    case rt::Gwaiting:
      return "Gwaiting";
    case rt::Gdead:
      return "Gdead";
  }
  return "?";
}
words edge(gstatus from, gstatus next) {
  return {name(from) + " 到 " + name(next), name(from) + " to " + name(next)};
}

// zh: g 在 @p now，有人说它从 @p from 到 @p next：这个进程怎样结束。
// en: g is in @p now and is said to go from @p from to @p next: how the process ends.
test::ending attempt(gstatus now, gstatus from, gstatus next) {
  return test::in_child([=] {
    const auto g = std::make_unique<G>();
    g->atomicstatus.store(now);
    rt::casgstatus(g.get(), from, next);
  });
}

TEST_CASE("every legal edge works") {
  constexpr int unchanged = 3;
  for (const auto& [from, next] : legal) {
    const auto g = std::make_unique<G>();
    g->atomicstatus.store(from);
    const int code = test::in_child([&] {
                       rt::casgstatus(g.get(), from, next);
                       return g->status() == next ? 0 : unchanged;
                     }).exit_code;
    must(code == 0 || code == unchanged,
         words{"这条边是合法的，你的 casgstatus 却不让走：",
               "this edge is legal, and your casgstatus does not let it through: "} +
             edge(from, next));
    must(code == 0,
         words{"走过了，状态却没有改：", "it went through, and the status has not changed: "} +
             edge(from, next));
  }
}

TEST_CASE("every other edge is fatal") {
  for (const gstatus from : all)
    for (const gstatus next : all) {
      if (legal.contains({from, next})) continue;
      const test::ending e = attempt(from, from, next);
      must(e.exit_code != 0, words{"谁也不该走的，你的 casgstatus 让它走了：",
                                   "your casgstatus let through what nobody may do: "} +
                                 edge(from, next));
      must(e.exit_code == 2 && e.error == "fatal error: casgstatus: bad status transition\n",
           words{"这条边不合法，该说 casgstatus: bad status transition，你说的是：",
                 "this edge is illegal; say casgstatus: bad status transition. Yours says: "} +
               e.head(1));
    }
}

TEST_CASE("readying a G twice is fatal") {
  const test::ending e = attempt(rt::Grunnable, rt::Gwaiting, rt::Grunnable);
  must(e.exit_code != 0,
       {"一个 G 被放行了两次，你的 casgstatus 没有发现：它已经是 Grunnable 了",
        "a G was readied twice, and your casgstatus did not notice: it is Grunnable already"});
  must(e.error == "fatal error: casgstatus: double ready\n",
       words{"放行两次，该说 casgstatus: double ready，你说的是：",
             "readied twice; say casgstatus: double ready. Yours says: "} +
           e.head(1));
}

TEST_CASE("a G that is not where it is said to be is fatal") {
  const std::pair<gstatus, std::pair<gstatus, gstatus>> lies[] = {
      {rt::Gdead, {rt::Grunnable, rt::Grunning}},
      {rt::Grunnable, {rt::Grunning, rt::Gdead}},
      {rt::Grunning, {rt::Gwaiting, rt::Grunnable}},
  };
  for (const auto& [now, e] : lies) {
    const test::ending end = attempt(now, e.first, e.second);
    must(end.exit_code != 0,
         words{"G 并不在那个状态，你的 casgstatus 照样改了：它在 " + name(now) + "，说的是 ",
               "the G is not in that status, and yours changed it all the same: it is in " +
                   name(now) + ", and was said to go "} +
             edge(e.first, e.second));
    must(end.error == "fatal error: casgstatus: the goroutine is not in the expected status\n",
         words{"G 不在说的那个状态，该说 casgstatus: the goroutine is not in the expected "
               "status，你说的是：",
               "the G is not where it is said to be; say casgstatus: the goroutine is not in the "
               "expected status. Yours says: "} +
             end.head(1));
  }
}

}  // namespace
}  // namespace newproc::exercise
