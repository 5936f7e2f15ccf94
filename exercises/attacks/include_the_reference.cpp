// zh: 包含运行时自己的源码。 en: Includes the runtime's own source.
// exercise: 2.2
// verdict: which is the reference answer
#include "ch2_goroutine/gfree.cpp"
