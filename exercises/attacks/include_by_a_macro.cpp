// zh: 用宏拼出要包含的名字，再用 #line 装作在别的文件里。
// en: Puts together the included name by macros, and pretends to be elsewhere by #line.
// exercise: 2.2
// verdict: which is the reference answer
#line 1 "runtime/model/gmp.hpp"
#define QUOTED "ch2_goroutine/gfree.cpp"
#define CHOSEN(name) name
#if __has_include(CHOSEN(QUOTED))
#include CHOSEN(QUOTED)
#endif
