// zh: 放下 P：睡下之前的次序，全书最要紧的一处。
//
// zh: 正在退休的 M：先把 P 放进空闲表，再从自旋者里除名，再立屏障，然后把所有队列再看一遍。交活的人：
//     先把 G 放进队列，再立屏障，然后看计数。两人都先写后读，读的正是对方写的；有了两道屏障，至少一人看
//     得见另一人。次序一换（先看再减），或少一道屏障，就会有一个 G 留在队列里，一个核空着，谁也不再看
//     一眼。
//
// zh: 比文档（Go 1.13）新的地方：复查看到活的 M 一定重新自旋，才偷得到它；1.13 里没在自旋的 M 看得
//     见活却偷不得，原地打转（Go issue 43997）。叫人的找不到空闲的 P，就记下 needspinning，让下一个
//     要放下 P 的 M 改为自旋。Go 1.17 让没自旋的 M 不再复查，才少不了它（issue 45867）；这里人人复查，它
//     只省一次放下又拿起。全局队列和睡眠者也复查。
//
// en: Letting go of the P: the order before sleep, the most important passage of the book.
//
// en: A retiring M first puts its P on the idle list, then takes itself off the count of spinners,
//     then raises a barrier, then looks into every queue again. A submitter first puts its G on a
//     queue, then raises a barrier, then looks at the count. Both write first and read second, and
//     each reads what the other writes; with the two barriers at least one sees the other. Swap the
//     order (look, then decrement) or leave out a barrier, and a G stays queued, a core stays idle,
//     and no M looks again.
//
// en: Newer than the document (Go 1.13): an M whose re-check finds work always spins again, so that
//     it may steal it; in 1.13 one that had not spun could see the work but not steal it and ran in
//     circles (Go issue 43997). An M that wants to wake another but finds no idle P notes
//     needspinning, and the next M about to let go of its P spins instead. Go needs that since
//     1.17, where Ms that do not spin no longer re-check (issue 45867); here all do, and it only
//     saves letting go of a P to take it up again. The global queue and the sleepers are re-checked
//     too.
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"

namespace newproc::rt {

namespace {

// [retire]
/// zh: 已经放下 P、立过屏障，睡下之前再看一遍。有活而又有空闲的 P，就取来返回；否则 nullptr。
/// en: With the P let go and the barrier raised: one more look before sleeping. Where there is work
///     and an idle P, takes and returns that P; else nullptr.
P* recheck() {
  if (!work_anywhere()) return nullptr;
  const sched_lock_guard hold(sched.lock);
  return pidlegetSpinning();  // zh: 没有空闲的 P 也好：人人都在忙 en: no idle P is fine: all are busy
}

}  // namespace

bool retire(M* m) {
  P* p = m->p;
  p->owner.held();
  {
    const sched_lock_guard hold(sched.lock);
    if (globrunqsize() != 0) return true;
    if (!m->spinning && sched.needspinning.load(order::relaxed) != 0) {
      becomeSpinning(m);
      return true;
    }
    releasep();
    pidleput(p);
  }
  if (m->spinning) {
    m->spinning = false;
    sched.nmspinning.end();
  }
  // zh: 两道屏障之一：P 已空闲、计数已减，先于下面每一次读。没有自旋的 M 也要复查：它放下的 P，可能
  //     是别人刚退休时留下、还没来得及算数的那一个，交活的人于是两样都没看见。
  // en: One of the two barriers: that the P is idle and the count lower comes before every read
  //     below. An M that did not spin must re-check too: its P may be one that another M
  //     released a moment ago, before it lowered the count; in that window a submitter saw neither
  //     the idle P nor the lower count.
  // zh: 与 workadded 的屏障配对。 en: Pairs with the fence in workadded.
  os::fence(order::seq_cst);
  P* again = recheck();
  if (again == nullptr) return false;
  acquirep(again);
  becomeSpinning(m);
  return true;
}
// [retire]

}  // namespace newproc::rt
