// zh: 场景必须怎样收场。说出走了多远；失败的话，连同故事。
// en: How a scenario has to come out. Says how far it went and, for a failure, tells the story.
#pragma once

#include <doctest/doctest.h>

#include "engine/explore.hpp"

namespace newproc::checker {

/// zh: 不许失败；若要全力以赴（@p e 给了 thorough），就必须得到证明。返回结论。
/// en: Must not fail; and must be proved where all the effort is wanted and @p e has it (thorough).
///     Returns the verdict.
inline verdict must_survive(const scenario& s, effort e = {.surprises = 4,
                                                           .prove = false,
                                                           .executions = 30'000,
                                                           .by_priority = 1'000}) {
  const report r = explore(s, e);
  MESSAGE(r.summary());
  CHECK_MESSAGE(r.ok(), r.text());
  if (e.thorough != 0 && thorough()) CHECK(r.result == verdict::proved);
  return r.result;
}

/// zh: 替身步数多，少走几次。 en: Stand-ins take many steps: walk fewer executions.
inline void must_survive_briefly(const scenario& s) {
  must_survive(s, {.surprises = 3, .prove = false, .executions = 10'000, .by_priority = 1'000});
}

inline void must_be_proved(const scenario& s, effort e = {.executions = 1'000'000}) {
  const verdict result = must_survive(s, e);
  CHECK(result == verdict::proved);
}

}  // namespace newproc::checker
