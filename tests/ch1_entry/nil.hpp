// zh: go 空的函数，在另一组编译选项下。
// en: A go of empty functions, under other options of the compiler.
#pragma once

namespace newproc::test {

/// zh: go 第 @p which 种空的函数；没有这一种则 false。
/// en: A go of the empty function of kind @p which; false if there is no such kind.
bool go_the_empty(int which);

/// zh: go 各种不空的，等它们结束；都跑过则 0。
/// en: A go of full ones of all kinds, waits for their end; 0 if all have run.
int go_the_full();

}  // namespace newproc::test
