// zh: 绝对路径，经过 /proc：编译器和看它的人所见的不同。
// en: An absolute path by way of /proc, where the compiler and those who look see different things.
// exercise: 2.2
// verdict: while it is compiled
#if __has_include("/proc/self/cwd/runtime/ch2_goroutine/gfree.cpp")
#include "/proc/self/cwd/runtime/ch2_goroutine/gfree.cpp"
#else
#include "/proc/self/cwd/../../../../../../runtime/ch2_goroutine/gfree.cpp"
#endif
