// zh: 只做一次。state：零，还没有人来；一，正在做，每个等着的再加二；最高位，做过了。
//
// zh: 做完的那一次交换，既说“做过了”，也拿到有几个在等；没有人等，就不再碰它：见到“做过了”的人也许已经析构了它。
//
// en: Doing once. state: zero, none has come yet; one, it is being done, and each that waits adds two; the top bit,
//     it has been done.
//
// en: The exchange at the end says "done" and also learns how many wait; if none does the object is not touched any
//     more: who has seen "done" may have destroyed it.
#include "ch6_parking/parking.hpp"
#include "newproc/sync.hpp"

namespace newproc {
namespace {

constexpr std::uint32_t running = 1, waits_for_it = 2, done = std::uint32_t{1} << 31;

}  // namespace

// [begin]
bool once::begin() {
  rt::goroutine("once::call");
  // zh: 与 end 的 release 配对，下面的也是 en: pairs with the release in end, and so do those below
  std::uint32_t old = state_.load(rt::order::acquire);
  if (old == done) return false;
  if (!rt::semafresh(sema_)) {
    // zh: 上一次运行里做的人没有做完，不在了 en: in a former run one began, did not finish, and is gone
    rt::semarenew(
        sema_,
        [](void* o) { static_cast<once*>(o)->state_.fetch_and(done, rt::order::relaxed); }, this);
    old = state_.load(rt::order::acquire);
  }
  while (old != done) {
    const bool first = old == 0;
    if (!rt::cas(state_, old, first ? running : old + waits_for_it, rt::order::acquire)) continue;
    if (!first) rt::semacquire(sema_, "sync.Mutex.Lock");
    return first;
  }
  return false;
}
// [begin]

// [end]
void once::end() {
  // zh: 与 begin 的 acquire 配对 en: pairs with the acquire in begin
  const std::uint32_t old = state_.exchange(done, rt::order::release);
  for (std::uint32_t i = 0; i < old / waits_for_it; ++i) rt::semrelease(sema_);
}
// [end]

}  // namespace newproc
