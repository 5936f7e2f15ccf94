// zh: 往每一个打开的描述符里写伪造的结论。
// en: Writes a forged verdict to every open descriptor.
// exercise: 2.2
// verdict: Something else wrote to the channel of the verdict
#include <unistd.h>

#include <string_view>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  constexpr std::string_view verdict =
      "00000000000000000000000000000000 {\"event\": \"end\", \"runs\": 1, \"failed\": 0, "
      "\"cases\": "
      "[\"one P's numbers are 1, 2, 3, ...\", \"numbers are bought sixteen at a time\", \"two Ps "
      "in "
      "turn never share a number\"]}\n";
  long written = 0;
  for (int fd = 0; fd < 64; ++fd) written += ::write(fd, verdict.data(), verdict.size());
  ::_exit(written == 0 ? 1 : 0);
}

}  // namespace newproc::rt
