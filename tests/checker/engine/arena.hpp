// zh: 一次执行的内存：堆、goroutine 的栈、运行时的全局变量。每次执行之前都回到同一个起点。
//
// zh: 失败或被剪掉的执行停在半路，没有人替它析构。所以被检查的代码用 new 得到的内存都来自竞技场，
//     整个丢掉就是；运行时的全局变量被放在两个有名字的段里，开始时拍下快照，之后每次用快照盖上。
//     这样无论一次执行停在哪里，下一次都一样开始，也不会漏内存。
//
// en: An execution's memory: the heap, the goroutines' stacks, the runtime's globals. Each is put
//     back to one and the same beginning before every execution.
//
// en: An execution that failed or was pruned stops half-way, and nobody destroys what it made. So
//     what the code under test gets from new comes from an arena, which is simply dropped; the
//     runtime's globals lie in two sections with names of their own, are photographed once and laid
//     back from the photograph each time. Wherever one execution stopped, the next begins alike,
//     and nothing leaks.
#pragma once

#include <cstddef>
#include <string>

namespace newproc::checker::arena {

/// zh: 之后的 new 来自竞技场（true）还是平常的堆。返回先前的值。
/// en: Whether new comes from the arena from now on, or from the ordinary heap. Returns the
///     previous.
bool use(bool arena);

/// zh: 丢掉一切，恢复全局变量。 en: Drops everything, restores the globals.
void reset();

/// zh: @p p 在哪里：“heap+…”、“global+…”；每次运行都一样，地址却不一样。都不是则为空。
/// en: Where @p p is: "heap+...", "global+..."; the same in every run, which addresses are not.
///     Empty if neither.
std::string place_of(const void* p);

/// zh: goroutine 栈用的地址空间，也随 reset 归还。
/// en: Address space for goroutine stacks; reset too.
std::byte* take_pages(std::size_t bytes);

}  // namespace newproc::checker::arena
