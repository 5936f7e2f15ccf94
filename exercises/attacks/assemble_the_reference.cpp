// zh: 让汇编器把文件读进来：编译器不知道有这回事。
// en: Lets the assembler read a file in; the compiler does not know of it.
// exercise: 2.2
// verdict: while it is compiled
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

asm(".section .rodata\n.incbin \"/proc/self/exe\"\n.text");

namespace newproc::rt {

std::int64_t next_goid(P*) { return 0; }

}  // namespace newproc::rt
