// zh: 习题的 test.cpp 和 check.cpp 所用的话：must 说出一个承诺，和它不成立时给学习者看的一句话。
//
// zh: 每句话都有两种语言。不成立就到此为止：说出这一句，整个程序结束，在哪个线程里都一样。
//
// en: The words of an exercise's test.cpp and check.cpp: must states a promise, and the sentence that
//     the learner sees when it is broken.
//
// en: Each sentence is in both languages. The first broken promise is the last: it is told, and the
//     whole program ends, from whichever thread.
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

/// zh: @p holds 不成立，就把 @p said 报给学习者，结束程序。
/// en: Unless @p holds, reports @p said to the learner and ends the program.
void must(bool holds, const words& said);

/// zh: 通过之后也告诉学习者的一句话，例如“证明了，走过 1234 种交错”。
/// en: A sentence for the learner even after passing, such as "proved, in 1234 interleavings".
void note(const words& said);

}  // namespace newproc::exercise
