// zh: 检查器对裁判：几千个随机的小程序，加上全部试纸。
//
// zh: 检查器绝不能有裁判没有的结局（凭空多出的）：那样它会怪罪没有错的代码。裁判有而检查器没有的
//     （漏掉的）是它看不见的错：这里要么为零，要么有一条说得清的理由。
//
// zh: 理由写成一条更强的公理：加上它，裁判也就没有那个结局了。新的理由要写进页面，改好了就从表里去掉。
//
// en: The checker against the oracle: some thousands of small random programs, and all litmus tests.
//
// en: The checker must never have an outcome that the oracle lacks (invented), or it would blame code
//     that is right. What the oracle has and the checker lacks (missed) are bugs that it can't see:
//     either there are none, or there is a reason that can be stated.
//
// en: A reason is a stronger axiom: with it the oracle lacks the outcome too. A new reason has to go
//     onto the checker's page, and when the model improves it leaves the list.
#include <doctest/doctest.h>

#include <chrono>
#include <iostream>
#include <map>

#include "checked.hpp"
#include "litmus.hpp"

namespace newproc::oracle {
namespace {

struct reason {
  const char* zh;
  const char* en;
  bool (*axiom)(const execution&);
};

// zh: 今天说得清的几条，由弱到强；头一条够了就不再问后面的。
// en: The reasons that we can state today. The first that suffices is taken.
const reason reasons[] = {
    {"写总在修改次序的末尾", "a store always goes to the end of its modification order",
     [](const execution& g) { return acyclic(g.sb | g.rf | g.mo); }},
    {"seq_cst 的次序与 happens-before 一致（C++11 如此，P0668 之后不必）",
     "the order of seq_cst agrees with happens-before (C++11's rule, dropped by P0668)",
     [](const execution& g) {
       const relation sc = only(g.seq_cst);
       return acyclic(plus(g.psc) | sc * g.hb * sc);
     }},
    {"seq_cst 的读排在它读到的写之后（LWG 3941 的条文）",
     "a seq_cst load comes behind the store that it reads (the letter, LWG 3941)",
     [](const execution& g) {
       const relation sc = only(g.seq_cst);
       return acyclic(plus(g.psc) | sc * g.hb * sc | sc * g.eco * sc);
     }},
    {"以上合在一起", "all of these together",
     [](const execution& g) {
       const relation sc = only(g.seq_cst);
       return acyclic(g.sb | g.rf | g.mo) &&
              acyclic(plus(g.psc) | sc * g.hb * sc | sc * g.eco * sc);
     }},
};

// zh: 允许漏掉多少：程序里没有 seq_cst 的读写时，和有的时候。
// en: How many programs may miss an outcome, without seq_cst accesses and with them.
constexpr int missed_without_sc = 0;
constexpr int missed_with_sc = 40;
constexpr int programs = 3000;  // zh: 每一类 en: of each kind

/// zh: 小的伪随机数（splitmix64），处处一样。 en: A small generator (splitmix64), the same everywhere.
class random {
 public:
  explicit random(std::uint64_t seed) : state_(seed) {}
  int below(int n) {
    std::uint64_t v = state_ += 0x9e3779b97f4a7c15u;
    v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9u;
    v = (v ^ (v >> 27)) * 0x94d049bb133111ebu;
    return static_cast<int>((v ^ (v >> 31)) % static_cast<std::uint64_t>(n));
  }
  template <std::size_t N>
  order one_of(const order (&orders)[N], std::size_t n = N) {
    return orders[below(static_cast<int>(n))];
  }

 private:
  std::uint64_t state_;
};

// zh: 2 到 3 个线程，2 个变量，4 到 7 个操作；每次写的值都不同，所以结局说得出谁读到了谁。
// en: 2 or 3 threads, 2 variables, 4 to 7 operations. Each store has a value of its own, so that an
//     outcome tells who read whom.
program random_program(random& r, bool with_sc) {
  static constexpr order loads[] = {rlx, acq, sc}, stores[] = {rlx, rel, sc},
                         updates[] = {rlx, acq, rel, acq_rel, sc}, fences[] = {acq, rel, acq_rel, sc};
  const std::size_t less = with_sc ? 0 : 1;
  program p(static_cast<std::size_t>(2 + r.below(2)));
  const int operations = 4 + r.below(4);
  for (int i = 1; i <= operations; ++i) {
    thread& t = p[static_cast<std::size_t>(r.below(static_cast<int>(p.size())))];
    const int at = r.below(2), dice = r.below(8);
    t.push_back(dice < 3   ? load(at, r.one_of(loads, 3 - less))
                : dice < 6 ? store(at, i, r.one_of(stores, 3 - less))
                : dice < 7 ? exchange(at, i, r.one_of(updates, 5 - less))
                           : fence(r.one_of(fences)));
  }
  return p;
}

std::set<outcome> without(const std::set<outcome>& a, const std::set<outcome>& b) {
  std::set<outcome> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
  return rest;
}

/// zh: 一条够用的理由；没有则是 nullptr。 en: A reason that suffices; nullptr if there is none.
const reason* why(const program& p, const std::set<outcome>& missed) {
  for (const reason& r : reasons) {
    const answer stronger = enumerate(p, r.axiom);
    if (without(missed, stronger.outcomes) == missed) return &r;
  }
  return nullptr;
}

struct tally {
  int programs = 0, with_missed = 0;
  long outcomes = 0, invented = 0, missed = 0;
  double oracle = 0, checker = 0;  // zh: 秒，只告诉人 en: seconds, for people only
  std::map<std::string, int> reasons;
  std::string example;
};

void compare(const program& p, tally& sum) {
  using clock = std::chrono::steady_clock;
  const auto begin = clock::now();
  const std::set<outcome> allowed = enumerate(p).outcomes;
  const auto middle = clock::now();
  const std::set<outcome> seen = checked(p);
  const std::chrono::duration<double> by_oracle = middle - begin, by_checker = clock::now() - middle;

  const std::set<outcome> invented = without(seen, allowed), missed = without(allowed, seen);
  CAPTURE(text(p));
  if (!invented.empty()) CAPTURE(text(*invented.begin()));
  REQUIRE(invented.empty());
  ++sum.programs;
  sum.outcomes += static_cast<long>(allowed.size());
  sum.missed += static_cast<long>(missed.size());
  sum.oracle += by_oracle.count();
  sum.checker += by_checker.count();
  if (missed.empty()) return;
  ++sum.with_missed;
  const reason* r = why(p, missed);
  ++sum.reasons[r == nullptr ? "?" : r->en];
  const std::string example = text(p) + "   " + text(*missed.begin());
  if (r == nullptr) MESSAGE(example);
  if (sum.example.empty() || example.size() < sum.example.size()) sum.example = example;
}

void tell(const char* what, const tally& sum) {
  std::cout << what << ": " << sum.programs << " programs, " << sum.outcomes << " outcomes, "
            << sum.invented << " invented, " << sum.missed << " missed in " << sum.with_missed
            << " programs; oracle " << sum.oracle << " s, checker " << sum.checker << " s\n";
  for (const auto& [words, n] : sum.reasons) std::cout << "  " << n << ": " << words << '\n';
  if (!sum.example.empty()) std::cout << "  " << sum.example << '\n';
}

tally random_programs(std::uint64_t seed, bool with_sc) {
  random r(seed);
  tally sum;
  while (sum.programs < programs) compare(random_program(r, with_sc), sum);
  return sum;
}

TEST_CASE("oracle: random programs without seq_cst accesses have the same outcomes in the checker") {
  const tally sum = random_programs(1, false);
  tell("without sc", sum);
  CHECK(sum.with_missed <= missed_without_sc);
}

TEST_CASE("oracle: random programs with seq_cst accesses") {
  const tally sum = random_programs(2, true);
  tell("with sc", sum);
  CHECK(sum.with_missed <= missed_with_sc);
}

}  // namespace
}  // namespace newproc::oracle
