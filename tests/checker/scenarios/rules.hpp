// zh: 检查器里唯一认得运行时的地方：给对象起名字，检查人人都要守的规矩，替单个模块的场景搭台。
// en: The one place of the checker that knows the runtime: it names objects, checks the rules that
//     all must keep, and sets the stage for scenarios of single modules.
#pragma once

#include <string>

#include "engine/explore.hpp"
#include "model/gmp.hpp"

namespace newproc::checker {

/// zh: 给场景加上运行时的规矩：丢失的唤醒、自旋计数、空闲 P 的计数；并让故事叫得出名字。
/// en: Adds the runtime's rules to a scenario: lost wake-ups, the count of spinners, the count of
///     idle Ps; and lets its story call things by name.
scenario& with_rules(scenario& s);

/// zh: 给场景自己的变量起名字（在 init 里）。 en: Names a scenario's own variable (within init).
void name(const void* address, std::size_t size, const char* text);
template <class T>
void name(const T* object, const char* text) {
  name(object, sizeof *object, text);
}

// --- zh: 单个模块的台子（在 init 里搭） en: the stage for a single module (set within init)

/// zh: 一个空的世界：@p procs 个 P，@p machines 个还没有线程的 M。
/// en: An empty world: that many Ps, and Ms that have no thread yet.
void empty_world(int procs, int machines = 0);
/// zh: 当前的线程成为第 @p i 个 M，握有第 @p p 个 P（小于零：没有）。
/// en: The current thread becomes M number @p i and holds P number @p p (below zero: none).
rt::M* stand_on(int i, int p);
/// zh: 一个可运行的 G，编号 @p goid；它不会真的跑。
/// en: A runnable G of that number; it never really runs.
rt::G* made_up_g(int goid);
/// zh: 一个真的 G：跑起来就是 @p body(@p i)。可运行，不在任何队列里。
/// en: A real G: when run it is body(i). Runnable, and on no queue.
rt::G* real_g(void (*body)(int), int i);
rt::P* p_at(int i);

}  // namespace newproc::checker
