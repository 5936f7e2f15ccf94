#include "checked.hpp"

#include <doctest/doctest.h>

#include "engine/arena.hpp"
#include "engine/explore.hpp"
#include "os/atomic.hpp"

namespace newproc::oracle {
namespace {

struct variables {
  std::array<os::atomic<int>, 4> at;
  std::array<int, max_events> registers{};
};
variables* v = nullptr;

void run(const thread& t, std::size_t next_register) {
  for (const operation& o : t) {
    os::atomic<int>& variable = v->at[static_cast<std::size_t>(o.location)];
    int got = 0;
    switch (o.what) {
      case kind::load:
        got = variable.load(o.how);
        break;
      case kind::store:
        variable.store(o.value, o.how);
        break;
      case kind::exchange:
        got = variable.exchange(o.value, o.how);
        break;
      case kind::fetch_add:
        got = variable.fetch_add(o.value, o.how);
        break;
      case kind::fence:
        os::fence(o.how);
        break;
    }
    if (reads(o.what)) v->registers[next_register++] = got;
  }
}

}  // namespace

std::set<outcome> checked(const program& p) {
  std::set<outcome> seen;
  checker::scenario plan(text(p));
  plan.init([] { v = new variables; });
  std::size_t registers = 0;
  for (const thread& t : p) {
    plan.machine([&t, registers] { run(t, registers); });
    for (const operation& o : t) registers += reads(o.what);
  }
  plan.at_rest([&seen, &p, registers] {
    const bool before = checker::arena::use(false);
    outcome o(v->registers.begin(), v->registers.begin() + static_cast<std::ptrdiff_t>(registers));
    for (int l = 0; l < locations(p); ++l)
      o.push_back(v->at[static_cast<std::size_t>(l)].load(order::relaxed));
    seen.insert(std::move(o));
    checker::arena::use(before);
  });
  const checker::report result = explore(plan, {.surprises = 0, .executions = 10'000'000});
  CAPTURE(result.text());
  REQUIRE(result.result == checker::verdict::proved);
  return seen;
}

}  // namespace newproc::oracle
