// zh: 习题 1.2：绕道系统栈。 en: Exercise 1.2: a detour by the system stack.
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"

namespace newproc::rt {

void systemstack(void (*fn)(void*), void* arg) {
  // TODO zh: 直接调用，只有已经在 g0 上、或不在运行时的线程上才对。
  //      en: A plain call is right only on g0, and off the runtime's threads.
  fn(arg);
}

}  // namespace newproc::rt
