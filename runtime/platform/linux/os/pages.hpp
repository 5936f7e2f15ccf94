// zh: 大块地址空间、护栏页，和栈溢出时的信号。
// en: Large ranges of address space, guard pages, and the signal of a stack overflow.
#pragma once

#include <cstddef>

namespace newproc::os {

inline constexpr std::size_t page_bytes = 4096;

/// zh: 护栏的三种做法，从好到坏。guard_install（Linux 6.13 起）不拆分映射，百万个栈也只是一个映射；
///     protect 每个栈多出两个映射，受 vm.max_map_count 限制；none：没有护栏。
/// en: Three ways to guard, best first. guard_install (Linux 6.13 on) does not split the mapping: a
///     million stacks stay one. protect costs two mappings a stack and so is bounded by
///     vm.max_map_count. none: no guard.
enum class guard_mode { guard_install, protect, none };

/// zh: 这个内核上最好的一种；问一次。 en: The best one on this kernel; asked once.
guard_mode best_guard_mode();

/// zh: 还可以用 mprotect 建多少个护栏而不碰到映射数上限（给程序自己留下一半）。
/// en: How many guards mprotect may still make before the limit on mappings (half of which stays
///     for the program).
std::size_t protect_budget();

/// zh: 保留 @p bytes 字节地址空间，可读写，尚未占用内存。失败返回 nullptr。
/// en: Reserves @p bytes of address space, readable and writable, no memory used yet. nullptr if it
///     fails.
std::byte* reserve(std::size_t bytes);

/// zh: 还给系统；@p start 和 @p bytes 须与 reserve 时相同。
/// en: Gives it back to the system; @p start and @p bytes must be as with reserve.
void release(std::byte* start, std::size_t bytes);

/// zh: 马上要用 [start, start+bytes)：请内核现在就给内存，省得一页页地打断（Linux 5.14 起；否则不
///     做）。
/// en: [start, start+bytes) is about to be used: has the kernel supply its memory now, to save an
///     interruption for each page (Linux 5.14 on; else does nothing).
void populate(std::byte* start, std::size_t bytes);

/// zh: [start, start+bytes) 里的内存还给系统，地址空间留着；再碰到是零。都须对齐到页。
/// en: Gives the memory in [start, start+bytes) back to the system and keeps the address space; when
///     touched again it is zero. Both must be aligned to pages.
void discard(std::byte* start, std::size_t bytes);

/// zh: 让 [start, start+bytes) 一碰就出错。失败返回 false。
/// en: Makes [start, start+bytes) fault when touched. False if it fails.
bool guard(std::byte* start, std::size_t bytes, guard_mode mode);

/// zh: 段错误发生在 @p address。返回的函数若不返回，进程就以它的方式结束；返回则照常崩溃。
/// en: A segmentation fault at @p address. If the handler does not return, the process ends its
///     way; if it does, the fault takes its ordinary course.
using fault_handler = void (*)(const std::byte* address);

/// zh: 安装处理函数；进程里第一次之后，只是换一个 @p handler。
/// en: Installs the handler; after the first time in a process it merely replaces @p handler.
void install_fault_handler(fault_handler handler);

/// zh: 本线程的备用信号栈，构造时装上，析构时拆掉：溢出的栈上跑不了处理函数。
/// en: This thread's alternate signal stack, from construction to destruction: a handler can't run
///     on the stack that overflowed.
class signal_stack {
 public:
  signal_stack();
  ~signal_stack();
  signal_stack(const signal_stack&) = delete;
  signal_stack& operator=(const signal_stack&) = delete;

 private:
  std::byte* memory_ = nullptr;
};

}  // namespace newproc::os
