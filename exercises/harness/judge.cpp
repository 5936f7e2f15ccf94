// zh: 习题测试的 main：跑完所有用例，把每个用例的开始和末尾的名单交出去。评分的进程拿名单与
//     test.cpp 的文字对照，所以少跑一个用例也瞒不过。一句失败就是结论：说完就走，后面也许会卡住。
// en: The main of an exercise's tests: runs all test cases and hands out the beginning of each and the
//     list at the end. The grading process compares the list with the text of test.cpp, so not one
//     test case can be skipped unnoticed. A failure is the verdict: having told it we leave, for what
//     comes after may hang.
#include "judge.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

std::mutex lock;
std::vector<std::string> finished;
int runs = 0;

std::string event(const char* kind, const words& w) {
  return std::string("{\"event\": \"") + kind + "\", \"zh\": " + json_string(w.zh) +
         ", \"en\": " + json_string(w.en) + "}";
}

[[noreturn]] void fail(const words& said) {
  lock.lock();
  send(event("failure", said));
  std::fflush(nullptr);
  ::_exit(1);
}

class reporter : public doctest::IReporter {
 public:
  explicit reporter(const doctest::ContextOptions&) {}
  void test_run_start() override { ++runs; }
  void test_case_start(const doctest::TestCaseData& data) override {
    name_ = data.m_name;
    send("{\"event\": \"case\", \"name\": " + json_string(name_) + "}");
  }
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    if (!stats.testCaseSuccess)
      fail({"用例 " + name_ + " 没有通过", "the test case " + name_ + " did not pass"});
    finished.push_back(name_);
  }
  void test_case_exception(const doctest::TestCaseException& e) override {
    const std::string what(e.error_string.c_str());
    fail({"抛出了异常：" + what, "an exception was thrown: " + what});
  }
  void log_assert(const doctest::AssertData& a) override {
    if (!a.m_failed) return;
    const std::string text = a.m_expr + (" (" + std::string(a.m_decomp.c_str()) + ")");
    fail({"不成立：" + text, "does not hold: " + text});
  }
  void report_query(const doctest::QueryData&) override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  std::string name_;
};
REGISTER_LISTENER("verdict", 1, reporter);

}  // namespace

void must(bool holds, const words& said) {
  if (!holds) fail(said);
}

void note(const words& said) { send(event("note", said)); }

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace newproc::exercise

int main(int argc, char** argv) {
  using namespace newproc::exercise;
  // zh: 环境变量能让检查器少走些路，或只重演：学习者的构造函数也许改过它。
  // en: The environment can make the checker walk less, or only replay; a constructor of the
  //     learner's may have changed it.
  if (std::getenv("NEWPROC_PLAIN") == nullptr) ::clearenv();
  // zh: 参考答案要连过一百次：次数是唯一的参数。
  // en: References must pass a hundred times in a row: how often is the only argument.
  int code = 0;
  for (int left = argc > 1 ? std::atoi(argv[1]) : 1; left > 0; --left) {
    finished.clear();
    doctest::Context context;
    context.setOption("minimal", true);
    code |= context.run();
  }
  std::fflush(nullptr);
  std::string names;
  for (const std::string& n : finished) names += (names.empty() ? "" : ", ") + json_string(n);
  send("{\"event\": \"end\", \"runs\": " + std::to_string(runs) + ", \"cases\": [" + names + "]}");
  ::_exit(code != 0 ? 1 : 0);
}
