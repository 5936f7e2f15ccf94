// zh: 绕一圈：包含另一道题的答案，路径里净是 ..。
// en: The long way round: includes another exercise's answer by a path full of "..".
// exercise: 2.7
// verdict: which is the reference answer
#include "../../ch4_machine/../ch2_goroutine/../ch2_goroutine/7_nursery/solution.cpp"
#include "given.hpp"
