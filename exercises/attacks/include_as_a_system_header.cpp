// zh: 自称系统头文件：那些不在 -MMD 的名单里。它先包含自己，因为主文件里的这个 pragma 不算。
// en: Calls itself a system header: those are not in the list of -MMD. First it includes itself, for in
//     the main file that pragma does not count.
// exercise: 2.2
// verdict: which is the reference answer
#ifndef INSIDE
#define INSIDE
#include __FILE__
#else
#pragma GCC system_header
#include "ch2_goroutine/gfree.cpp"
#endif
