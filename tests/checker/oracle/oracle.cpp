#include "oracle.hpp"

#include <algorithm>
#include <cstdlib>

namespace newproc::oracle {
namespace {

// zh: 由 rf 和 mo 推出其余的关系。公式旁的出处：L = Lahav 等 2017，第 3 节。
// en: Derives the other relations from rf and mo. Where a formula comes from: L = Lahav et al. 2017,
//     section 3.
void derive(execution& g) {
  const relation a_fence = only(g.fences), an_sc = only(g.seq_cst);
  const relation sc_fence = only(g.seq_cst & g.fences);

  // zh: 读在写之前：读到的是更早的写。 en: A read before a write: what it read is older.
  // rb = (rf⁻¹;mo) \ id   (L)
  g.rb = inverse(g.rf) * g.mo - only(all_events);

  // zh: 扩展的一致次序：同一变量上谁先谁后。 en: Extended coherence: who comes first at a variable.
  // eco = (rf ∪ mo ∪ rb)+   (L)
  g.eco = plus(g.rf | g.mo | g.rb);

  // zh: 释放序列：由 RMW 一个接一个传下去；C++20 起，同一线程后来的普通写不再算。
  // en: Release sequence: handed on from RMW to RMW. Since C++20 a later plain store by the same
  //     thread no longer belongs to it.
  // rs = [W];(rf;[RMW])*   (P0982)
  const relation rs = only(g.writes) * maybe(plus(g.rf * only(g.reads & g.writes)));

  // zh: 同步：释放的写或屏障，到读了释放序列的获取的读，或那个读之后的屏障。
  // en: Synchronisation: from a releasing store, or a fence before a store, to an acquiring load that
  //     reads from the release sequence, or to a fence behind that load.
  // sw = [⊒rel];([F];sb)?;rs;rf;(sb;[F])?;[⊒acq]   (L)
  g.sw =
      only(g.release) * maybe(a_fence * g.sb) * rs * g.rf * maybe(g.sb * a_fence) * only(g.acquire);

  // hb = (sb ∪ sw)+   (L)
  g.hb = plus(g.sb | g.sw);

  // zh: seq_cst 操作的部分次序。不是整个 hb：不然 Power 上通行的编译方式就不对了（Z6.U）。
  // en: The partial order of seq_cst operations. Not all of hb is in it, or the usual way of
  //     compiling for Power would be wrong (Z6.U).
  // scb = sb ∪ sb≠loc;hb;sb≠loc ∪ hb|loc ∪ mo ∪ rb   (L)
  const relation sb_elsewhere = g.sb - g.same_location;
  const relation scb =
      g.sb | sb_elsewhere * g.hb * sb_elsewhere | (g.hb & g.same_location) | g.mo | g.rb;
  // psc_base = ([SC] ∪ [F_sc];hb?);scb;([SC] ∪ hb?;[F_sc])   (L)
  const relation psc_base =
      (an_sc | sc_fence * maybe(g.hb)) * scb * (an_sc | maybe(g.hb) * sc_fence);
  // psc_F = [F_sc];(hb ∪ hb;eco;hb);[F_sc]   (L)
  const relation psc_fence = sc_fence * (g.hb | g.hb * g.eco * g.hb) * sc_fence;
  g.psc = psc_base | psc_fence;
}

// zh: 公理。每一条都禁止某种环，而 rf 和 mo 只会添边，添边不会拆掉环；所以半张图若已不相容，就不必
//     猜完。RMW 在论文里是两个事件（读，紧接着写）；这里合成一个，所以多一条 mo;rf：不读将来的写。
// en: The axioms. Each forbids a kind of cycle, rf and mo only ever add edges, and more edges don't
//     take a cycle away. So half a graph that is inconsistent need not be guessed to its end. In the
//     paper a read-modify-write is two events, a read and at once a write. Here they are one, hence
//     mo;rf as well: it does not read from a later store.
bool consistent(execution& g) {
  derive(g);
  // COHERENCE: irreflexive(hb;eco?)   (L)
  const bool coherence = irreflexive(g.hb * maybe(g.eco)) && irreflexive(g.mo * g.rf);
  // zh: RMW 与它读到的写之间没有别的写。 en: No store between an RMW and the one that it read.
  // ATOMICITY: irreflexive(rb;mo), papers: rmw ∩ (rb;mo) = ∅   (L)
  const bool atomicity = irreflexive(g.rb * g.mo);
  // SC: acyclic(psc_base ∪ psc_F)   (L)
  const bool seq_cst = acyclic(g.psc);
  // zh: 没有凭空而来的值，也没有 load buffering。 en: No thin air, and no load buffering.
  // NO-THIN-AIR: acyclic(sb ∪ rf)   (L)
  const bool no_thin_air = acyclic(g.sb | g.rf);
  return coherence && atomicity && seq_cst && no_thin_air;
}

class enumerator {
 public:
  enumerator(const program& p, const axiom& also) : also_(also), locations_(locations(p)) {
    for (int l = 0; l < locations_; ++l) add({kind::store, order::relaxed, l, 0});
    const event_set initial = single(locations_) - 1;
    for (const thread& t : p) {
      event_set before = initial;
      for (const operation& o : t) {
        const int e = add(o);
        each(before, [&](int earlier) { graph_.sb.add(earlier, e); });
        before |= single(e);
      }
    }
    // zh: 初值是每个变量的头一次写。 en: Initial values are the first stores.
    for (int l = 0; l < locations_; ++l)
      graph_.mo[l] = graph_.same_location[l] & graph_.writes & ~single(l);
    placed_ = initial;
    last_.resize(static_cast<std::size_t>(locations_));
    for (int l = 0; l < locations_; ++l) last_[static_cast<std::size_t>(l)] = l;
  }

  answer run() {
    choose_rf(graph_, graph_.reads);
    return std::move(answer_);
  }

 private:
  [[nodiscard]] const operation& at(int e) const { return events_[static_cast<std::size_t>(e)]; }

  int add(const operation& o) {
    const int e = static_cast<int>(events_.size());
    if (e == max_events) std::abort();  // zh: 程序太大 en: the program is too large
    events_.push_back(o);
    const auto join = [e](event_set& s, bool belongs) { s |= belongs ? single(e) : 0; };
    const bool both = o.how == order::acq_rel || o.how == order::seq_cst;
    join(graph_.reads, reads(o.what));
    join(graph_.writes, writes(o.what));
    join(graph_.fences, o.what == kind::fence);
    join(graph_.acquire, both || o.how == order::acquire);
    join(graph_.release, both || o.how == order::release);
    join(graph_.seq_cst, o.how == order::seq_cst);
    for (int other = 0; other <= e; ++other)
      if (o.what != kind::fence && at(other).what != kind::fence &&
          at(other).location == o.location)
        graph_.same_location.add(e, other), graph_.same_location.add(other, e);
    return e;
  }

  // zh: 头一个读读哪条写；然后其余的。 en: Which store the first read reads; then the rest.
  void choose_rf(const execution& g, event_set left) {
    if (left == 0) return choose_mo(g, placed_, last_);
    const int read = std::countr_zero(left);
    each(g.same_location[read] & g.writes & ~single(read), [&](int write) {
      execution next = g;
      next.rf.add(write, read);
      if (consistent(next)) choose_rf(next, left & ~single(read));
    });
  }

  // zh: 头一个还没排完的变量，接着是哪条写；其余的都在它之后。
  // en: Which store comes next at the first variable that has some left; the others come after it.
  void choose_mo(const execution& g, event_set placed, const std::vector<int>& last) {
    const event_set left = g.writes & ~placed;
    if (left == 0) return complete(g, last);
    const event_set here = left & g.same_location[std::countr_zero(left)];
    each(here, [&](int write) {
      execution next = g;
      next.mo[write] = here & ~single(write);
      if (!consistent(next)) return;
      std::vector<int> then = last;
      then[static_cast<std::size_t>(at(write).location)] = write;
      choose_mo(next, placed | single(write), then);
    });
  }

  void complete(execution g, const std::vector<int>& last) {
    if (!consistent(g) || (also_ && !also_(g))) return;
    ++answer_.executions;
    const relation read_from = inverse(g.rf);
    const auto value = [&](int e, const auto& self) -> int {
      const int got =
          at(e).what == kind::fetch_add ? self(std::countr_zero(read_from[e]), self) : 0;
      return got + at(e).value;
    };
    outcome o;
    each(g.reads, [&](int e) { o.push_back(value(std::countr_zero(read_from[e]), value)); });
    for (const int e : last) o.push_back(value(e, value));
    answer_.outcomes.insert(std::move(o));
  }

  const axiom& also_;
  int locations_;
  std::vector<operation> events_;
  execution graph_;
  event_set placed_ = 0;   // zh: mo 里已排好的写 en: stores that have their place in mo
  std::vector<int> last_;  // zh: 每个变量排好的最后一条 en: the last of them per variable
  answer answer_;
};

}  // namespace

answer enumerate(const program& p, const axiom& also) { return enumerator(p, also).run(); }

int locations(const program& p) {
  int n = 0;
  for (const thread& t : p)
    for (const operation& o : t)
      if (o.what != kind::fence) n = std::max(n, o.location + 1);
  return n;
}

std::string text(const program& p) {
  constexpr const char* orders[] = {"relaxed", "consume", "acquire",
                                    "release", "acq_rel", "seq_cst"};
  std::string s;
  int reg = 0;
  for (const thread& t : p) {
    if (&t != &p.front()) s += " | ";
    for (const operation& o : t) {
      if (&o != &t.front()) s += "; ";
      const std::string how = orders[static_cast<int>(o.how)];
      if (o.what == kind::fence) {
        s += "fence(" + how + ")";
        continue;
      }
      if (reads(o.what)) s += "r" + std::to_string(reg++) + " = ";
      s += static_cast<char>('x' + o.location);
      s += o.what == kind::load       ? ".load("
           : o.what == kind::store    ? ".store("
           : o.what == kind::exchange ? ".exchange("
                                      : ".fetch_add(";
      if (writes(o.what)) s += std::to_string(o.value) + ", ";
      s += how + ")";
    }
  }
  return s;
}

std::string text(const outcome& o) {
  std::string s;
  for (const int v : o) s += (s.empty() ? "" : " ") + std::to_string(v);
  return s;
}

std::string text(const std::set<outcome>& all) {
  std::string s;
  for (const outcome& o : all) s += (s.empty() ? "" : ", ") + text(o);
  return s;
}

}  // namespace newproc::oracle
