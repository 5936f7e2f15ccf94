// zh: “从全局批发，在 P 上零售”的一对表。死去的 G 用它（gfree），空着的栈、没有人等着的 sudog 也用它。
//
// zh: 有 64/32 的滞回（sudog 是 128/64）：P 上的到 64 才往外挪，一直挪到不足 32；空了补 32。若界限只有一个，一个恰好站
//     在界上的 P 会每次 go、每次退出都去拿全局的锁。不往外挪也不行：一个 P 只管创建、另一个只管了
//     结，死去的就会无限地堆在后者那里。
//
// zh: 两处都是数组，不是串在 G 身上的链：搬动 32 个只是抄 32 个指针，锁握得很短；若沿着链走，每一步
//     都要等一个在别的核缓存里的 G。
//
// en: A pair of lists, "wholesale from the global one, retail on the P". Dead Gs use it (gfree),
//     stacks that no goroutine stands on, and sudogs by which none waits.
//
// en: It has a hysteresis of 64/32 (128/64 for sudogs): only at 64 are some moved out, until fewer than 32 are left; a
//     refill brings 32. With one limit instead of two, a P that sits just on it would take the
//     global lock with every go and every exit. And without moving out, where one P creates and
//     another finishes, the dead would pile up at the latter without bound.
//
// en: Both are arrays, not lists linked through the Gs: to move 32 is to copy 32 pointers, and the
//     lock is held briefly; along a list each step would wait for a G in another core's cache.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <model/tunables.hpp>

#include "os/atomic.hpp"
#include "os/mutex.hpp"
#include "platform/annotations.hpp"

namespace newproc::rt {

/// zh: 全局的一张；锁是它自己的，不是 sched.lock（勘误 B.5）。
/// en: The global one; its lock is its own, not sched.lock (erratum B.5).
template <class T>
struct global_list {
  os::mutex lock;
  std::vector<T> items GUARDED_BY(lock);
  // zh: 最底下这么多个，近来没有人取到过；其中这么多个已经收拾过（栈用，见 trim.cpp）
  // en: how many at the bottom have not been taken of late; and how many of these are tidied
  //     already (for stacks, see trim.cpp)
  std::size_t untouched GUARDED_BY(lock) = 0;
  std::size_t tidied GUARDED_BY(lock) = 0;
  os::atomic<std::int32_t> n{0};  // zh: 不拿锁时是个提示 en: without the lock, a hint
};

/// zh: P 的一张，后进先出。只有 P 的主人碰它。到了 @p high 个就往外挪，空了补 @p low 个。
/// en: A P's, last in first out. Only the P's owner touches it. At @p high items some are moved out,
///     a refill brings @p low.
template <class T, int high = gfree_high, int low = gfree_low>
struct local_list {
  std::array<T, high> items{};
  os::var<std::int32_t> n = 0;

  /// zh: 取一个；空了就从 @p global 补到 low 个。 en: Takes one; when empty refills to low from @p global.
  /// @return zh: 两处都空则 nullptr；所指在下一次 put 之前有效。
  ///         en: nullptr if both are empty; what it points to is valid until the next put.
  // [lists]
  T* take(global_list<T>& global) {
    // zh: 不拿锁先看一眼；看错成“空”，不过是新造一个。
    // en: A look without the lock; a wrong "empty" merely makes a new one.
    if (n == 0 && global.n.load(os::order::relaxed) != 0) refill(global);
    if (n == 0) return nullptr;
    n = n - 1;
    return &items[static_cast<std::size_t>(n)];
  }

  /// zh: 放回一个；到了 high 个就挪到只剩 low-1 个。
  /// en: Puts one back; when there are high, moves some to @p global until low-1 are left.
  void put(global_list<T>& global, const T& item) {
    items[static_cast<std::size_t>(n)] = item;
    n = n + 1;
    if (n == high) spill(global, low - 1);
  }
  // [lists]

  /// zh: 全部交给 @p global。 en: Gives all of them to @p global.
  void put_all(global_list<T>& global) {
    if (n != 0) spill(global, 0);
  }

 private:
  // zh: 下面两个少有人走，不内联：take 和 put 才短 en: the two below are rarely walked; not inlined, so that take and put are short
  /// zh: 空的时候才调用：从 @p global 搬来至多 low 个。
  /// en: For an empty list: brings up to low from @p global.
  [[gnu::noinline]] void refill(global_list<T>& global) {
    const os::lock_guard hold(global.lock);
    auto& from = global.items;
    const auto moved = std::min(std::int32_t{low}, static_cast<std::int32_t>(from.size()));
    std::copy(from.end() - moved, from.end(), items.begin());
    from.resize(from.size() - static_cast<std::size_t>(moved));
    global.untouched = std::min(global.untouched, from.size());
    global.tidied = std::min(global.tidied, from.size());
    global.n.store(static_cast<std::int32_t>(from.size()), os::order::relaxed);
    n = moved;
  }

  /// zh: 留下 @p kept 个，其余搬到 @p global。
  /// en: Keeps @p kept of them, moves the others to @p global.
  [[gnu::noinline]] void spill(global_list<T>& global, std::int32_t kept) {
    const os::lock_guard hold(global.lock);
    global.items.insert(global.items.end(), items.begin() + kept, items.begin() + n);
    global.n.store(static_cast<std::int32_t>(global.items.size()), os::order::relaxed);
    n = kept;
  }
};

}  // namespace newproc::rt
