// zh: 环头的那一半；它是对的。 en: The half that is the ring's head; it is as it should be.
#pragma once

#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

/// zh: 取环头的 G；环空了就返回空指针。只由主人调用；窃取者同时在偷也不要紧。
/// en: Takes the G at the ring's head; null if the ring is empty. Called by the owner only, and right
///     even while thieves steal.
G* ring_get(P* p);

}  // namespace newproc::rt
