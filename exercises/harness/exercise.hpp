// zh: 习题的 test.cpp 和 check.cpp 所用的话：must 说出一个承诺，和它不成立时给学习者看的一句话。
//
// zh: 每句话都有两种语言；一个用例里只报第一句。must 不抛出、不中断，所以 goroutine 里也能用；后面
//     的代码若依赖它，就写 if (!must(...)) return。
//
// en: The words of an exercise's test.cpp and check.cpp: must states a promise, and the sentence that
//     the learner sees when it is broken.
//
// en: Each sentence is in both languages; of a test case only the first is reported. must neither
//     throws nor stops, so it may be used in goroutines; where later code depends on it, write
//     if (!must(...)) return.
#pragma once

#include <concepts>
#include <string>

#include <doctest/doctest.h>

namespace newproc::exercise {

/// zh: 一句话，两种语言。 en: A sentence in both languages.
struct words {
  std::string zh, en;

  /// zh: 在两边都接上同一个值。 en: Appends one and the same value to both.
  template <class T>
  words operator+(const T& value) const {
    if constexpr (std::same_as<T, words>)
      return {zh + value.zh, en + value.en};
    else if constexpr (std::integral<T>)
      return {zh + std::to_string(value), en + std::to_string(value)};
    else
      return {zh + std::string(value), en + std::string(value)};
  }
};

/// zh: @p holds 不成立，就把 @p said 报给学习者。返回 holds。
/// en: Unless @p holds, @p said is reported to the learner. Returns holds.
bool must(bool holds, const words& said);

/// zh: 通过之后也告诉学习者的一句话，例如“证明了，走过 1234 种交错”。
/// en: A sentence for the learner even after passing, such as "proved, in 1234 interleavings".
void note(const words& said);

}  // namespace newproc::exercise
