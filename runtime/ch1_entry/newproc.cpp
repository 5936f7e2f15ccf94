// zh: go 语句的入口。文档「Goroutine 调用入口」的反汇编停在 CALL runtime.newproc；从那里继续的就是
//     本文件。
//
// zh: Go 1.13 的编译器把参数压在闭包指针之后，newproc 拿它们的地址，切到系统栈，再由 newproc1 复
//     制。C++ 里“复制参数”是用户写的移动构造函数：它可能抛出异常，可能加锁、可能让出。这样的代码不
//     许在 g0 上跑，所以 newproc1 留在调用者的栈上，只有深的、不碰用户代码的部分（分配栈、启动线
//     程）才去系统栈。Go 需要切换的另外两个理由，栈不够深和栈会移动，对固定的栈都不成立。
//
// zh: 没有采用的设计：整个 newproc1 都在 g0 上（每次 go 多两次换栈，约 10 ns，而且用户的移动构造会
//     在 g0 上跑）；先在堆上建闭包，再交给新 G（每次 go 一次分配）。
//
// en: Where the go statement enters. The document's disassembly ends at CALL runtime.newproc; this
//     file is what follows.
//
// en: Go 1.13's compiler pushes the arguments behind the closure pointer; newproc takes their
//     address, changes to the system stack, and newproc1 copies them. In C++ "copying the
//     arguments" is a move constructor that the user wrote: it may throw, lock, or yield. Such code
//     must not run on g0, so newproc1 stays on the caller's stack, and only the deep parts that
//     touch no user code (allocating a stack, starting a thread) go to the system stack. Go's two
//     other reasons, too little stack and stacks that move, do not hold for fixed ones.
//
// en: Designs not taken: all of newproc1 on g0 (two more switches per go, about 10 ns, and the
//     user's move constructors on g0); the closure on the heap first, then handed to the new G (an
//     allocation per go).
#include "newproc/newproc.hpp"
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc {
namespace rt {

// [newproc]
// zh: 不许内联：返回地址必须是 go 语句之后的那条指令。
// en: Must not be inlined: the return address must be the instruction after the go statement.
[[gnu::noinline]] void newproc(const funcval& fn, closure_builder builder) {
  G* gp = getg_user("go");
  const void* pc = __builtin_return_address(0);  // getcallerpc
  newproc1(fn, builder, gp, pc);
}
// [newproc]

void go_of_nil() { fatal("go of nil func value"); }

G* getg_user(const char* caller) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) [[unlikely]]
    fatal_outside(caller);
  return g;
}

}  // namespace rt

std::int64_t goid() { return rt::getg_user("goid")->goid; }

}  // namespace newproc
