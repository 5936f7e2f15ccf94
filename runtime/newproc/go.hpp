// zh: 公开接口：运行、go 语句、让出、退出、panic，以及对线程和 P 的少数询问。
// en: The public interface: running, the go statement, yielding, exiting, panicking, and the few
//     questions about threads and Ps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "newproc/detail/closure.hpp"

namespace newproc {

/// zh: 运行的选项。 en: How to run.
struct options {
  /// zh: P 的个数；0：$GOMAXPROCS，否则此刻可用的 CPU 数，但不超过 cgroup 的配额：从自己的 cgroup 往上
  ///     各层中最小的，向上取整，至少算 2（同 Go 1.25，它只看自己那一层）。
  /// en: How many Ps; 0: $GOMAXPROCS, else the number of CPUs usable now, but no more than the
  ///     cgroup's quota: the least one from our cgroup upwards, rounded up, taken for at least 2 (as
  ///     in Go 1.25, which looks at its own level only).
  int procs = 0;
  /// zh: 每个 goroutine 的栈有多少字节；0：256 KiB。只占地址，碰到哪一页才占那一页的内存。
  /// en: Size of each goroutine's stack in bytes; 0: 256 KiB. These are addresses only: memory is
  ///     taken page by page as it is touched.
  std::size_t stack_bytes = 0;
};

/// zh: 启动调度器，把 @p f 作为主 goroutine（1 号）来跑，f 返回时返回：f 的 int，否则 0。
///     其余的 goroutine 被放弃，同 Go。之后可以再次调用。@p f 调用 goexit，就不再返回：最后一个
///     goroutine 结束时，程序以 no goroutines 死锁告终。
///     正在计算、或在系统调用里的 goroutine 停不下来：f 返回后，run 要等到它们各自让出、睡下或结束，才
///     返回。
///     调用者的线程，信号掩码在返回时与调用时相同；goroutine 若改了它别的东西（亲和、优先级、命名空间
///     等），由 goroutine 自己改回来。
///     在 goroutine 里、或另一个 run 还在进行时调用，抛出 std::logic_error。
/// en: Boots the scheduler, runs @p f as the main goroutine (number 1) and returns when f does: f's
///     int, or 0. The other goroutines are abandoned, as in Go. May be called again afterwards.
///     If @p f calls goexit it does not return: when the last goroutine ends, the program does, with
///     the deadlock "no goroutines".
///     A goroutine that computes, or is in a system call, can't be stopped: once f has returned, run
///     waits until each of them yields, sleeps or ends, and returns only then.
///     The caller's thread has the signal mask on return that it had at the call. If a goroutine has
///     changed something else of it (affinity, priority, namespaces and so on), it must undo that
///     itself.
///     Throws std::logic_error inside a goroutine, or while another run goes on.
/// @snippet tests/newproc/examples_test.cpp run-options
template <class F>
int run(options o, F f) {
  const auto call = [](void* from) -> int {
    F& fn = *static_cast<F*>(from);
    if constexpr (std::is_convertible_v<std::invoke_result_t<F&>, int>) {
      return static_cast<int>(std::invoke(fn));
    } else {
      std::invoke(fn);
      return 0;
    }
  };
  return rt::run_main(o.procs, o.stack_bytes, call, &f);
}

/// zh: 用默认的选项运行 @p f；结果和异常同 run(options, f)。
/// en: Runs @p f with the default options; result and errors are those of run(options, f).
/// @snippet tests/newproc/examples_test.cpp run
template <class F>
int run(F f) {
  return run(options{}, std::move(f));
}

// [go]
/// zh: go 语句。参数当场退化并移入新的 goroutine，调用时作为右值传出，同 std::thread。
///     移动时抛出的异常传给调用者，不留下 goroutine。空函数是致命错误：go of nil func value。
/// en: The go statement. Arguments are decayed and moved into the new goroutine at once and
///     passed as rvalues, as std::thread does. A move that throws propagates and leaves no
///     goroutine behind. A null function is fatal: go of nil func value.
/// @snippet tests/newproc/examples_test.cpp go
template <class F, class... A>
[[gnu::always_inline]] inline void go(F f, A... a) {
  using C = rt::closure<F, A...>;
  if (rt::is_nil(f)) rt::go_of_nil();
  std::tuple<F&, A&...> parts(f, a...);
  const auto build = [](void* where, void* from) {
    auto& p = *static_cast<std::tuple<F&, A&...>*>(from);
    std::apply(
        [where](F& fn, A&... args) {
          ::new (where) C{std::move(fn), std::tuple<A...>(std::move(args)...)};
        },
        p);
  };
  rt::newproc(rt::funcval_of<C>, rt::closure_builder{build, &parts});
}
// [go]

/// zh: runtime.Gosched：让出，自己到全局队列的末尾。
/// en: runtime.Gosched: gives way, to the end of the global queue.
/// @snippet tests/newproc/examples_test.cpp yield
void yield();

/// zh: runtime.Goexit：展开本 goroutine 的栈（析构函数会跑）并结束它。
/// en: runtime.Goexit: unwinds this goroutine's stack (destructors run) and ends it.
/// @snippet tests/newproc/examples_test.cpp goexit
[[noreturn]] void goexit();

/// zh: panic 抛出的异常；what() 就是 Go 的文字。 en: What panic throws; what() is Go's text.
class panic_error : public std::exception {
 public:
  explicit panic_error(std::string_view text) : text_(text) {}
  /// zh: Go 的文字，一字不差；异常活着时有效。
  /// en: Go's text, word for word; valid while the exception lives.
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// zh: 抛出 panic_error；没人捕获时，打印 Go 的 panic 文字，以 2 退出。
/// en: Throws panic_error; uncaught it prints Go's panic text and exits with 2.
/// @snippet tests/newproc/examples_test.cpp panic
[[noreturn]] void panic(std::string_view text);

/// zh: P 的个数。n <= 0 只问；运行之前可以设定，上限 1024。
/// en: The number of Ps. n <= 0 only asks; may be set before a run, at most 1024.
/// @snippet tests/newproc/examples_test.cpp gomaxprocs
/// @return zh: 先前的值 en: the previous value
int gomaxprocs(int n = 0);

/// zh: 进程开始时可用的 CPU 数；静态初始化里也问得。
/// en: CPUs usable when the process started; may be asked in static initialisers, too.
/// @snippet tests/newproc/examples_test.cpp num_cpu
int num_cpu();

/// zh: 活着的 goroutine 数，包括自己；正在结束的也许还算在内。没有数进去的那些已经结束，它们所做的都
///     看得见。所以 `while (num_goroutine() > 1) yield();` 等得到所有人都结束。
/// en: Goroutines alive, this one included; those that are just ending may be counted still. Those not
///     counted have ended, and what they did is seen. So `while (num_goroutine() > 1) yield();` waits
///     until all others have.
/// @snippet tests/newproc/examples_test.cpp num_goroutine
int num_goroutine();

/// zh: 本 goroutine 的编号；主 goroutine 是 1。 en: This goroutine's number; the main one is 1.
/// @snippet tests/newproc/examples_test.cpp goid
std::int64_t goid();

/// zh: 把本 goroutine 绑在它此刻的线程上，直到 unlock 同样多次。绑着退出，线程也随它结束。
/// en: Binds this goroutine to the thread it is on, until unlocked as many times. If it ends while
///     bound, the thread ends with it.
/// @snippet tests/newproc/examples_test.cpp lock_os_thread
void lock_os_thread();

/// zh: 抵消一次 lock_os_thread，抵完就不再绑定；没有绑定时什么也不做。
/// en: Takes back one lock_os_thread, and the last one unbinds; does nothing when not bound.
/// @snippet tests/newproc/examples_test.cpp unlock_os_thread
void unlock_os_thread();

/// zh: 线程数的上限，默认 10000。 en: The limit on threads, 10000 by default.
/// @snippet tests/newproc/examples_test.cpp set_max_threads
/// @return zh: 先前的值 en: the previous value
int set_max_threads(int n);

}  // namespace newproc
