// zh: 自旋者的账。规则只有一条：它等于正在自旋、或正被叫醒去自旋的 M 的个数。多一个，就再也没有人被叫
//     醒；少一个，就叫醒太多。所以每一笔加减都写在这里，变成负数立刻停下。
// en: The account of spinners. There is one rule: it equals the number of Ms that spin or are being
//     woken to spin. One too many, and no M is ever woken again; one too few, and too many are. So
//     every plus and minus stands here, and a negative number stops at once.
#pragma once

#include <cstdint>

#include "model/invariant.hpp"
#include "os/atomic.hpp"

namespace newproc::rt {

using os::order;

/// zh: sched.nmspinning：一个原子的数，读它照常用 load。
/// en: sched.nmspinning: an atomic number; load reads it, as ever.
///
/// zh: 三处 seq_cst 同 Go，没有对手：先后由 workadded、retire 和 handoffp 的屏障管。
/// en: The three seq_cst are as in Go and have no partner: order is kept by the fences of
///     workadded, retire and handoffp.
class spinners : public os::atomic<std::int32_t> {
 public:
  using atomic::atomic;

  /// zh: 一个都没有，就记上一个：领到了令牌，要由调用者去叫醒它。同时来的几个人里只有一个得到真。
  /// en: If there is none, counts one: the caller has the token and must wake an M for it. Of
  ///     several who ask at once, only one gets true.
  bool take_token() {
    std::int32_t none = 0;
    return load(order::relaxed) == 0 &&
           compare_exchange_strong(none, 1, order::seq_cst, order::relaxed);
  }
  /// zh: 多一个自旋的。 en: One more spins.
  void begin() { fetch_add(1, order::seq_cst); }
  /// zh: 少一个：它不再自旋，或者令牌没有人用。
  /// en: One less: it spins no more, or the token could not be used.
  void end() {
    const auto before = fetch_sub(1, order::seq_cst);
    THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  }
};

}  // namespace newproc::rt
