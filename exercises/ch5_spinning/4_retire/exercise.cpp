// zh: 习题 5.4：睡下之前。 en: Exercise 5.4: before sleep.
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

bool retire([[maybe_unused]] M* m) {
  // TODO zh: 放下 P，退出自旋，再看一遍。次序就是全部的难处。
  //      en: Let go of the P, stop spinning, look again. The order is all the difficulty.
  return false;
}

}  // namespace newproc::rt
