// zh: 致命错误怎样说。格式照 Go 1.24；退出码 2。
// en: How fatal errors are told. The format is Go 1.24's; exit code 2.
#include "fatal.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <vector>

#include "gmp.hpp"
#include "os/die.hpp"
#include "settings.hpp"

namespace newproc::rt {
namespace {

/// zh: 往标准错误写，只用自己的缓冲：信号处理函数里不许分配内存，出事的那一刻也许正握着 malloc 的
///     锁。
/// en: Writes to standard error out of a buffer of its own: a signal handler must not allocate, the
///     trouble may have come while malloc's lock was held.
class report {
 public:
  /// zh: 还原函数名要分配内存，信号处理函数里只好用原名。
  /// en: To demangle a function's name allocates; a signal handler must do with the raw one.
  enum class names { demangled, raw };
  explicit report(names n = names::demangled) : names_(n) {}
  ~report() { flush(); }
  report(const report&) = delete;
  report& operator=(const report&) = delete;

  report& operator<<(std::string_view text) {
    while (!text.empty()) {
      if (used_ == sizeof buffer_) flush();
      const std::size_t n = std::min(text.size(), sizeof buffer_ - used_);
      std::copy_n(text.data(), n, buffer_ + used_);
      used_ += n;
      text.remove_prefix(n);
    }
    return *this;
  }
  report& operator<<(std::int64_t n) { return number(n, 10); }
  /// zh: 十六进制，前面写 0x。 en: Hexadecimal, with 0x in front.
  report& hex(std::uintptr_t n) { return *this << "0x", number(static_cast<std::int64_t>(n), 16); }

  /// zh: @p pc 属于哪个函数；程序若不导出符号（-rdynamic），就写“?”。
  /// en: Which function @p pc belongs to; "?" where the program does not export its symbols
  ///     (-rdynamic).
  report& function(const void* pc) {
    Dl_info info{};
    if (::dladdr(pc, &info) == 0 || info.dli_sname == nullptr) return *this << "?";
    if (names_ == names::raw) return *this << info.dli_sname;
    int status = 0;
    char* name = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
    *this << (name != nullptr ? name : info.dli_sname);
    std::free(name);
    return *this;
  }
  /// zh: @p pc 在哪个文件的哪个偏移；找不到文件就写地址。
  /// en: In which file @p pc lies and at which offset; where no file is found, its address.
  report& place(const void* pc) {
    Dl_info info{};
    const auto address = reinterpret_cast<std::uintptr_t>(pc);
    if (::dladdr(pc, &info) == 0 || info.dli_fname == nullptr) return hex(address);
    *this << info.dli_fname << " +";
    return hex(address - reinterpret_cast<std::uintptr_t>(info.dli_fbase));
  }

 private:
  /// zh: @p base 进制，不带前缀。 en: In base @p base, without a prefix.
  report& number(std::int64_t n, int base) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, n, base).ptr;
    return *this << std::string_view(digits, static_cast<std::size_t>(end - digits));
  }
  /// zh: 写出缓冲里的；满了和析构时都走到这里。
  /// en: Writes what is buffered: when full, and at the end.
  void flush() {
    os::write_error({buffer_, used_});
    used_ = 0;
  }

  names names_;
  std::size_t used_ = 0;
  char buffer_[1024];
};

/// zh: 方括号里的状态，Go 的用词；停着的 G 写它的 waitreason。
/// en: The status in the brackets, in Go's words; for a parked G its waitreason.
const char* state_of(const G* g) {
  switch (g->status()) {
    case Gidle:
      return "idle";
    case Grunnable:
      return "runnable";
    case Grunning:
      return "running";
    case Gsyscall:
      return "syscall";
    case Gwaiting:
      return g->waitreason;
    case Gdead:
      return "dead";
  }
  return "???";
}

/// zh: @p g 的一段：编号与状态、入口、创建者、记下的祖先。
/// en: A paragraph about @p g: number and status, entry, creator, and ancestors if they were kept.
void describe(report& to, const G* g) {
  const bool locked = static_cast<M*>(g->lockedm) != nullptr;
  to << "\ngoroutine " << g->goid << " [" << state_of(g) << (locked ? ", locked to thread" : "")
     << "]:\n";
  to.function(g->startpc) << "\n\t";
  to.place(g->startpc) << "\n";
  if (g->parentGoid != 0) {
    to << "created by ";
    to.function(g->gopc) << " in goroutine " << g->parentGoid << "\n\t";
    to.place(g->gopc) << "\n";
  }
  if (!g->ancestors) return;
  for (const ancestor& a : *g->ancestors) {
    to << "[originating from goroutine " << a.goid << "]:\ncreated by ";
    to.function(a.gopc) << "\n\t";
    to.place(a.gopc) << "\n";
  }
}

/// zh: 本线程此刻替谁跑：在 g0 上就是 m->curg；没有则 nullptr。
/// en: For whom this thread is running: on g0 that is m->curg; nullptr if for nobody.
const G* current_goroutine() {
  const G* g = getg();
  if (g == nullptr) return nullptr;
  const M* m = g->m;
  return g == &m->g0 ? static_cast<G*>(m->curg) : g;
}

/// zh: 除 @p except 以外活着的，按编号。要拿 allglock，调用者不可已握着它。
/// en: Those alive but @p except, by number. Takes allglock, which the caller must not hold.
void describe_others(report& to, const G* except) {
  std::vector<const G*> all;
  {
    const os::lock_guard hold(sched.allglock);
    std::copy_if(sched.allgs.begin(), sched.allgs.end(), std::back_inserter(all),
                 [except](const G* g) {
                   return g != except && g->status() != Gdead && g->status() != Gidle;
                 });
  }
  std::sort(all.begin(), all.end(), [](const G* a, const G* b) { return a->goid < b->goid; });
  for (const G* g : all) describe(to, g);
}

/// zh: 以 2 退出；GOTRACEBACK=crash 则 abort。 en: Exits with 2; aborts if GOTRACEBACK=crash.
[[noreturn]] void end() {
  if (traceback_setting() == traceback::crash) os::crash();
  os::die(2);
}

/// zh: 一句话，出事的 goroutine @p here（也许没有）；GOTRACEBACK 不低于 @p others_from 时再加上其余
///     的。
/// en: A sentence, the goroutine @p here that it happened in (there may be none), and the others if
///     GOTRACEBACK is @p others_from or above.
[[noreturn]] void tell_and_end(std::string_view kind, std::string_view text, const G* here,
                               traceback others_from) {
  const traceback level = traceback_setting();
  {
    report r;
    r << kind << text << "\n";
    if (level != traceback::none) {
      if (here != nullptr) describe(r, here);
      if (level >= others_from) describe_others(r, here);
    }
  }
  end();
}

}  // namespace

void fatal(std::string_view text) {
  tell_and_end("fatal error: ", text, current_goroutine(), traceback::all);
}

void fatal_with_goroutines(std::string_view text) {
  tell_and_end("fatal error: ", text, nullptr, traceback::single);
}

void fatal_panic(std::string_view value) { tell_and_end("panic: ", value, getg(), traceback::all); }

void fatal_outside(std::string_view name) {
  report() << "fatal error: newproc: " << name << " called outside a goroutine\n";
  os::die(2);
}

void fatal_stack_overflow(const G* g) {
  {
    report r(report::names::raw);
    r << "runtime: goroutine stack exceeds " << g->stack.hi - g->stack.lo
      << "-byte limit\nfatal error: stack overflow\n";
    if (traceback_setting() != traceback::none) describe(r, g);
  }
  if (traceback_setting() == traceback::crash) os::crash();
  os::die(2, os::flush_output::no);
}

}  // namespace newproc::rt
