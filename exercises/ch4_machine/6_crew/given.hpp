// zh: 等 M 的 P。测试备好这个队列，每次运行都是空的开始。
// en: Ps that wait for an M. The tests provide the queue; in each run it starts empty.
#pragma once

#include <deque>

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 一个有人要它跑、却还没有 M 的 P；spinning：令牌与它同在。
/// en: A P that is to be run and has no M yet. spinning: the token is with it.
struct waiting_p {
  P* p = nullptr;
  bool spinning = false;
};

/// zh: 先来先得。 en: First come, first served.
std::deque<waiting_p>& waiting_ps() REQUIRES(sched.lock);

}  // namespace newproc::rt
