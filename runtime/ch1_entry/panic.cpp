// zh: 离开 goroutine 的两种非常方式：goexit 和 panic。两者都是 C++ 异常：展开栈就是 Go 的“跑完
//     defer”。
//
// zh: goexit 抛出的东西不是 std::exception，捕获标准异常的代码不会碍它的事。catch (...) 若吞下它，
//     goroutine 就会在“已退出”之后继续跑；它的析构函数认得出这种情形，因为正常送达的会先被打上记
//     号。
//
// en: The two unusual ways out of a goroutine: goexit and panic. Both are C++ exceptions: unwinding
//     the stack is Go's "run the deferred functions".
//
// en: What goexit throws is no std::exception, so code that catches those does not stand in its
//     way. A catch (...) that swallows it would let the goroutine go on after its exit; its
//     destructor recognises that, for one that is duly delivered is marked first.
#include <cxxabi.h>

#include <exception>
#include <typeinfo>

#include "ch1_entry/entry.hpp"
#include "ch1_entry/inside.hpp"
#include "newproc/detail/closure.hpp"
#include "newproc/go.hpp"
#include "observe/fatal.hpp"

namespace newproc {
namespace rt {

// [swallowed]
goexit_signal::~goexit_signal() {
  if (!delivered_) fatal("newproc: goexit was swallowed by a catch (...) that does not rethrow");
}
// [swallowed]

bool left_by_goexit() { return *abi::__cxa_current_exception_type() == typeid(goexit_signal); }

void fatal_uncaught() {
  try {
    throw;
  } catch (const std::exception& e) {
    fatal_panic(e.what());
  } catch (...) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type == nullptr) fatal("newproc: a goroutine was unwound by the end of its thread");
    int status = 0;
    char* name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
    fatal_panic(name != nullptr ? name : type->name());
  }
}

}  // namespace rt

void goexit() {
  rt::getg_user("goexit");
  throw rt::goexit_signal{};
}

void panic(std::string_view text) { throw panic_error(text); }

}  // namespace newproc
