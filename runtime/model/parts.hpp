// zh: G、M、P 由哪些零件拼成：状态、现场、栈、一次性事件、谁是主人。
// en: The parts that G, M and P are made of: statuses, saved places, stacks, one-shot events, and who
//     is the owner.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/atomic.hpp"
#include "os/thread.hpp"
#include "platform/annotations.hpp"
#include "platform/context.hpp"

namespace newproc::rt {

inline constexpr std::size_t cache_line = 64;

/// zh: G 的状态，数字与 Go 相同。 en: A G's status; the numbers are Go's.
/// Go: runtime2.go, _Gidle ...
enum gstatus : std::uint32_t {
  Gidle = 0,      // zh: 刚分配，尚未初始化 en: just allocated, not initialised
  Grunnable = 1,  // zh: 在某个运行队列里 en: on a run queue
  Grunning = 2,   // zh: 在某个 M 上跑，握有 P en: runs on an M which holds a P
  Gsyscall = 3,
  Gwaiting = 4,  // zh: 停着，等人 ready en: parked, until somebody readies it
  Gdead = 6,  // zh: 没有用户代码：用完了，或还没开始 en: no user code: finished, or not begun
};

/// zh: 能力（capability）：一个只为编译器存在的东西，没有数据。
///     P 的主人才可以往它的队列里放 G；held() 是“我知道我是主人”的声明。
/// en: A capability: a thing that exists for the compiler only and holds no data. Only a P's owner
///     may put Gs on its queue; held() states "I know that I am the owner".
class CAPABILITY("P") ownership {
 public:
  /// zh: 编译器从此相信我们是主人；运行时什么也不做。
  /// en: From here on the compiler believes that we are the owner; does nothing at run time.
  void held() const ASSERT_CAPABILITY(this) {}
};

/// zh: 创建者的一行记录（ancestors）。 en: One line about a creator (ancestors).
struct ancestor {
  std::int64_t goid;
  const void* gopc;
};

/// zh: 一个不在跑的 G 由它完整描述。Boost.Context 把寄存器存在栈上，所以 sp 一个字就够了：
///     pc、bp 都在它指着的地方。
/// en: Describes a G that is not running, completely. Boost.Context saves the registers on the
///     stack, so the one word sp is enough: pc and bp lie where it points.
/// Go: runtime2.go, gobuf
struct gobuf {
  platform::suspended sp = nullptr;
  void* ctxt = nullptr;  // zh: 闭包 en: the closure
  // zh: C++ 独有：停在 catch 里的 G 带着它走 en: C++ only: goes with a G that stops inside a catch
  os::exception_state exceptions;
};

/// zh: 一个栈：[lo, hi)，护栏在 lo 之下。 en: A stack: [lo, hi), its guard below lo.
/// Go: runtime2.go, stack
struct stack {
  std::byte* lo = nullptr;
  std::byte* hi = nullptr;
  [[no_unique_address]] platform::stack_identity identity;
};

/// zh: 一次性事件。 en: A one-shot event.
struct note {
  os::atomic<std::uint32_t> key{0};
};

}  // namespace newproc::rt
