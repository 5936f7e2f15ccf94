// zh: 第 9 章的接缝：最后一个空闲的 M 睡在哪里，好被时钟或网络叫醒。现在由替身实现。
// en: Chapter 9's seam: where the last idle M sleeps so that the clock or the network can wake it.
//     A stand-in implements it for now.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 睡到单调时钟的 @p until，或被 netpollBreak 叫醒，或有等着网络的 G 可以跑了：返回它们，由 schedlink
///     相连，仍是 Gwaiting，交给 injectglist；没有则 nullptr。同时只有一个 M 在里面。
/// en: Sleeps until @p until (ns, monotonic), until netpollBreak, or until Gs that wait for the
///     network may run: returns those, linked by schedlink and still Gwaiting, for injectglist;
///     nullptr if there are none. One M at a time.
/// Go: netpoll.go, netpoll
[[nodiscard]] G* netpoll(std::int64_t until);

/// zh: 叫醒睡在 netpoll 里的 M；此刻没有人，就叫醒下一个进来的。
/// en: Wakes the M that sleeps in netpoll; if there is none now, the next that comes.
/// Go: netpoll_epoll.go, netpollBreak
void netpollBreak();

/// zh: 一次运行开始：没有人在里面，也没有留下的叫醒。
/// en: A run begins: no M is inside, no wake-up is left over.
void netpollinit();

}  // namespace newproc::rt
