// zh: 用了测试程序里才有的函数：与测试链接得上，与真的运行时链接不上。
// en: Uses a function that is there in the tests' program only: it links with the tests, and not with the
//     real runtime.
// exercise: 1.2
// verdict: The tests have passed, but the real runtime is not driven by your systemstack: it does not link
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"

namespace newproc::test {

struct ending;
ending run_child(const std::function<int()>& body);

}  // namespace newproc::test

namespace newproc::rt {
namespace {

// zh: 只取地址，从不调用。 en: Its address is taken, and it is never called.
void* volatile helper = reinterpret_cast<void*>(&test::run_child);

}  // namespace

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (helper == nullptr) return;
  if (g == nullptr || g == &g->m->g0) return fn(arg);
  departure d{g, nullptr, fn, arg};
  land(g, leave(d, &g->m->g0));
}

}  // namespace newproc::rt
