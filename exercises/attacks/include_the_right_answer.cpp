// zh: 包含错答案所对照的那份正确答案。
// en: Includes the right answer, which the wrong ones are patches of.
// exercise: 3.5
// verdict: includes exercises/ch3_runqueue/5_runqempty/right.cpp, which is the reference answer
#include "right.cpp"
