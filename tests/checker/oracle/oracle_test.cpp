// zh: 裁判自己靠什么站得住。GenMC（MPI-SWS）的测试为每个程序写着相容的执行有几次
//     （tests/correct/litmus/*/expected.rc11.mo.in）。次数比一句“允许”更难碰巧说对。标着 another 的出自
//     一个没有公开的枚举器；与 GenMC 今天的数不同的两个，litmus.cpp 里说了为什么。
// en: What the oracle itself rests on. GenMC's tests (MPI-SWS) state for each program how many
//     consistent executions it has (tests/correct/litmus/*/expected.rc11.mo.in). A count is harder to
//     get right by luck than the word "allowed". Those marked `another` are from an enumerator that
//     is not published. Two differ from what GenMC says today, and litmus.cpp tells why.
#include <doctest/doctest.h>

#include "litmus.hpp"

namespace newproc::oracle {
namespace {

TEST_CASE("oracle: each litmus test has its verdict, and as many executions as others counted") {
  for (const litmus& t : litmus_tests()) {
    CAPTURE(std::string(t.name));
    CAPTURE(text(t.threads));
    const answer a = enumerate(t.threads);
    CHECK(any_fits(a.outcomes, t.weak) == t.allowed);
    CHECK(a.executions == t.executions);
  }
}

}  // namespace
}  // namespace newproc::oracle
