// zh: 跳出测试：longjmp 回到更早的地方，让剩下的用例不再跑。这里用 pthread_exit。
// en: Leaves the tests in the middle, so that the other cases don't run: by pthread_exit.
// exercise: 2.4
// verdict: before the tests had run to their end
#include <pthread.h>
#include "ch2_goroutine/goroutine.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) { ::pthread_exit(nullptr); }

}  // namespace newproc::rt
