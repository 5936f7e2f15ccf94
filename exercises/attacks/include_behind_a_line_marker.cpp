// zh: 预处理过的文件才有的行标记，3 说“系统头文件”。
// en: A line marker, as preprocessed files have them; 3 says "system header".
// exercise: 2.2
// verdict: which is the reference answer
# 1 "/usr/include/harmless.h" 3
#include "ch2_goroutine/gfree.cpp"
