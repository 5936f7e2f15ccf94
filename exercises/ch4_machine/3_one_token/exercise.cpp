// zh: 习题 4.3：一枚令牌。 en: Exercise 4.3: one token.
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void wakep() {
  // TODO zh: 没有人在找，就领走令牌，叫一个人。
  //      en: If no M searches: take the token and wake one.
}

void startm([[maybe_unused]] P* p, [[maybe_unused]] bool spinning) {
  // TODO zh: 给 p（或一个空闲的 P）找一个 M：睡着的，不然新建。
  //      en: Find an M for p (or an idle P): one that sleeps, else a new one.
}

}  // namespace newproc::rt
