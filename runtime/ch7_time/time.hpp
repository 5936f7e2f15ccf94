// zh: 第 7 章的接缝：睡着的 goroutine 到点了由谁放行。现在由替身实现。
// en: Chapter 7's seam: who lets sleeping goroutines go on when their time has come. A stand-in
//     implements it for now.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 最早一个到点的时刻（单调时钟，纳秒）；没有则 0。谁都可以问。
/// en: When the first sleeper is due (ns, monotonic); 0 if there is none. Anybody may ask.
std::int64_t next_timer();

/// zh: 把到点的放进 @p p 的队列；返回下一个到点的时刻，没有则 0。
/// en: Puts those that are due on @p p's queue; returns when the next is due, 0 if there is none.
/// Go: proc.go, checkTimers
std::int64_t checktimers(P* p) REQUIRES(p->owner) EXCLUDES(sched.lock);

/// zh: 一次运行开始：没有人睡着。 en: A run begins: nobody sleeps.
void timeinit();

}  // namespace newproc::rt
