// zh: 认出程序带的清洁器：它的启动函数在不在。
// en: Recognises the program's sanitizer: is its start function there?
#include "os/sanitizers.hpp"

#include "platform/context.hpp"

extern "C" {
[[gnu::weak]] void __asan_init();
[[gnu::weak]] void __tsan_init();
}

namespace newproc::os {

const char* missing_sanitizer() {
#if !defined(__SANITIZE_ADDRESS__)
  if (__asan_init != nullptr) return "address";
#endif
#if !defined(__SANITIZE_THREAD__)
  if (__tsan_init != nullptr) return "thread";
#endif
  return nullptr;
}

}  // namespace newproc::os
