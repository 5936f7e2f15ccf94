// zh: 故事的诺言：意外打星，说出错过了谁；屏障、它之后读的、要紧的改动、错过的那条写，折不掉；CHECKER_FULL 一步不折。
// en: A story's promises: surprises are starred and tell what was missed. Barriers, what is read after
//     them, changes that matter and the store that was missed are never folded; CHECKER_FULL folds nothing.
#include "engine/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "os/atomic.hpp"

namespace newproc::checker {
namespace {

constexpr order relaxed = order::relaxed;

struct world {
  os::atomic<int> early, late, count;
};
world* w = nullptr;

std::string object_name(const void* address) {
  if (w == nullptr) return "";
  if (address == &w->early.raw()) return "early";
  if (address == &w->late.raw()) return "late";
  return address == &w->count.raw() ? "count" : "";
}

void stroll() {
  os::atomic<int> own{0};
  for (int i = 0; i < 20; ++i) own.store(i, relaxed);
}

// zh: M0 写 early，改 count，立屏障，再看；M1 很久以后读到旧的 early。每两件事之间隔着许多步。
// en: M0 writes early, changes count, raises a barrier and looks; long after M1 reads the old early. Many
//     steps lie between any two of these.
report long_one() {
  scenario s("long");
  the_simulator.names = {object_name, nullptr, nullptr,
                         [](std::string_view object) { return object == "count"; }};
  s.opening("M0 写 / M0 writes")
      .init([] { w = new world; })
      .machine([] {
        stroll();
        w->early.store(7, relaxed);
        stroll();
        w->count.fetch_add(1, relaxed);
        stroll();
        os::fence(order::seq_cst);
        expect(w->late.load(relaxed) == 0, "broken invariant");
        stroll();
      })
      .machine([] {
        stroll();
        expect(w->early.load(relaxed) == 7, "broken invariant", "旧 / old");
      });
  const report r = explore(s);
  the_simulator.names = {};
  return r;
}

bool has(const std::string& text, const char* part) { return text.find(part) != text.npos; }

TEST_CASE("a story begins with who does what, in the language that is asked for") {
  const report r = long_one();
  const std::string en = tell(r, language::en), zh = tell(r, language::zh);
  CHECK(has(en, "property that failed: broken invariant: old\n"));
  CHECK(has(en, "\nat the start: M0 writes\n"));
  CHECK(has(zh, "不成立的性质：不变式被破坏：旧\n"));
  CHECK(has(zh, "\n开头：M0 写\n"));
}

TEST_CASE("a story stars its surprise and says which store it missed") {
  const report r = long_one();
  CHECK(r.surprises == 1);
  const std::string en = tell(r, language::en), zh = tell(r, language::zh);
  CHECK(has(en, " * M1"));
  CHECK(has(en, "reads early = 0 (stale: M0 wrote 7 at story_test.cpp:"));
  CHECK(has(zh, "读 early = 0（旧值：M0 已在 story_test.cpp:"));
}

TEST_CASE("a story folds what is boring, and nothing that matters") {
  const report r = long_one();
  const std::string en = tell(r, language::en);
  REQUIRE(r.trace.size() > 60);
  CHECK(has(en, " boring steps\n"));
  CHECK(has(en, "writes early = 7\n"));
  CHECK(has(en, "adds to count, now 1\n"));
  CHECK(has(en, "memory barrier\n"));
  CHECK(has(en, "reads late = 0\n"));
  CHECK(has(tell(r, language::zh), "加 count，变成 1\n"));
  ::setenv("CHECKER_FULL", "1", 1);
  const std::string full = tell(r, language::en);
  ::unsetenv("CHECKER_FULL");
  CHECK_FALSE(has(full, "boring"));
  CHECK(static_cast<std::size_t>(std::count(full.begin(), full.end(), '\n')) == r.trace.size() + 4);
}

TEST_CASE("a story says of a store that comes earlier before which it comes") {
  scenario s("placed");
  s.init([] { w = new world; })
      .machine([] { w->early.store(1, relaxed); })
      .machine([] { w->early.store(2, relaxed); })
      .at_rest([] { expect(w->early.load(relaxed) == 2, "broken invariant"); });
  const report r = explore(s);
  CHECK(
      has(tell(r, language::en), "writes 2 (in modification order before the 1 that M0 wrote at"));
  CHECK(has(as_json(r), "\"stale\":0,\"placed\":1"));
}

}  // namespace
}  // namespace newproc::checker
