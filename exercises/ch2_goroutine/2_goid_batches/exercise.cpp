// zh: 习题 2.2：成批领号。 en: Exercise 2.2: numbers by the batch.
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid([[maybe_unused]] P* p) {
  // TODO zh: 手里有号就发一个；发完了就先去领一批。
  //      en: Hand out a number; when sold out, buy a batch first.
  return 0;
}

}  // namespace newproc::rt
