// zh: 第 5 章的里间：只给本章的源文件和测试。
// en: Chapter 5's inside: for the chapter's own sources, and for tests.
#pragma once

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 找到的 G，没有则 nullptr；它是否继承时间片。
/// en: The G that was found, nullptr if none; and whether it inherits the time slice.
struct found_g {
  G* g = nullptr;
  bool inheritTime = false;
};

/// zh: 在 g0 上，握有 P：找一个 G 来跑；找不到就放下 P 睡，醒来再找。世界结束时 g 为 nullptr。
/// en: On g0, with a P: finds a G to run; if there is none lets go of the P, sleeps, and searches
///     again. g is nullptr when the world ends.
/// Go: proc.go, findrunnable
found_g findrunnable() EXCLUDES(sched.lock);

/// zh: 没有找到活的 @p m（当前的 M）准备睡下：放下 P，退出自旋，再看一遍所有的队列。返回假：可以睡，
///     m 没有 P，也没有自旋。返回真：又有活了，m 握有 P，回去再找。
/// en: @p m (the current M) has found no work and is about to sleep: it lets go of its P, stops
///     spinning, and looks into all queues once more. False: it may sleep, has no P and does not
///     spin. True: there is work again, it holds a P and must search again.
/// Go: proc.go, findrunnable, from releasep on
bool retire(M* m) EXCLUDES(sched.lock);

/// zh: @p m（当前的 M）没有活，也没有 P。若有人睡到某个时刻，就由一个 M 替大家守着钟（顺手照管闲着的栈）；其余的真正
///     睡下。返回时也许仍没有 P。
/// en: @p m (the current M) has no work and no P. If goroutines sleep until some time, one M watches the clock for all (and sees
///     to idle stacks on the side); the others sleep for good. May return without a P still.
void rest(M* m) EXCLUDES(sched.lock);

/// zh: 跑 @p g；它离开之后返回。 en: Runs @p g; returns when it has left.
/// Go: proc.go, execute
void execute(G* g, bool inheritTime);

/// zh: 自旋的 M 找到了活：退出自旋；它若是最后一个，要叫下一个。
/// en: A spinning M has found work: it stops spinning; if it was the last it must wake the next.
/// Go: proc.go, resetspinning
void resetspinning() EXCLUDES(sched.lock);

/// zh: 当前 M 开始自旋。 en: The current M begins to spin.
/// Go: proc.go, becomeSpinning
void becomeSpinning(M* m);

}  // namespace newproc::rt
