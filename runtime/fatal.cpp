// zh: 致命错误怎样说。格式照 Go 1.24；退出码 2。
// en: How fatal errors are told. The format is Go 1.24's; exit code 2.
#include "fatal.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <cxxabi.h>

#include "gmp.hpp"
#include "os/die.hpp"

namespace newproc::rt {
namespace {

std::string hex(std::uintptr_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%zx", value);
  return text;
}

// zh: 一条指令属于哪个函数。可执行文件若不导出符号（-rdynamic），只有地址可说。
// en: Which function an instruction belongs to. Where a program does not export its symbols
//     (-rdynamic), there is only the address to tell.
std::string function_at(const void* pc) {
  Dl_info info{};
  if (::dladdr(pc, &info) == 0 || info.dli_sname == nullptr) return "?";
  int status = 0;
  char* name = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
  return name != nullptr ? name : info.dli_sname;
}

std::string module_at(const void* pc) {
  Dl_info info{};
  if (::dladdr(pc, &info) == 0 || info.dli_fname == nullptr)
    return hex(reinterpret_cast<std::uintptr_t>(pc));
  const auto offset =
      reinterpret_cast<std::uintptr_t>(pc) - reinterpret_cast<std::uintptr_t>(info.dli_fbase);
  return std::string(info.dli_fname) + " +" + hex(offset);
}

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

std::string describe(const G* g) {
  std::string text = "goroutine " + std::to_string(g->goid) + " [" + state_of(g) +
                     (static_cast<M*>(g->lockedm) != nullptr ? ", locked to thread" : "") + "]:\n";
  text += function_at(g->startpc) + "\n\t" + module_at(g->startpc) + "\n";
  if (g->parentGoid != 0)
    text += "created by " + function_at(g->gopc) + " in goroutine " +
            std::to_string(g->parentGoid) + "\n\t" + module_at(g->gopc) + "\n";
  if (g->ancestors)
    for (const ancestor& a : *g->ancestors)
      text += "[originating from goroutine " + std::to_string(a.goid) + "]:\ncreated by " +
              function_at(a.gopc) + "\n\t" + module_at(a.gopc) + "\n";
  return text;
}

const G* current_goroutine() {
  const G* g = getg();
  if (g == nullptr) return nullptr;
  const M* m = g->m;
  return g == &m->g0 ? static_cast<G*>(m->curg) : g;
}

}  // namespace

void fatal(std::string_view text) {
  os::write_error("fatal error: " + std::string(text) + "\n");
  if (const G* g = current_goroutine()) os::write_error("\n" + describe(g));
  os::die(2);
}

void fatal_with_goroutines(std::string_view text) {
  std::vector<const G*> all;
  {
    const os::lock_guard hold(sched.allglock);
    std::copy_if(sched.allgs.begin(), sched.allgs.end(), std::back_inserter(all),
                 [](const G* g) { return g->status() != Gdead && g->status() != Gidle; });
  }
  std::sort(all.begin(), all.end(), [](const G* a, const G* b) { return a->goid < b->goid; });
  std::string report = "fatal error: " + std::string(text) + "\n";
  for (const G* g : all) report += "\n" + describe(g);
  os::write_error(report);
  os::die(2);
}

void fatal_panic(std::string_view value) {
  const G* g = getg();
  os::write_error("panic: " + std::string(value) + "\n\n" + describe(g));
  os::die(2);
}

void fatal_outside(std::string_view name) {
  os::write_error("fatal error: newproc: " + std::string(name) + " called outside a goroutine\n");
  os::die(2);
}

void fatal_stack_overflow(const G* g) {
  const std::size_t limit = static_cast<std::size_t>(g->stack_hi - g->stack_lo);
  os::write_error("runtime: goroutine stack exceeds " + std::to_string(limit) +
                  "-byte limit\nfatal error: stack overflow\n\n" + describe(g));
  os::die(2);
}

}  // namespace newproc::rt
