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

namespace newproc::test {
namespace {

const char* running = "";

void tell_and_end(int) {
  os::write_error("\nThis test hangs / 测试停住了: ");
  os::write_error(running);
  os::write_error("\n");
  rt::dump_goroutines();
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
    ::sigaction(SIGALRM, &action, nullptr);
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
