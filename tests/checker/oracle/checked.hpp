// zh: 让检查器走完同一个程序的全部执行。 en: Lets the checker walk all executions of the same program.
#pragma once

#include <set>

#include "oracle.hpp"

namespace newproc::oracle {

/// zh: 检查器看得到的结局；没走完就是测试失败。
/// en: The outcomes that the checker sees. A search that does not end fails the test.
std::set<outcome> checked(const program& p);

}  // namespace newproc::oracle
