// zh: 所有测试共用的 main。信号留给运行时处理，doctest 不插手：栈溢出要由运行时自己说出来。
// en: The main function of all tests. Signals are the runtime's, doctest keeps out of it: it is the
//     runtime that must tell of a stack overflow.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS
#include <doctest/doctest.h>

namespace newproc::test {
void watch_over_tests();
}

int main(int argc, char** argv) {
  newproc::test::watch_over_tests();
  return doctest::Context(argc, argv).run();
}
