// zh: 第 9 章的接缝：最后一个空闲的 M 睡在哪里，好被时钟或网络叫醒。现在由替身实现。
// en: Chapter 9's seam: where the last idle M sleeps so that the clock or the network can wake it.
//     A stand-in implements it for now.
#pragma once

#include "gmp.hpp"

namespace newproc::rt {

/// zh: 睡到单调时钟的 @p until，或被 netpollBreak 叫醒。同时只有一个 M 在里面。
/// en: Sleeps until @p until (ns, monotonic) or until netpollBreak. One M at a time.
/// Go: netpoll.go, netpoll
void netpoll(std::int64_t until);

/// zh: 叫醒睡在 netpoll 里的 M；此刻没有人，就叫醒下一个进来的。
/// en: Wakes the M that sleeps in netpoll; if there is none now, the next that comes.
/// Go: netpoll_epoll.go, netpollBreak
void netpollBreak();

/// zh: 一次运行开始：没有人在里面，也没有留下的叫醒。
/// en: A run begins: nobody is inside, no wake-up is left over.
void netpollinit();

}  // namespace newproc::rt
