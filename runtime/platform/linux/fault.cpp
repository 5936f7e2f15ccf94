// zh: 段错误的处理：先问运行时这是不是栈溢出，不是就交还给原来的处理者。
// en: Segmentation faults: ask the runtime whether it is a stack overflow, and if not give it back
//     to the handler that was there before.
#include <signal.h>

#include "os/atomic.hpp"
#include "os/pages.hpp"

namespace newproc::os {
namespace {

constexpr std::size_t signal_stack_bytes = 64 * 1024;

atomic<fault_handler> on_fault{nullptr};
struct sigaction previous[2];

/// zh: SIGSEGV、SIGBUS 的处理函数，在备用栈上；返回之后，出错的指令再执行一次。
/// en: The handler of SIGSEGV and SIGBUS, on the alternate stack; when it returns, the instruction
///     that faulted runs again.
void handle(int signal, siginfo_t* info, void* context) {
  if (const fault_handler handler = on_fault.load(order::relaxed))
    handler(static_cast<const std::byte*>(info->si_addr));
  const struct sigaction& before = previous[signal == SIGBUS];
  if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != nullptr)
    return before.sa_sigaction(signal, info, context);
  if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
    return before.sa_handler(signal);
  // zh: 恢复默认并返回：出错的指令再执行一次，照常崩溃。
  // en: Restore the default and return: the instruction runs again and crashes as it would have.
  ::signal(signal, SIG_DFL);
}

}  // namespace

void install_fault_handler(fault_handler handler) {
  if (on_fault.exchange(handler, order::relaxed) != nullptr) return;
  struct sigaction action {};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGSEGV, &action, &previous[0]);
  ::sigaction(SIGBUS, &action, &previous[1]);
}

signal_stack::signal_stack() {
  stack_t current{};
  // zh: 已经有一个（清洁器或调用者装的）就用它。
  // en: Where there is one already (a sanitizer's, the caller's), that one serves.
  if (::sigaltstack(nullptr, &current) == 0 && (current.ss_flags & SS_DISABLE) == 0) return;
  memory_ = reserve(signal_stack_bytes);
  if (memory_ == nullptr) return;
  stack_t mine{};
  mine.ss_sp = memory_;
  mine.ss_size = signal_stack_bytes;
  ::sigaltstack(&mine, nullptr);
}

signal_stack::~signal_stack() {
  if (memory_ == nullptr) return;
  stack_t off{};
  off.ss_flags = SS_DISABLE;
  ::sigaltstack(&off, nullptr);
  release(memory_, signal_stack_bytes);
}

}  // namespace newproc::os
