// zh: 全局队列里有一批 G，P 们轮流来，各取一份。
// en: The global queue holds a number of Gs; Ps come in turn, and each takes a share.
#include <iostream>

#include "ch3_runqueue/runqueue.hpp"

using namespace newproc::rt;

// zh: @p gs 个 G，@p procs 个 P。 en: So many Gs and so many Ps.
class hall {
 public:
  hall(int gs, int procs)
      : gs_(std::make_unique<G[]>(static_cast<std::size_t>(gs))),
        ps_(std::make_unique<P[]>(static_cast<std::size_t>(procs))) {
    schedreset();
    sched.gomaxprocs = procs;
    const sched_lock_guard hold(sched.lock);
    for (int i = 0; i < gs; ++i) globrunqput(&gs_[static_cast<std::size_t>(i)]);
  }

  // zh: 第 @p i 个 P 来一次，跑完手里的再走。返回它取了几个。
  // en: P number i comes once, and runs all that it has. Returns how many it took.
  int visit(int i) {
    P* p = &ps_[static_cast<std::size_t>(i)];
    p->owner.held();
    const int before = globrunqsize();
    {
      const sched_lock_guard hold(sched.lock);
      globrunqget(p, 0);
    }
    while (runqget(p).g != nullptr) continue;
    return before - globrunqsize();
  }

 private:
  std::unique_ptr<G[]> gs_;
  std::unique_ptr<P[]> ps_;
};

int main() {
  hall one(100, 4);
  std::cout << "four =";
  for (int i = 0; i < 4; ++i) std::cout << " " << one.visit(i);
  std::cout << "\nleft = " << globrunqsize() << "\n";

  int visits = 4;
  for (; globrunqsize() != 0; ++visits) one.visit(visits % 4);
  std::cout << "visits = " << visits << "\n";

  hall other(1000, 2);
  std::cout << "two =";
  for (int i = 0; i < 2; ++i) std::cout << " " << other.visit(i);
  std::cout << "\n";
}
