// zh: 习题 2.7：托儿所。 en: Exercise 2.7: a nursery.
#include "given.hpp"

namespace newproc::rt {

struct nursery::state {};

nursery::nursery() : state_(new state) {}

nursery::~nursery() { delete state_; }

void nursery::go(std::function<void()> child) {
  // TODO zh: 记下又多了一个；它结束时，不管怎样结束，也要记下。
  //      en: Note that there is one more; and when it ends, in whatever way, note that too.
  newproc::go(std::move(child));
}

void nursery::wait() {
  // TODO zh: 停下，由最后一个结束的孩子放行。
  //      en: Park, and let the last child to end ready you.
}

}  // namespace newproc::rt
