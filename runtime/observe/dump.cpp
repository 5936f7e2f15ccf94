// zh: goroutine 的一段话，格式照 Go 1.24。
// en: A paragraph about a goroutine, in the format of Go 1.24.
#include "observe/dump.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>
#include <vector>

#include "model/gmp.hpp"
#include "os/die.hpp"

namespace newproc::rt {

report& report::operator<<(std::string_view text) {
  while (!text.empty()) {
    if (used_ == sizeof buffer_) flush();
    const std::size_t n = std::min(text.size(), sizeof buffer_ - used_);
    std::copy_n(text.data(), n, buffer_ + used_);
    used_ += n;
    text.remove_prefix(n);
  }
  return *this;
}

report& report::function(const void* pc) {
  Dl_info info{};
  if (::dladdr(pc, &info) == 0 || info.dli_sname == nullptr) return *this << "?";
  if (names_ == names::raw) return *this << info.dli_sname;
  int status = 0;
  char* name = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
  *this << (name != nullptr ? name : info.dli_sname);
  std::free(name);
  return *this;
}

report& report::place(const void* pc) {
  Dl_info info{};
  const auto address = reinterpret_cast<std::uintptr_t>(pc);
  if (::dladdr(pc, &info) == 0 || info.dli_fname == nullptr) return hex(address);
  *this << info.dli_fname << " +";
  return hex(address - reinterpret_cast<std::uintptr_t>(info.dli_fbase));
}

report& report::number(std::int64_t n, int base) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, n, base).ptr;
  return *this << std::string_view(digits, static_cast<std::size_t>(end - digits));
}

void report::flush() {
  os::write_error({buffer_, used_});
  used_ = 0;
}

namespace {

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

}  // namespace

void describe(report& to, const G* g) {
  const bool locked = g->lockedm != nullptr;
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

void dump_goroutines() NO_THREAD_SAFETY_ANALYSIS {
  report to(report::names::raw);
  const std::size_t n = sched.allgs.size();
  for (std::size_t i = 0; i < n; ++i)
    if (const G* g = sched.allgs[i]; g->status() != Gdead && g->status() != Gidle) describe(to, g);
}

}  // namespace newproc::rt
