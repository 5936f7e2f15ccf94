// zh: 切换栈。全项目只有这个文件知道 Boost.Context。
//
// zh: 用的是 detail::fcontext：一次切换约 5 ns，正是 boost::context::fiber 底下的那一层。fiber 管着
//     栈的生死和一次性的所有权；我们的栈归 G 所有，恢复谁由调度器决定，它管的恰是我们不要的。
//
// zh: 清洁器（ASan、TSan）和 valgrind 必须知道栈换了，否则会误报或漏报；stack_identity 替它们记着每个
//     栈。没有清洁器时它是空的。
//
// en: Switching stacks. This is the one file of the project that knows Boost.Context.
//
// en: We use detail::fcontext: a switch takes about 5 ns, and it is what boost::context::fiber
//     stands on. A fiber manages its stack's life and a one-shot ownership; our stacks belong to Gs
//     and the scheduler decides who is resumed, so it manages just what we don't want managed.
//
// en: The sanitizers (ASan, TSan) and valgrind must be told that the stack changes, or they cry
//     wolf or stay silent; stack_identity keeps for them what they know of each stack. Without one
//     it is empty.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#if __has_feature(thread_sanitizer) && !defined(__SANITIZE_THREAD__)
#define __SANITIZE_THREAD__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif

namespace newproc::platform {

/// zh: 一个离开了的栈停在哪里；恢复之后就作废。
/// en: Where a stack that was left has stopped; void once it is resumed.
using suspended = boost::context::detail::fcontext_t;

/// zh: 落地时得到的：离开者停在哪里，和他带来的 data。
/// en: What we land with: where the leaver has stopped, and the data that it passed on.
using arrival = boost::context::detail::transfer_t;

/// zh: 一个栈在清洁器眼里是谁。 en: Who a stack is in a sanitizer's eyes.
struct stack_identity {
#if defined(__SANITIZE_ADDRESS__)
  const void* bottom = nullptr;
  std::size_t bytes = 0;
  void* fake_stack = nullptr;
  void* thread_stack = nullptr;
  std::size_t thread_bytes = 0;
#endif
#if defined(__SANITIZE_THREAD__)
  void* fiber = nullptr;
  int goroutines = 0;  // zh: 已有几个在它上面结束 en: how many have ended on it
#endif

  /// zh: 一个新的 goroutine 栈。 en: A new goroutine's stack.
  void create([[maybe_unused]] const std::byte* lo, [[maybe_unused]] std::size_t size) {
#if defined(__SANITIZE_ADDRESS__)
    bottom = lo;
    bytes = size;
#endif
#if defined(__SANITIZE_THREAD__)
    fiber = __tsan_create_fiber(0);
#endif
#if defined(VALGRIND_STACK_REGISTER)
    // zh: valgrind 不认得的栈，换过去会被当成栈指针乱跳。这里是几条空指令；那个编号没有人要。
    // en: On a stack that it does not know valgrind takes a switch for a wild stack pointer. These
    //     are a few empty instructions, and the number is not used.
    (void)VALGRIND_STACK_REGISTER(lo, lo + size);
#endif
  }
  /// zh: 站在它上面的 goroutine 结束了，离开时停在 @p sp（没跑过则为空），栈还要再用。
  /// en: The goroutine on it has ended, leaving at @p sp (null: it never ran); the stack will be
  ///     used again.
  void vacate([[maybe_unused]] suspended sp) {
#if defined(__SANITIZE_ADDRESS__)
    // zh: 它没有从这些帧返回，它们的毒还在。 en: It did not return from these frames; their poison stays.
    const auto* top = static_cast<const std::byte*>(bottom) + bytes;
    if (sp != nullptr)
      __asan_unpoison_memory_region(sp,
                                    static_cast<std::size_t>(top - static_cast<std::byte*>(sp)));
#endif
#if defined(__SANITIZE_THREAD__)
    // zh: 结束的 goroutine 不从它的函数返回，TSan 替每个栈记的调用链于是只长不消；在它满之前换新的。
    // en: A goroutine that ends does not return from its functions, so the call chain that TSan
    //     keeps for each stack only grows; we renew it before it is full.
    constexpr int before_full = 4000;
    if (++goroutines < before_full) return;
    __tsan_destroy_fiber(fiber);
    fiber = __tsan_create_fiber(0);
    goroutines = 0;
#endif
  }
  /// zh: 当前线程自己的栈。 en: The current thread's own stack.
  void adopt_thread() {
#if defined(__SANITIZE_ADDRESS__)
    // zh: 线程站在 goroutine 的栈上时，找泄漏的就看不到它自己的栈；告诉它。
    // en: While the thread is on a goroutine's stack the search for leaks does not see the thread's
    //     own; we tell it.
    pthread_attr_t attributes;
    if (::pthread_getattr_np(::pthread_self(), &attributes) == 0) {
      ::pthread_attr_getstack(&attributes, &thread_stack, &thread_bytes);
      ::pthread_attr_destroy(&attributes);
      __lsan_register_root_region(thread_stack, thread_bytes);
    }
#endif
#if defined(__SANITIZE_THREAD__)
    fiber = __tsan_get_current_fiber();
#endif
  }
  /// zh: 线程不再是 M。 en: The thread is an M no more.
  void release_thread() {
#if defined(__SANITIZE_ADDRESS__)
    if (thread_stack != nullptr) __lsan_unregister_root_region(thread_stack, thread_bytes);
    thread_stack = nullptr;
#endif
  }
  /// zh: 栈要还给系统了；此后不得再用。
  /// en: The stack goes back to the system; not to be used after.
  void destroy() {
#if defined(__SANITIZE_ADDRESS__)
    // zh: 被放弃的栈帧留下的毒要解掉，这块内存会还给系统。
    // en: Frames that were abandoned leave poison; this memory goes back to the system.
    __asan_unpoison_memory_region(bottom, bytes);
#endif
#if defined(__SANITIZE_THREAD__)
    __tsan_destroy_fiber(fiber);
#endif
  }
};

/// zh: 备好一个栈，第一次跳上去时从 @p entry 开始；栈从 @p top 往下长。
/// en: Prepares a stack: the first jump to it starts @p entry; it grows down from @p top.
inline suspended make_stack(void* top, std::size_t size, void (*entry)(arrival)) {
  return boost::context::detail::make_fcontext(top, size, entry);
}

/// zh: 离开 @p from 的栈，跳到 @p target（@p to 的栈），带去 @p data。@p for_good：不再回来。
///     等有人再跳回来，才返回：来者的现场和他带来的数据。
/// en: Leaves @p from's stack for @p target on @p to's, taking @p data along; @p for_good: never to
///     come back. Returns when another stack jumps back here: with that stack's saved place and
///     what it brought.
inline arrival jump(suspended target, void* data, [[maybe_unused]] stack_identity& from,
                    [[maybe_unused]] const stack_identity& to, [[maybe_unused]] bool for_good) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(for_good ? nullptr : &from.fake_stack, to.bottom, to.bytes);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_switch_to_fiber(to.fiber, 0);
#endif
  return boost::context::detail::jump_fcontext(target, data);
}

/// zh: 落到 @p here 的栈上之后的第一件事；@p from 是刚刚离开的那个栈。
/// en: The first thing to do on @p here's stack after landing; @p from is the stack just left.
inline void landed([[maybe_unused]] stack_identity& here, [[maybe_unused]] stack_identity& from) {
#if defined(__SANITIZE_ADDRESS__)
  // zh: 线程自己的栈有多大，从这里得知。
  // en: This is where we learn how large a thread's own stack is.
  __sanitizer_finish_switch_fiber(here.fake_stack, &from.bottom, &from.bytes);
  here.fake_stack = nullptr;
#endif
}

}  // namespace newproc::platform
