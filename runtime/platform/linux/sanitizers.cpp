// zh: 认出程序带的清洁器：它的启动函数在不在。找泄漏的只看全局变量、线程的栈和 malloc 给的，所以 goroutine
//     的栈和 G 要告诉它，否则程序从 goroutine 里退出时，别的 goroutine 手里的都算泄漏。
// en: Recognises the program's sanitizer: is its start function there? The search for leaks looks at
//     globals, threads' stacks and what malloc gave, so it must be told of goroutines' stacks and of Gs:
//     else, when a program exits from a goroutine, all that the others hold counts as leaked.
#include "os/sanitizers.hpp"

// zh: 只在清洁器下用得着 en: used under a sanitizer only
#include "platform/context.hpp"  // IWYU pragma: keep

extern "C" {
/// zh: 清洁器由此开始；没有它，地址是空。 en: Where the sanitizer starts; without it the address is null.
[[gnu::weak]] void __asan_init();
/// zh: 同上。 en: Likewise.
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

void search_for_pointers([[maybe_unused]] std::byte* start, [[maybe_unused]] std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __lsan_register_root_region(start, bytes);
#endif
}

void search_no_more([[maybe_unused]] std::byte* start, [[maybe_unused]] std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __lsan_unregister_root_region(start, bytes);
#endif
}

bool reads_all_memory() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#else
  return false;
#endif
}

}  // namespace newproc::os
