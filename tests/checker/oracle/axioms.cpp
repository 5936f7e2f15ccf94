// zh: 公理。每一条都禁止某种环。公式旁写着出处：L = Lahav 等 2017。
//
// zh: 论文里一个 RMW 是两个事件：读，紧接着写。这里合成一个，所以 rb 里去掉自己到自己，而“不读将来的
//     写”要另说（mo;rf），论文里它在 hb;eco 之中。
//
// en: The axioms. Each forbids a kind of cycle. Beside a formula stands its source: L = Lahav et al.
//     2017.
//
// en: In the paper a read-modify-write is two events, a read and right behind it a write. Here they
//     are one. So rb loses the edge from an event to itself, and that it reads from no later store has
//     to be said (mo;rf), where the paper has this within hb;eco.
#include "oracle.hpp"

namespace newproc::oracle {
namespace {

// zh: 由 rf 和 mo 推出其余的关系。
// en: Derives the other relations from rf and mo.
void derive(execution& g) {
  const relation at_fence = only(g.fences), at_sc = only(g.seq_cst);
  const relation at_sc_fence = only(g.seq_cst & g.fences);

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
  g.sw = only(g.release) * maybe(at_fence * g.sb) * rs * g.rf * maybe(g.sb * at_fence) *
         only(g.acquire);

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
      (at_sc | at_sc_fence * maybe(g.hb)) * scb * (at_sc | maybe(g.hb) * at_sc_fence);
  // psc_F = [F_sc];(hb ∪ hb;eco;hb);[F_sc]   (L)
  const relation psc_fence = at_sc_fence * (g.hb | g.hb * g.eco * g.hb) * at_sc_fence;
  g.psc = psc_base | psc_fence;
}

}  // namespace

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

}  // namespace newproc::oracle
