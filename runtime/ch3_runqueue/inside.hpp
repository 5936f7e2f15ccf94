// zh: 第 3 章的里间：只给本章的源文件和测试。
// en: Chapter 3's inside: for the chapter's own sources, and for tests.
#pragma once

#include <span>

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 环恰好满时：最老的一半和 @p g 一起去全局队列。窃取者抢先动了队头则返回 false。
/// en: For a ring that is exactly full: the oldest half and @p g go to the global queue. False if a
///     thief has moved the head meanwhile.
/// Go: proc.go, runqputslow
bool runqputslow(P* p, G* g, std::uint32_t head, std::uint32_t tail) REQUIRES(p->owner)
    EXCLUDES(sched.lock);

/// zh: 把一批 G 依次接到全局队列的末尾。 en: Appends a batch of Gs to the global queue, in order.
/// Go: proc.go, globrunqputbatch
void globrunqputbatch(std::span<G* const> batch) REQUIRES(sched.lock);

/// zh: 从 @p victim 抓一半到 @p p 环尾之后的槽里，尚未公布；返回个数。
/// en: Grabs half of @p victim's into the slots beyond @p p's tail, unpublished; returns how many.
/// Go: proc.go, runqgrab
std::uint32_t runqgrab(P* victim, P* p, bool stealRunNextG) REQUIRES(p->owner);

}  // namespace newproc::rt
