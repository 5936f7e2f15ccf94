// zh: 跑腿：活一件一件地来，数叫醒了几个 M。每一件都等别的 M 全睡下了才交出；交出之后，主 goroutine 一直
//     占着自己的 M，直到那件活跑完，所以跑它的总是一个被叫醒的。需要的叫醒恰好一件一次，多出来的都是白叫。
// en: Errands: jobs that come one at a time, and how many Ms are woken for them. Each is submitted when all
//     other Ms are asleep; after that the main goroutine keeps its own M busy until the job has run, so
//     it is always run by one that was woken. One wake-up for each job is needed; any more are in vain.
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "judge.hpp"
#include "model/counters.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"

namespace {

constexpr int jobs = 200, procs = 4;
std::atomic<int> done{0};

bool others_sleep() {
  namespace rt = newproc::rt;
  return rt::sched.npidle.load(rt::order::acquire) == procs - 1 &&
         rt::sched.nmspinning.load(rt::order::acquire) == 0;
}

void keep_busy_until(auto holds) {
  // zh: 让的是核，不是 M：核少的机器上，被叫醒的也要有地方跑。
  // en: The core is given up, not the M: on a machine with few cores those woken need a place too.
  while (!holds()) std::this_thread::yield();
}

}  // namespace

int main() {
  newproc::run({.procs = procs}, [] {
    for (int i = 1; i <= jobs; ++i) {
      keep_busy_until(others_sleep);
      newproc::go([] { done.fetch_add(1, std::memory_order_release); });
      keep_busy_until([i] { return done.load(std::memory_order_acquire) == i; });
    }
  });
  newproc::exercise::send("{\"event\": \"errands\", \"jobs\": " + std::to_string(jobs) +
                          ", \"wakes\": " + std::to_string(newproc::rt::count_all().wakes) + "}");
  ::_exit(0);
}
