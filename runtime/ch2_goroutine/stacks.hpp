// zh: 栈的仓库：成块地向系统要地址空间，一个一个地发出去，一次运行结束后整块归还。
// en: The store of stacks: takes address space from the system by the range, gives it out one by
//     one, and gives it all back when a run ends.
#pragma once

#include <cstddef>
#include <vector>

#include "model/current.hpp"  // IWYU pragma: export
#include "model/immortal.hpp"
#include "os/mutex.hpp"
#include "os/pages.hpp"
#include "platform/annotations.hpp"

namespace newproc::rt {

/// zh: 只发不收：用过的栈由 stackfree 留着再用。
/// en: Gives out, never takes back: stackfree keeps used stacks for the next.
class stack_pool {
 public:
  /// zh: 一次运行开始：护栏用 @p mode；计数归零，染色从头来。
  /// en: A run begins: guards are made by @p mode; counts are cleared, colours start over.
  void start(os::guard_mode mode);

  /// zh: 一个 @p bytes 字节的栈，底下是护栏；没有地址空间了则 lo 为 nullptr。一次运行里 bytes 不变。
  ///     任何线程都可以调用。
  /// en: A stack of @p bytes bytes, a guard below it; lo is nullptr when there is no address space
  ///     left. bytes is the same throughout a run. Any thread may call.
  stack take(std::size_t bytes);

  /// zh: 整块还给系统；不得再有人站在这些栈上。
  /// en: Whole ranges go back to the system; no goroutine may stand on these stacks any more.
  void release_all();

  /// zh: 发出去的栈里有多少没有护栏（只有 mprotect 碰到映射数上限时才会有）。
  /// en: How many of those given out have no guard (only when mprotect met the limit on mappings).
  [[nodiscard]] std::size_t unguarded() const { return unguarded_; }

 private:
  /// zh: 一块地址空间，含 stacks_per_region 个栈。 en: A range with stacks_per_region stacks in it.
  struct region {
    std::byte* start;
    std::size_t bytes;
  };
  /// zh: 给始于 @p start 的栈立护栏；立不成只记账，第一次在标准错误上说一声。
  /// en: Guards the stack that starts at @p start; a failure is counted, the first one is told on
  ///     standard error.
  void guard(std::byte* start) REQUIRES(lock_);

  os::mutex lock_;
  std::vector<region> regions_ GUARDED_BY(lock_);
  // zh: 最后一块里已发出几个 en: how many of the last range are given out
  std::size_t used_ GUARDED_BY(lock_) = 0;
  std::size_t taken_ GUARDED_BY(lock_) = 0;
  os::guard_mode mode_ GUARDED_BY(lock_) = os::guard_mode::none;
  // zh: mprotect 还可用几次 en: how often mprotect may still be used
  std::size_t budget_ GUARDED_BY(lock_) = 0;
  std::size_t unguarded_ = 0;
};

/// zh: 一次运行的栈。 en: A run's stacks.
extern immortal<stack_pool> stacks;

}  // namespace newproc::rt
