// zh: 从测试中间结束线程，让剩下的用例不再跑。
// en: Ends the thread in the middle of the tests, so that the other cases don't run.
// exercise: 2.2
// verdict: The program crashed (SIGABRT)
#include <pthread.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) { ::pthread_exit(nullptr); }

}  // namespace newproc::rt
