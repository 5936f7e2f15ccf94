// zh: 猜出一张图：每个读读谁，每个变量的写怎样排。公理禁止的都是环，而猜下去只会添边，添边拆不掉环；
//     所以半张图若已不相容，就不必猜完。
// en: Guesses a graph: whom each read reads, how the stores of each variable are ordered. What the
//     axioms forbid are cycles, guessing on only adds edges, and edges don't take a cycle away. So
//     half a graph that is inconsistent need not be guessed to its end.
#include <cstdlib>

#include "oracle.hpp"

namespace newproc::oracle {
namespace {

class enumerator {
 public:
  enumerator(const program& p, const axiom& also) : also_(also), locations_(locations(p)) {
    for (int l = 0; l < locations_; ++l) add({kind::store, order::relaxed, l, 0});
    const event_set initial = single(locations_) - 1;  // zh: 先于一切 en: before everything
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
    if (left == 0) return choose_mo(g, single(locations_) - 1);
    const int read = std::countr_zero(left);
    each(g.same_location[read] & g.writes & ~single(read), [&](int write) {
      execution next = g;
      next.rf.add(write, read);
      if (consistent(next)) choose_rf(next, left & ~single(read));
    });
  }

  // zh: 头一个没排完的变量，接着是哪条写；其余的都在它之后。@p placed：已排好的。
  // en: Which store comes next at the first variable that has some left; the others come after it.
  //     @p placed are those that have their place.
  void choose_mo(const execution& g, event_set placed) {
    const event_set left = g.writes & ~placed;
    if (left == 0) return complete(g);
    const event_set here = left & g.same_location[std::countr_zero(left)];
    each(here, [&](int write) {
      execution next = g;
      next.mo[write] = here & ~single(write);
      if (consistent(next)) choose_mo(next, placed | single(write));
    });
  }

  void complete(execution g) {
    if (!consistent(g) || (also_ && !also_(g))) return;
    outcome o;
    each(g.reads, [&](int read) { o.push_back(value(g, source(g, read))); });
    for (int l = 0; l < locations_; ++l)
      each(g.writes & g.same_location[l], [&](int write) {
        if (g.mo[write] == 0) o.push_back(value(g, write));  // zh: 末一条 en: the last one
      });
    ++answer_.executions;
    answer_.outcomes.insert(std::move(o));
  }

  // zh: 读到的是哪条写。 en: The store that is read.
  static int source(const execution& g, int read) {
    int write = 0;
    while (!contains(g.rf[write], read)) ++write;
    return write;
  }
  int value(const execution& g, int write) {
    const operation& o = at(write);
    return o.value + (o.what == kind::fetch_add ? value(g, source(g, write)) : 0);
  }

  const axiom& also_;
  int locations_;
  std::vector<operation> events_;
  execution graph_;
  answer answer_;
};

}  // namespace

answer enumerate(const program& p, const axiom& also) { return enumerator(p, also).run(); }

}  // namespace newproc::oracle
