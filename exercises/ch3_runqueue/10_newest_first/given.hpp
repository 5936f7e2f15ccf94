// zh: 本题的一个数，和两个函数的声明。 en: This exercise's number, and the declarations.
#pragma once

#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

/// zh: schedtick 是它的倍数时，主人从另一头取。
/// en: When schedtick is a multiple of it, the owner takes from the other end.
inline constexpr std::uint32_t fair_tick = 4;

}  // namespace newproc::rt
