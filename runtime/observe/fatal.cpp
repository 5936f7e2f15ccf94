// zh: 致命错误怎样说。格式照 Go 1.24；退出码 2。
// en: How fatal errors are told. The format is Go 1.24's; exit code 2.
#include "observe/fatal.hpp"

#include "model/current.hpp"
#include "observe/dump.hpp"
#include "observe/settings.hpp"
#include "os/die.hpp"

namespace newproc::rt {
namespace {

/// zh: 本线程此刻替谁跑：在 g0 上就是 m->curg；没有则 nullptr。
/// en: The goroutine that this thread runs for: on g0 that is m->curg; nullptr if there is none.
const G* current_goroutine() {
  const G* g = getg();
  if (g == nullptr) return nullptr;
  const M* m = g->m;
  return g == &m->g0 ? static_cast<G*>(m->curg) : g;
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
