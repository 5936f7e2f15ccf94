// zh: 内存模型的规则。每个函数是 C++ 标准的几句话，写成时钟的运算。
// en: The memory model's rules. Each function is a few sentences of the C++ standard, written as
//     operations on clocks.
#include "memory.hpp"

namespace newproc::checker {

void observer::tick() {
  const auto me = static_cast<std::size_t>(id);
  ++now.visible.at[me];
  ++now.happened.at[me];
}

bool store_record::known(const clock& visible) const {
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i] != 0 && seen[i] <= visible.at[i]) return true;
  return false;
}

void memory::reset() {
  used_ = 0;
  sc_ = before_fences_ = {};
  sc_history_ = 0;
}

std::uint32_t memory::add(const void* address, std::uint64_t initial) {
  if (used_ == locations_.size()) locations_.emplace_back();
  location& l = locations_[used_];
  l.id = mix(reinterpret_cast<std::uintptr_t>(address), 1);
  l.stores.clear();
  store_record& first = l.stores.emplace_back();
  first.value = initial;
  first.hash = mix(l.id, initial);
  return static_cast<std::uint32_t>(used_++);
}

// zh: seq_cst 的读写越不过 S 里在它之前的写，也越不过先行发生于之前某道屏障的写；这些它借用一下，并不
//     留下：它排在 S 里，却不是屏障。屏障的线程只是读到过的，它不必知道。
// en: A seq_cst access can't go behind a store that comes before it in S, nor behind one that happens
//     before an earlier fence of S. It borrows that and does not keep it: it has a place in S but is no
//     fence. What a fence's thread has merely read it need not know.
int memory::reachable(const location& l, const observer& who, order o) const {
  const auto known = [&](const store_record& r) {
    return r.known(who.now.visible) ||
           (o == order::seq_cst && (r.seen[clock::S] != 0 || r.before(before_fences_)));
  };
  const int all = static_cast<int>(l.stores.size());
  int n = 1;
  while (n < all && !known(l.at(n - 1))) ++n;
  return n;
}

int memory::readable(const location& l, const observer& who, order o) const {
  const int most = reachable(l, who, o);
  const auto me = static_cast<std::size_t>(who.id);
  int n = 1;
  while (n < most && l.at(n).stale_reads[me] < stale_patience) ++n;
  return n;
}

std::uint64_t memory::load(location& l, int back, observer& who, order o) {
  store_record& r = l.at(back);
  const auto me = static_cast<std::size_t>(who.id);
  if (back != 0) ++r.stale_reads[me];
  // zh: 读到过就知道了：以后不能再读更旧的（coherence）。
  // en: What was read is known: nothing older may be read later (coherence).
  if (r.seen[me] == 0) r.seen[me] = who.now.visible.at[me];
  who.learn(mix(l.id, r.hash) + static_cast<std::uint64_t>(o));
  if (o == order::seq_cst) {
    ++sc_.at[clock::S];
    who.learn(sc_history_);
    sc_history_ = mix(sc_history_, who.history);
  }
  (acquires(o) ? who.now : who.fetched).join(r.released);
  return r.value;
}

// zh: 排在哪两条之间，也是历史：否则两种不同的修改次序会被当成同一个状态。
// en: Between which two stores it comes is history too; else two modification orders would be taken for
//     one state.
void memory::insert(location& l, store_record r, int back, observer& who, order o) {
  const auto me = static_cast<std::size_t>(who.id);
  r.writer = who.id;
  r.written = who.now.happened.at[me];
  r.seen[me] = who.now.visible.at[me];
  r.released.join(releases(o) ? who.now : who.fenced);
  who.learn(mix(l.id, l.at(back).hash) + static_cast<std::uint64_t>(o) + 16);
  if (back != 0) who.learn(l.at(back - 1).hash);
  if (o == order::seq_cst) {
    r.seen[clock::S] = ++sc_.at[clock::S];
    who.learn(sc_history_);
    sc_history_ = mix(sc_history_, who.history);
  }
  r.hash = mix(who.history, r.value);
  l.stores.insert(l.stores.end() - back, r);
  // zh: 释放之后做的事，不随这次释放交出去。
  // en: What is done after a release is not handed over by it.
  ++who.now.happened.at[me];
}

void memory::store(location& l, std::uint64_t value, int back, observer& who, order o, site where) {
  store_record r;
  r.value = value;
  r.where = where;
  insert(l, r, back, who, o);
}

void memory::update(location& l, std::uint64_t value, int back, observer& who, order o,
                    site where) {
  load(l, back, who, o);
  store_record r;
  r.value = value;
  r.where = where;
  r.update = true;
  r.released = l.at(back).released;
  insert(l, r, back, who, o);
}

// zh: seq_cst 屏障与 S 交换知识。happened 不动：屏障不同步普通数据，不能替数据竞争遮掩。
// en: A seq_cst fence exchanges knowledge with S. `happened` stays: a fence does not synchronise
//     plain data and must not hide a race.
void memory::fence(observer& who, order o) {
  if (acquires(o)) who.now.join(who.fetched);
  who.learn(32 + static_cast<std::uint64_t>(o));
  if (o == order::seq_cst) {
    ++sc_.at[clock::S];
    who.now.visible.join(sc_);
    sc_ = who.now.visible;
    before_fences_.join(who.now.happened);
    who.learn(sc_history_);
    sc_history_ = mix(sc_history_, who.history);
  }
  if (releases(o)) {
    who.fenced = who.now;
    ++who.now.happened.at[static_cast<std::size_t>(who.id)];
  }
}

}  // namespace newproc::checker
