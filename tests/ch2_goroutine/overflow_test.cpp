// zh: 栈溢出要说成栈溢出；别的段错误绝不能说成它。
// en: A stack overflow is told as one; any other segmentation fault must never be.
#include <doctest/doctest.h>
#include <signal.h>

#include "ch2_goroutine/goroutine.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "os/pages.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;
using namespace std::chrono_literals;

volatile bool forever = true;

[[gnu::noinline]] int recurse(int depth) {
  volatile char frame[512];
  frame[0] = static_cast<char>(depth);
  if (!forever) return frame[0];
  return recurse(depth + 1) + frame[0];
}

// zh: 消息里的数是可用的字节数。 en: The number in the message is that of the usable bytes.
bool tells_overflow(const ending& e, const std::string& goroutine) {
  const std::string first = "runtime: goroutine stack exceeds ";
  const std::string rest =
      "-byte limit\nfatal error: stack overflow\n\n" + goroutine + " [running]:\n";
  const std::string head = e.head(4);
  if (e.exit_code != 2 || !head.starts_with(first) || !head.ends_with(rest)) return false;
  const std::string number = head.substr(first.size(), head.size() - first.size() - rest.size());
  return !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
}

TEST_CASE("a stack overflow of the main goroutine is told") {
  const ending e = in_child([] { run([] { return recurse(0); }); });
  CAPTURE(e.error);
  CHECK(tells_overflow(e, "goroutine 1"));
}

TEST_CASE("a stack overflow of another goroutine is told with its creator") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      go([] { recurse(0); });
      until_alone();
    });
  });
  CAPTURE(e.error);
  CHECK(tells_overflow(e, "goroutine 2"));
  CHECK(e.error.find("created by ") != std::string::npos);
  CHECK(e.error.find(" in goroutine 1\n") != std::string::npos);
}

// zh: 一上来只碰这一帧的最低处，像写满缓冲区之前的函数那样。
// en: Touches nothing of its frame at first but the lowest place, as functions do with their buffers.
template <std::size_t bytes>
[[gnu::noinline]] int stride(int depth) {
  volatile char frame[bytes];
  frame[0] = static_cast<char>(depth);
  if (!forever) return frame[0];
  return stride<bytes>(depth + 1) + frame[0];
}

TEST_CASE("a stack overflow is told however large the frames are that fit into a stack") {
  for (int (*const fn)(int) : {stride<12'000>, stride<20'000>, stride<56'000>, stride<100'000>,
                               stride<150'000>, stride<200'000>, stride<250'000>}) {
    const ending e = in_child([fn] {
      run({.procs = 1}, [fn] {
        for (int i = 0; i < 4; ++i) go([] { sleep(1h); });
        go([fn] { fn(0); });
        until_alone();
      });
    });
    CAPTURE(e.error);
    CHECK(tells_overflow(e, "goroutine 6"));
  }
}

TEST_CASE("a stack overflow on a thread that the runtime made is told") {
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      // zh: 主 goroutine 占住 m0，别的只能在新线程上跑
      // en: main keeps m0, others must run on new threads
      lock_os_thread();
      go([] { recurse(0); });
      for (;;) yield();
    });
  });
  CAPTURE(e.error);
  CHECK(tells_overflow(e, "goroutine 2"));
}

TEST_CASE("a stack overflow in run off the main thread is told") {
  const ending e = in_child([] { std::thread([] { run([] { return recurse(0); }); }).join(); });
  CAPTURE(e.error);
  CHECK(tells_overflow(e, "goroutine 1"));
}

// zh: 清洁器有自己的段错误处理，报告后以它的退出码结束；那里只看有没有被误称为栈溢出。
// en: A sanitizer handles segmentation faults itself and exits with a code of its own; there we
//     only look that it is not called an overflow.
void check_plain_fault(const ending& e) {
  CAPTURE(e.error);
  CHECK(e.error.find("stack overflow") == std::string::npos);
  CHECK(e.error.find("goroutine stack exceeds") == std::string::npos);
  if (sanitizer_handles_faults)
    CHECK((e.signal != 0 || e.exit_code != 0));
  else
    CHECK(e.signal == SIGSEGV);
}

// zh: UBSan 会抢先说出空指针；这里要的是真的段错误。
// en: UBSan would name the null pointer first; what we want here is the fault itself.
#if defined(__clang__)
__attribute__((no_sanitize("undefined")))
#else
__attribute__((no_sanitize_undefined))
#endif
void write_to(std::uintptr_t address) {
  *reinterpret_cast<volatile char*>(address) = 1;
}

TEST_CASE("a null dereference in a goroutine is not called a stack overflow") {
  check_plain_fault(in_child([] { run([] { write_to(0); }); }));
}

TEST_CASE("a write into the guard of another goroutine is not called a stack overflow") {
  check_plain_fault(in_child([] {
    run({.procs = 1}, [] {
      std::uintptr_t guard = 0;
      go([&guard] { guard = address_of(getg()->stack.lo) - 8; });
      until_alone();
      write_to(guard);
    });
  }));
}

TEST_CASE("a null dereference after run is not called a stack overflow") {
  check_plain_fault(in_child([] {
    run([] {});
    write_to(0);
  }));
}

TEST_CASE("a goroutine may use all of the stack that it was given") {
  const ending e = in_child([] {
    return run({.procs = 1, .stack_bytes = 64 * 1024}, [] {
      const std::byte* lo = getg()->stack.lo;
      const auto here = static_cast<const std::byte*>(__builtin_frame_address(0));
      // zh: 从自己的帧以下一页，直到最低的字节。
      // en: From a page below our frame to the lowest byte.
      for (const std::byte* b = here - os::page_bytes; b >= lo; b -= 64)
        *const_cast<volatile std::byte*>(b) = std::byte{0};
      return here - lo > 40 * 1024 ? 0 : 1;
    });
  });
  CHECK(e.exit_code == 0);
}

}  // namespace
}  // namespace newproc::test
