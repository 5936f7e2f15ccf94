// zh: 习题 5.2：自旋的账。 en: Exercise 5.2: the accounts of spinning.
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void becomeSpinning([[maybe_unused]] M* m) {
  // TODO zh: m 开始自旋。 en: m begins to spin.
}

void resetspinning() {
  // TODO zh: 当前的 M（getg()->m）自旋时找到了活。
  //      en: The current M (getg()->m) was spinning and has found work.
}

}  // namespace newproc::rt
