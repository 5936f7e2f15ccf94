// zh: 停住的测试：在 ctest 的时限到来之前，说出是哪个用例、每个 goroutine 停在哪里，然后结束。
//     时限从环境变量 NEWPROC_TEST_SECONDS 来（ctest 设的，比它自己的短几秒）；没有设，就一直等。
// en: Tests that hang: before ctest's time is up, tells which test case it is and where each goroutine
//     is, and ends. The time comes from the environment, NEWPROC_TEST_SECONDS (set by ctest, some seconds
//     less than its own); if it is not set, there is none.
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "observe/dump.hpp"
#include "os/die.hpp"

#ifdef __SANITIZE_THREAD__
// zh: TSan 的 sigaction 等线程下一次系统调用才叫处理函数，而停住的循环也许再不做。这是 libc 自己的名字，
//     TSan 不拦。
// en: TSan's sigaction calls the handler at the thread's next system call, and a loop that hangs may
//     make none. This is libc's own name for it, which TSan does not intercept.
extern "C" int __sigaction(int, const struct sigaction*, struct sigaction*);
#define sigaction_at_once __sigaction
// zh: 别人还在跑，读到的也许正在变；那不值得再报一次竞争。
// en: The others still run, and what is read may be changing; that need not be reported as a race.
extern "C" void AnnotateIgnoreReadsBegin(const char*, int);
extern "C" void AnnotateIgnoreReadsEnd(const char*, int);
#define ignore_races(tell) \
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__), tell, AnnotateIgnoreReadsEnd(__FILE__, __LINE__)
#else
#define sigaction_at_once ::sigaction
#define ignore_races(tell) tell
#endif

namespace newproc::test {
namespace {

const char* running = "";

void tell_and_end(int) {
  os::write_error("\nThis test hangs / 测试停住了: ");
  os::write_error(running);
  os::write_error("\n");
  ignore_races(rt::dump_goroutines());
  os::die(3, os::flush_output::no);
}

struct watchdog : doctest::IReporter {
  explicit watchdog(const doctest::ContextOptions&) {}
  void test_run_start() override {
    const char* seconds = std::getenv("NEWPROC_TEST_SECONDS");
    if (seconds == nullptr) return;
    struct sigaction action {};
    action.sa_handler = tell_and_end;
    action.sa_flags = SA_ONSTACK;
    sigaction_at_once(SIGALRM, &action, nullptr);
    ::alarm(static_cast<unsigned>(std::strtoul(seconds, nullptr, 10)));
  }
  void test_case_start(const doctest::TestCaseData& test) override { running = test.m_name; }

  void report_query(const doctest::QueryData&) override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};

DOCTEST_REGISTER_LISTENER("watchdog", 1, watchdog);

}  // namespace

/// zh: 让链接器留下本文件。 en: Makes the linker keep this file.
void watch_over_tests() {}

}  // namespace newproc::test
