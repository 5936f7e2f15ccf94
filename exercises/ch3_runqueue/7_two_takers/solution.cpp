// zh: 习题 3.7 的参考答案。 en: The reference answer to exercise 3.7.
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  // zh: 别人只会把 runnext 清空；所以换不成就是被偷走了。
  // en: Others only ever clear runnext; so if the swap fails it has been stolen.
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  return {ring_get(p), false};
}

}  // namespace newproc::rt
