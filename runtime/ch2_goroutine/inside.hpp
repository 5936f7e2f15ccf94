// zh: 第 2 章的里间：只给本章的源文件和测试。
// en: Chapter 2's inside: for the chapter's own sources, and for tests.
#pragma once

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 从 P 的空闲表取一个死去的 G；空了就从全局表补到 32 个；都空则 nullptr。
/// en: Takes a dead G from the P's free list; refills up to 32 from the global one when empty;
///     nullptr if both are.
/// Go: proc.go, gfget
G* gfget(P* p) REQUIRES(p->owner);

/// zh: 把死去的 G 放回 P 的空闲表；到了 64 个就挪到只剩 31 个。
/// en: Puts a dead G on the P's free list; when that reaches 64 it moves Gs away until 31 are left.
/// Go: proc.go, gfput
void gfput(P* p, G* g) REQUIRES(p->owner);

/// zh: 分配一个 G，还没有栈；状态是 Gidle，尚未公布。
/// en: Allocates a G, without a stack yet; Gidle, not yet published.
/// Go: proc.go, malg(-1)
G* malg();

/// zh: 从 @p p 取一个空着的栈，没有就新造；造不出来是致命错误。
/// en: Takes an empty stack from @p p, or makes a new one; fatal if it can't.
/// Go: stack.go, stackalloc
stack stackalloc(P* p) REQUIRES(p->owner);

/// zh: 把 @p g 的栈收回给 @p p；没有人还站在上面，g 从此没有栈。
/// en: Takes @p g's stack back to @p p; no M may still stand on it, and g has none from now on.
/// Go: stack.go, stackfree
void stackfree(P* p, G* g) REQUIRES(p->owner);

/// zh: 公布到 allgs。状态必须已不是 Gidle：扫描者永远看不到没初始化的 G。
/// en: Publishes in allgs. Must no longer be Gidle: a scanner never sees an uninitialised G.
/// Go: proc.go, allgadd
void allgadd(G* g);

/// zh: P 的下一个 goid；区间用完时从全局取 16 个。
/// en: The P's next goid; takes 16 from the global counter when out.
std::int64_t next_goid(P* p) REQUIRES(p->owner);

/// zh: 为 @p fn 的闭包定下位置，对齐：放得下就在 @p g 自己里面，否则在栈顶，第一帧从它下面开始。
/// en: Finds an aligned place for @p fn's closure: inside @p g where it fits, else at its stack's
///     top, with the first frame beginning below.
void place_closure(P* p, G* g, const funcval& fn) REQUIRES(p->owner);

/// zh: 闭包太大的：放在 @p g 的栈顶，g 须已有栈。超过 closure_maximum 是致命错误。
/// en: For a large closure: on top of @p g's stack, which g must have. Fatal above closure_maximum.
void place_on_stack(G* g, const funcval& fn);

/// zh: goexit 的后半，在 g0 上：归还 G。 en: The second half of goexit, on g0: gives the G back.
/// Go: proc.go, goexit0
void goexit0(G* g);

}  // namespace newproc::rt
