// zh: check.cpp 的话：把一个场景的所有交错都走一遍，失败就把故事讲给学习者听。
// en: The words of check.cpp: walk all interleavings of a scenario, and tell the learner the story
//     of a failure.
#pragma once

#include "engine/explore.hpp"
#include "exercise.hpp"
#include "scenarios/rules.hpp"

namespace newproc::exercise {

using checker::effort;
using checker::expect;
using checker::scenario;

/// zh: 必须走得完，成为证明；走不完是出题的人的错。 en: Must come to its end and be a proof; if it
/// does not, the exercise's author is to blame.
void must_be_proved(const scenario& s, effort e = {});

/// zh: 在 @p e 的力气之内不许失败；告诉学习者走了多远。
/// en: Must not fail within the effort @p e; the learner is told how far that went.
void must_hold(const scenario& s, effort e = {});

}  // namespace newproc::exercise
