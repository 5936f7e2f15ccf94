// zh: 试纸：有名字的小程序，弱的结局可以有还是不可以有，相容的执行有几次。
// en: Litmus tests: small programs with names, whether the weak outcome is allowed, and how many
//     consistent executions there are.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "oracle.hpp"

namespace newproc::oracle {

/// zh: 次数从哪里来。genmc：它的测试里写着的。another：另一个没有公开的枚举器也数出这么多。nobody：
///     没有别人数过，可靠的只是允许与否，次数只提防裁判自己变了样。
/// en: Where a count comes from. genmc: its tests state it. another: a second enumerator, not
///     published, counted the same. nobody: none else has counted, only the verdict is well founded
///     and the count just tells when the oracle changes.
enum class counted_by { genmc, another, nobody };

/// zh: 样式里的“什么都行”。 en: "Anything" in a pattern.
inline constexpr int any = -1;

struct litmus {
  const char* name;
  program threads;
  outcome weak;  // zh: 样式；后面没写的都行 en: a pattern; what it leaves out at its end is free
  bool allowed;
  long executions;
  counted_by by;
};

const std::vector<litmus>& litmus_tests();

/// zh: @p o 合乎 @p pattern 吗？ en: Does @p o fit @p pattern?
bool fits(const outcome& o, const outcome& pattern);
inline bool any_fits(const std::set<outcome>& all, const outcome& pattern) {
  return std::any_of(all.begin(), all.end(), [&](const outcome& o) { return fits(o, pattern); });
}

// zh: 写程序用的短名。 en: Short names to write programs with.
inline constexpr int x = 0, y = 1, z = 2, w = 3;
inline constexpr order rlx = order::relaxed, acq = order::acquire, rel = order::release,
                       acq_rel = order::acq_rel, sc = order::seq_cst;
inline operation load(int at, order how) { return {kind::load, how, at, 0}; }
inline operation store(int at, int value, order how) { return {kind::store, how, at, value}; }
inline operation exchange(int at, int value, order how) { return {kind::exchange, how, at, value}; }
inline operation fetch_add(int at, int n, order how) { return {kind::fetch_add, how, at, n}; }
inline operation fence(order how) { return {kind::fence, how, 0, 0}; }

}  // namespace newproc::oracle
