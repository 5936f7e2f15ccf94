// zh: 习题 5.6：再也没有人会动了吗？ en: Exercise 5.6: will nobody ever move again?
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void checkdead() {
  // TODO zh: 数一数还有几个 M 可能干活；一个也没有，就看看那些 goroutine。
  //      en: Count the Ms that may still do work; if there is none, look at the goroutines.
}

}  // namespace newproc::rt
